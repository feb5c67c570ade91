package themes

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

//go:embed *.toml
var files embed.FS

// The themes used when a person has not chosen: one for each background that a terminal may have.
const (
	DefaultDark  = "parley-dark"
	DefaultLight = "parley-light"
)

// Set is a number of themes, ordered by name with the defaults first.
type Set struct {
	themes []Theme
}

// Embedded returns the themes that Parley brings along.
func Embedded() Set {
	set, err := Load(files)
	if err != nil {
		panic(err) // only a broken build can get here; the tests read every file
	}
	return set
}

// Load reads every `*.toml` at the top of fsys. Broken files are reported together, and the set holds the rest.
func Load(fsys fs.FS) (Set, error) {
	names, err := fs.Glob(fsys, "*.toml")
	if err != nil {
		return Set{}, fmt.Errorf("cannot list the themes: %w", err)
	}
	var set Set
	var errs []error
	for _, file := range names {
		data, err := fs.ReadFile(fsys, file)
		if err != nil {
			errs = append(errs, fmt.Errorf("cannot read the theme: %w", err))
			continue
		}
		theme, err := Parse(strings.TrimSuffix(file, ".toml"), file, data)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		set.themes = append(set.themes, theme)
	}
	set.sort()
	return set, errors.Join(errs...)
}

// Reload is Load for a folder that was read before: a file that is broken now leaves the theme that it held then.
func Reload(fsys fs.FS, before Set) (Set, error) {
	set, err := Load(fsys)
	for _, theme := range before.themes {
		if _, read := set.find(theme.Name); read {
			continue
		}
		if _, gone := fs.Stat(fsys, theme.Name+".toml"); gone == nil {
			set.themes = append(set.themes, theme)
		}
	}
	set.sort()
	return set, err
}

// With returns both sets as one; a theme of other takes the place of one with the same name.
func (s Set) With(other Set) Set {
	both := Set{themes: slices.Clone(other.themes)}
	for _, theme := range s.themes {
		if _, taken := other.find(theme.Name); !taken {
			both.themes = append(both.themes, theme)
		}
	}
	both.sort()
	return both
}

// List returns every theme.
func (s Set) List() []Theme { return slices.Clone(s.themes) }

// ByName returns the named theme; the error names the nearest there is.
func (s Set) ByName(name string) (Theme, error) {
	if theme, ok := s.find(name); ok {
		return theme, nil
	}
	known := make([]string, 0, len(s.themes))
	for _, theme := range s.themes {
		known = append(known, theme.Name)
	}
	return Theme{}, fmt.Errorf("no theme is called %q (%s)", name, suggest(name, known))
}

// Default returns the theme for a terminal whose background is dark, or light.
func (s Set) Default(dark bool) Theme {
	name := DefaultLight
	if dark {
		name = DefaultDark
	}
	theme, _ := s.find(name)
	return theme
}

func (s Set) find(name string) (Theme, bool) {
	for _, theme := range s.themes {
		if theme.Name == name {
			return theme, true
		}
	}
	return Theme{}, false
}

func (s Set) sort() {
	slices.SortFunc(s.themes, func(a, b Theme) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Name, b.Name))
	})
}

func rank(t Theme) int {
	switch t.Name {
	case DefaultDark:
		return 0
	case DefaultLight:
		return 1
	}
	return 2
}
