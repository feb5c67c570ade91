package openapi_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"parley/collections/importer/openapi"
)

func read(t testing.TB, text string) *openapi.Document {
	t.Helper()
	doc, err := openapi.Read("openapi.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

const petstore = `
openapi: 3.1.0
info: {title: Pets}
servers:
  - url: https://{region}.pets.test/{version}/
    variables:
      region: {default: eu}
      version: {enum: [v2, v1]}
  - url: wss://pets.test
paths:
  /pets/{id}:
    parameters:
      - $ref: '#/components/parameters/id'
      - {name: verbose, in: query, schema: {type: boolean}}
    get:
      operationId: readPet
      summary: |
        Reads a
        pet
      tags: [pets]
      deprecated: true
      parameters:
        - {name: verbose, in: query, required: true, description: "All of it. Slow.", schema: {type: boolean, default: false}}
        - {name: fields, in: query, schema: {type: array, items: {type: string}, example: [name, age]}}
        - {name: sort, in: query, explode: false, schema: {example: [name, age]}}
        - {name: X-Trace, in: header}
        - $ref: other.yaml#/a
    x-note: kept out
    put:
      servers: [{url: /internal}]
      requestBody: {$ref: '#/components/requestBodies/pet'}
      parameters: [{$ref: '#/components/parameters/round'}]
components:
  parameters:
    id: {name: id, in: path, required: true, schema: {type: integer, example: 7}}
    round: {$ref: '#/components/parameters/about'}
    about: {$ref: '#/components/parameters/round'}
  requestBodies:
    pet:
      content:
        text/csv: {example: "name,age"}
        application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/pet'}}
        application/json: {schema: {$ref: '#/components/schemas/pet'}}
  schemas:
    pet:
      required: [name]
      properties:
        id: {type: integer, readOnly: true}
        name: {type: string, example: Rex, description: What it is called.}
        age: {type: [integer, 'null'], minimum: 1}
        kind: {enum: [dog, cat]}
        born: {type: string, example: 2020-01-01}
        parent: {$ref: '#/components/schemas/pet'}
        tags: {type: array, items: {$ref: '#/components/schemas/tag'}}
        photo: {type: string, format: binary}
    tag: {allOf: [{properties: {label: {type: string}}}, {properties: {good: {type: boolean}}}]}
`

func TestOperations(t *testing.T) {
	doc := read(t, petstore)
	if doc.Title != "Pets" || fmt.Sprint(doc.Servers) != "[https://eu.pets.test/v2]" {
		t.Errorf("%s at %q", doc.Title, doc.Servers)
	}
	if len(doc.Operations) != 2 {
		t.Fatalf("%+v", doc.Operations)
	}
	get, put := doc.Operations[0], doc.Operations[1]
	if get.Method != "GET" || get.Path != "/pets/{id}" || get.ID != "readPet" || get.Summary != "Reads a pet" || !get.Deprecated || get.Tags[0] != "pets" {
		t.Errorf("%+v", get)
	}
	var got []string
	for _, p := range get.Parameters {
		got = append(got, fmt.Sprintf("%s %s %v %q %q", p.In, p.Name, p.Required, p.Values, p.Description))
	}
	want := `path id true ["7"] ""
query verbose true ["false"] "All of it"
query fields false ["name" "age"] ""
query sort false ["name,age"] ""`
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
	// A reference to itself is passed over, and what the path says holds.
	if fmt.Sprint(put.Servers) != "[/internal]" || len(put.Parameters) != 2 || put.Parameters[1].Required {
		t.Errorf("%q %+v", put.Servers, put.Parameters)
	}
}

func TestBodies(t *testing.T) {
	put := read(t, petstore).Operations[1]
	if len(put.Bodies) != 3 || put.Bodies[0].Type != "application/json" || put.Bodies[2].Example != "name,age" {
		t.Fatalf("%+v", put.Bodies)
	}
	var made map[string]any
	if err := json.Unmarshal([]byte(put.Bodies[0].Example), &made); err != nil {
		t.Fatal(err)
	}
	tags := fmt.Sprint(made["tags"])
	if made["name"] != "Rex" || made["age"] != 1.0 || made["kind"] != "dog" || made["born"] != "2020-01-01" || tags != "[map[good:false label:]]" {
		t.Errorf("%v", made)
	}
	if _, there := made["id"]; there {
		t.Error("what only comes back is to be sent")
	}
	fields := put.Bodies[1].Fields
	if len(fields) != 7 || fields[0].Name != "name" || !fields[0].Required || fields[0].Description != "What it is called" || fields[6].In != "file" {
		t.Errorf("%+v", fields)
	}
}

func TestExamples(t *testing.T) {
	for media, want := range map[string]string{
		`{example: {a: 1.0, b: [yes, ~, 0x1F, true]}}`:                              `{"a":1.0,"b":["yes",null,"0x1F",true]}`,
		`{example: '{"written": "as text"}'}`:                                       `{"written":"as text"}`,
		`{examples: {one: {value: [1]}, two: {value: [2]}}}`:                        `[1]`,
		`{schema: {type: array, items: {type: string, default: "<b>"}}}`:            `["<b>"]`,
		`{schema: {oneOf: [{type: integer}, {type: string}]}}`:                      `0`,
		`{schema: {$ref: '#/nowhere'}}`:                                             ``,
		`{schema: {type: object, properties: {d: {deprecated: true}}}}`:             `{}`,
		`{schema: {examples: [{x: "\e[31m"}]}}`:                                     `{"x":"\u001b[31m"}`,
		`{schema: {type: object, properties: {e: {type: integer, minimum: "1;"}}}}`: `{"e":0}`,
	} {
		doc := read(t, "openapi: 3.0.0\npaths: {/a: {post: {requestBody: {content: {application/json: "+media+"}}}}}")
		got := strings.NewReplacer("\n", "", " ", "").Replace(doc.Operations[0].Bodies[0].Example)
		if got != strings.ReplaceAll(want, " ", "") && !(strings.Contains(want, "as text") && got == `{"written":"astext"}`) {
			t.Errorf("%s makes %s, want %s", media, got, want)
		}
	}
}

func TestSwagger(t *testing.T) {
	doc, err := openapi.Read("swagger.json", []byte(`{
  "swagger": "2.0", "host": "api.test", "basePath": "v1/", "schemes": ["http", "https"], "consumes": ["application/vnd.x+json"],
  "paths": {
    "/a": {"post": {"parameters": [{"in": "body", "name": "b", "schema": {"type": "object", "properties": {"n": {"type": "integer"}}}}]}},
    "/b": {"put": {"consumes": ["application/x-www-form-urlencoded"], "parameters": [{"in": "formData", "name": "f", "type": "string", "default": "x"}]},
           "patch": {"parameters": [{"in": "formData", "name": "f", "type": "file"}, {"in": "query", "name": "q", "type": "array", "collectionFormat": "multi", "default": ["1", "2"]}]}}
  }}`))
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(doc.Servers) != "[https://api.test/v1 http://api.test/v1]" {
		t.Errorf("servers %q", doc.Servers)
	}
	if b := doc.Operations[0].Bodies; len(b) != 1 || b[0].Type != "application/vnd.x+json" || b[0].Example != "{\n  \"n\": 0\n}" {
		t.Errorf("%+v", b)
	}
	if b := doc.Operations[1].Bodies[0]; b.Type != "application/x-www-form-urlencoded" || fmt.Sprint(b.Fields[0].Values) != "[x]" {
		t.Errorf("%+v", b)
	}
	patch := doc.Operations[2]
	if patch.Bodies[0].Type != "multipart/form-data" || patch.Bodies[0].Fields[0].In != "file" || len(patch.Parameters[0].Values) != 2 {
		t.Errorf("%+v", patch)
	}
}

func TestServers(t *testing.T) {
	for servers, want := range map[string]string{
		`[{url: "https://a.test/"}, {url: "https://a.test"}]`: "[https://a.test]",
		`[{url: /v1/}]`:                      "[/v1]",
		`[{url: v1}]`:                        "[/v1]",
		`[{url: //a.test/x}]`:                "[https://a.test/x]",
		`[{url: "https://{who}.test/"}]`:     "[]",
		`[{url: "ftp://a.test"}]`:            "[]",
		`[]`:                                 "[]",
		`[{url: "https://a.test/?key=1#x"}]`: "[https://a.test]",
		`[{url: "https://ada:pw@a.test/v"}]`: "[https://a.test/v]",
	} {
		if got := fmt.Sprint(read(t, "openapi: 3.0.0\nservers: "+servers).Servers); got != want {
			t.Errorf("%s makes %s, want %s", servers, got, want)
		}
	}
	for host, want := range map[string]string{
		"host: a.test": "[https://a.test]", "basePath: /v2": "[/v2]", "schemes: [https]": "[]", "host: a.test\nschemes: [ws]": "[https://a.test]",
	} {
		if got := fmt.Sprint(read(t, "swagger: '2.0'\n"+host).Servers); got != want {
			t.Errorf("%s makes %s, want %s", host, got, want)
		}
	}
}

// What cannot be read says where and what to do.
func TestErrors(t *testing.T) {
	for text, want := range map[string]string{
		"openapi: 3.0.0\npaths:\n\t/a: {}":             "x:3: the YAML cannot be read",
		"{\n\"openapi\": \"3.0.0\",\n\"paths\": }":     "x:3: the JSON cannot be read",
		"{\n\"openapi\": \"3.0.0\",\n\"paths\": {":     "x:3: the JSON cannot be read: it ends in the middle",
		"{\n\"openapi\": \"3.0.0\"\n\"paths\": {}}":    "x:3: the JSON cannot be read",
		"{\"openapi\":\nnone\n}":                       "x:2: the JSON cannot be read",
		"{} {}":                                        "something follows after its end",
		"":                                             "it is no description of an API",
		"- 1":                                          "it is no description of an API",
		"info: {}\nopenapi: 4.0.0":                     `x:2: version "4.0.0" of OpenAPI is not known`,
		"{\n\n\"swagger\": \"1.2\"}":                   `x:3: version "1.2"`,
		strings.Repeat("[", 300):                       "the YAML cannot be read",
		"{\"a\":" + strings.Repeat("[", 300):           "nested too deeply",
		"openapi: 3.0.0\n" + strings.Repeat("\n", 3e6): "too large to read",
		"openapi: 3.0.0\nx: " + strings.Repeat("y", openapi.MaxSize): "too large to read",
	} {
		_, err := openapi.Read("x", []byte(text))
		problem, ok := errors.AsType[*openapi.Error](err)
		if !ok || !strings.Contains(err.Error(), want) || problem.Hint() == "" {
			t.Errorf("%.40q: %v, want %q", text, err, want)
		}
	}
}

// Aliases make a small file endless. It is given up in bounded time.
func TestAliases(t *testing.T) {
	var b strings.Builder
	b.WriteString("openapi: 3.0.0\nx-big: &big\n")
	for i := range 20_000 {
		fmt.Fprintf(&b, "  k%d: {}\n", i)
	}
	b.WriteString("paths:\n")
	for i := range 20_000 {
		fmt.Fprintf(&b, "  /p%d: *big\n", i)
	}
	if _, err := openapi.Read("x", []byte(b.String())); err == nil || !strings.Contains(err.Error(), "entangled") {
		t.Errorf("%v", err)
	}
	circle := "openapi: 3.0.0\npaths: {/a: {post: {requestBody: {content: {application/json: {example: &a {again: *a}}}}}}}"
	if doc := read(t, circle); doc.Operations[0].Bodies[0].Example != "" {
		t.Errorf("%+v", doc.Operations[0])
	}
}

// Text for the screen is one line without anything that acts on a terminal.
func TestForeignText(t *testing.T) {
	doc := read(t, "openapi: 3.0.0\npaths:\n  \"/a\\e[31m\": {get: {}}\n  /b:\n    get: {summary: \"x\\e]0;owned\\a\\n\\ty\", description: \""+strings.Repeat("long ", 100)+"\"}\n    post: {description: \""+strings.Repeat("long ", 100)+"\"}")
	if len(doc.Operations) != 2 || doc.Operations[0].Summary != "x ]0;owned y" {
		t.Errorf("%+v", doc.Operations)
	}
	if n := len([]rune(doc.Operations[1].Summary)); n > 200 {
		t.Errorf("a summary of %d runes", n)
	}
}

func TestMoreThanIsRead(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{"openapi": "3.0.0", "paths": {`)
	for i := range 5001 {
		fmt.Fprintf(&b, `"/p%d": {"get": {}},`, i)
	}
	doc := read(t, b.String()+`"/last": {"get": {}}}}`)
	if len(doc.Operations) != 5000 || !doc.Cut {
		t.Errorf("%d operations, cut %v", len(doc.Operations), doc.Cut)
	}
}

// Large returns a description of that many operations, as JSON.
func large(operations int) []byte {
	var b strings.Builder
	b.WriteString(`{"openapi": "3.0.0", "paths": {`)
	for i := range operations {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `"/area%d/things/{id}/parts%d": {"get": {"summary": "Reads part %d", "parameters": [{"$ref": "#/components/parameters/id"}],
			"responses": {"200": {"description": %q}}}}`, i%40, i, i, strings.Repeat("words about it ", 200))
	}
	b.WriteString(`}, "components": {"parameters": {"id": {"name": "id", "in": "path", "required": true, "schema": {"example": 1}}}}}`)
	return []byte(b.String())
}

func BenchmarkRead(b *testing.B) {
	data := large(1000)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := openapi.Read("openapi.json", data); err != nil {
			b.Fatal(err)
		}
	}
}
