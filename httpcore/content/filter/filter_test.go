package filter

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"parley/httpcore/content"
)

// TestMain lets this program be the process that runs jq, and looks for
// goroutines that tests leave.
func TestMain(m *testing.M) {
	Serve()
	goleak.VerifyTestMain(m)
}

// run runs an expression over a text.
func run(t *testing.T, language, expression string, in Input, text string) (string, Result, error) {
	t.Helper()
	f, err := Compile(language, expression)
	if err != nil {
		t.Fatalf("%s %q: %v", language, expression, err)
	}
	in.Source = content.NewSource(strings.NewReader(text), int64(len(text)))
	var out bytes.Buffer
	result, err := f.Run(t.Context(), in, &out)
	return out.String(), result, err
}

func TestFiltersSelect(t *testing.T) {
	for _, c := range []struct {
		language, expression string
		kind                 content.Kind
		body, want           string
		count                int64
		is                   content.Kind
	}{
		{JSONPath, "$", content.JSON, `{"b":12345678901234567890,"a": 1.10,"a":"\u0041"}`, `{"b":12345678901234567890,"a": 1.10,"a":"\u0041"}` + "\n", 1, content.JSON},
		{JSONPath, "$.*", content.JSON, "[{\r\n  \"a  \\\"\": [\n1 , 2\n]\n}, 3]", "{\"a  \\\"\": [1 , 2]}\n3\n", 2, content.NDJSON},
		{JSONPath, "$.a", content.NDJSON, "{\"a\":1}\n{\"b\":2}\n{\"a\":null}", "1\nnull\n", 2, content.NDJSON},
		{JQ, ".", content.JSON, `{"b":12345678901234567890,"a":1.10}`, `{"a":1.10,"b":12345678901234567890}` + "\n", 1, content.JSON},
		{JQ, ".[]|.n", content.JSON, ` [{"n":"x"},{"n":null}]`, "\"x\"\nnull\n", 2, content.NDJSON},
		{JQ, ".a", content.NDJSON, "{\"a\":1}\n{\"a\":[true,{}]}", "1\n[true,{}]\n", 2, content.NDJSON},
		{JQ, "empty", content.JSON, "1", "", 0, content.NDJSON},
		{JQ, "$ENV, env", content.JSON, "1", "{}\n{}\n", 2, content.NDJSON},
		{JQ, ".a", content.JSON, ")]}',\n{\"a\":1}", "1\n", 1, content.JSON},
		{JQ, ".", content.JSON, "\ufeff\"a\xff\\u00e9\"", "\"a\ufffdé\"\n", 1, content.JSON},
		{JQ, "., halt, .", content.NDJSON, "1 2", "1\n", 1, content.JSON},
		{XPath, "//b", content.XML, "<a>\n <b x='1&amp;\"'>t &lt; u</b>\n <b>\n  <c/>\n </b></a>", "<b x=\"1&amp;&quot;\">t &lt; u</b>\n<b><c/></b>\n", 2, content.XML},
		{XPath, "//b/@x", content.XML, `<a xmlns="u" xmlns:p="v"><b x="1"/><b p:x="2" x=" 3"/></a>`, "1\n3\n", 2, content.Text},
		{XPath, "//text()", content.XML, "<a> <b>two\n  lines</b><![CDATA[<raw>]]></a>", "two lines\n<raw>\n", 2, content.Text},
		{XPath, "count(//b) + 0.5", content.XML, "<a><b/><b/></a>", "2.5\n", 1, content.Text},
		{XPath, "string(//b)", content.XML, "<a><b>two\n lines</b></a>", "two\n lines\n", 1, content.Text},
		{XPath, "//b = 'x'", content.XML, "<a><b>x</b></a>", "true\n", 1, content.Text},
		{XPath, "//s:b", content.XML, `<s:a xmlns:s="u"><s:b/><b/></s:a>`, "<s:b/>\n", 1, content.XML},
		{XPath, "//s:b", content.XML, `<s:a xmlns:s="u"><t:b xmlns:t="u"/></s:a>`, "<t:b xmlns:t=\"u\"/>\n", 1, content.XML},
		{XPath, "/*", content.XML, "<?xml version='1.0' encoding='iso-8859-1'?><?x y?><a>\xe9</a>", "<a>é</a>\n", 1, content.XML},
		{XPath, "//@*", content.XML, `<a xmlns="u" xmlns:p="v" k="w"/>`, "w\n", 1, content.Text},
		{XPath, "/", content.XML, "<!-- c --><a/>", "<!-- c --><a/>\n", 1, content.XML},
		{XPath, "//p[@class='x']", content.HTML, "<p class=x>one<br><b>two</b>\n three<p>four", "<p class=\"x\">one<br/><b>two</b> three</p>\n", 1, content.HTML},
		{XPath, "//title | //a/@href", content.HTML, "<title>T</title><a href='/x?a&amp;b'>", "<title>T</title>\n/x?a&b\n", 2, content.HTML},
		{Command, "tr a-z A-Z", content.Text, "one\ntwo", "ONE\nTWO", 2, content.Text},
		{Command, "head -c 3", content.Text, strings.Repeat("abc", 1<<20), "abc", 1, content.Text},
	} {
		if c.language == Command && runtime.GOOS == "windows" {
			continue // tr and head are not there
		}
		got, result, err := run(t, c.language, c.expression, Input{Kind: c.kind}, c.body)
		if err != nil || got != c.want || result != (Result{c.count, c.is}) {
			t.Errorf("%s %s over %.60q selects %q, %+v, %v; want %q, %d of %v", c.language, c.expression, c.body, got, result, err, c.want, c.count, c.is)
		}
	}
}

