package jsonschema_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/httpcore/content/jsonschema"
)

// suite is the folder of the JSON-Schema-Test-Suite that comes with the library which reads the keywords.
func suite(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/google/jsonschema-go").Output()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(strings.TrimSpace(string(out)), "jsonschema", "testdata")
}

// group is a schema of the suite, with values.
type group struct {
	Description string
	Schema      json.RawMessage
	Tests       []struct {
		Description string
		Data        any
		Valid       bool
	}
}

// TestSuite runs the official tests of both drafts. What needs the network, as the drafts' own schemas do, is refused.
func TestSuite(t *testing.T) {
	dir := suite(t)
	ran, refused := 0, 0
	for _, draft := range []string{"draft2020-12", "draft7"} {
		files, err := filepath.Glob(filepath.Join(dir, draft, "*.json"))
		if err != nil || len(files) < 20 {
			t.Fatalf("%v %v", files, err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var groups []group
			decoder := json.NewDecoder(bytes.NewReader(data))
			decoder.UseNumber()
			if err := decoder.Decode(&groups); err != nil {
				t.Fatal(err)
			}
			for _, g := range groups {
				s, err := jsonschema.Compile("schema.json", serving(string(withDraft(g.Schema, draft))))
				if err != nil {
					refused++
					if !strings.Contains(string(g.Schema), "json-schema.org/draft") && !strings.Contains(string(g.Schema), "localhost:1234") {
						t.Errorf("%s: %s: %v", filepath.Base(file), g.Description, err)
					}
					continue
				}
				for _, test := range g.Tests {
					violations, err := s.Validate(context.Background(), test.Data)
					if err != nil || (len(violations) == 0) != test.Valid {
						t.Errorf("%s %s: %s: %s: %v %v", draft, filepath.Base(file), g.Description, test.Description, violations, err)
					}
					ran++
				}
			}
		}
	}
	if ran < 1500 || refused > 80 {
		t.Errorf("%d tests ran, %d schemas were refused", ran, refused)
	}
}

// withDraft says which draft a schema of the suite is of.
func withDraft(schema json.RawMessage, draft string) []byte {
	if draft != "draft7" || !bytes.HasPrefix(schema, []byte("{")) || bytes.Contains(schema, []byte(`"$schema"`)) {
		return schema
	}
	rest := bytes.TrimSpace(schema[1:])
	if bytes.HasPrefix(rest, []byte("}")) {
		return []byte(`{"$schema": "http://json-schema.org/draft-07/schema#"}`)
	}
	return append([]byte(`{"$schema": "http://json-schema.org/draft-07/schema#", `), rest...)
}

// serving is a Loader of one file, schema.json.
func serving(text string) jsonschema.Loader {
	return files{"schema.json": text}.load
}

type files map[string]string

func (f files) load(name string) ([]byte, error) {
	text, ok := f[name]
	if !ok {
		return nil, fmt.Errorf("%s: %w", name, fs.ErrNotExist)
	}
	return []byte(text), nil
}

// TestViolationsSayWhere tells the path in the value, the rule and the value.
func TestViolationsSayWhere(t *testing.T) {
	s, err := jsonschema.Compile("schemas/user.json", files{
		"schemas/user.json": `{"$id": "https://api.test/user.json", "type": "object", "required": ["id"], "properties": {
			"id": {"type": "integer"}, "tags": {"items": {"type": "string", "maxLength": 3}},
			"home": {"$ref": "address.json"}, "of": {"$ref": "../shared.json#/components/schemas/Kind"},
			"pet": {"oneOf": [{"properties": {"kind": {"const": "cat"}}}, {"type": "array"}]}}}`,
		"schemas/address.json": `{"properties": {"a b": {"minimum": 9007199254740993}}}`,
		"shared.json":          `{"components": {"schemas": {"Kind": {"enum": ["a", "b"]}}}}`,
	}.load)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		`{"id": 1, "tags": ["a"], "home": {"a b": 9007199254740993}, "of": "b", "pet": {"kind": "cat"}}`: "",
		`{"id": "x"}`: `$.id schemas/user.json#/properties/id/type: it must be integer, and is "x"`,
		`{}`:          `$ schemas/user.json#/required: there is no "id"`,
		`[]`:          `$ schemas/user.json#/type: it must be object, and is []`,
		`{"id": 1, "tags": ["a", "abcd", 5]}`: "$.tags[1] schemas/user.json#/properties/tags/items/maxLength: \"abcd\" has 4 characters, and may have 3\n" +
			"$.tags[2] schemas/user.json#/properties/tags/items/type: it must be string, and is 5",
		`{"id": 1, "home": {"a b": 9007199254740992}}`: `$.home["a b"] schemas/address.json#/properties/a b/minimum: 9007199254740992 is less than 9007199254740993`,
		`{"id": 1, "of": "c"}`:                         `$.of shared.json#/components/schemas/Kind/enum: it must be one of ["a","b"], and is "c"`,
		`{"id": 1, "pet": {"kind": "dog"}}`: "$.pet schemas/user.json#/properties/pet/oneOf: {\"kind\":\"dog\"} fits none of 2 alternatives\n" +
			"$.pet.kind schemas/user.json#/properties/pet/oneOf/0/properties/kind/const: it must be \"cat\", and is \"dog\"",
	} {
		violations, err := s.ValidateText(context.Background(), []byte(text))
		var got []string
		for _, v := range violations {
			got = append(got, fmt.Sprintf("%s %s: %s", v.Path, v.Rule, v.Message))
		}
		if err != nil || strings.Join(got, "\n") != want {
			t.Errorf("%s: %v\n got %s\nwant %s", text, err, strings.Join(got, "\n"), want)
		}
	}
	if _, err := s.ValidateText(context.Background(), []byte(`{} {}`)); err == nil {
		t.Error("it takes two texts")
	}
}

