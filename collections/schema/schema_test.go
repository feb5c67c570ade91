package schema_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/jsonschema-go/jsonschema"

	"parley/collections"
	"parley/collections/disk"
	"parley/collections/home"
	"parley/collections/sample"
	"parley/collections/schema"
	"parley/collections/tomldoc"
	"parley/httpcore/auth"
)

var tables = schema.Tables{Schemes: auth.Schemes(auth.Environment{}), Roles: []schema.Role{{Table: "base", Name: "text"}}}

func resolved(t *testing.T, s *jsonschema.Schema) *jsonschema.Resolved {
	t.Helper()
	r, err := s.Resolve(&jsonschema.ResolveOptions{ValidateDefaults: true})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestSchemasAreSchemas reads every schema as the program prints it, and checks its defaults and its references.
func TestSchemasAreSchemas(t *testing.T) {
	for _, kind := range schema.Kinds() {
		data, err := json.Marshal(schema.For(kind, tables))
		if err != nil {
			t.Fatal(err)
		}
		var read jsonschema.Schema
		if err := json.Unmarshal(data, &read); err != nil {
			t.Fatal(err)
		}
		resolved(t, &read)
		for def := range read.Defs {
			if !strings.Contains(string(data), `"#/$defs/`+def+`"`) {
				t.Errorf("%s does not use %s", kind, def)
			}
		}
	}
	resolved(t, schema.All(tables))
	if schema.For("nothing", tables) != nil {
		t.Error("there is a schema of nothing")
	}
}

// place is a table that a schema describes, and how a file gets there.
type place struct {
	name string
	wrap func(tomldoc.Value) tomldoc.Value
}

func (p place) below(key string) place {
	return place{strings.TrimPrefix(p.name+"."+key, "."), func(v tomldoc.Value) tomldoc.Value {
		return p.wrap(tomldoc.TableOf(tomldoc.Pair{Key: key, Value: v}))
	}}
}

// each calls use with every table that the schema knows keys of, and leaf with every key.
func each(root, s *jsonschema.Schema, at place, use func(place, []string), leaf func(place, *jsonschema.Schema)) {
	for s.Ref != "" {
		s = root.Defs[strings.TrimPrefix(s.Ref, "#/$defs/")]
	}
	for _, one := range append([]*jsonschema.Schema{s}, s.AnyOf...) {
		if one.Properties != nil {
			use(at, one.PropertyOrder)
			for _, key := range one.PropertyOrder {
				leaf(at.below(key), one.Properties[key])
				each(root, one.Properties[key], at.below(key), use, leaf)
			}
		}
		if one.AdditionalProperties != nil {
			each(root, one.AdditionalProperties, at.below("https://x/"), use, leaf)
		}
		if one.Items != nil {
			list := place{at.name + "[]", func(v tomldoc.Value) tomldoc.Value { return at.wrap(tomldoc.List(v)) }}
			each(root, one.Items, list, use, leaf)
		}
		if one != s && one.Ref != "" {
			each(root, one, at, use, leaf)
		}
	}
}

// files are the names that files of a kind have.
var files = map[schema.Kind]string{
	schema.Request: "r.toml", schema.Folder: "sub/folder.toml", schema.Collection: "collection.toml", schema.Environment: "environments/dev.toml",
}

// findings reads a value as a file of a kind.
func findings(t *testing.T, kind schema.Kind, v tomldoc.Value) []collections.Finding {
	t.Helper()
	doc, err := tomldoc.Parse(files[kind], nil)
	if err == nil {
		doc, err = doc.Set(v)
	}
	if err != nil {
		t.Fatal(err)
	}
	if kind == schema.Request {
		r, err := collections.ParseRequest("r", doc.Bytes())
		if r == nil {
			t.Fatal(err)
		}
		return r.Findings()
	}
	dir := t.TempDir()
	file := filepath.Join(dir, filepath.FromSlash(files[kind]))
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, doc.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := collections.Open(disk.OS(), dir)
	if err != nil {
		t.Fatal(err)
	}
	switch kind {
	case schema.Folder:
		return c.Tree.Nodes()[0].Folder.Settings().Findings()
	case schema.Environment:
		return c.Environments[0].Findings()
	default:
		return c.Settings.Findings()
	}
}

// TestEveryKeyHasItsWords puts a key that nobody knows into every table of every file: the keys that the decoder names in
// its place are those that the schema describes.
func TestEveryKeyHasItsWords(t *testing.T) {
	for kind := range files {
		root := schema.For(kind, tables)
		use := func(at place, described []string) {
			if strings.HasSuffix(at.name, "auth") {
				return // the decoder keeps every field; the schemes know them
			}
			for _, f := range findings(t, kind, at.wrap(tomldoc.TableOf(tomldoc.Pair{Key: "a key of nobody", Value: tomldoc.Int(1)}))) {
				if f.Known != nil && strings.Contains(f.Message, "a key of nobody") {
					if got, want := slices.Sorted(slices.Values(described)), slices.Sorted(slices.Values(f.Known)); !slices.Equal(got, want) {
						t.Errorf("%s, %q: the schema has %q, the decoder %q", kind, at.name, got, want)
					}
					return
				}
			}
			t.Errorf("%s, %q: the decoder takes any key", kind, at.name)
		}
		leaf := func(at place, s *jsonschema.Schema) {
			if s.Description == "" && s.Ref == "" && !strings.HasSuffix(at.name, "value") {
				t.Errorf("%s, %q has no words", kind, at.name)
			}
		}
		each(root, root, place{"", func(v tomldoc.Value) tomldoc.Value { return v }}, use, leaf)
	}
}

// plain is a value as a validator takes it.
func plain(v tomldoc.Value) any {
	switch v.Kind {
	case tomldoc.Integer:
		n, _ := strconv.ParseInt(v.Text, 0, 64)
		return n
	case tomldoc.Float:
		n, _ := strconv.ParseFloat(v.Text, 64)
		return n
	case tomldoc.Bool:
		return v.IsTrue()
	case tomldoc.Array:
		list := []any{}
		for _, item := range v.Items {
			list = append(list, plain(item))
		}
		return list
	case tomldoc.Table:
		object := map[string]any{}
		for _, p := range v.Pairs {
			object[p.Key] = plain(p.Value)
		}
		return object
	default:
		return v.Text
	}
}

// TestSchemaAndDecoderAgree gives every key a value of every type: what the schema refuses, the decoder refuses too, and the
// other way round.
func TestSchemaAndDecoderAgree(t *testing.T) {
	samples := []tomldoc.Value{
		tomldoc.Str("some text"), tomldoc.Str("{{x}}"), tomldoc.Str("1s"), tomldoc.Int(7), tomldoc.Int(-7),
		{Kind: tomldoc.Float, Text: "1.5"},
		tomldoc.Boolean(true), tomldoc.Boolean(false), tomldoc.List(tomldoc.Str("GET")), tomldoc.List(tomldoc.Int(500)), tomldoc.TableOf(),
	}
	shared := map[string]bool{}
	for _, kind := range []schema.Kind{schema.Request, schema.Environment, schema.Folder, schema.Collection} {
		root := schema.For(kind, tables)
		root.Required = nil
		validator := resolved(t, root)
		leaf := func(at place, s *jsonschema.Schema) {
			if strings.Contains(at.name, "auth.") || strings.Contains(at.name, "[]") {
				return // checked by the schemes, and with what else an entry needs
			}
			if strings.Contains(at.name, ".options.") || kind == schema.Collection && shared[at.name] {
				return // what was tried elsewhere
			}
			shared[at.name] = kind == schema.Folder
			for _, v := range samples {
				whole := at.wrap(v)
				refused := validator.Validate(plain(whole))
				var fault *collections.Finding
				for _, f := range findings(t, kind, whole) {
					if f.Severity == collections.Fault {
						fault = &f
					}
				}
				if (refused != nil) != (fault != nil) {
					t.Errorf("%s: %s = %v: the schema says %v, the decoder %v", kind, at.name, plain(v), refused != nil, fault)
				}
			}
		}
		each(root, root, place{"", func(v tomldoc.Value) tomldoc.Value { return v }}, func(place, []string) {}, leaf)
	}
}

// TestShippedFilesFit validates every file of the sample collection.
func TestShippedFilesFit(t *testing.T) {
	dir := t.TempDir()
	if err := sample.Write(disk.OS(), dir, sample.Addresses{Clear: "http://127.0.0.1:1", TLS: "https://127.0.0.1:2"}); err != nil {
		t.Fatal(err)
	}
	validators := map[schema.Kind]*jsonschema.Resolved{}
	for kind := range files {
		validators[kind] = resolved(t, schema.For(kind, tables))
	}
	seen := map[schema.Kind]int{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".toml") {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			return err
		}
		doc, err := tomldoc.Parse(name, data)
		if err != nil {
			return err
		}
		kind := schema.Request
		switch {
		case name == collections.CollectionFile:
			kind = schema.Collection
		case path.Base(name) == collections.FolderFile:
			kind = schema.Folder
		case strings.HasPrefix(name, collections.EnvironmentDir+"/"):
			kind = schema.Environment
		}
		seen[kind]++
		if err := validators[kind].Validate(plain(doc.Root())); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		return nil
	})
	if err != nil || seen[schema.Request] < 100 || len(seen) != len(files) {
		t.Errorf("%v: %v", err, seen)
	}
}

