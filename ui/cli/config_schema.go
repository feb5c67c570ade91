package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"parley/collections/schema"
	"parley/themes"
)

func (p *Program) configSchemaVerb() *cobra.Command {
	var kinds []string
	for _, kind := range schema.Kinds() {
		kinds = append(kinds, string(kind))
	}
	return &cobra.Command{
		Use:   "schema [KIND]",
		Short: "Print the JSON Schema of a kind of file",
		Long: `Print the JSON Schema (draft 2020-12) of a kind of file: ` + strings.Join(kinds, ", ") + `.
Without KIND, one that holds them all under $defs.

Editors that know TOML take it, such as those with taplo (Even Better TOML). In the .taplo.toml of a collection:

  [[rule]]
  include = ["environments/*.toml"]
  [rule.schema]
  path = "environment.schema.json"`,
		Example:   "  parley config schema request > request.schema.json\n  parley config schema | jq '.\"$defs\" | keys'",
		Args:      arguments(0, 1),
		ValidArgs: kinds,
		RunE: func(_ *cobra.Command, args []string) error {
			tables := schema.Tables{Schemes: p.Schemes, Roles: themeRoles()}
			if len(args) == 0 {
				return p.printJSON(schema.All(tables))
			}
			one := schema.For(schema.Kind(args[0]), tables)
			if one == nil {
				return &UsageError{
					Message: fmt.Sprintf("there is no kind of file %q", args[0]), Advice: "it is one of " + strings.Join(kinds, ", "),
				}
			}
			return p.printJSON(one)
		},
	}
}

// themeRoles are what a theme gives a look to.
func themeRoles() []schema.Role {
	list := make([]schema.Role, 0, themes.NumRoles)
	for role := range themes.NumRoles {
		list = append(list, schema.Role{Table: role.Group(), Name: role.Name()})
	}
	return list
}
