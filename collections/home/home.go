// Package home knows where a person's own things are: the configuration, the state (history, journal, sessions), the
// cache, and the collection that is opened when no other is named.
//
// [Locate] only works out names; [Home.Make] creates the folders, for their owner alone. Nothing here reads the
// process's environment: the caller passes a function that does. All functions may be called concurrently.
package home

import (
	"fmt"
	"path/filepath"

	"parley/collections/disk"
)

// Home is the set of folders that Parley keeps its own files in, as absolute paths.
type Home struct {
	Config string // config.toml and the person's themes
	State  string // history, journal, sessions, trash
	Cache  string // what can be made again
	// Collection is the collection of a person who works outside of any.
	Collection string
	// Demo holds the playground's sample collection.
	Demo string
}

// Env returns the value of an environment variable, "" when it is not set, as os.Getenv.
type Env func(name string) string

// Locate works out the folders: everything is below PARLEY_HOME if that is set, else in the folders of the XDG base
// directory specification, or those of the operating system goos (runtime.GOOS) where it has its own.
func Locate(env Env, goos string) (Home, error) {
	if root := env("PARLEY_HOME"); root != "" {
		root, err := filepath.Abs(root)
		if err != nil {
			return Home{}, fmt.Errorf("PARLEY_HOME: %w", err)
		}
		return Home{
			Config: filepath.Join(root, "config"), State: filepath.Join(root, "state"),
			Cache: filepath.Join(root, "cache"), Collection: filepath.Join(root, "collection"),
			Demo: filepath.Join(root, "demo"),
		}, nil
	}
	base := standard(env, goos)
	h := Home{
		Config: xdg(env, "XDG_CONFIG_HOME", base.Config), State: xdg(env, "XDG_STATE_HOME", base.State),
		Cache: xdg(env, "XDG_CACHE_HOME", base.Cache), Collection: xdg(env, "XDG_DATA_HOME", base.Collection),
	}
	for _, dir := range []string{h.Config, h.State, h.Cache, h.Collection} {
		if !filepath.IsAbs(dir) {
			return Home{}, &NoHomeError{}
		}
	}
	h.Config, h.State, h.Cache = filepath.Join(h.Config, "parley"), filepath.Join(h.State, "parley"), filepath.Join(h.Cache, "parley")
	h.Collection = filepath.Join(h.Collection, "parley", "collection")
	h.Demo = filepath.Join(h.State, "demo")
	return h, nil
}

// xdg returns the folder that a variable names. The specification says to ignore relative ones.
func xdg(env Env, name, standard string) string {
	if dir := env(name); filepath.IsAbs(dir) {
		return dir
	}
	return standard
}

// standard returns the folders of the operating system; Collection stands for the data folder.
func standard(env Env, goos string) Home {
	switch goos {
	case "windows":
		local := env("LOCALAPPDATA")
		return Home{Config: env("APPDATA"), State: local, Cache: filepath.Join(local, "Temp"), Collection: env("APPDATA")}
	case "darwin":
		library := filepath.Join(env("HOME"), "Library")
		support := filepath.Join(library, "Application Support")
		return Home{Config: support, State: support, Cache: filepath.Join(library, "Caches"), Collection: support}
	default:
		user := env("HOME")
		return Home{
			Config: filepath.Join(user, ".config"), State: filepath.Join(user, ".local", "state"),
			Cache: filepath.Join(user, ".cache"), Collection: filepath.Join(user, ".local", "share"),
		}
	}
}

// NoHomeError says that the environment does not tell where a person's files are.
type NoHomeError struct{}

// Error says what is missing.
func (*NoHomeError) Error() string { return "there is no home folder to keep settings and history in" }

// Hint says what to try.
func (*NoHomeError) Hint() string { return "set HOME, or set PARLEY_HOME to a folder of your choice" }

// ConfigFile is the path of config.toml.
func (h Home) ConfigFile() string { return filepath.Join(h.Config, "config.toml") }

// History is the folder of finished exchanges.
func (h Home) History() string { return filepath.Join(h.State, "history") }

// Journal is the folder of unsaved edits.
func (h Home) Journal() string { return filepath.Join(h.State, "journal") }

// Sessions is the folder of the cookies of named sessions.
func (h Home) Sessions() string { return filepath.Join(h.State, "sessions") }

// Captured is the folder of values that were captured from responses.
func (h Home) Captured() string { return filepath.Join(h.State, "captured") }

// Commands is the folder of the hashes of commands that were allowed.
func (h Home) Commands() string { return filepath.Join(h.State, "commands") }

// Tokens is the file of OAuth 2 tokens.
func (h Home) Tokens() string { return filepath.Join(h.State, "tokens.json") }

// Secrets is the folder of the encrypted file of secrets.
func (h Home) Secrets() string { return filepath.Join(h.State, "secrets") }

// Trash is the folder of deleted requests and folders.
func (h Home) Trash() string { return filepath.Join(h.State, "trash") }

// Make creates the folders for configuration, state and cache with mode 0700.
func (h Home) Make(fsys disk.FS) error {
	for _, dir := range []string{h.Config, h.State, h.Cache} {
		if err := disk.MkdirAll(fsys, dir, 0o700); err != nil {
			return err
		}
	}
	return nil
}
