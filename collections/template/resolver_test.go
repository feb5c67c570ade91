package template

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"parley/httpcore"
)

// vars is a scope of one layer, in file "c.toml", a variable a line.
type vars []Variable

func (v vars) Lookup(name string) (Variable, bool) {
	for i, one := range v {
		if one.Name == name {
			if one.Origin.IsZero() {
				one.Origin = Origin{Scope: "collection", Position: Position{File: "c.toml", Line: i + 1, Column: 9}}
			}
			return one, true
		}
	}
	return Variable{}, false
}

func (v vars) Names() []string {
	var names []string
	for _, one := range v {
		names = append(names, one.Name)
	}
	return names
}

type asker struct{ asked int }

func (a *asker) Prompt(_ context.Context, label, preset string) (string, error) {
	a.asked++
	return fmt.Sprintf("%s/%s/%d", label, preset, a.asked), nil
}

func (a *asker) Select(_ context.Context, _ string, choices []string) (string, error) {
	return choices[len(choices)-1], nil
}

type responder struct{}

func (responder) Respond(_ context.Context, path, expression string, maxAge time.Duration) (any, []httpcore.Secret, error) {
	return fmt.Sprintf("%s|%s|%v", path, expression, maxAge), nil, nil
}

func testHost() Host {
	return Host{
		Now:    func() time.Time { return time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC) },
		Random: rand.NewPCG(1, 2),
		Env: func(name string) (string, bool) {
			value, ok := map[string]string{"HOME": "/h", "EMPTY": ""}[name]
			return value, ok
		},
		Secret: func(_ context.Context, name string) (httpcore.Secret, error) {
			if name == "token" {
				return httpcore.NewSecret(name, "s3cret!", "api.test"), nil
			}
			return httpcore.Secret{}, hinted{errors.New("no secret of that name")}
		},
		Ask: &asker{},
		ReadFile: func(beside, path string) ([]byte, error) {
			return []byte(beside + " " + path + " {{base}}"), nil
		},
		Command:   func(_ context.Context, line string) (string, error) { return line + "!\n", nil },
		Responder: responder{},
	}
}

var known = vars{
	{Name: "base", Value: "http://h:1"},
	{Name: "url", Value: "{{base}}/v1"},
	{Name: "user-id", Value: Number("42")},
	{Name: "it's", Value: "apostrophe"},
	{Name: "price", Value: Number("1.0")},
	{Name: "big", Value: Number("12345678901234567890")},
	{Name: "hex", Value: Number("0x1F")},
	{Name: "on", Value: true},
	{Name: "list", Value: []any{Number("1.50"), "{{base}}", map[string]any{"b": "<&>", "a": nil}}},
	{Name: "typed", Value: "{{ [1, 2, 3] }}"},
	{Name: "id", Value: "{{uuid()}}"},
	{Name: "asked", Value: `{{prompt("Who?", "me")}}`},
	{Name: "server", Value: `{{command("rm -rf /")}}`, Literal: true},
	{Name: "auth", Value: `Basic {{base64("u:" + secret("token"))}}`},
	{Name: "captured", Value: "abcdef", Secret: true},
	{Name: "a", Value: "{{b}}"},
	{Name: "b", Value: "x{{c}}"},
	{Name: "c", Value: "{{ a + 'y' }}"},
	{Name: "wrong", Value: "x\n {{bse}}"},
	{Name: "base64", Value: "a variable"},
}

func expand(source string) Result {
	r := NewResolver(known, testHost())
	return r.Expand(context.Background(), r.Parse(source, Position{File: "r.toml", Line: 3, Column: 8}.In(source)))
}

