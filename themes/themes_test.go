package themes

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"
)

// Every text role can stand on every surface, so every pair counts.
func TestContrast(t *testing.T) {
	for _, theme := range append(Embedded().List(), minimal(t, "#101010", "#dddddd"), minimal(t, "#ffffff", "#222222")) {
		for _, p := range theme.Pairs() {
			need := p.Need
			if strings.HasPrefix(theme.Name, "high-contrast") && p.Role.Kind() != KindLine {
				need = HighContrast
			}
			if p.Ratio < need {
				t.Errorf("%s: %s on %s: %.2f, want %.1f", theme.Name, p.Role.Name(), p.On.Name(), p.Ratio, need)
			}
		}
	}
}

func minimal(t *testing.T, background, text string) Theme {
	t.Helper()
	theme, err := Parse("minimal", "minimal.toml", []byte("[base]\nbackground = '"+background+"'\ntext='"+text+"'\naccent='"+text+"'\n"))
	if err != nil {
		t.Fatal(err)
	}
	return theme
}

// WCAG's own examples of the formula.
func TestContrastFormula(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{{"#000", "#fff", 21}, {"#777777", "#ffffff", 4.48}, {"#767676", "#ffffff", 4.54}, {"#123456", "#123456", 1}} {
		a, _ := ParseColor(c.a)
		b, _ := ParseColor(c.b)
		if got := Contrast(a, b); got < c.want-0.005 || got > c.want+0.005 {
			t.Errorf("Contrast(%s, %s) = %.3f, want %.2f", c.a, c.b, got, c.want)
		}
	}
}

func TestEmbedded(t *testing.T) {
	set := Embedded()
	list := set.List()
	if list[0].Name != DefaultDark || list[1].Name != DefaultLight {
		t.Errorf("the defaults come first, got %s and %s", list[0].Name, list[1].Name)
	}
	looks := map[bool]int{}
	for _, theme := range list {
		looks[theme.Dark]++
		bright := theme.Style(Background).Bg.luminance() > theme.Style(Text).Fg.luminance()
		if bright == theme.Dark {
			t.Errorf("%s says dark=%v but its background says otherwise", theme.Name, theme.Dark)
		}
		if alone, err := Embedded().ByName(theme.Name); err != nil || alone != theme { // read without the others
			t.Errorf("%s is another theme when it is asked for by name: %v", theme.Name, err)
		}
	}
	if looks[true] < 2 || looks[false] < 2 {
		t.Errorf("%d dark and %d light themes, want two of each", looks[true], looks[false])
	}
	if set.Default(true).Name != DefaultDark || set.Default(false).Name != DefaultLight {
		t.Error("Default does not follow the background")
	}
}

func TestMissingRolesDerive(t *testing.T) {
	theme := minimal(t, "#101418", "#dde3ea")
	for r := range NumRoles {
		style := theme.Style(r)
		if r.Kind() == KindSurface && !style.Bg.IsSet() || r.Kind() != KindSurface && !style.Fg.IsSet() {
			t.Errorf("%s was left without a colour", r.Name())
		}
	}
	if !theme.Dark {
		t.Error("appearance does not follow the background when it is not given")
	}
	if theme.Style(MethodHead) != theme.Style(MethodGet) {
		t.Error("HEAD does not look like GET")
	}
}

