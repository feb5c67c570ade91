package home

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"

	"parley/collections"
	"parley/collections/disk"
	"parley/collections/tomldoc"
)

// Config is what config.toml says.
type Config struct {
	// Dark and Light name the themes for either background of the terminal; "" leaves the choice to Parley.
	Dark, Light string
	// Keymap is the preset that Keys changes: "default", "vim". KeymapWhere is FILE:LINE:COLUMN of its name.
	Keymap, KeymapWhere string

	Keys  []Binding
	Mouse bool
	// Linear draws the screen for a reader from top to bottom: no frames and signs, one column. ReducedMotion lets nothing
	// move that only shows that time goes by.
	Linear, ReducedMotion bool

	FPS int // frames a second at most
	// Alerts says how the end of what took long is told to somebody who looks elsewhere: "auto", "bell" or "off".
	Alerts string
}

// Binding is a line of [keys]. What actions there are, and whether two clash, the workbench knows.
type Binding struct {
	Action string
	Keys   []string // none: the action has no key
	Where  string   // FILE:LINE:COLUMN
}

// defaults are the settings of an empty file.
func defaults() Config { return Config{Keymap: "default", Mouse: true, FPS: 60, Alerts: "auto"} }

// alertKinds are what alerts can say.
var alertKinds = []string{"auto", "bell", "off"}

var configKeys = []string{"theme", "keymap", "keys", "mouse", "linear", "reduced_motion", "fps", "alerts"}

// ConfigError is something in config.toml that cannot be used.
type ConfigError struct {
	Pos             tomldoc.Pos
	Message, Advice string
}

// Error is FILE:LINE:COLUMN: message.
func (e *ConfigError) Error() string { return e.Pos.String() + ": " + e.Message }

// Hint says what to try.
func (e *ConfigError) Hint() string { return e.Advice }

// Load reads config.toml; a file that does not exist says nothing. The error joins everything that is wrong in it, and
// the Config holds what is right all the same.
func Load(fsys disk.FS, file string) (Config, error) {
	data, err := disk.ReadFile(fsys, file)
	if errors.Is(err, fs.ErrNotExist) {
		return defaults(), nil
	}
	if err != nil {
		return defaults(), err
	}
	return parse(file, data)
}

func parse(file string, data []byte) (Config, error) {
	doc, err := tomldoc.Parse(file, data)
	if err != nil {
		return defaults(), err
	}
	r := &reader{c: defaults()}
	for _, p := range doc.Root().Pairs {
		r.key(p)
	}
	return r.c, errors.Join(r.errs...)
}

// Set writes one setting into config.toml, which is created with mode 0600 if it is missing. Everything else in it
// stays as it is. A file that is not TOML is left alone, with its error.
func Set(fsys disk.FS, file string, v tomldoc.Value, path ...string) error {
	return change(fsys, file, func(doc *tomldoc.Doc) (*tomldoc.Doc, error) { return doc.Set(v, path...) })
}

// Unset is Set for a setting that is to say nothing any more.
func Unset(fsys disk.FS, file string, path ...string) error {
	return change(fsys, file, func(doc *tomldoc.Doc) (*tomldoc.Doc, error) { return doc.Delete(path...) })
}