func TestExpand(t *testing.T) {
	for source, want := range map[string]string{
		"":                            "",
		"plain }} text { } }}":        "plain }} text { } }}",
		"{{base}}":                    "http://h:1",
		"<{{  url }}>":                "<http://h:1/v1>",
		"{{user-id}}":                 "42",
		"{{it's}} and {{it's}}":       "apostrophe and apostrophe",
		"{{price}} {{big}} {{hex}}":   "1.0 12345678901234567890 0x1F",
		"{{hex + 1}}":                 "32",
		"{{big + ''}}":                "12345678901234567890",
		"{{on}}":                      "true",
		"{{list}}":                    `[1.50,"http://h:1",{"a":null,"b":"<&>"}]`,
		"{{typed}} {{typed[1]}}":      "[1,2,3] 2",
		`{{"{{"}}x}}`:                 "{{x}}",
		`{{ {"a": {"b": 1}} }}`:       `{"a":{"b":1}}`,
		`{{{"a":{"b":1}}}}`:           `{"a":{"b":1}}`,
		"{{ '}}' + \"}}\" + `}}` }}":  "}}}}}}",
		"{{ 1 /* }} */ + 1 }}":        "2",
		"{{ 1 // }}\n + 1 }}":         "2",
		"{{ 1 // one line }}":         "1",
		`{{ "\"}}" }}`:                `"}}`,
		"{{1 > 2 ? nope() : base}}":   "", // see TestErrors: unknown even if not reached
		"{{base64}}":                  "a variable",
		"{{base64(base)}}":            "aHR0cDovL2g6MQ==",
		"{{base | upper()}}":          "HTTP://H:1",
		"{{$env['user-id'] + 1}}":     "43",
		"{{let x = 2; x * x}}":        "4",
		"{{map(1..3, # * 2)}}":        "[2,4,6]",
		"{{filter(list, # == base)}}": `["http://h:1"]`,
		"{{reduce(1..3, #acc + #)}}":  "6",
		"{{1.5 + 1}}":                 "2.5",
		"{{1e21}}":                    "1e+21",
		"{{now()}}":                   "2026-03-04T05:06:07Z",
		"{{now().Year()}}":            "2026",
		"{{timestamp()}}":             "1772600767",
		"{{timestamp('ms')}}":         "1772600767000",
		"{{sha256('abc')}}":           "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
		"{{hmac('sha256', 'Jefe', 'what do ya want for nothing?')}}": "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
		"{{hmac('sha1', 'key', 'x', 'base64')}}":                     "KgDo6DQ9+GxMGIsmPuyjMa+jFUg=",
		"{{urlencode('a b/ü~')}}":                                    "a%20b%2F%C3%BC~",
		"{{env('HOME')}}{{env('EMPTY')}}":                            "/h",
		"{{env('NOPE', 'd')}}":                                       "d",
		"{{secret('token')}}":                                        "s3cret!",
		"{{file('x.txt')}}":                                          "r.toml x.txt {{base}}",
		"{{command('date')}}":                                        "date!",
		"{{server}}":                                                 `{{command("rm -rf /")}}`,
		"{{asked}} {{asked}} {{prompt('Who?')}}":                     "Who?/me/1 Who?/me/1 Who?/me/1",
		"{{select('which', ['a', 2])}}":                              "2",
		"{{on ? 'y' : secret('nope')}}":                              "y",
		"{{response('login', 'json.token', '5m')}}":                  "login|json.token|5m0s",
		"{{response('login', 'json.token')}}":                        "login|json.token|-1ns",
		"{{repeat('ab', 3)}}":                                        "ababab",
	} {
		result := expand(source)
		if want == "" && source != "" {
			if result.Errors == nil {
				t.Errorf("%s: no error, and %q", source, result.Text)
			}
			continue
		}
		if err := result.Errors.Err(); err != nil || result.Text != want {
			t.Errorf("%s\n got %q, %v\nwant %q", source, result.Text, err, want)
		}
	}
}

