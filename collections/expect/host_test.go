package expect_test

import (
	"context"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"parley/collections/expect"
	"parley/collections/template"
	"parley/httpcore"
)

// folder stands for a collection's files.
type folder map[string]string

func (f folder) read(name string) ([]byte, error) {
	text, ok := f[name]
	if !ok {
		return nil, fmt.Errorf("%s: %w", name, fs.ErrNotExist)
	}
	return []byte(text), nil
}

func (f folder) host() expect.Host {
	return expect.Host{ReadFile: f.read, ReadSnapshot: func(file string) ([]byte, error) { return f.read("kept/" + file) }}
}

// said is a rule that stands in a file of the collection.
func said(expression string) []expect.Rule {
	at := template.Position{File: "users/get.toml", Line: 1, Column: 1}
	return []expect.Rule{{Name: "it", Expression: expression, Locate: at.In(expression)}}
}

// TestSchemas checks bodies and parts of them against files beside the one that says it.
func TestSchemas(t *testing.T) {
	files := folder{
		"users/user.json": `{"properties": {"name": {"maxLength": 2}, "items": {"items": {"$ref": "../item.json"}}}}`,
		"item.json":       `{"required": ["id"], "properties": {"id": {"maximum": 1}}}`,
		"broken.json":     `{"type": 7}`,
		"loop.json":       `{"$ref": "#"}`,
		"slow.json":       `{"anyOf": [{"items": {"$ref": "#"}, "not": {"$ref": "#/$defs/none"}}, {"$ref": "#/$defs/none"}], "$defs": {"none": {"items": {"anyOf": [{"$ref": "#/$defs/none"}, {"$ref": "#/$defs/none"}]}, "minItems": 1}}}`,
	}
	for expression, want := range map[string]string{
		`schema("../item.json", json.items[0])`: "",
		`not schema("user.json")`:               "",
		`schema("user.json")`: `schema("user.json") is false|$.items[1].id: 2 is more than 1 (item.json#/properties/id/maximum)|` +
			`$.name: "Ada" has 3 characters, and may have 2 (users/user.json#/properties/name/maxLength)`,
		`schema("../item.json", json.items[1]) && ok`: `schema("../item.json", json.items[1]) is not true|schema("../item.json", json.items[1]) is false|$.id: 2 is more than 1 (item.json#/properties/id/maximum)`,
		`schema("../../etc.json")`:                    `"../../etc.json" is outside of the collection`,
		`schema("/etc/passwd")`:                       `"/etc/passwd" is outside of the collection`,
		`schema("none.json")`:                         "users/none.json: file does not exist",
		`schema("../broken.json")`:                    "it is no JSON Schema",
		`schema("../loop.json")`:                      "nest too deeply",
		`schema(7)`:                                   "it takes text, not 7",
		`schema()`:                                    "schema was given 0 values",
	} {
		o := expect.Compile(nil, said(expression)).With(files.host()).Run(context.Background(), usersAnswer(t)).Expected[0]
		if got := strings.Join(o.Explanation, "|"); o.Passed != (want == "") || !strings.Contains(got, want) {
			t.Errorf("%s: %v\n got %s\nwant %s", expression, o.Passed, got, want)
		}
	}
	if o := outcome(usersAnswer(t), `schema("user.json")`); o.Err == nil || !strings.Contains(o.Explanation[0], "there is no collection here") {
		t.Errorf("without files: %q", o.Explanation)
	}
	deep := answer(t, 200, "application/json", strings.Repeat("[", 40)+strings.Repeat("]", 40))
	o := expect.Compile(nil, said(`schema("../slow.json")`)).With(files.host()).Run(context.Background(), deep).Expected[0]
	if o.Passed || o.Err == nil || !strings.Contains(o.Err.Error(), "runs too long") {
		t.Error(o.Err)
	}
}

