package ui

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"parley/collections"
	"parley/collections/disk"
	"parley/collections/home"
	"parley/collections/runner"
	"parley/history"
	"parley/httpcore"
	"parley/httpcore/auth"
	"parley/httpcore/body"
	"parley/themes"
	"parley/ui/action"
)

// Place is where the workbench finds what it works on.
type Place struct {
	Home    home.Home
	FS      disk.FS
	Schemes []httpcore.Scheme
	Tokens  *auth.Tokens
	// Start is the path of the request to open first, when nothing else was open, and Side the side of a request that is
	// shown first where it says something.
	Start, Side string
	// Linear has the screen be linear, whatever the settings say.
	Linear bool
	Now    func() time.Time
	// Env reads the process environment.
	Env func(name string) string
}

// Settings are what a person has chosen about the workbench, read and checked.
type Settings struct {
	place  Place
	config home.Config
	keymap action.Keymap
	own    themes.Set // the person's, beside those that Parley brings along
	broken error      // what is wrong with others of the person's
}

// ReadSettings reads a person's settings. What is wrong in them is an error that says where: a workbench with other keys
// than one has asked for would be worse than none. A broken theme is no such error: the workbench tells of it.
func ReadSettings(place Place) (*Settings, error) {
	if err := place.Home.Make(place.FS); err != nil {
		return nil, err
	}
	config, err := home.Load(place.FS, place.Home.ConfigFile())
	if err != nil {
		return nil, err
	}
	keymap, err := Keymap(config)
	if err != nil {
		return nil, err
	}
	own, broken := themes.Load(os.DirFS(themeFolder(place)))
	return &Settings{place, config, keymap, own, broken}, nil
}

// themeFolder is where a person's own themes are.
func themeFolder(place Place) string { return filepath.Join(place.Home.Config, "themes") }

// options returns what the workbench needs for a workspace, with the journal opened.
func (s *Settings) options(work *runner.Workspace) (Options, error) {
	place, root := s.place, work.Collection.Root
	journal, _, err := collections.OpenJournal(place.FS, place.Home.Journal(), root, place.Now)
	if err != nil {
		return Options{}, err
	}
	welcome, err := firstStart(place)
	if err != nil {
		return Options{}, err
	}
	return Options{
		Welcome: welcome, Tour: tour(),
		Work: work, Journal: journal, Trash: place.Home.Trash(),
		Spool: history.NewSpool(place.FS, place.Home.History()),
		OpenHistory: func(ctx context.Context) (*history.Store, error) {
			return history.Open(ctx, history.Options{
				Dir: place.Home.History(), FS: place.FS, Body: body.StoreOptions{Dir: place.Home.Cache},
			})
		},
		Memory:     Memory{place.FS, filepath.Join(place.Home.State, memoryPrefix+short(root)+".json")},
		ConfigFile: place.Home.ConfigFile(),
		Swallowed:  place.terminalKeys().load()[place.terminal()],
		Keymap:     s.keymap, Themes: themes.Embedded().With(s.own), OwnThemes: s.own, ThemeFolder: themeFolder(place), ThemeProblem: s.broken,
		Linear: s.config.Linear || place.Linear, ReducedMotion: s.config.ReducedMotion, Dark: s.config.Dark, Light: s.config.Light, Mouse: s.config.Mouse,
		Schemes: place.Schemes, Tokens: place.Tokens, Start: place.Start, Side: place.Side, Now: place.Now,
		Editor: first(place.Env("VISUAL"), place.Env("EDITOR"), "vi"), Pager: first(place.Env("PAGER"), "less"),
		Env: place.Env, Alerts: s.config.Alerts,
	}, nil
}

// Keymap is the preset that a configuration names, with its own keys on top.
func Keymap(config home.Config) (action.Keymap, error) {
	preset, err := action.PresetNamed(config.Keymap)
	if err != nil {
		return action.Keymap{}, fmt.Errorf("%s: %w", config.KeymapWhere, err)
	}
	return preset.Keymap(overrides(config.Keys)...)
}

// memoryPrefix begins the name of each file in which the workbench remembers what was open.
const memoryPrefix = "workbench-"

// firstStart reports whether no workbench has ever been left here. Whoever asked for the demo has chosen already.
func firstStart(place Place) (bool, error) {
	if place.Start != "" {
		return false, nil
	}
	files, err := place.FS.ReadDir(place.Home.State)
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	was := func(file fs.DirEntry) bool { return strings.HasPrefix(file.Name(), memoryPrefix) }
	return !slices.ContainsFunc(files, was), err
}

// short names a folder in a file's name.
func short(root string) string {
	sum := sha256.Sum256([]byte(root))
	return hex.EncodeToString(sum[:6])
}

func first(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}

func overrides(keys []home.Binding) []action.Override {
	list := make([]action.Override, len(keys))
	for i, key := range keys {
		list[i] = action.Override{ID: action.ID(key.Action), Keys: key.Keys, Where: key.Where}
	}
	return list
}
