package themes

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
)

//go:embed *.toml
var files embed.FS

// The themes used when a person has not chosen: one for each background that a terminal may have.
const (
	DefaultDark  = "parley-dark"
	DefaultLight = "parley-light"
)

// Set is a number of themes, ordered by name with the defaults first. It can be used from several goroutines.
type Set struct {
	themes []named
}

// named is a theme that may not have been read yet: a start needs one of many.
type named struct {
	name string
	read func() Theme
}

func have(theme Theme) named { return named{theme.Name, func() Theme { return theme }} }

// Embedded returns the themes that Parley brings along. Each is read when it is first asked for.
func Embedded() Set {
	names, err := fs.Glob(files, "*.toml")
	if err != nil {
		panic(err) // only a broken build can get here; the tests read every file
	}
	var set Set
	for _, file := range names {
		name := strings.TrimSuffix(file, ".toml")
		set.themes = append(set.themes, named{name, sync.OnceValue(func() Theme {
			theme, err := load(files, file)
			if err != nil {
				panic(err) // as above
			}
			return theme
		})})
	}
	set.sort()
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
		theme, err := load(fsys, file)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		set.themes = append(set.themes, have(theme))
	}
	set.sort()
	return set, errors.Join(errs...)
}

func load(fsys fs.FS, file string) (Theme, error) {
	data, err := fs.ReadFile(fsys, file)
	if err != nil {
		return Theme{}, fmt.Errorf("cannot read the theme: %w", err)
	}
	return Parse(strings.TrimSuffix(file, ".toml"), file, data)
}

// Reload is Load for a folder that was read before: a file that is broken now leaves the theme that it held then.
func Reload(fsys fs.FS, before Set) (Set, error) {
	set, err := Load(fsys)
	for _, theme := range before.themes {
		if set.has(theme.name) {
			continue
		}
		if _, gone := fs.Stat(fsys, theme.name+".toml"); gone == nil {
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
		if !other.has(theme.name) {
			both.themes = append(both.themes, theme)
		}
	}
	both.sort()
	return both
}

// List returns every theme.
func (s Set) List() []Theme {
	list := make([]Theme, len(s.themes))
	for i, theme := range s.themes {
		list[i] = theme.read()
	}
	return list
}

// ByName returns the named theme; the error names the nearest there is.
func (s Set) ByName(name string) (Theme, error) {
	if theme, ok := s.find(name); ok {
		return theme, nil
	}
	known := make([]string, 0, len(s.themes))
	for _, theme := range s.themes {
		known = append(known, theme.name)
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
		if theme.name == name {
			return theme.read(), true
		}
	}
	return Theme{}, false
}

func (s Set) has(name string) bool {
	return slices.ContainsFunc(s.themes, func(theme named) bool { return theme.name == name })
}

func (s Set) sort() {
	slices.SortFunc(s.themes, func(a, b named) int {
		return cmp.Or(cmp.Compare(rank(a.name), rank(b.name)), cmp.Compare(a.name, b.name))
	})
}

func rank(name string) int {
	switch name {
	case DefaultDark:
		return 0
	case DefaultLight:
		return 1
	}
	return 2
}
