package document

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"parley/httpcore/content"
	"parley/testdata/corpora"
	"parley/ui/safe"
)

// shortSteps is an index whose marks are so close that short bodies have many.
func shortSteps(t testing.TB, body []byte, newCutter func() cutter, step int) *indexed {
	return shortIndex(t, body, newCutter, step, maxIndexCost)
}

// shortIndex is one of shortSteps whose marks are thinned to cost so much.
func shortIndex(t testing.TB, body []byte, newCutter func() cutter, step, most int) *indexed {
	x := newIndexed(content.NewSource(bytes.NewReader(body), int64(len(body))), newCutter)
	x.step, x.index.stride, x.index.most = step, int64(step), most
	if err := x.build(context.Background(), func() {}); err != nil {
		t.Fatal(err)
	}
	return x
}

// wholeBody cuts a body in one go.
func wholeBody(body []byte, c cutter) []line {
	out := &sink{count: math.MaxInt64}
	c.feed(body, out)
	c.finish(out)
	out.end()
	return out.lines
}

func lineText(l line) string {
	var b strings.Builder
	for _, s := range l.spans {
		b.WriteString(s.Text)
	}
	return b.String()
}

// obviousJSON is what valid JSON looks like laid out, by encoding/json.
func obviousJSON(body []byte) string {
	var out bytes.Buffer
	if json.Indent(&out, body, "", strings.Repeat(" ", indentWidth)) != nil {
		return ""
	}
	return strings.TrimRight(out.String(), " \t\r\n")
}

func FuzzWindow(f *testing.F) {
	for _, s := range []string{
		`{"a":[1,2,{"b":"c\n"}],"d":{},"e":[],"f":null}`, `[1,2`, "{\"a\":   \n\n\n   1}", "a\r\nb\rc\n\nd",
		`"` + strings.Repeat("é", 3000) + `"`, "[1] [2]\n{}", "\ufeff{}", "\xef\xbb", ")]}'\n{\"a\":[1]}", "\ufeff)]}',[1]", "while(1);", "for(;;) x", `{"x":"\ud800"}` + "\x00",
	} {
		f.Add([]byte(s), uint8(5), uint8(0), []byte{0, 1, 0, 2, 1, 3, 3, 1, 2, 2, 1, 7, 4, 9})
	}
	f.Add([]byte("for(;;);[{\"a\":1},2]"), uint8(2), uint8(3), []byte(nil))
	deep := strings.Repeat(`[{"k":`, 140) + "[[],{}]" + strings.Repeat("}]", 140)
	f.Add([]byte("["+deep+","+deep+"]"), uint8(133), uint8(0), []byte{3, 2, 0, 1, 4, 9})
	for kind, s := range map[uint8]string{
		3: `[{"a":1},[2],"x",-4] oops`, 4: "{\"a\":1}\nDEBUG x\n[2] 3 \"", 5: "a,\"b\n\"\"c\",d\r\n\n1,\"\"x,3\n\",\",\"open",
		8: "&&a=b+c&d%20e=%zz&=" + strings.Repeat("%e6%97%a5", 500),
		9: "x\r\n--b\r\nA: 1\r\n\r\n-\r\n--\n--bb\n--b \nContent-Type: multipart/mixed; boundary=c\n\n--c\nContent-Type: image/png\n\n\x00\n--\n--b\n--b--\nend",
	} {
		f.Add([]byte(s), uint8(2), kind, []byte(nil))
	}
	for _, s := range []string{
		`<a x="1" y='2'><b>Ada</b><c/>  <p>mixed <b>text</b>, &amp;</p><!-- c --><![CDATA[<]]></a>`, "<?xml version='1'?><!DOCTYPE a [<!ENTITY b '>'>]><a>&b;\n\n",
		"<!doctype html><ul><li>a<li><a href=x>b</a> c</ul><script>if (a</b/) {\r\n}</script><pre>\n <b>x</b>\n</pre><p>a<br>b<div>", "<a>" + strings.Repeat(" \n", 99) + "</b>",
		"<" + strings.Repeat("n", 300) + ">", "\ufeff<a b", "<<<a<", "<x/></x>&", "<tr><td>1<td>2</tr></table>x<!-->y</", "<title>a</titl", "<a>&b c", "<a b='&'>",
	} {
		f.Add([]byte(s), uint8(0), uint8(6), []byte{1})
		f.Add([]byte(s), uint8(5), uint8(7), []byte{0})
	}
	f.Fuzz(func(t *testing.T, body []byte, step, kind uint8, folds []byte) {
		cutters := []func() cutter{
			func() cutter { return newJSONCutter(false) },
			func() cutter { return newJSONCutter(true) },
			newRawCutter,
			func() cutter { return newRecordCutter(recordPlace{depth: 1}) },
			func() cutter { return newRecordCutter(recordPlace{stream: true}) },
			func() cutter { return newCSVCutter(',', 0) },
			newXMLCutter,
			newHTMLCutter,
			newFormCutter,
			func() cutter { return newPartCutter("b") },
		}
		newCutter := cutters[int(kind)%len(cutters)]
		want := wholeBody(body, newCutter())
		most := maxIndexCost
		if step >= 128 {
			most = 2000 // a few marks
		}
		x := shortIndex(t, body, newCutter, int(step)%64+1, most)
		if n, done := x.size(); n != int64(len(want)) || !done {
			t.Fatalf("index says %d lines, done %v; there are %d", n, done, len(want))
		}
		for i := range want {
			got, err := x.lines(int64(i), 2)
			if err != nil {
				t.Fatal(err)
			}
			if fmt.Sprint(got) != fmt.Sprint(want[i:min(i+2, len(want))]) {
				t.Fatalf("line %d of %q\n got %+v\nwant %+v", i, body, got, want[i:min(i+2, len(want))])
			}
			if at, err := x.lineAt(want[i].offset); err != nil || at != int64(i) && end(want[i]) > want[i].offset && want[i].offset >= int64(len(byteOrderMark)) {
				t.Fatalf("byte %d of %q is on line %d, not %d (%v)", want[i].offset, body, at, i, err)
			}
			if n := want[i].number; n > 0 {
				if at, err := x.numbered(n); err != nil || at != int64(i) {
					t.Fatalf("line number %d of %q is %d, not %d (%v)", n, body, at, i, err)
				}
			}
		}
		checkObvious(t, body, int(kind)%len(cutters), want)
		if markup, ok := newCutter().(*markupCutter); ok {
			checkFoldedMarkup(t, x, body, markup, folds)
		}
		if int(kind)%len(cutters) < 2 {
			checkFolds(t, x, want, folds)
			checkTree(t, x, want, int(kind)%len(cutters) == 1)
		}
	})
}

