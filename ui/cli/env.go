package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

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
		Example: "  parley env list\n  parley env list --json | jq -r '.[].name'",
		Args:    arguments(0, 0),
		RunE:    func(cmd *cobra.Command, _ []string) error { return p.listEnvironments(cmd, asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func (p *Program) listEnvironments(cmd *cobra.Command, asJSON bool) error {
	c, err := p.needTree(p.dir(cmd))
	if err != nil {
		return err
	}
	for _, f := range c.Dotenv.Findings() {
		p.warn(&f)
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
			fmt.Fprintf(w, "%s\t%d variables\t%s\t%s\n", safe.Line(e.Name), e.Variables, safe.Line(strings.Join(e.Files, ", ")), safe.Line(strings.Join(e.remarks(), ", ")))
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
