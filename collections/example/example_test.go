package example_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"parley/collections/example"
	"parley/httpcore"
)

const created = `### request
POST https://api.acme.test/users?token={secret token} HTTP/1.1
Content-Type: application/json
X-Empty:

{"name": "Ada"}

### response
HTTP/1.1 201 Created
Content-Type: application/json
Set-Cookie: a=1
Set-Cookie: b=2

{
  "id": 42
}

`

func TestAnExampleReadsAsHTTPDoes(t *testing.T) {
	e := &example.Example{
		Request: example.Request{
			Method: "POST", URL: "https://api.acme.test/users?token={secret token}", Proto: "HTTP/1.1",
			Headers: httpcore.Fields{{Name: "Content-Type", Value: "application/json"}, {Name: "X-Empty"}},
			Body:    []byte(`{"name": "Ada"}`),
		},
		Response: example.Response{
			Proto: "HTTP/1.1", Status: 201, Reason: "Created",
			Headers: httpcore.Fields{{Name: "Content-Type", Value: "application/json"}, {Name: "Set-Cookie", Value: "a=1"}, {Name: "Set-Cookie", Value: "b=2"}},
			Body:    []byte("{\n  \"id\": 42\n}\n"),
		},
	}
	if got := encode(t, e); got != created {
		t.Errorf("it is written as\n%s", got)
	}
	for name, text := range map[string]string{"as written": created, "as git has it on Windows": strings.ReplaceAll(created, "\n", "\r\n")} {
		if back, err := example.Decode([]byte(text)); err != nil || !reflect.DeepEqual(back, e) {
			t.Errorf("%s: it comes back as %+v, %v", name, back, err)
		}
	}
}

