package cli

import (
	"context"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/google/jsonschema-go/jsonschema"

	"parley/collections"
	"parley/collections/check"
	"parley/collections/disk"
	"parley/collections/schema"
	"parley/httpcore/auth"
)

// TestThemesFitTheirSchema validates every theme that Parley brings along, and some that it would refuse.
func TestThemesFitTheirSchema(t *testing.T) {
	one := schema.For(schema.Theme, schema.Tables{Roles: themeRoles()})
	for _, table := range []string{"base", "http", "syntax"} {
		if len(one.Properties[table].Properties) < 10 {
			t.Errorf("[%s] has no roles", table)
		}
	}
	validator, err := one.Resolve(&jsonschema.ResolveOptions{ValidateDefaults: true})
	if err != nil {
		t.Fatal(err)
	}
	themes := os.DirFS("../../themes")
	names, err := fs.Glob(themes, "*.toml")
	if err != nil || len(names) < 4 {
		t.Fatalf("%v %v", names, err)
	}
	read := func(text []byte) (file map[string]any) {
		if err := toml.Unmarshal(text, &file); err != nil {
			t.Fatal(err)
		}
		return file
	}
	for _, name := range names {
		text, err := fs.ReadFile(themes, name)
		if err != nil {
			t.Fatal(err)
		}
		if err := validator.Validate(read(text)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, text := range []string{
		"name = 'x'", "[base]\ntext = '#fff'", "[base]\nbackground = '#12'\ntext = '#fff'\naccent = '#fff'", "appearance = 'grey'\n[base]\nbackground = '#000'\ntext = '#fff'\naccent = '#fff'",
	} {
		if validator.Validate(read([]byte(text))) == nil {
			t.Errorf("it takes %q", text)
		}
	}
}

// TestTheREADMEsFilesHaveNoFault checks what the README shows, of which one file is not there.
func TestTheREADMEsFilesHaveNoFault(t *testing.T) {
	dir, _ := readmeCollection(t)
	c, err := collections.Open(disk.OS(), dir)
	if err != nil {
		t.Fatal(err)
	}
	findings, err := check.Collection(context.Background(), c, check.Options{Schemes: auth.Schemes(auth.Environment{})})
	if err != nil || len(findings) != 1 || !strings.Contains(findings[0].Message, `"me.p12"`) {
		t.Errorf("%v: %+v", err, findings)
	}
}
