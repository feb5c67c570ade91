package collections

import (
	"slices"
	"strings"
	"testing"
)

// The sections in [for], [sessions] and [secrets] are edited key by key, and nothing else of the file changes.
func TestNestedSectionsAreEditedLosslessly(t *testing.T) {
	const text = `# ours
name = "Acme"

# the old one
[for."https://old.test/"] # soon gone
options = { verify = false, proxy = "" } # odd
colour = "red"

[sessions.admin.headers]
X-Role = "admin" # who
"~X-Debug" = "1"

[secrets.token]
hosts = ["api.test"] # ours
`
	set := func(list []Nested, in, key string, v Value) []Nested {
		for i := range list {
			if list[i].In == in && list[i].Key == key {
				list[i].Value = v
				return list
			}
		}
		t.Fatalf("%s of %s is not in %v", key, in, list)
		return nil
	}
	add := func(section, in, key, typed string) Nested {
		n, err := ReadNested(section, in, key, typed)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	without := func(list []Nested, in string) []Nested {
		return slices.DeleteFunc(list, func(n Nested) bool { return n.In == in })
	}
	for name, c := range map[string]struct {
		edit    func(a *Around)
		replace []string
	}{
		"a value": {
			func(a *Around) { a.Sessions = set(a.Sessions, "admin", "headers.X-Role", Str("guest")) },
			[]string{`X-Role = "admin" # who`, `X-Role = "guest" # who`},
		},
		"a key in an inline table": {
			func(a *Around) { a.For = append(a.For, add(ForSection, "https://old.test/", "options.http", "2")) },
			[]string{`proxy = "" }`, `proxy = "", http = "2" }`},
		},
		"a key out": {
			func(a *Around) { a.Sessions = a.Sessions[1:] },
			[]string{"X-Role = \"admin\" # who\n", ""},
		},
		"the last key out": {
			func(a *Around) { a.Sessions = nil },
			[]string{"[sessions.admin.headers]\nX-Role = \"admin\" # who\n\"~X-Debug\" = \"1\"\n\n", ""},
		},
		"another prefix": {
			func(a *Around) {
				for i := range a.For {
					a.For[i].In = "https://new.test/"
				}
			},
			[]string{`[for."https://old.test/"] # soon`, `[for."https://new.test/"] # soon`},
		},
		"a new section": {
			func(a *Around) {
				a.For = append(a.For, add(ForSection, "https://b.test/", "headers.X-Team", "42"), add(ForSection, "https://b.test/", "options.verify", "false"))
			},
			[]string{"colour = \"red\"\n", "colour = \"red\"\n\n[for.\"https://b.test/\"]\nheaders = { X-Team = 42 }\noptions = { verify = false }\n"},
		},
		"another session": {
			func(a *Around) { a.Sessions = append(a.Sessions, add(SessionsSection, "guest", "params.lang", "en")) },
			[]string{"\"~X-Debug\" = \"1\"\n", "\"~X-Debug\" = \"1\"\n\n[sessions.guest]\nparams = { lang = \"en\" }\n"},
		},
		"the first of all": {
			func(a *Around) {
				a.For, a.Sessions = without(a.For, "https://old.test/"), nil
				a.Sessions = append(a.Sessions, add(SessionsSection, "guest", "auth.type", "none"))
			},
			[]string{
				"# the old one\n[for.\"https://old.test/\"] # soon gone\noptions = { verify = false, proxy = \"\" } # odd\ncolour = \"red\"\n\n", "# the old one\n\n",
				"[sessions.admin.headers]\nX-Role = \"admin\" # who\n\"~X-Debug\" = \"1\"\n\n", "[sessions.guest]\nauth = { type = \"none\" }\n\n",
			},
		},
		"a host": {
			func(a *Around) {
				a.Secrets = []Entry{{Name: "token", Value: Str("api.test")}, {Name: "token", Value: Str("b.test")}}
			},
			[]string{`["api.test"] # ours`, `["api.test", "b.test"] # ours`},
		},
		"a secret": {
			func(a *Around) { a.Secrets = append(a.Secrets, Entry{Name: "key", Value: Str("a.test")}) },
			[]string{"# ours\n", "# ours\n", "[\"api.test\"] # ours\n", "[\"api.test\"] # ours\n\n[secrets.key]\nhosts = \"a.test\"\n"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			loaded, err := ParseRequest(SettingsPath(""), []byte(text))
			if err != nil {
				t.Fatal(err)
			}
			edited := loaded.Clone()
			c.edit(&edited.Around)
			got, err := Render(loaded, edited)
			if err != nil {
				t.Fatal(err)
			}
			if want := strings.NewReplacer(c.replace...).Replace(text); string(got) != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			again, err := ParseRequest(SettingsPath(""), got)
			if err != nil {
				t.Fatal(err)
			}
			if back, err := Render(again, again.Clone()); err != nil || string(back) != string(got) {
				t.Errorf("reading it changes it: %v\n%s", err, back)
			}
		})
	}
}

func TestTheFirstNestedSectionHasAHeader(t *testing.T) {
	empty, err := ParseRequest(SettingsPath("users"), nil)
	if err != nil {
		t.Fatal(err)
	}
	edited := empty.Clone()
	for key, value := range map[string]string{"headers.~X-Team": "7"} {
		n, err := ReadNested(ForSection, "{{base}}", key, value)
		if err != nil {
			t.Fatal(err)
		}
		edited.Around.For = append(edited.Around.For, n)
	}
	got, err := Render(empty, edited)
	if want := "[for.\"{{base}}\"]\nheaders = { \"~X-Team\" = 7 }\n"; err != nil || string(got) != want {
		t.Errorf("%v\n%s", err, got)
	}
}

func TestWhatANestedSectionCannotSayIsRefused(t *testing.T) {
	for _, c := range []struct{ section, in, key, value, says string }{
		{ForSection, "https://a.test/", "heders.A", "1", "heders"},
		{ForSection, "https://a.test/", "params.a", "1", "params"},
		{ForSection, "api.test", "headers.A", "1", "no URL begins with"},
		{ForSection, "https://a.test/", "options.verfy", "1", "verfy"},
		{ForSection, "https://a.test/", "headers", "{ A = 1 }", "headers is a section"},
		{ForSection, "https://a.test/", "headers.A..", "1", "is no key"},
		{SessionsSection, "admin", "options.session", "other", "cannot choose another session"},
		{SessionsSection, "admin", "cert", "a.pem", "cert"},
	} {
		_, err := ReadNested(c.section, c.in, c.key, c.value)
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s = %s in %s: %v", c.key, c.value, c.section, err)
		}
	}
	for _, typed := range []struct{ key, value, kind string }{
		{"options.verify", "false", "a boolean"},
		{"options.http", "2", "a string"},
		{"options.retry.on_status", "[502, 503]", "an array"},
		{"headers.X-Note", "a # b", "a string"},
		{"cert.file", "a.pem", "a string"},
		{"auth.token", "{{token}}", "a string"},
	} {
		n, err := ReadNested(ForSection, "https://a.test/", typed.key, typed.value)
		if err != nil || n.Value.Kind.String() != typed.kind || n.Key != typed.key {
			t.Errorf("%s = %s is %v of %q: %v", typed.key, typed.value, n.Value.Kind, n.Key, err)
		}
	}
}
