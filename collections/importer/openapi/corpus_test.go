package openapi_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"parley/collections/importer/openapi"
	"parley/testdata/corpora"
)

// differently lists the files that are read in another way than the corpus has it, with the reason.
var differently = map[string]string{
	"mermade/3.0/pass/extensionsEverywhere.yaml": "a key with x- is no path",
	"mermade/3.0/fail/pathitem-property.yaml":    "a method is written small",
}

// Every description of the corpus is read with all its operations, or refused with a place and a hint.
func TestCorpus(t *testing.T) {
	dir := corpora.Dir(t, "openapi")
	var expected map[string]struct {
		ParseError string `json:"parse_error"`
		Version    string
		Ops        []string
	}
	if err := json.Unmarshal(corpora.Read(t, "openapi", "expected-operations.json"), &expected); err != nil {
		t.Fatal(err)
	}
	files, operations := 0, 0
	for name, want := range expected {
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if errors.Is(err, os.ErrNotExist) || differently[name] != "" {
			continue // some are listed and not kept
		}
		if err != nil {
			t.Fatal(err)
		}
		files++
		doc, err := openapi.Read(name, data)
		if err != nil {
			problem, ok := errors.AsType[*openapi.Error](err)
			if !ok || problem.Hint() == "" || !strings.HasPrefix(err.Error(), name+":") {
				t.Errorf("%s: %v has no place or no hint", name, err)
			}
			if want.ParseError == "" && strings.HasPrefix(want.Version, "3.") && len(want.Ops) > 0 {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		var got []string
		for _, o := range doc.Operations {
			got = append(got, o.Method+" "+o.Path)
			check(t, name, o)
		}
		if len(doc.Servers) == 0 {
			t.Errorf("%s has no server", name)
		}
		slices.Sort(got)
		slices.Sort(want.Ops)
		if !slices.Equal(got, want.Ops) {
			t.Errorf("%s:\n got %v\nwant %v", name, got, want.Ops)
		}
		operations += len(got)
	}
	t.Logf("%d files, %d operations", files, operations)
}

// check looks at what holds of every operation.
func check(t *testing.T, name string, o openapi.Operation) {
	t.Helper()
	for _, b := range o.Bodies {
		if openapi.IsJSON(b.Type) && b.Example != "" && !json.Valid([]byte(b.Example)) {
			t.Errorf("%s: %s %s: the example is no JSON: %s", name, o.Method, o.Path, b.Example)
		}
	}
	for _, p := range o.Parameters {
		if p.Name == "" || strings.ContainsAny(p.Description+o.Summary, "\n\x1b") {
			t.Errorf("%s: %s %s: the parameter %q, %q", name, o.Method, o.Path, p.Name, p.Description)
		}
	}
}