func change(fsys disk.FS, file string, edit func(*tomldoc.Doc) (*tomldoc.Doc, error)) error {
	data, err := disk.ReadFile(fsys, file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	doc, err := tomldoc.Parse(file, data)
	if err != nil {
		return err
	}
	next, err := edit(doc)
	if err != nil {
		return err
	}
	if _, err := parse(file, next.Bytes()); err != nil {
		return err
	}
	if err := disk.MkdirAll(fsys, filepath.Dir(file), 0o700); err != nil {
		return err
	}
	return disk.WriteFile(fsys, file, next.Bytes(), 0o600)
}

// reader fills in a Config and collects what is wrong.
type reader struct {
	c    Config
	errs []error
}

func (r *reader) fail(pos tomldoc.Pos, advice, format string, args ...any) {
	r.errs = append(r.errs, &ConfigError{pos, fmt.Sprintf(format, args...), advice})
}

func (r *reader) key(p tomldoc.Pair) {
	v := p.Value
	switch p.Key {
	case "theme":
		r.theme(v)
	case "keymap":
		r.text(&r.c.Keymap, "keymap", v)
		r.c.KeymapWhere = v.Pos.String()
	case "keys":
		r.keys(v)
	case "mouse":
		r.yes(&r.c.Mouse, "mouse", v)
	case "linear":
		r.yes(&r.c.Linear, "linear", v)
	case "reduced_motion":
		r.yes(&r.c.ReducedMotion, "reduced_motion", v)
	case "fps":
		n, err := strconv.Atoi(v.Text)
		if v.Kind != tomldoc.Integer || err != nil || n < 1 || n > 120 {
			r.fail(v.Pos, "write a number such as 60", "fps must be a number from 1 to 120")
			return
		}
		r.c.FPS = n
	case "alerts":
		r.text(&r.c.Alerts, "alerts", v)
		if !slices.Contains(alertKinds, r.c.Alerts) {
			r.fail(v.Pos, "write \"auto\", \"bell\" or \"off\"", "there is no alert %q", r.c.Alerts)
			r.c.Alerts = alertKinds[0]
		}
	default:
		r.unknown(p, configKeys)
	}
}

func (r *reader) unknown(p tomldoc.Pair, known []string) {
	advice := fmt.Sprintf("the keys are %q", known)
	if near := collections.Nearest(p.Key, known); near != "" {
		advice = fmt.Sprintf("did you mean %q?", near)
	}
	r.fail(p.KeyPos, advice, "unknown key %q", p.Key)
}

func (r *reader) yes(into *bool, key string, v tomldoc.Value) {
	if v.Kind != tomldoc.Bool {
		r.fail(v.Pos, "write true or false", "%s must be true or false, not %s", key, v.Kind)
		return
	}
	*into = v.IsTrue()
}

func (r *reader) text(into *string, key string, v tomldoc.Value) {
	if v.Kind != tomldoc.String || v.Text == "" {
		r.fail(v.Pos, "write a name in quotes", "%s must be a name, not %s", key, v.Kind)
		return
	}
	*into = v.Text
}

// theme reads theme = "nord" or theme = { dark = "nord", light = "catppuccin-latte" }.
func (r *reader) theme(v tomldoc.Value) {
	if v.Kind != tomldoc.Table {
		r.text(&r.c.Dark, "theme", v)
		r.c.Light = r.c.Dark
		return
	}
	for _, p := range v.Pairs {
		switch p.Key {
		case "dark":
			r.text(&r.c.Dark, "theme.dark", p.Value)
		case "light":
			r.text(&r.c.Light, "theme.light", p.Value)
		default:
			r.unknown(p, []string{"dark", "light"})
		}
	}
}

// keys reads action = "key" or action = ["key", "key"].
func (r *reader) keys(v tomldoc.Value) {
	if v.Kind != tomldoc.Table {
		r.fail(v.Pos, `write [keys] and below it lines such as send = "f5"`, "keys must be a table, not %s", v.Kind)
		return
	}
	for _, p := range v.Pairs {
		r.binding(p.Key, p)
	}
}

// binding reads what stands under the name of an action, which may be written without quotes: request.send = "f5".
func (r *reader) binding(name string, p tomldoc.Pair) {
	if p.Value.Kind == tomldoc.Table {
		for _, below := range p.Value.Pairs {
			r.binding(name+"."+below.Key, below)
		}
		return
	}
	items := []tomldoc.Value{p.Value}
	if p.Value.Kind == tomldoc.Array {
		items = p.Value.Items
	}
	b := Binding{Action: name, Where: p.KeyPos.String()}
	for _, item := range items {
		if item.Kind != tomldoc.String {
			r.fail(item.Pos, `write a key such as "f5", or a list of them`, "a key must be a string, not %s", item.Kind)
			continue
		}
		b.Keys = append(b.Keys, item.Text)
	}
	r.c.Keys = append(r.c.Keys, b)
}
