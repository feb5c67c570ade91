package home

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"parley/collections/disk"
	"parley/collections/tomldoc"
)

func env(kv map[string]string) Env { return func(name string) string { return kv[name] } }

func TestLocate(t *testing.T) {
	if filepath.Separator != '/' {
		t.Skip("the table has Unix paths")
	}
	for _, c := range []struct {
		name, goos string
		env        map[string]string
		want       Home
	}{
		{
			"PARLEY_HOME moves everything", "linux",
			map[string]string{"PARLEY_HOME": "/p", "HOME": "/h", "XDG_STATE_HOME": "/x"},
			Home{"/p/config", "/p/state", "/p/cache", "/p/collection", "/p/demo"},
		},
		{
			"defaults", "linux",
			map[string]string{"HOME": "/h"},
			Home{
				"/h/.config/parley", "/h/.local/state/parley", "/h/.cache/parley", "/h/.local/share/parley/collection",
				"/h/.local/state/parley/demo",
			},
		},
		{
			"XDG, relative ones ignored", "linux",
			map[string]string{"HOME": "/h", "XDG_CONFIG_HOME": "/c", "XDG_CACHE_HOME": "rel", "XDG_DATA_HOME": "/d", "XDG_STATE_HOME": "/s"},
			Home{"/c/parley", "/s/parley", "/h/.cache/parley", "/d/parley/collection", "/s/parley/demo"},
		},
		{
			"macOS", "darwin",
			map[string]string{"HOME": "/u"},
			Home{
				"/u/Library/Application Support/parley", "/u/Library/Application Support/parley", "/u/Library/Caches/parley",
				"/u/Library/Application Support/parley/collection", "/u/Library/Application Support/parley/demo",
			},
		},
	} {
		got, err := Locate(env(c.env), c.goos)
		if err != nil || got != c.want {
			t.Errorf("%s: %+v, %v; want %+v", c.name, got, err, c.want)
		}
	}
	var e *NoHomeError
	if _, err := Locate(env(nil), "linux"); !errors.As(err, &e) {
		t.Errorf("without a home: %v", err)
	}
}

func TestFoldersAreForTheirOwner(t *testing.T) {
	h, err := Locate(env(map[string]string{"PARLEY_HOME": filepath.Join(t.TempDir(), "p")}), "linux")
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Make(disk.OS()); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{h.Config, h.State, h.Cache} {
		if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("%s: %v, %v", dir, info, err)
		}
	}
}

func TestConfig(t *testing.T) {
	got, err := parse("config.toml", []byte(`theme = { dark = "nord" }
mouse = false
fps = 30
alerts = "bell"
linear = true
reduced_motion = true
[keys]
send = "f6"
"palette.open" = ["f2", "ctrl+k"]
zoom = []
request.send = "f7"
`))
	want := Config{
		Dark: "nord", Keymap: "default", FPS: 30, Alerts: "bell", Linear: true, ReducedMotion: true, Keys: []Binding{
			{"send", []string{"f6"}, "config.toml:8:1"},
			{"palette.open", []string{"f2", "ctrl+k"}, "config.toml:9:1"},
			{"zoom", nil, "config.toml:10:1"},
			{"request.send", []string{"f7"}, "config.toml:11:9"},
		},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v; want %+v", got, err, want)
	}
	if got, err := Load(disk.OS(), filepath.Join(t.TempDir(), "config.toml")); err != nil || !reflect.DeepEqual(got, defaults()) {
		t.Errorf("no file: %+v, %v", got, err)
	}
}

func TestConfigMistakesSayWhereAndWhat(t *testing.T) {
	for text, want := range map[string][2]string{
		"\n thene = \"nord\"":  {`config.toml:2:2: unknown key "thene"`, `did you mean "theme"?`},
		"xyz = 1":              {`config.toml:1:1: unknown key "xyz"`, "the keys are"},
		"theme = 1":            {"config.toml:1:9: theme must be a name", "quotes"},
		"theme = { lite='x' }": {`config.toml:1:11: unknown key "lite"`, `"light"`},
		"mouse = \"on\"":       {"config.toml:1:9: mouse must be true or false", "true"},
		"alerts = \"loud\"":    {"config.toml:1:10: there is no alert \"loud\"", "bell"},
		"linear = 1":           {"config.toml:1:10: linear must be true or false", "true"},
		"fps = 0":              {"config.toml:1:7: fps must be", "60"},
		"[keys]\nsend = 5":     {"config.toml:2:8: a key must be a string", `"f5"`},
		"keys = 1":             {"config.toml:1:8: keys must be a table", "[keys]"},
		"theme = nord":         {"config.toml:1:9: ", "quotes"},
	} {
		_, err := parse("config.toml", []byte(text))
		var hinted interface {
			error
			Hint() string
		}
		if !errors.As(err, &hinted) || !strings.HasPrefix(hinted.Error(), want[0]) || !strings.Contains(hinted.Hint(), want[1]) {
			t.Errorf("%q: error %v", text, err)
		}
	}
	c, err := parse("config.toml", []byte("colour = 1\nfps = 30\n"))
	if err == nil || c.FPS != 30 {
		t.Errorf("what is right is lost: %+v, %v", c, err)
	}
}

func TestSetKeepsTheRest(t *testing.T) {
	file := filepath.Join(t.TempDir(), "new", "config.toml")
	if err := Set(disk.OS(), file, tomldoc.Str("nord"), "theme"); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if err := os.WriteFile(file, []byte("# mine\ntheme = 'nord' # dark\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Set(disk.OS(), file, tomldoc.Str("latte"), "theme"); err != nil {
		t.Fatal(err)
	}
	if err := Set(disk.OS(), file, tomldoc.Int(900), "fps"); err == nil {
		t.Error("a value that cannot be used was written")
	}
	if got, _ := os.ReadFile(file); string(got) != "# mine\ntheme = 'latte' # dark\n" {
		t.Errorf("got %q", got)
	}
}