func TestErrors(t *testing.T) {
	for _, test := range []struct {
		source string
		kind   Kind
		want   string // place and sentence
		hint   string // part of it
	}{
		{"a {{bsae}}", KindUnknown, "r.toml:3:12: unknown variable `bsae`", "`base`"},
		{"a\n  {{ 1 +\n bsae}}", KindUnknown, "r.toml:5:2: unknown variable `bsae`", "`base`"},
		{"{{user_id}}", KindUnknown, "r.toml:3:10: unknown variable `user_id`", "`user-id`"},
		{"{{User-Id}}", KindUnknown, "r.toml:3:10: unknown variable `User-Id`", "`user-id`"},
		{"{{zzz}}", KindUnknown, "r.toml:3:10: unknown variable `zzz`", "--var zzz=VALUE"},
		{"{{uuuid()}}", KindUnknown, "r.toml:3:10: unknown function `uuuid`", "`uuid`"},
		{"{{fake.emial()}}", KindUnknown, "r.toml:3:10: unknown function `fake.emial`", "`fake.email`"},
		{"{{uuid}}", KindValue, "r.toml:3:10: `uuid` is a function and was not called", "uuid()"},
		{"{{fake.email}}", KindValue, "r.toml:3:10: `fake.email` is a function and was not called", "fake.email()"},
		{"{{fake}}", KindValue, "r.toml:3:10: `fake` is a function and was not called", ""},
		{"{{len}}", KindValue, "r.toml:3:10: `len` is a function and was not called", "len()"},
		{"{{nil}}", KindValue, "r.toml:3:10: `nil` has no value that can be sent: the value is nil", "??"},
		{"{{typed[9]}}", KindValue, "r.toml:3:15: `typed[9]`: index out of range", ""},
		{"{{1 / }}", KindSyntax, "r.toml:3:12: `1 /`: unexpected token EOF", "expr-lang"},
		{"{{ }}", KindSyntax, "r.toml:3:10: there is nothing between", `{{"{{"}}`},
		{"x {{base", KindSyntax, "r.toml:3:10: `{{` is never closed", `{{"{{"}}`},
		{"{{a}}", KindCycle, "c.toml:16:9: variable `a` needs itself: a → b → c → a", "another name"},
		{"{{wrong}}", KindUnknown, "c.toml:20:4: unknown variable `bse`", "`base`"},
		{"{{env('NOPE')}}", KindUnknown, "r.toml:3:10: env: the environment variable `NOPE` is not set", "default"},
		{"{{secret('x')}}", KindValue, "r.toml:3:10: secret: no secret of that name", "set it"},
		{"{{base64()}}", KindValue, "r.toml:3:10: base64 was given 0 values", "base64(text)"},
		{"{{hmac('crc', 'k', 't')}}", KindValue, `r.toml:3:10: hmac: unknown hash "crc"`, "sha256"},
		{"{{repeat('xxxxxxxxxx', 99999999)}}", KindLimit, "r.toml:3:10: repeat: `repeat('xxxxxxxxxx', 99999999)` makes", ""},
		{"{{reduce(1..40, #acc + #acc, 'xxxxxxxx')}}", KindLimit, "makes a value larger than 16 MiB", ""},
		{"{{" + strings.Repeat("(", 300) + "1" + strings.Repeat(")", 300) + "}}", KindLimit, "nests deeper", ""},
		{"{{" + strings.Repeat("1+", 20000) + "1}}", KindLimit, "longer than 16 KiB", ""},
		{"{{$env[base]}}", KindSyntax, "takes a name in quotes", ""},
		{"{{random(3, 1)}}", KindValue, "random: it takes", ""},
	} {
		result := expand(test.source)
		if len(result.Errors) != 1 {
			t.Errorf("%.60s: errors %v, text %.60q", test.source, result.Errors, result.Text)
			continue
		}
		e := result.Errors[0]
		if !errors.Is(e, test.kind) || !strings.Contains(e.Error(), test.want) || !strings.Contains(e.Advice, test.hint) {
			t.Errorf("%.60s:\n got %s: %v (%s)\nwant %s: %s (… %s …)", test.source, e.Kind, e, e.Advice, test.kind, test.want, test.hint)
		}
	}
}

func TestAllErrorsAreReported(t *testing.T) {
	result := expand("{{onne}} {{two + thrree}} {{wrong}} {{wrong}} {{uuid}} {{")
	var got []string
	for _, e := range result.Errors {
		got = append(got, fmt.Sprintf("%s %d:%d", e.Name, e.Position.Line, e.Position.Column))
	}
	want := "onne 3:10, two 3:19, thrree 3:25, bse 20:4,  3:56,  3:63"
	if strings.Join(got, ", ") != want {
		t.Errorf("got %s\nwant %s", strings.Join(got, ", "), want)
	}
}

func TestCheckRunsNothing(t *testing.T) {
	for source, want := range map[string]bool{
		"{{base}}": true, "{{wrong}}": true, "{{a}}": true, // the values of variables are not looked into
		"{{command('rm')}}": true, "{{secret('x') + base}}": true, "{{it's}}": true, "no code": true,
		"{{bse}}": false, "{{uuid}}": false, "{{1 +}}": false, "{{nope(1)}}": false, "{{user_id}}": false, "{{}}": false,
		"{{let q = 1; q + z}}": false,
	} {
		text := Parse(source, nil, func(name string) bool { _, ok := known.Lookup(name); return ok })
		if err := Check(text, text.Parts[0], known); (err == nil) != want {
			t.Errorf("%s: %v", source, err)
		}
	}
}

func TestSecretsAreCollected(t *testing.T) {
	r := NewResolver(known, testHost())
	result := r.Expand(context.Background(), r.Parse("{{base}} {{auth}} {{captured}} {{secret('token')}}", nil))
	if err := result.Errors.Err(); err != nil {
		t.Fatal(err)
	}
	var secret []bool
	for _, piece := range result.Pieces {
		if piece.IsCode {
			secret = append(secret, piece.Secret)
		}
	}
	if fmt.Sprint(secret) != "[false true true true]" {
		t.Errorf("secret pieces: %v", secret)
	}
	var names []string
	for _, s := range r.Secrets() {
		names = append(names, s.Name+"="+s.Reveal()+fmt.Sprint(s.Hosts))
	}
	if got := strings.Join(names, " "); got != "token=s3cret![api.test] captured=abcdef[]" {
		t.Errorf("secrets: %s", got)
	}
}

