package cli

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"parley/collections"
	"parley/collections/resolve"
	"parley/collections/runner"
	"parley/collections/secrets"
	"parley/collections/template"
	"parley/httpcore"
	"parley/ui/safe"
)

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
		Args:              arguments(1, 1),
		ValidArgsFunction: p.completeEnvironments,
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := p.needTree(p.dir(cmd))
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
	scopes, err := resolve.Scopes(input)
	if err != nil {
		return nil, err
	}
	resolver := template.NewResolver(scopes, input.Host)
	list := []variable{}
	for _, entry := range e.Vars {
		v := variable{Name: entry.Name, Off: entry.Off, Where: template.Position(entry.Pos).String(), Value: entry.Value.Text}
		if !entry.Off {
			result := resolver.Expand(secrets.Quietly(cmd.Context()), resolver.Parse("{{"+entry.Name+"}}", nil))
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