func TestRawResultsAreText(t *testing.T) {
	got, result, err := run(t, JQ, ".[]", Input{Raw: true}, `["a\nb",1,["c"]]`)
	if want := "a\nb\n1\n[\"c\"]\n"; got != want || result.Kind != content.Text || err != nil {
		t.Errorf("got %q, %+v, %v; want %q", got, result, err, want)
	}
}

func TestRawStringsOfAnyLengthAreWhole(t *testing.T) {
	long := strings.Repeat(`x\ud83d\ude00\n\\é\"`, 20_000)
	want := strings.Repeat("x\U0001f600\n\\é\"", 20_000) + "\n"
	for language, expression := range map[string]string{JSONPath: "$", JQ: "."} {
		got, _, err := run(t, language, expression, Input{Raw: true}, `"`+long+`"`)
		if got != want || err != nil {
			t.Errorf("%s: %d bytes instead of %d, %v", language, len(got), len(want), err)
		}
	}
}

func TestRawStringsAreCutWithinNoEscape(t *testing.T) {
	parts := []string{`\ud800`, `\uDC00`, `\ud83d\ude00`, `\n`, `\\`, "abcde", "x", "é", `\u0041`, "😀", `\"`}
	for seed := range uint64(50) {
		random := rand.New(rand.NewPCG(seed, 0))
		var body strings.Builder
		body.WriteByte('"')
		for body.Len() < 2*pieceSize {
			body.WriteString(parts[random.IntN(len(parts))])
		}
		body.WriteByte('"')
		var want string
		if err := json.Unmarshal([]byte(body.String()), &want); err != nil {
			t.Fatal(err)
		}
		if got, _, err := run(t, JSONPath, "$", Input{Raw: true}, body.String()); got != want+"\n" || err != nil {
			t.Errorf("seed %d: %d bytes, want %d, %v", seed, len(got), len(want)+1, err)
		}
	}
}

func TestXPathReadsInTheCharsetItIsTold(t *testing.T) {
	for _, c := range []struct {
		charset, body string
		kind          content.Kind
	}{
		{"windows-1252", "<a>\xe9</a>", content.XML},
		{"windows-1252", "<?xml version='1.0' encoding='utf-8'?><a>\xe9</a>", content.XML},
		{"windows-1252", "<a>\xe9</a>", content.HTML},
		{"", "\xff\xfe<\x00a\x00>\x00\xe9\x00<\x00/\x00a\x00>\x00", content.XML},
		{"", "\ufeff<a>é</a>", content.XML},
	} {
		got, _, err := run(t, XPath, "//a/text()", Input{Kind: c.kind, Charset: c.charset}, c.body)
		if got != "é\n" || err != nil {
			t.Errorf("%q in %q: %q, %v", c.body, c.charset, got, err)
		}
	}
}