// TestWhatCannotBeASchema is refused before anything is checked.
func TestWhatCannotBeASchema(t *testing.T) {
	for text, want := range map[string]string{
		`{`: "schema.json: it is no JSON", `5`: "schema.json", `{"type": 5}`: "schema.json: it is no JSON Schema",
		`{"properties": {"a": {"pattern": "("}}}`:                            "schema.json#/properties/a: error parsing regexp",
		`{"$ref": "other.json"}`:                                             "schema.json#: other.json: file does not exist",
		`{"$ref": "https://web.test/x.json"}`:                                "nothing is read from the network",
		`{"$ref": "//web.test/x.json"}`:                                      "web.test",
		`{"$ref": "#/nowhere"}`:                                              "there is no /nowhere in schema.json",
		`{"$ref": "#name"}`:                                                  `there is no anchor "name"`,
		strings.Repeat(`{"not":`, 2000) + "true" + strings.Repeat("}", 2000): "it has more than 200 levels",
	} {
		if _, err := jsonschema.Compile("schema.json", serving(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60s: %v, want %s", text, err, want)
		}
	}
}

// TestBounds has schemas without an end, and such as take exponential time.
func TestBounds(t *testing.T) {
	deep := strings.Repeat(`{"x":`, 60) + "1" + strings.Repeat("}", 60)
	for name, schema := range map[string]string{
		"refers to itself": `{"$ref": "#"}`,
		"in a circle":      `{"$defs": {"a": {"allOf": [{"$ref": "#/$defs/b"}]}, "b": {"$ref": "#/$defs/a"}}, "$ref": "#/$defs/a"}`,
		"exponential":      `{"properties": {"x": {"anyOf": [{"$ref": "#"}, {"$ref": "#"}]}}, "required": ["x"]}`,
	} {
		s, err := jsonschema.Compile("schema.json", serving(schema))
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
		before := time.Now()
		if _, err = s.ValidateText(ctx, []byte(deep)); err == nil {
			t.Errorf("%s: it came to an end", name)
		}
		if took := time.Since(before); took > time.Minute {
			t.Errorf("%s: it took %v", name, took)
		}
		cancel()
	}
}