// checkObvious compares with what the standard library makes of a body.
func checkObvious(t *testing.T, body []byte, kind int, got []line) {
	t.Helper()
	for _, l := range got {
		if len(l.spans) > 0 && end(l)-l.offset > maxLine+slack+8 && kind == 2 {
			t.Fatalf("line %d shows %d bytes", l.index, end(l)-l.offset)
		}
	}
	var text strings.Builder
	for i, l := range got {
		if i > 0 && !l.joined {
			text.WriteByte('\n')
		}
		text.WriteString(lineText(l))
	}
	switch {
	case kind == 6 || kind == 7:
		checkAllShown(t, body, got)
	case kind == 0 && obviousJSON(body) != "" && bytes.Count(body, []byte("[")) < 64 && bytes.Count(body, []byte("{")) < 64 && safe.Text(string(body)) == string(body):
		if text.String() != obviousJSON(body) {
			t.Fatalf("%q\n got %q\nwant %q", body, text.String(), obviousJSON(body))
		}
	case kind == 2 && len(body) < maxLine:
		if want := obviousRaw(string(body)); text.String() != want {
			t.Fatalf("%q\n got %q\nwant %q", body, text.String(), want)
		}
	}
}

// obviousRaw is text made safe a line at a time: of two carriage returns before a
// newline, only one belongs to the line's end.
func obviousRaw(body string) string {
	lines := strings.Split(strings.TrimSuffix(body, "\n"), "\n")
	for i, l := range lines {
		if i+1 < len(lines) || strings.HasSuffix(body, "\n") {
			l = strings.TrimSuffix(l, "\r")
		}
		lines[i] = safe.Text(l)
	}
	return strings.Join(lines, "\n")
}

// checkAllShown checks that all of a body is shown, in order, but for white space.
func checkAllShown(t *testing.T, body []byte, lines []line) {
	t.Helper()
	got, want := withoutBlanks(shownOf(body, lines)), withoutBlanks(bytes.TrimPrefix(body, []byte(byteOrderMark)))
	if got != want {
		t.Fatalf("%q shows %.200q\nof %.200q", body, got, want)
	}
}

// shownOf is what lines show of a body.
func shownOf(body []byte, lines []line) (shown []byte) {
	for _, l := range lines {
		for _, s := range l.spans {
			shown = append(shown, body[s.Offset:s.Offset+int64(s.Len)]...)
		}
	}
	return shown
}

func withoutBlanks(text []byte) string {
	return strings.NewReplacer(" ", "", "\t", "", "\r", "", "\n", "", "\f", "").Replace(string(text))
}

// TestSuiteIsShownAsItIs lays out every file of nst/JSONTestSuite: all tokens
// of the source are shown, in order, and what is no JSON says so.
func TestSuiteIsShownAsItIs(t *testing.T) {
	for name, body := range suite(t) {
		lines := wholeBody(body, newJSONCutter(false))
		failed := slices.ContainsFunc(lines, func(l line) bool {
			return slices.ContainsFunc(l.spans, func(s Span) bool { return s.Role == Error })
		})
		if failed == json.Valid(bytes.TrimPrefix(body, []byte(byteOrderMark))) {
			t.Errorf("%s: shown as invalid: %v", name, failed)
		}
		if got, want := withoutBlanks(shownOf(body, lines)), withoutBlanks(bytes.TrimPrefix(body, []byte(byteOrderMark))); got != want {
			t.Errorf("%s shows %.200q\nof %.200q", name, got, want)
		}
	}
}

// suite reads every file of the corpus.
func suite(t *testing.T) map[string][]byte {
	t.Helper()
	bodies := map[string][]byte{}
	for _, folder := range []string{"test_parsing", "test_transform"} {
		files, err := filepath.Glob(filepath.Join(corpora.Dir(t, "json"), "JSONTestSuite", folder, "*.json"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			body, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			bodies[filepath.Base(file)] = body
		}
	}
	if len(bodies) < 300 {
		t.Fatalf("only %d files", len(bodies))
	}
	return bodies
}