func TestSyntaxErrorsSayWhereAndWhat(t *testing.T) {
	for _, c := range []struct {
		language, expression string
		offset               int
		says                 string
	}{
		{JSONPath, "$.a[?@.b ==]", 11, ""},
		{JSONPath, "a", 0, "$"},
		{JQ, ".a |", 4, "expected a filter such as .name, the expression ends"},
		{JQ, ".a | | .b", 5, "expected a filter such as .name, found '|'"},
		{JQ, "[.a, (.b", 8, "an operator or ) for the ( at byte 5, the expression ends"},
		{JQ, ".a }", 3, "expected an operator such as | or the end, found '}'"},
		{JQ, `.x + "abc`, 5, "the string that begins here has no end"},
		{JQ, ".a | nosuch(1)", 5, "function not defined: nosuch/1"},
		{JQ, ".a as $y | $x", 11, "variable not defined: $x"},
		{JQ, " ", 1, "expected a filter such as .name, the expression ends"},
		{XPath, "//a[", 4, "expected a step such as name, @name, * or .., the expression ends"},
		{XPath, "//a[@x='1'", 10, "expected ] for the [ at byte 3, the expression ends"},
		{XPath, "//a]", 3, "expected an operator or the end, found ']'"},
		{XPath, "//a b", 4, "expected an operator or the end, found 'b'"},
		{XPath, "//", 2, "expected a step"},
		{XPath, "//a[b='x]", 6, "the string that begins here has no end"},
		{XPath, "up::a", 0, "expected an axis: ancestor"},
		{XPath, "count(//a) + nosuch(1)", 13, "there is no function nosuch()"},
		{XPath, "count()", 0, "count"},
		{XPath, "//a[$x]", 4, "there are no variables here"},
		{XPath, "a:", 2, "expected a name after the prefix"},
		{XPath, "//a#", 3, "'#' is no part of XPath"},
		{XPath, strings.Repeat("(", 100_000), maxExpression, "longer than 64 KiB"},
		{XPath, strings.Repeat("(", 60_000), 200, "nested more than 200 deep"},
		{XPath, "", 0, "the expression ends"},
		{Command, "  ", 2, "expected a command"},
	} {
		_, err := Compile(c.language, c.expression)
		syntax, ok := errors.AsType[*SyntaxError](err)
		if !ok || syntax.Offset != c.offset || !strings.Contains(syntax.Msg, c.says) {
			t.Errorf("%s %.40q: %v, want %q at byte %d", c.language, c.expression, err, c.says, c.offset)
		}
	}
}

func TestXPathKnowsThePrefixesOfTheDocument(t *testing.T) {
	_, _, err := run(t, XPath, "//b | //q:c", Input{Kind: content.XML}, `<p:a xmlns:p="u"/>`)
	syntax, ok := errors.AsType[*SyntaxError](err)
	if !ok || syntax.Offset != 8 || !strings.Contains(syntax.Msg, "no prefix q, but p, xml") {
		t.Errorf("an unknown prefix gives %v", err)
	}
}

func TestABodyOfAnotherKindIsRefused(t *testing.T) {
	deep := strings.Repeat("<a>", 10_000_000)
	for _, c := range []struct {
		language   string
		kind       content.Kind
		body, says string
	}{
		{JQ, content.JSON, `{"a":1,}`, "the body is not JSON: expected a key in quotes, found '}' (byte 7)"},
		{JSONPath, content.JSON, `{"a":1,}`, "the body is not JSON: expected a key in quotes, found '}' (byte 7)"},
		{JQ, content.JSON, `[1, 2`, "the text ends where a comma or ] after the element should follow (byte 5)"},
		{JQ, content.JSON, `"abc`, "the text ends within a string (byte 4)"},
		{JQ, content.JSON, strings.Repeat("[", 10_000_000), "nested more than 10000 deep"},
		{XPath, content.XML, `{"a":1}`, "the body is not XML: it has no element"},
		{XPath, content.XML, `<a><b></a>`, "<b> is closed by </a> (byte 10)"},
		{XPath, content.XML, `<a>&nosuch;</a>`, "invalid character entity &nosuch;"},
		{XPath, content.XML, `<a>`, "it ends where </a> should follow"},
		{XPath, content.XML, "<a>\x00</a>", "illegal character code"},
		{XPath, content.XML, `<?xml version="1.0" encoding="nosuch"?><a/>`, "nosuch"},
		{XPath, content.XML, deep, "nested more than 10000 deep"},
		{XPath, content.HTML, strings.Repeat("<div>", 100_000), "exceeds 512 nodes"},
	} {
		expression := "."
		if c.language == JSONPath {
			expression = "$"
		}
		_, _, err := run(t, c.language, expression, Input{Kind: c.kind}, c.body)
		if _, ok := errors.AsType[*BodyError](err); !ok || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s over %.30q gives %v, want %q", c.language, c.body, err, c.says)
		}
	}
}

