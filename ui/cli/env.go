package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"parley/collections"
	"parley/collections/runner"
	"parley/collections/template"
	"parley/httpcore"
	"parley/ui/safe"
)

func (p *Program) envVerb() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "env",
		Short: "List environments, show their variables",
		Example: `  parley env list
  parley env show prod`,
		Args: noVerb,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.listEnvironments(cmd, false) },
	}
	cmd.AddCommand(p.envListVerb(), p.envShowVerb())
	return cmd
}

// noVerb refuses what is no verb below the one that it was written behind.
func noVerb(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return &UsageError{
		Message: fmt.Sprintf("%s has no verb %q", cmd.CommandPath(), args[0]),
		Advice:  fmt.Sprintf("`%s --help` lists them", cmd.CommandPath()),
	}
}

// environment is one as `env list --json` prints it.
type environment struct {
	Name      string   `json:"name"`
	Chosen    bool     `json:"chosen"`
	Protected bool     `json:"protected"`
	Files     []string `json:"files"`
	Variables int      `json:"variables"`
	Error     string   `json:"error,omitempty"`
}

func (p *Program) envListVerb() *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List the collection's environments",
		Example: "  parley env list\n  parley env list --json | jq -r .[].name",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return p.listEnvironments(cmd, asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func (p *Program) listEnvironments(cmd *cobra.Command, asJSON bool) error {
	c, err := p.needCollection(p.dir(cmd))
	if err != nil {
		return err
	}
	list := []environment{}
	for _, e := range c.Environments {
		one := environment{
			Name: e.Name, Protected: e.Protected, Files: e.Files, Variables: len(e.Vars),
			Chosen: e.Name == c.Settings.Environment.Text,
		}
		if e.Err != nil {
			one.Error = e.Err.Error()
		}
		list = append(list, one)
	}
	if asJSON {
		return p.printJSON(list)
	}
	return p.table(func(w io.Writer) {
		for _, e := range list {
			fmt.Fprintf(w, "%s\t%d variables\t%s\n", safe.Line(e.Name), e.Variables, safe.Line(strings.Join(e.remarks(), ", ")))
		}
	})
}

func (e environment) remarks() []string {
	var remarks []string
	if e.Chosen {
		remarks = append(remarks, "chosen by the collection")
	}
	if e.Protected {
		remarks = append(remarks, "protected")
	}
	if e.Error != "" {
		remarks = append(remarks, e.Error)
	}
	return remarks
}

// variable is one as `env show --json` prints it.
type variable struct {
	Name   string `json:"name"`
	Value  string `json:"value"`
	Secret bool   `json:"secret,omitempty"`
	Off    bool   `json:"off,omitempty"`
	Where  string `json:"where"`
	Error  string `json:"error,omitempty"`
}

func (p *Program) envShowVerb() *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "show NAME",
		Short: "Show the variables of an environment, secrets masked",
		Long: `Show the variables of an environment and the file and line each is written at.
Values that hold a secret are masked. Commands are not run and questions are not asked: such values are shown as written.`,
		Example:           "  parley env show dev\n  parley env show dev --json",
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: p.completeEnvironments,
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := p.needCollection(p.dir(cmd))
			if err != nil {
				return err
			}
			e, err := c.Environment(args[0])
			if err == nil {
				err = e.Err
			}
			if err != nil {
				return err
			}
			return p.showEnvironment(cmd, c, e, asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func (p *Program) showEnvironment(cmd *cobra.Command, c *collections.Collection, e *collections.Environment, asJSON bool) error {
	work, err := p.workspace(c, choices{environments: []string{e.Name}})
	if err != nil {
		return err
	}
	work.Host.Command, work.Host.Ask = nil, nil // looking must not act
	list, err := variablesOf(cmd, work, e)
	if err != nil {
		return err
	}
	if asJSON {
		return p.printJSON(list)
	}
	return p.table(func(w io.Writer) {
		for _, v := range list {
			name := v.Name
			if v.Off {
				name = "~" + name
			}
			fmt.Fprintf(w, "%s\t%s\t%s\n", safe.Line(name), safe.Line(v.Value), safe.Line(v.Where))
		}
	})
}

// variablesOf resolves the variables of an environment where that needs no more than looking, and masks secrets.
func variablesOf(cmd *cobra.Command, work *runner.Workspace, e *collections.Environment) ([]variable, error) {
	input, err := work.Input(&collections.Request{})
	if err != nil {
		return nil, err
	}
	resolver, err := newResolver(input)
	if err != nil {
		return nil, err
	}
	list := []variable{}
	for _, entry := range e.Vars {
		v := variable{Name: entry.Name, Off: entry.Off, Where: template.Position(entry.Pos).String(), Value: entry.Value.Text}
		if !entry.Off {
			result := resolver.Expand(cmd.Context(), resolver.Parse("{{"+entry.Name+"}}", nil))
			if len(result.Errors) > 0 {
				v.Error = result.Errors[0].Message
			} else {
				v.Value = result.Text
			}
			for _, piece := range result.Pieces {
				v.Secret = v.Secret || piece.Secret
			}
		}
		list = append(list, v)
	}
	masker := httpcore.NewMasker(resolver.Secrets(), httpcore.Secret.String)
	for i := range list {
		list[i].Value = masker.String(list[i].Value)
	}
	return list, nil
}