func TestPiecesTellOrigins(t *testing.T) {
	result := expand("x{{base}}{{url + base + base}}")
	pieces := result.Pieces
	if len(pieces) != 3 || pieces[0].IsCode || pieces[1].Value != "http://h:1" || pieces[2].Origin != nil {
		t.Fatalf("pieces %+v", pieces)
	}
	if got := fmt.Sprint(pieces[2].Uses); got != "[{url collection, c.toml:2:9} {base collection, c.toml:1:9}]" {
		t.Errorf("uses %s", got)
	}
	if got := pieces[1].Origin.String(); got != "collection, c.toml:1:9" {
		t.Errorf("origin %s", got)
	}
}

func TestAVariableHasOneValuePerRequest(t *testing.T) {
	first := expand("{{id}} {{id}}")
	ids := strings.Fields(first.Text)
	if len(ids) != 2 || ids[0] != ids[1] || len(ids[0]) != 36 || ids[0][14] != '4' {
		t.Errorf("ids %v", ids)
	}
	if again := expand("{{id}} {{id}}"); again.Text != first.Text {
		t.Errorf("the same seed drew %q, then %q", first.Text, again.Text)
	}
	if fresh := strings.Fields(expand("{{uuid()}} {{uuid()}}").Text); fresh[0] == fresh[1] {
		t.Error("two calls drew the same UUID")
	}
}

func TestFunctionsSayWhatTheyLack(t *testing.T) {
	for _, call := range []string{
		"now()", "timestamp()", "uuid()", "random()", "fake.name()", "env('A')", "secret('a')", "file('a')",
		"command('a')", "prompt('a')", "select('a', ['b'])", "response('a', 'b')",
	} {
		r := NewResolver(vars{}, Host{})
		result := r.Expand(context.Background(), r.Parse("{{"+call+"}}", nil))
		if !errors.Is(result.Errors.Err(), KindUnavailable) {
			t.Errorf("%s: %v", call, result.Errors)
		}
	}
}

func TestLongExpressionsAreStopped(t *testing.T) {
	r := NewResolver(vars{}, Host{})
	r.limit = time.Millisecond
	code := "{{ count(1..100000, any(1..100000, # == -1)) }}"
	if err := r.Expand(context.Background(), r.Parse(code, nil)).Errors.Err(); !errors.Is(err, KindLimit) {
		t.Errorf("error %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	r.limit = time.Hour
	if err := r.Expand(ctx, r.Parse(code, nil)).Errors.Err(); !errors.Is(err, KindLimit) {
		t.Errorf("error after cancel: %v", err)
	}
}

func TestTextsStayBounded(t *testing.T) {
	scope := vars{{Name: "v0", Value: strings.Repeat("x", 1000)}}
	for i := 1; i < 10; i++ {
		scope = append(scope, Variable{Name: fmt.Sprintf("v%d", i), Value: strings.Repeat(fmt.Sprintf("{{v%d}}", i-1), 10)})
	}
	r := NewResolver(scope, Host{})
	if err := r.Expand(context.Background(), r.Parse("{{v9}}", nil)).Errors.Err(); !errors.Is(err, KindLimit) {
		t.Errorf("error %v", err)
	}
}

func TestEveryFakeDraws(t *testing.T) {
	for name := range fakes {
		r := NewResolver(vars{}, testHost())
		result := r.Expand(context.Background(), r.Parse("{{"+name+"()}}", nil))
		if result.Errors != nil || result.Text == "" {
			t.Errorf("%s: %q, %v", name, result.Text, result.Errors)
		}
	}
	if len(fakes) < 25 {
		t.Errorf("only %d fakes", len(fakes))
	}
}

func TestValueKeepsItsType(t *testing.T) {
	r := NewResolver(known, testHost())
	value, origin, err := r.Value(context.Background(), "typed")
	if list, ok := value.([]any); !ok || len(list) != 3 || err != nil || origin.Line != 10 {
		t.Errorf("%v %v %v", value, origin, err)
	}
	if _, _, err := r.Value(context.Background(), "bse"); !errors.Is(err, KindUnknown) {
		t.Errorf("error %v", err)
	}
}

type hinted struct{ error }

func (hinted) Hint() string { return "set it" }

func TestAQuestionForASecretIsKnownByItsLabel(t *testing.T) {
	for label, want := range map[string]bool{
		"Password": true, "the API key": true, "Private-key": true, "your PIN": true, "Access token for prod": true,
		"Team": false, "Keyboard": false, "Spinner": false, "Key": false, "": false,
	} {
		if got := SecretLabel(label); got != want {
			t.Errorf("%q: %v", label, got)
		}
	}
}
