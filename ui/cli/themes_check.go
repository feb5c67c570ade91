package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"parley/collections/disk"
	"parley/themes"
)

// measured is the least contrast of a role as `themes check --json` prints it.
type measured struct {
	Role   string  `json:"role"`
	On     string  `json:"on"`
	Ratio  float64 `json:"ratio"`
	Need   float64 `json:"need"`
	Enough bool    `json:"enough"`
}

func (p *Program) checkThemeVerb(asJSON *bool) *cobra.Command {
	return &cobra.Command{
		Use:   "check FILE|NAME",
		Short: "Check a theme, and measure its contrasts",
		Long: `Check that a file is a theme, and measure each text on each surface that it may stand on: the worst pair of each role is
printed, with its contrast and what WCAG 2.2 asks for. The exit code is 0 when all can be read, 1 when something cannot,
and 2 when the file is no theme.`,
		Example: `  parley themes check mine.toml
  parley themes check nord --json | jq '.[] | select(.enough | not)'`,
		Args:              arguments(1, 1),
		ValidArgsFunction: p.completeThemes,
		RunE:              func(_ *cobra.Command, args []string) error { return p.checkTheme(args[0], *asJSON) },
	}
}

func (p *Program) checkTheme(target string, asJSON bool) error {
	theme, err := p.themeAt(target)
	if err != nil {
		return err
	}
	list, low := worst(theme), 0
	for _, m := range list {
		if !m.Enough {
			low++
		}
	}
	if asJSON {
		err = p.printJSON(list)
	} else {
		err = p.printMeasured(list)
	}
	if err == nil && low > 0 {
		err = &hardToReadError{low}
	}
	return err
}

// themeAt is the theme in a file, or the one of that name.
func (p *Program) themeAt(target string) (themes.Theme, error) {
	file := target
	if !filepath.IsAbs(file) {
		file = filepath.Join(p.Dir, file)
	}
	data, err := disk.ReadFile(p.FS, file)
	if err == nil {
		return themes.Parse(strings.TrimSuffix(filepath.Base(file), ".toml"), target, data)
	}
	if !errors.Is(err, fs.ErrNotExist) || strings.HasSuffix(target, ".toml") {
		return themes.Theme{}, err
	}
	set, broken := p.themes()
	theme, err := set.ByName(target)
	if err != nil {
		return theme, errors.Join(err, broken)
	}
	return theme, nil
}

// worst is where each role has the least contrast for what it needs.
func worst(t themes.Theme) []measured {
	var list []measured
	at := map[string]int{}
	for _, pair := range t.Pairs() {
		m := measured{pair.Role.Group() + "." + pair.Role.Name(), pair.On.Name(), float64(int(pair.Ratio*100)) / 100, pair.Need, pair.Enough()}
		i, known := at[m.Role]
		if !known {
			at[m.Role] = len(list)
			list = append(list, m)
			continue
		}
		if m.Ratio < list[i].Ratio {
			list[i] = m
		}
	}
	return list
}

func (p *Program) printMeasured(list []measured) error {
	return p.table(func(w io.Writer) {
		for _, m := range list {
			verdict := "ok"
			if !m.Enough {
				verdict = fmt.Sprintf("too low: %.1f is needed", m.Need)
			}
			fmt.Fprintf(w, "%s\t%5.2f:1\ton %s\t%s\n", m.Role, m.Ratio, m.On, verdict)
		}
	})
}

// hardToReadError says that some roles of a theme have too little contrast.
type hardToReadError struct{ roles int }

// Error says how many.
func (e *hardToReadError) Error() string {
	if e.roles == 1 {
		return "one role of the theme is hard to read"
	}
	return fmt.Sprintf("%d roles of the theme are hard to read", e.roles)
}

// Hint says what to do.
func (e *hardToReadError) Hint() string {
	return "give them a colour further from what they stand on, or leave them out: what is derived can be read"
}
