package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

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
	Name        string `json:"name"`
	Value       string `json:"value"`
	Environment string `json:"environment"`
	Secret      bool   `json:"secret,omitempty"`
	Off         bool   `json:"off,omitempty"`
	Where       string `json:"where"`
	// Hides are the places of values that this one stands before, nearest first.
	Hides []string `json:"hides,omitempty"`
	Error string   `json:"error,omitempty"`
}

func (p *Program) envShowVerb() *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "show [NAME...]",
		Short: "Show the variables of environments, secrets masked",
		Long: `Show the variables of an environment, or of several in the order of --env, of which later ones win; without a NAME,
those of the environment that the collection chooses. Each is shown with the file and line it is written at, and with the
places whose values it stands before: NAME.local.toml stands before NAME.toml.
Values that hold a secret are masked. Commands are not run and questions are not asked: such values are shown as written.`,
		Example:           "  parley env show dev\n  parley env show base dev --json",
		ValidArgsFunction: p.completeEnvironments,
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := p.needTree(p.dir(cmd))
			if err != nil {
				return err
			}
			return p.showEnvironments(cmd, c, args, asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func (p *Program) showEnvironments(cmd *cobra.Command, c *collections.Collection, names []string, asJSON bool) error {
	work, err := p.workspace(c, choices{environments: names})
	if err != nil {
		return err
	}
	chosen, err := work.Chosen()
	if err != nil {
		return err
	}
	if len(chosen) == 0 {
		return &UsageError{Message: "no environment is named, and the collection chooses none", Advice: "`parley env list` shows what there is"}
	}
	work.Host.Command, work.Host.Ask, work.SendFor = nil, nil, nil // looking must not act
	list, err := variablesOf(cmd, work, chosen)
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
			where := v.Where
			if len(v.Hides) > 0 {
				where += ", before " + strings.Join(v.Hides, ", ")
			}
			fmt.Fprintf(w, "%s\t%s\t%s\n", safe.Line(name), safe.Line(v.Value), safe.Line(where))
		}
	})
}

// layersOf lists the variables of environments, the first of each name as it is in use, with what it hides.
func layersOf(chosen []*collections.Environment) []variable {
	var list []variable
	at := map[string]int{}
	add := func(e *collections.Environment, entry collections.Entry) {
		where := template.Position(entry.Pos).String()
		if i, ok := at[entry.Name]; ok && !list[i].Off {
			if !entry.Off {
				list[i].Hides = append(list[i].Hides, where)
			}
			return
		}
		at[entry.Name] = len(list)
		list = append(list, variable{Name: entry.Name, Environment: e.Name, Off: entry.Off, Where: where, Value: entry.Value.Text})
	}
	for _, e := range slices.Backward(chosen) {
		for _, entry := range e.Vars {
			add(e, entry)
		}
		for _, entry := range e.Hidden {
			add(e, entry)
		}
	}
	return list
}

// variablesOf resolves the variables of environments where that needs no more than looking, and masks secrets.
func variablesOf(cmd *cobra.Command, work *runner.Workspace, chosen []*collections.Environment) ([]variable, error) {
	input, err := work.Input(&collections.Request{})
	if err != nil {
		return nil, err
	}
	scopes, err := resolve.Scopes(input)
	if err != nil {
		return nil, err
	}
	resolver := template.NewResolver(scopes, input.Host)
	list := layersOf(chosen)
	for i := range list {
		if v := &list[i]; !v.Off {
			result := resolver.Expand(secrets.Quietly(cmd.Context()), resolver.Parse("{{"+v.Name+"}}", nil))
			if len(result.Errors) > 0 {
				v.Error = result.Errors[0].Message
			} else {
				v.Value = result.Text
			}
			for _, piece := range result.Pieces {
				v.Secret = v.Secret || piece.Secret
			}
		}
	}
	masker := httpcore.NewMasker(resolver.Secrets(), httpcore.Secret.String)
	for i := range list {
		list[i].Value = masker.String(list[i].Value)
	}
	return list, nil
}