func TestErrorsSayWhere(t *testing.T) {
	base := "[base]\nbackground = '#000'\ntext = '#fff'\naccent = '#0ff'\n"
	for name, c := range map[string]struct{ file, want string }{
		"bad colour":         {"[base]\nbackground = '#12345'", "x.toml:2:14: \"#12345\" is not a colour: write it as \"#rrggbb\""},
		"bad digit":          {"[base]\ntext = '#12345g'", "x.toml:2:8: \"#12345g\" is not a colour: only 0-9 and a-f may follow the #"},
		"unknown palette":    {"[palette]\ngreen='#0f0'\n[base]\ntext = 'gren'", "x.toml:4:8: unknown colour \"gren\" (did you mean green?)"},
		"unknown role":       {base + "bordr = '#fff'", "x.toml:5:1: unknown role bordr in [base] (did you mean border?)"},
		"role of other":      {base + "[http]\nfetch = '#fff'", "x.toml:6:1: unknown role fetch in [http] (did you mean patch?)"},
		"unknown table":      {"[colours]\n", "x.toml:1:2: unknown table [colours] (known: base http palette syntax)"},
		"unknown key":        {"title = 'x'", "x.toml:1:1: unknown key title (known: appearance name)"},
		"unknown attribute":  {base + "[syntax]\nkey = { fg = '#fff', bolt = true }", "x.toml:6:22: unknown attribute bolt (did you mean bold?)"},
		"attribute not bool": {base + "[syntax]\nkey = { fg = '#fff', bold = 1 }", "x.toml:6:22: bold is true or false"},
		"style without fg":   {base + "[syntax]\nkey = { bold = true }", "x.toml:6:1: key has no fg"},
		"mark without bg":    {base + "search = { fg = '#fff' }", "x.toml:5:1: search has no bg"},
		"twice":              {"[base]\ntext = '#fff'\ntext = '#eee'", "x.toml:3:1: base.text is given twice (first in line 2)"},
		"appearance":         {"appearance = 'dim'", "x.toml:1:1: appearance is \"dim\" (write dark or light)"},
		"missing":            {"[base]\ntext = '#fff'", "x.toml:1:1: [base] has no background (background, text and accent are needed, all else derives from them)"},
		"list of tables":     {"[[base]]\n", "x.toml:1:3: [base] is one table, not a list (write it with single brackets)"},
		"number":             {"[base]\ntext = 7", "x.toml:2:1: a colour is a string (write it as \"#rrggbb\" or as a name of [palette])"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Parse("x", "x.toml", []byte(c.file))
			told, ok := errors.AsType[*FileError](err)
			if !ok {
				t.Fatalf("got %v, want %s", err, c.want)
			}
			got := told.Error()
			if told.Hint() != "" {
				got += " (" + told.Hint() + ")"
			}
			if got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
	_, err := Parse("x", "x.toml", []byte("[base]\ntext = \n"))
	var fileErr *FileError
	if !errors.As(err, &fileErr) || fileErr.Line != 2 || !strings.HasPrefix(fileErr.Message, "not TOML:") {
		t.Errorf("a syntax error reads %v", err)
	}
}

func TestUserThemes(t *testing.T) {
	good := "name = 'Mine'\n[base]\nbackground='#000'\ntext='#fff'\naccent='#0ff'\n"
	user, err := Load(fstest.MapFS{
		"nord.toml":      {Data: []byte(good)},
		"bom.toml":       {Data: []byte("\ufeff" + good)},
		"broken.toml":    {Data: []byte("[base\n")},
		"notes.txt":      {Data: []byte("no theme")},
		"sub/other.toml": {Data: []byte(good)},
	})
	if err == nil || !strings.HasPrefix(err.Error(), "broken.toml:1:") {
		t.Errorf("the broken file reads %v", err)
	}
	set := Embedded().With(user)
	if theme, _ := set.ByName("nord"); theme.Title != "Mine" {
		t.Errorf("the user's theme does not replace ours, got %q", theme.Title)
	}
	if len(set.List()) != len(Embedded().List())+1 {
		t.Errorf("%d themes in all, want one more than ours", len(set.List()))
	}
	if _, err := set.ByName("parley-drak"); err == nil || !strings.Contains(err.Error(), "did you mean parley-dark?") {
		t.Errorf("a mistyped name reads %v", err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("name='x'\n[base]\nbackground='#000'\ntext='#fff'\naccent={fg='#0ff',bold=true}"))
	f.Add([]byte("[palette]\na='#123'\n[http]\n1xx='a'"))
	f.Fuzz(func(t *testing.T, data []byte) {
		theme, err := Parse("f", "f.toml", data)
		var fileErr *FileError
		if err != nil && (!errors.As(err, &fileErr) || fileErr.Line < 1 || fileErr.Column < 1) {
			t.Fatalf("an error without a place: %v", err)
		}
		if err == nil && !theme.Style(Border).Fg.IsSet() {
			t.Fatal("a theme that is not complete")
		}
	})
}