func TestWhatCameBeforeAnErrorIsWritten(t *testing.T) {
	for _, body := range []string{"1\n{\"a\":2}\nx", "1\n{\"a\":2}\n\"abc", "1\n{\"a\":2}tru"} {
		got, _, err := run(t, JQ, ".", Input{Kind: content.NDJSON}, body)
		if want := "1\n{\"a\":2}\n"; got != want || err == nil {
			t.Errorf("%q gives %q, %v, want %q", body, got, err, want)
		}
	}
	got, _, err := run(t, JQ, ".a", Input{Kind: content.NDJSON}, "{\"a\":1} 2 {\"a\":3}")
	if got != "1\n" || err == nil || !strings.Contains(err.Error(), "text 2: expected an object but got: number (2)") {
		t.Errorf("an expression that fails gives %q, %v", got, err)
	}
}

// growing is a source that arrives bit by bit.
type growing struct {
	mu      sync.Mutex
	text    []byte
	err     error
	done    bool
	changed chan struct{}
}

func (g *growing) add(text string, done bool, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.text, g.done, g.err = append(g.text, text...), done, err
	close(g.changed)
	g.changed = make(chan struct{})
}

func (g *growing) ReadAt(p []byte, off int64) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return bytes.NewReader(g.text).ReadAt(p, off)
}

func (g *growing) Size() int64 { g.mu.Lock(); defer g.mu.Unlock(); return int64(len(g.text)) }

func (g *growing) Done() (bool, error) { g.mu.Lock(); defer g.mu.Unlock(); return g.done, g.err }

