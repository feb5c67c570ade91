package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"parley/themes"
	"parley/ui/safe"
)

// theme is one as `themes --json` prints it.
type theme struct {
	Name       string            `json:"name"`
	Title      string            `json:"title"`
	Appearance string            `json:"appearance"`
	Roles      map[string]colors `json:"roles,omitempty"`
}

type colors struct {
	Foreground string `json:"fg,omitempty"`
	Background string `json:"bg,omitempty"`
}

func (p *Program) themesVerb() *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "themes [list]",
		Short: "List the themes, show one, check one of your own",
		Long: `List the themes of the workbench: those that come with Parley, and your own, which are TOML files in the folder themes
beside config.toml. On a terminal with colours each shows its text, its accent, and what success, warning, error and
information look like. A workbench that is open takes a changed file up at once.`,
		Example: `  parley themes
  parley themes show parley-dark
  parley themes check ~/.config/parley/themes/mine.toml
  parley themes --json | jq -r '.[].name'`,
		Args: noVerb,
		RunE: func(*cobra.Command, []string) error { return p.listThemes(asJSON) },
	}
	list := &cobra.Command{
		Use:     "list",
		Short:   "List the themes",
		Example: "  parley themes list --json",
		Args:    arguments(0, 0),
		RunE:    func(*cobra.Command, []string) error { return p.listThemes(asJSON) },
	}
	show := &cobra.Command{
		Use:               "show NAME",
		Short:             "Show the colours of a theme",
		Example:           "  parley themes show parley-light\n  parley themes show parley-light --json",
		Args:              arguments(1, 1),
		ValidArgsFunction: p.completeThemes,
		RunE:              func(_ *cobra.Command, args []string) error { return p.showTheme(args[0], asJSON) },
	}
	cmd.PersistentFlags().BoolVar(&asJSON, "json", false, "print JSON")
	cmd.AddCommand(list, show, p.checkThemeVerb(&asJSON))
	return cmd
}

// themes returns all themes; the error tells of a person's own that are broken, beside the rest.
func (p *Program) themes() (themes.Set, error) {
	set := themes.Embedded()
	folders, err := p.home()
	if err != nil {
		return set, err
	}
	own, err := themes.Load(os.DirFS(filepath.Join(folders.Config, "themes")))
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return set.With(own), err
}

func (p *Program) listThemes(asJSON bool) error {
	set, broken := p.themes()
	list := []theme{}
	for _, t := range set.List() {
		list = append(list, describe(t))
	}
	if asJSON {
		return errors.Join(p.printJSON(list), broken)
	}
	colored := p.looks(outputFlags{color: "auto"}).colors
	err := p.table(func(w io.Writer) {
		for _, t := range set.List() {
			d := describe(t)
			fmt.Fprintf(w, "%s\t%s\t%s", safe.Line(d.Name), d.Appearance, safe.Line(d.Title))
			if colored {
				fmt.Fprint(w, "\t"+swatch(t))
			}
			fmt.Fprintln(w)
		}
	})
	return errors.Join(err, broken)
}

func describe(t themes.Theme) theme {
	d := theme{Name: t.Name, Title: t.Title, Appearance: "light"}
	if t.Dark {
		d.Appearance = "dark"
	}
	return d
}

func (p *Program) showTheme(name string, asJSON bool) error {
	set, broken := p.themes()
	t, err := set.ByName(name)
	if err != nil {
		return errors.Join(err, broken)
	}
	if asJSON {
		d := describe(t)
		d.Roles = map[string]colors{}
		for role := range themes.NumRoles {
			style := t.Style(role)
			d.Roles[role.Name()] = colors{style.Fg.String(), style.Bg.String()}
		}
		return p.printJSON(d)
	}
	colored := p.looks(outputFlags{color: "auto"}).colors
	return p.table(func(w io.Writer) {
		for role := range themes.NumRoles {
			style := t.Style(role)
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", role.Name(), orDash(style.Fg), orDash(style.Bg), sampleOf(style, colored))
		}
	})
}

func orDash(c themes.Color) string {
	if !c.IsSet() {
		return "-"
	}
	return c.String()
}

// sampleOf draws a word in the colours of a role, where colours are wanted.
func sampleOf(style themes.Style, colored bool) string {
	if !colored {
		return ""
	}
	return sgr(style.Fg, style.Bg) + " sample \x1b[0m"
}

// swatch shows what a theme looks like in a line.
func swatch(t themes.Theme) string {
	background := t.Style(themes.Background).Bg
	s := sgr(t.Style(themes.Text).Fg, background) + " text "
	for _, role := range []themes.Role{themes.Accent, themes.Success, themes.Warning, themes.Error, themes.Info} {
		s += sgr(t.Style(role).Fg, background) + role.Name() + " "
	}
	active := t.Style(themes.Active)
	return s + sgr(active.Fg, active.Bg) + " focus \x1b[0m"
}

// sgr sets the pen to two colours, either of which may be none.
func sgr(fg, bg themes.Color) string {
	s := "\x1b[0"
	if fg.IsSet() {
		r, g, b := fg.Channels()
		s += fmt.Sprintf(";38;2;%d;%d;%d", r, g, b)
	}
	if bg.IsSet() {
		r, g, b := bg.Channels()
		s += fmt.Sprintf(";48;2;%d;%d;%d", r, g, b)
	}
	return s + "m"
}