func encode(t *testing.T, e *example.Example) string {
	t.Helper()
	text, err := e.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestBodiesComeBack has bodies that could be taken for something else, and looks at how they are written.
func TestBodiesComeBack(t *testing.T) {
	for body, shown := range map[string]string{
		"":                           "",
		"\n":                         "\n\n\n",
		"a":                          "\na\n",
		"a\n":                        "\na\n\n",
		"\n\na\n\n":                  "\n\n\na\n\n\n",
		"### response\nHTTP/1.1 200": "\n\\### response\nHTTP/1.1 200\n",
		`\### a` + "\n###":           "\n\\\\### a\n\\###\n",
		`\a` + "\n## b\n #### c":     "\n\\a\n## b\n #### c\n",
		"a\r\nb\r\n":                 "\na\nb\n\n",
		"### a\r\n":                  "\n\\### a\n\n",
		"a\r\nb\n":                   "\nYQ0KYgo=\n",
		"a\rb":                       "\nYQ1i\n",
		"\x00":                       "\nAA==\n",
		"\x1b[2J":                    "\nG1sySg==\n",
		"\xff":                       "\n/w==\n",
		"\u0085":                     "\nwoU=\n",
		"ä\tö":                       "\nä\tö\n",
		strings.Repeat("\x01", 60):   "\n" + strings.Repeat("AQEB", 19) + "\nAQEB\n",
		"\ufeffa":                    "\n\ufeffa\n",
		`{"a":[1,{}],"b":"\u0041<"}`: "\n{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": \"\\u0041<\"\n}\n",
		"[1]\n":                      "\n[\n  1\n]\n\n",
		"[1]\n\n":                    "\n[1]\n\n\n",
		"[1, 2]":                     "\n[1, 2]\n",
		"{}":                         "\n{}\n",
		"[1":                         "\n[1\n",

		deep(33):                       "\n" + deep(33) + "\n",
		"a\n\n### request\nGET / HTTP": "\na\n\n\\### request\nGET / HTTP\n",
	} {
		e := plain()
		e.Request.Body, e.Response.Body = bodyOf(body), bodyOf(body)
		text := encode(t, e)
		_, last, _ := strings.Cut(text, "\n### response")
		if _, written, _ := strings.Cut(last, "200 OK\n"); written != shown {
			t.Errorf("%q is written as %q", body, written)
		}
		if back, err := example.Decode([]byte(text)); err != nil || !reflect.DeepEqual(back, e) {
			t.Errorf("%q comes back as %+v, %v", body, back, err)
		}
	}
}

func deep(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }

func bodyOf(s string) []byte {
	if s == "" {
		return nil
	}
	return []byte(s)
}

func plain() *example.Example {
	return &example.Example{
		Request:  example.Request{Method: "GET", URL: "http://h/", Proto: "HTTP/1.1"},
		Response: example.Response{Proto: "HTTP/1.1", Status: 200, Reason: "OK"},
	}
}

// TestHeadsComeBack writes what could end a line, a name or a section.
func TestHeadsComeBack(t *testing.T) {
	for value, shown := range map[string]string{
		"plain: text": "plain: text", " a ": `\x20a\x20`, "a\tb": `a\x09b`, "a\r\nB: c": `a\x0d\x0aB: c`, `C:\x`: `C:\x5cx`, `"\"`: `"\"`,
		"\xe4": `\xe4`, "ä": "ä", "### response": `\x23## response`, `\x41`: `\x5cx41`, "\u00a0": `\xc2\xa0`,
	} {
		e := plain()
		e.Response.Headers = httpcore.Fields{{Name: "A", Value: value}, {Name: value, Value: "b"}}
		e.Response.Reason, e.Request.URL, e.Request.Method = value, "http://h/"+value, "G"+value
		text := encode(t, e)
		if !strings.Contains(text, "\nA: "+shown+"\n") {
			t.Errorf("%q is written as\n%s", value, text)
		}
		if back, err := example.Decode([]byte(text)); err != nil || !reflect.DeepEqual(back, e) {
			t.Errorf("%q comes back as %+v, %v", value, back, err)
		}
	}
}

// TestAnyExampleComesBack makes up examples of the pieces that matter.
func TestAnyExampleComesBack(t *testing.T) {
	pieces := []string{"a", "\n", "\r\n", "\r", "###", "### response", "### request", `\`, `\x`, ":", " ", "\t", "x4", "ä", "\xff", "\x00", "HTTP/1.1", "=", "\u2028", "[", "]", "1", `"a"`, "{", "}", ","}
	seed := uint64(time.Now().UnixNano())
	random := rand.New(rand.NewPCG(seed, 1))
	text := func(least int) string {
		var b strings.Builder
		for range least + random.IntN(8) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		return b.String()
	}
	fields := func() (list httpcore.Fields) {
		for range random.IntN(4) {
			list = append(list, httpcore.Field{Name: text(0), Value: text(0)})
		}
		return list
	}
	for range 5000 {
		e := &example.Example{
			Request:  example.Request{Method: text(1), URL: text(1), Proto: "HTTP/2", Headers: fields(), Body: bodyOf(text(0))},
			Response: example.Response{Proto: text(1), Status: 100 + random.IntN(900), Reason: text(0), Headers: fields(), Body: bodyOf(text(0))},
		}
		if back, err := example.Decode([]byte(encode(t, e))); err != nil || !reflect.DeepEqual(back, e) {
			t.Fatalf("seed %d: %+v comes back as %+v, %v from\n%q", seed, e, back, err, encode(t, e))
		}
	}
}

func TestWhatIsNoExampleSaysWhere(t *testing.T) {
	const request, response = "### request\nGET http://h HTTP/1.1\n", "\n### response\nHTTP/1.1 200\n"
	if e, err := example.Decode([]byte("### request\nGET http://h" + response)); err != nil || e.Request.Proto != "HTTP/1.1" || e.Response.Reason != "" {
		t.Errorf("what is typed by hand is read as %+v, %v", e, err)
	}
	for text, want := range map[string]string{
		"":                                       "line 1: the file ends",
		request:                                  "line 3: the file ends",
		"GET http://h" + response:                "line 1: the file does not begin",
		"### request\nGET" + response:            "line 2: a request begins",
		request + "no header" + response:         `line 3: "no header" is no header`,
		request + "\n### response\nHTTP/1.1 x\n": "line 5: a response begins",
		request + "\n### response\nHTTP/1.1 99\n":              "line 5: a response begins",
		request + "\n### response gzip\nHTTP/1.1 200\n":        `line 4: "gzip" is no way`,
		request + "\n### responses\nHTTP/1.1 200\n":            `line 4: "s" is no way`,
		request + "\n### response compact\nHTTP/1.1 200\n\n[1": "line 7: the body is said to be JSON",
		request + "\n### response base64\nHTTP/1.1 200\n\n?":   "line 7: the body is said to be Base64",
	} {
		_, err := example.Decode([]byte(text))
		wrong, ok := errors.AsType[*example.FileError](err)
		if !ok || !strings.HasPrefix(err.Error(), want) || wrong.Hint() == "" {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
	tooLarge := bytes.Repeat([]byte("a"), example.MaxBody+1)
	for name, text := range map[string][]byte{
		"a body": []byte(request + response + "\n" + string(tooLarge)), "a file": bytes.Repeat(tooLarge, 5),
	} {
		var size *example.SizeError
		if _, err := example.Decode(text); !errors.As(err, &size) || size.Hint() == "" {
			t.Errorf("%s that is too large: %v", name, err)
		}
	}
	e := plain()
	e.Request.Headers = httpcore.Fields{{Name: "A", Value: strings.Repeat("\x01", 2*example.MaxBody)}}
	var size *example.SizeError
	if _, err := e.Encode(); !errors.As(err, &size) {
		t.Errorf("a head that is too large: %v", err)
	}
}
