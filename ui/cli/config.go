package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"parley/collections/home"
	"parley/ui/safe"
)

func (p *Program) configVerb() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Check files, describe them to editors, show your settings",
		Example: `  parley config check
  parley config schema request > request.schema.json
  parley config path`,
		Args: noVerb,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(p.configCheckVerb(), p.configSchemaVerb(), p.configShowVerb(), p.configPathVerb())
	return cmd
}

func (p *Program) configPathVerb() *cobra.Command {
	return &cobra.Command{
		Use:     "path",
		Short:   "Print where config.toml is, or would be",
		Example: "  $EDITOR \"$(parley config path)\"",
		Args:    arguments(0, 0),
		RunE: func(*cobra.Command, []string) error {
			folders, err := p.home()
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(p.Stdout, folders.ConfigFile())
			return err
		},
	}
}

// settings are what `config show --json` prints.
type settings struct {
	File   string              `json:"file"`
	Dark   string              `json:"dark"`
	Light  string              `json:"light"`
	Keymap string              `json:"keymap"`
	Mouse  bool                `json:"mouse"`
	FPS    int                 `json:"fps"`
	Keys   map[string][]string `json:"keys"`
}

func (p *Program) configShowVerb() *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:     "show",
		Short:   "Show the settings of config.toml, with those it leaves out",
		Example: "  parley config show\n  parley config show --json | jq .keys",
		Args:    arguments(0, 0),
		RunE: func(*cobra.Command, []string) error {
			folders, err := p.home()
			if err != nil {
				return err
			}
			config, broken := home.Load(p.FS, folders.ConfigFile())
			if err := p.showConfig(folders.ConfigFile(), config, asJSON); err != nil {
				return err
			}
			return broken
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func (p *Program) showConfig(file string, c home.Config, asJSON bool) error {
	one := settings{
		File: file, Dark: c.Dark, Light: c.Light, Keymap: c.Keymap, Mouse: c.Mouse, FPS: c.FPS, Keys: map[string][]string{},
	}
	for _, b := range c.Keys {
		one.Keys[b.Action] = append([]string{}, b.Keys...)
	}
	if asJSON {
		return p.printJSON(one)
	}
	theme := func(name string) string {
		if name == "" {
			return "chosen by Parley"
		}
		return name
	}
	return p.table(func(w io.Writer) {
		fmt.Fprintf(w, "theme.dark\t%s\n", safe.Line(theme(one.Dark)))
		fmt.Fprintf(w, "theme.light\t%s\n", safe.Line(theme(one.Light)))
		fmt.Fprintf(w, "keymap\t%s\n", safe.Line(one.Keymap))
		fmt.Fprintf(w, "mouse\t%t\n", one.Mouse)
		fmt.Fprintf(w, "fps\t%d\n", one.FPS)
		for _, b := range c.Keys {
			keys := strings.Join(b.Keys, ", ")
			if keys == "" {
				keys = "no key"
			}
			fmt.Fprintf(w, "keys.%s\t%s\n", safe.Line(b.Action), safe.Line(keys))
		}
	})
}