func (g *growing) Wait(ctx context.Context, size int64) error {
	for {
		g.mu.Lock()
		ready, changed := g.done || int64(len(g.text)) > size, g.changed
		g.mu.Unlock()
		if ready {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func TestResultsComeWhileTheBodyArrives(t *testing.T) {
	broken := errors.New("the connection broke")
	for _, c := range []struct{ language, expression string }{{JQ, ".n"}, {JSONPath, "$.n"}, {Command, "cat"}} {
		if c.language == Command && runtime.GOOS == "windows" {
			continue
		}
		src := &growing{changed: make(chan struct{})}
		f, err := Compile(c.language, c.expression)
		if err != nil {
			t.Fatal(err)
		}
		from, to := io.Pipe()
		ended := make(chan error, 1)
		go func() {
			_, err := f.Run(t.Context(), Input{Source: src, Kind: content.NDJSON}, to)
			ended <- err
			to.Close()
		}()
		for n := range 3 {
			src.add(fmt.Sprintf("{\"n\":%d}\n", n), false, nil)
			if _, err := from.Read(make([]byte, 64)); err != nil {
				t.Fatalf("%s: after text %d: %v", c.language, n, err)
			}
		}
		src.add("", true, broken)
		if err := <-ended; err != broken {
			t.Errorf("%s: a body that broke off gives %v", c.language, err)
		}
	}
}

func TestWhatPrecedesJSONMayComeInPieces(t *testing.T) {
	for _, c := range []struct{ language, expression string }{{JQ, ".a"}, {JSONPath, "$.a"}} {
		f, err := Compile(c.language, c.expression)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		_, err = f.Run(t.Context(), Input{Source: &slow{text: "\ufeff)]}',\n{\"a\":1}"}, Kind: content.JSON}, &out)
		if err != nil || out.String() != "1\n" {
			t.Errorf("%s selects %q, %v", c.language, out.String(), err)
		}
	}
}

// slow is a source that has one byte more each time it is waited for.
type slow struct {
	text string
	n    atomic.Int64
}

func (s *slow) Size() int64 { return s.n.Load() }

func (s *slow) Done() (bool, error) { return s.Size() == int64(len(s.text)), nil }

func (s *slow) Wait(context.Context, int64) error {
	if done, _ := s.Done(); !done {
		s.n.Add(1)
	}
	return nil
}

func (s *slow) ReadAt(p []byte, off int64) (int, error) {
	return strings.NewReader(s.text[:s.Size()]).ReadAt(p, off)
}

func TestWhatRunsForEverEndsWithItsContext(t *testing.T) {
	rows := "<a>" + strings.Repeat("<b><c/></b>", 20_000) + "</a>"
	for _, c := range []struct{ language, expression, body string }{
		{JQ, "last(repeat(1))", "1"},
		{JQ, "[range(1e12)]", "1"},
		{JQ, "repeat(1)", "1"},
		{JQ, "reduce range(60) as $i (1; [., .])", "1"},
		{JQ, "def f: 1 + f; f", "1"},
		{XPath, "//*[count(//*[count(//*) > 1]) > 1]", rows},
		{XPath, "//b | //c", rows},
		{Command, "sleep 60 & sleep 60", ""},
		{Command, "yes", ""},
	} {
		if c.language == Command && runtime.GOOS == "windows" {
			continue
		}
		f, err := Compile(c.language, c.expression)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		began := time.Now()
		_, err = f.Run(ctx, Input{Source: content.NewSource(strings.NewReader(c.body), int64(len(c.body)))}, io.Discard)
		took := time.Since(began)
		cancel()
		if !errors.Is(err, context.DeadlineExceeded) || took > time.Minute {
			t.Errorf("%s %s ended after %v with %v", c.language, c.expression, took, err)
		}
	}
}

func TestACommandThatFailsSaysWhy(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the command is one of sh")
	}
	got, _, err := run(t, Command, "echo some; echo why >&2; exit 3", Input{}, "")
	failed, ok := errors.AsType[*CommandError](err)
	if !ok || failed.Code != 3 || failed.Stderr != "why" || got != "some\n" {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestAWriterThatFailsEndsTheFilter(t *testing.T) {
	full := errors.New("full")
	for _, c := range []struct{ language, expression, body string }{
		{JQ, "repeat(1)", "1"}, {JSONPath, "$", "1"}, {XPath, "//*", "<a/>"}, {Command, "cat", "x"},
	} {
		f, err := Compile(c.language, c.expression)
		if err != nil {
			t.Fatal(err)
		}
		_, err = f.Run(t.Context(), Input{Source: content.NewSource(strings.NewReader(c.body), int64(len(c.body)))}, failing{full})
		if !errors.Is(err, full) {
			t.Errorf("%s ended with %v", c.language, err)
		}
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

func TestGuess(t *testing.T) {
	for _, c := range []struct {
		typed    string
		kind     content.Kind
		language string
		rest     string
	}{
		{"$.a", content.JSON, JSONPath, "$.a"},
		{"$", content.JSON, JSONPath, "$"},
		{"$[0]", content.Unknown, JSONPath, "$[0]"},
		{"$__loc__", content.JSON, JQ, "$__loc__"},
		{" .a", content.JSON, JQ, ".a"},
		{"keys", content.NDJSON, JQ, "keys"},
		{"", content.JSON, JQ, ""},
		{"//a", content.XML, XPath, "//a"},
		{"count(//a)", content.HTML, XPath, "count(//a)"},
		{"//a", content.Unknown, XPath, "//a"},
		{" !wc -l", content.XML, Command, "wc -l"},
	} {
		language, start := Guess(c.typed, c.kind)
		if language != c.language || c.typed[start:] != c.rest {
			t.Errorf("%q over %v is %s %q, want %s %q", c.typed, c.kind, language, c.typed[start:], c.language, c.rest)
		}
	}
}
