package document

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/httpcore/content"
	"parley/testdata/corpora"
	"parley/ui/safe"
)

// suiteFiles are the files of nst/JSONTestSuite in one of its folders, by name.
func suiteFiles(t *testing.T, folder, pattern string) map[string][]byte {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(corpora.Dir(t, "json"), "JSONTestSuite", folder, pattern))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: %d files, %v", pattern, len(files), err)
	}
	all := map[string][]byte{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all[filepath.Base(file)] = text
	}
	return all
}

// shownSpans are the spans of all lines of a body's pretty view.
func shownSpans(t *testing.T, text []byte) (spans []Span) {
	t.Helper()
	d := Open(fromString(string(text)), Options{Kind: content.JSON})
	defer d.Close()
	v := d.View(Pretty)
	until(t, d, func() bool { _, done := v.Lines(); return done })
	lines, _ := v.Lines()
	const height = 4000
	for at := int64(0); at < lines; at += height {
		w, err := v.Window(Pos{Line: at}, Layout{Width: 1 << 20, Height: height})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range w.Rows {
			spans = append(spans, row.Spans...)
		}
	}
	return spans
}

// shownToken is a token as it is seen.
type shownToken struct {
	role Role
	text string
}

// TestEveryTokenIsShownAsInTheSource compares what is seen of each text that
// must be accepted with the text's tokens.
func TestEveryTokenIsShownAsInTheSource(t *testing.T) {
	files := suiteFiles(t, "test_parsing", "y_*.json")
	for name, text := range suiteFiles(t, "test_transform", "*.json") {
		files[name] = text
	}
	for name, text := range files {
		spans := shownSpans(t, text)
		var scan content.Scanner
		for at := 0; ; {
			token, n := scan.Next(text[at:])
			if token.Kind == content.None {
				break
			}
			at += n
			want := shownToken{roleOf[token.Kind], safe.Line(string(text[token.Start:token.End]))}
			var got shownToken
			if got, spans = takeToken(spans, token); got != want {
				t.Errorf("%s: %v is shown as %v", name, want, got)
			}
		}
		if err := scan.Finish(); err != nil || len(spans) > 0 {
			t.Errorf("%s: more is shown: %v, %v", name, spans, err)
		}
	}
}

// takeToken takes the spans that stand for a token, and what the view has added
// before it. A span may stand for several tokens that are one byte each.
func takeToken(spans []Span, token content.Token) (shown shownToken, rest []Span) {
	var text strings.Builder
	for ; len(spans) > 0; spans = spans[1:] {
		s := spans[0]
		if s.Len == 0 {
			continue
		}
		end := s.Offset + int64(s.Len)
		if s.Offset < token.Start || s.Offset >= token.End || end > token.End && len(s.Text) != s.Len {
			break
		}
		if s.Role != Mark {
			shown.role = s.Role
		}
		if end <= token.End {
			text.WriteString(s.Text)
			continue
		}
		n := token.End - s.Offset
		text.WriteString(s.Text[:n])
		s.Text, s.Offset, s.Len = s.Text[n:], token.End, int(end-token.End)
		spans = append([]Span{s}, spans[1:]...)
		break
	}
	shown.text = text.String()
	return shown, spans
}

// otherErrors are the texts whose error is shown elsewhere than encoding/json
// finds it. Those with invalid UTF-8 are not among them: their error is at a byte
// that could not stand there if it were valid either, or at one behind it.
var otherErrors = map[string]struct {
	offset int64
	why    string
}{
	"n_structure_UTF8_BOM_no_data.json": {3, "a byte order mark is passed over; what is missing is a text behind it"},
}

// TestErrorsAreShownAtTheirPlace compares where a view shows the error of each
// text that must be refused with where encoding/json finds it. Its offset is how
// many bytes it had read, so with a blank behind the text it is one more than
// that of the first byte that cannot be, or of the end.
func TestErrorsAreShownAtTheirPlace(t *testing.T) {
	for name, text := range suiteFiles(t, "test_parsing", "n_*.json") {
		var raw json.RawMessage
		var bad *json.SyntaxError
		if !errors.As(json.Unmarshal(append(bytes.Clone(text), ' '), &raw), &bad) {
			t.Errorf("%s: encoding/json accepts it", name)
			continue
		}
		want := bad.Offset - 1
		if other, ok := otherErrors[name]; ok {
			if other.offset == want {
				t.Errorf("%s is no exception, though listed: %s", name, other.why)
			}
			want = other.offset
		}
		var at []int64
		for _, s := range shownSpans(t, text) {
			if s.Role == Error {
				at = append(at, s.Offset)
			}
		}
		if len(at) != 1 || at[0] != want {
			t.Errorf("%s: errors at %d, not at %d", name, at, want)
		}
	}
}

// TestTextsThatMayBeRefused shows what RFC 8259 leaves open.
func TestTextsThatMayBeRefused(t *testing.T) {
	for name, text := range map[string][]byte{
		"huge numbers":     []byte("[123.456e78900000000,-1e-99999999999,0.4e006999999999999999999999999999999999999]"),
		"half a pair":      []byte(`["\uD800","\uDC00\uD800",{"\uDFAA":"\uD888\u1234"}]`),
		"invalid UTF-8":    []byte("[\"\xff\xed\xa0\x80\xf4\xbf\xbf\xbf\xc0\xaf\xe6\"]"),
		"a mark":           []byte(byteOrderMark + "{}"),
		"UTF-16":           []byte("\xff\xfe[\x00\"\x00\xe9\x00\"\x00]\x00"),
		"UTF-16 BE":        []byte("\x00[\x00\"\x00\xe9\x00\"\x00]"),
		"500 arrays":       []byte(strings.Repeat("[", 500) + strings.Repeat("]", 500)),
		"10,000 arrays":    []byte(strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000)),
		"10,001 arrays":    []byte(strings.Repeat("[", 10_001) + strings.Repeat("]", 10_001)),
		"noncharacters":    []byte("[\"\uffff\U0010ffff\"]"),
		"twice the same":   []byte(`{"a":1,"a":1}`),
		"controls in text": []byte("[\"\x7f\u0085\u2028\"]"),
	} {
		checkState(t, name, text)
	}
}

// TestEveryTextOfTheSuiteIsShown shows all of them, those that may be refused too where the suite has them.
func TestEveryTextOfTheSuiteIsShown(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(corpora.Dir(t, "json"), "JSONTestSuite", "test_parsing", "*.json"))
	if err != nil || len(files) < 200 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		checkState(t, filepath.Base(file), text)
	}
}

// checkState checks that a text is shown as JSON where encoding/json takes it,
// else with one error.
func checkState(t *testing.T, name string, text []byte) {
	t.Helper()
	n := 0
	for _, s := range shownSpans(t, text) {
		if s.Role == Error {
			n++
		}
	}
	if valid := json.Valid(bytes.TrimPrefix(text, []byte(byteOrderMark))); n > 1 || valid != (n == 0) {
		t.Errorf("%s: %d errors, but valid: %v", name, n, valid)
	}
}