// TestSnapshots compares bodies with what is kept, and says what is to be kept.
func TestSnapshots(t *testing.T) {
	const body = `{"name": "Ada", "at": 1, "big": 12345678901234567890, "list": [3, 1]}`
	kept := "{\n  \"name\": \"Ada\",\n  \"at\": 1,\n  \"big\": 12345678901234567890,\n  \"list\": [\n    3,\n    1\n  ]\n}\n"
	for _, test := range []struct {
		name   string
		files  folder
		accept expect.Accept
		ignore string
		passes bool
		keeps  string // "file replaces accepted", "" for nothing
		says   string
	}{
		{name: "missing", says: `there is no snapshot "user" yet|hint: --update-snapshots`, keeps: "user.json  false"},
		{name: "new", accept: expect.AcceptNew, passes: true, keeps: "user.json  true"},
		{name: "same", files: folder{"kept/user.json": `{"list":[3,1],"at":1,"big":12345678901234567890,"name":"Ada"}`}, accept: expect.AcceptAll, passes: true},
		{name: "other number", files: folder{"kept/user.json": strings.Replace(body, "7890,", "7891,", 1)}, says: "12345678901234567891", keeps: "user.json user.json false"},
		{name: "other order of a list", files: folder{"kept/user.json": strings.Replace(body, "3, 1", "1, 3", 1)}, says: "- user.json|+ the body", keeps: "user.json user.json false"},
		{name: "ignored", files: folder{"kept/user.json": strings.Replace(body, `"at": 1`, `"at": 2`, 1)}, ignore: "$.at", passes: true},
		{name: "header ignored", files: folder{"kept/user.json": body}, ignore: "header:Date", passes: true},
		{name: "badly ignored", files: folder{"kept/user.json": body}, ignore: "$[", says: "compare.ignore cannot have"},
		{name: "updated", files: folder{"kept/user.json": `{}`}, accept: expect.AcceptAll, passes: true, keeps: "user.json user.json true"},
		{name: "new ones only", files: folder{"kept/user.json": `{}`}, accept: expect.AcceptNew, says: "- user.json", keeps: "user.json user.json false"},
		{name: "was text", files: folder{"kept/user.txt": "hello\n"}, accept: expect.AcceptNew, says: "- user.txt", keeps: "user.json user.txt false"},
	} {
		host := test.files.host()
		host.Accept = test.accept
		if test.ignore != "" {
			host.Ignore = []string{test.ignore}
		}
		r := expect.Compile(nil, said(`snapshot("user")`)).With(host).Run(context.Background(), answer(t, 200, "application/json", body))
		o, keeps := r.Expected[0], ""
		for _, s := range r.Snapshots {
			keeps += fmt.Sprintf("%s %s %v", s.File, s.Replaces, s.Accepted)
			if string(s.Content) != kept {
				t.Errorf("%s: it is kept as %s", test.name, s.Content)
			}
		}
		got := strings.Join(o.Explanation, "|")
		if o.Passed != test.passes || keeps != test.keeps || !strings.Contains(got, test.says) {
			t.Errorf("%s: %v, keeps %q: %s", test.name, o.Passed, keeps, got)
		}
	}
}

// TestSnapshotsHoldNoSecret masks secrets of the request and captured ones, and keeps text as text.
func TestSnapshotsHoldNoSecret(t *testing.T) {
	x := answer(t, 200, "text/plain", "the key is planted-secret, the token c2VjcmV0LXRva2Vu")
	x.Request.Secrets = []httpcore.Secret{httpcore.NewSecret("key", "planted-secret")}
	host := folder{}.host()
	host.Accept = expect.AcceptNew
	captures := []expect.Rule{{Name: "token", Expression: `regex("token (.*)$")`, Secret: true}}
	r := expect.Compile(captures, said(`snapshot("user") and snapshot("user")`)).With(host).Run(context.Background(), x)
	if len(r.Snapshots) != 1 || string(r.Snapshots[0].Content) != "the key is {secret key}, the token {secret token}\n" || r.Snapshots[0].File != "user.txt" {
		t.Errorf("%+v", r)
	}
	picture := answer(t, 200, "image/png", "\x89PNG\x00\x01")
	if o := expect.Compile(nil, said(`snapshot("user")`)).With(host).Run(context.Background(), picture).Expected[0]; o.Err == nil {
		t.Error("a picture is kept as text")
	}
}