// TestConfigHasItsWords compares the keys of config.toml with those that its reader names.
func TestConfigHasItsWords(t *testing.T) {
	root := schema.For(schema.Config, tables)
	for key, described := range map[string][]string{"": root.PropertyOrder, "theme.": root.Properties["theme"].AnyOf[1].PropertyOrder} {
		file := filepath.Join(t.TempDir(), "config.toml")
		if err := os.WriteFile(file, []byte(key+"a_key_of_nobody = 1\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := home.Load(disk.OS(), file)
		wrong, ok := errors.AsType[*home.ConfigError](err)
		if want := fmt.Sprintf("the keys are %q", described); !ok || wrong.Hint() != want {
			t.Errorf("%q: %v, want %s", key, err, want)
		}
	}
	validator := resolved(t, root)
	for text, fits := range map[string]bool{
		"theme = 'nord'\nmouse = false\nfps = 30\nkeys = { send = 'f5', quit = [] }": true,
		"theme = { dark = 'nord' }": true, "fps = 0": false, "fps = 500": false, "mouse = 'no'": false, "keymap = ''": false, "keys = { send = 1 }": false,
	} {
		doc, err := tomldoc.Parse("config.toml", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := validator.Validate(plain(doc.Root())); (err == nil) != fits {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// TestAuthSaysWhatASchemeNeeds has the fields of the schemes in the schema.
func TestAuthSaysWhatASchemeNeeds(t *testing.T) {
	validator := resolved(t, schema.For(schema.Request, tables))
	for _, test := range []struct {
		auth map[string]any
		fits bool
	}{
		{map[string]any{"type": "basic", "username": "ada"}, true},
		{map[string]any{"type": "basic"}, false},
		{map[string]any{"type": "apikey", "name": "a", "value": "b", "in": "cookie"}, true},
		{map[string]any{"type": "apikey", "name": "a", "value": "b", "in": "body"}, false},
		{map[string]any{"type": "apikey", "name": "a", "value": "b", "in": "{{where}}"}, true},
		{map[string]any{"type": "none"}, true},
		{map[string]any{"type": "{{kind}}"}, true},
		{map[string]any{"type": "kerberos"}, false},
		{map[string]any{"username": "ada"}, false},
	} {
		if err := validator.Validate(map[string]any{"url": "http://h", "auth": test.auth}); (err == nil) != test.fits {
			t.Errorf("%v: %v", test.auth, err)
		}
	}
}
