package tomldoc

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/testdata/corpora"
)

// corpusFiles lists the TOML files of toml-test below a folder ("valid", "invalid") that TOML 1.1 is to be tried on.
func corpusFiles(t testing.TB, kind string) []string {
	t.Helper()
	dir := filepath.Join(corpora.Dir(t, "toml"), "tests")
	list, err := os.ReadFile(filepath.Join(dir, "files-toml-1.1.0"))
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, name := range strings.Fields(string(list)) {
		if strings.HasPrefix(name, kind+"/") && strings.HasSuffix(name, ".toml") {
			files = append(files, filepath.Join(dir, filepath.FromSlash(name)))
		}
	}
	if len(files) < 100 {
		t.Fatalf("only %d files in the list", len(files))
	}
	return files
}

func readFile(t testing.TB, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestValidCorpus compares what Parse reads with toml-test's tagged JSON: structure, types and the text of strings.
func TestValidCorpus(t *testing.T) {
	for _, file := range corpusFiles(t, "valid") {
		d, err := Parse(filepath.Base(file), readFile(t, file))
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		var want any
		if err := json.Unmarshal(readFile(t, strings.TrimSuffix(file, ".toml")+".json"), &want); err != nil {
			t.Fatal(err)
		}
		compare(t, filepath.Base(file), d.Root(), want)
	}
}

func compare(t *testing.T, where string, got Value, want any) {
	t.Helper()
	switch want := want.(type) {
	case []any:
		if got.Kind != Array || len(got.Items) != len(want) {
			t.Errorf("%s: %v with %d items, want %d", where, got.Kind, len(got.Items), len(want))
			return
		}
		for i := range want {
			compare(t, where+"[]", got.Items[i], want[i])
		}
	case map[string]any:
		kind, isScalar := want["type"].(string)
		if text, ok := want["value"].(string); isScalar && ok {
			compareScalar(t, where, got, kind, text)
			return
		}
		if got.Kind != Table || len(got.Pairs) != len(want) {
			t.Errorf("%s: %v with %d keys, want %d", where, got.Kind, len(got.Pairs), len(want))
			return
		}
		for key, w := range want {
			compare(t, where+"."+key, got.Get(key), w)
		}
	}
}

func compareScalar(t *testing.T, where string, got Value, kind, text string) {
	t.Helper()
	kinds := map[string]Kind{"string": String, "integer": Integer, "float": Float, "bool": Bool}
	want, ok := kinds[kind]
	if !ok {
		want = Datetime
	}
	if got.Kind != want {
		t.Errorf("%s: %v, want %v", where, got.Kind, want)
	}
	if want == String && got.Text != text {
		t.Errorf("%s: %q, want %q", where, got.Text, text)
	}
}

func TestInvalidCorpusIsRefusedWithAPlace(t *testing.T) {
	for _, file := range corpusFiles(t, "invalid") {
		src := readFile(t, file)
		_, err := Parse("f.toml", src)
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%s: accepted (%v)", file, err)
			continue
		}
		if e.Pos.Line < 1 || e.Pos.Column < 1 || e.Pos.Line > len(lineStarts(src)) || e.Message == "" || e.Hint() == "" {
			t.Errorf("%s: %+v", file, e)
		}
	}
}

func TestPositions(t *testing.T) {
	_, err := Parse("f.toml", []byte("\xef\xbb\xbfé = 1\r\n[\"ü\".b] # c\r\n  c.d = [ 1, { x = '''\r\nab\r\ncd''' } ]\r\n"))
	if err == nil {
		t.Fatal("bare é is no key")
	}
	var e *Error
	if errors.As(err, &e); e.Pos != (Pos{"f.toml", 1, 1}) {
		t.Errorf("error at %v", e.Pos)
	}
	d, err := Parse("f.toml", []byte("\xef\xbb\xbf\"é\" = 1\r\n[\"ü\".b] # c\r\n  c.d = [ 1, { x = '''\r\nab\r\ncd''' } ]\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	x := d.Get("ü", "b", "c", "d", "1", "x")
	for _, c := range []struct {
		what      string
		got       Pos
		line, col int
	}{
		{"first value", d.Get("é").Pos, 1, 7},
		{"table", d.Get("ü", "b").Pos, 2, 1},
		{"array", d.Get("ü", "b", "c", "d").Pos, 3, 9},
		{"item", d.Get("ü", "b", "c", "d", "0").Pos, 3, 11},
		{"string", x.Pos, 3, 20},
		{"second line of the string", x.PosAt(len("ab\r\nc")), 5, 2},
		{"key", d.Get("ü").Pairs[0].KeyPos, 2, 6},
	} {
		if c.got != (Pos{"f.toml", c.line, c.col}) {
			t.Errorf("%s at %v, want %d:%d", c.what, c.got, c.line, c.col)
		}
	}
}

func TestPosAtWithEscapes(t *testing.T) {
	d, err := Parse("f.toml", []byte(`a = "\té{{x}}"`+"\n"+"b = \"\"\"a\\\n   b{{\"\"\"\n"+`c = 'a{{'`+"\n"))
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]Pos{"a": {"f.toml", 1, 9}, "b": {"f.toml", 3, 5}, "c": {"f.toml", 4, 7}} {
		v := d.Get(key)
		if got := v.PosAt(strings.Index(v.Text, "{{")); got != want {
			t.Errorf("%s: {{ at %v, want %v", key, got, want)
		}
	}
}

func TestMistakesSayWhereAndWhat(t *testing.T) {
	for src, want := range map[string][2]string{
		"a = 1\nb = 2\na = 3\n":      {"f.toml:3:1: ", "remove one of the two"},
		"method = POST\n":            {"f.toml:1:10: a value that is text must be in quotes", "quotes"},
		"url = nowhere\n":            {"f.toml:1:7: a value that is text must be in quotes", "quotes"},
		"a = \"x\n":                  {"f.toml:1:", "close the string"},
		"[h]\n~X = 1\n":              {"f.toml:2:1: ", "~X-Name"},
		"a = 1\n<<<<<<< HEAD\nb = 2": {"f.toml:2:1: ", "merge conflict"},
		"X-Team: a\n":                {"f.toml:1:7: ", "key = value"},
		"a = [1\nb = 2\n":            {"f.toml:2:1: ", "commas"},
		"a = \"c:\\dir\"\n":          {"f.toml:1:", `\\`},
	} {
		_, err := Parse("f.toml", []byte(src))
		var e *Error
		if !errors.As(err, &e) || !strings.HasPrefix(e.Error(), want[0]) || !strings.Contains(e.Hint(), want[1]) {
			t.Errorf("%q: error %v, hint %q", src, err, e.Hint())
		}
	}
}

// A table with many keys has an index of them, which finds what a walk would.
func TestATableOfManyKeys(t *testing.T) {
	for _, many := range []int{manyPairs - 1, manyPairs, manyPairs + 1, 2_000} {
		var text strings.Builder
		for i := range many {
			fmt.Fprintf(&text, "t.key%d = %d\n", i, i)
		}
		doc, err := Parse("a.toml", []byte(text.String()))
		if err != nil {
			t.Fatal(err)
		}
		if pairs := doc.Get("t").Pairs; len(pairs) != many || pairs[many-1].Value.Text != fmt.Sprint(many-1) {
			t.Errorf("%d keys are %d", many, len(pairs))
		}
		for i := range many {
			if got := doc.Get("t", fmt.Sprintf("key%d", i)).Text; got != fmt.Sprint(i) {
				t.Errorf("of %d keys, number %d is %q", many, i, got)
			}
		}
		if doc.Get("t", "key").IsSet() {
			t.Error("there is a key that is not there")
		}
		if _, err := Parse("a.toml", []byte(text.String()+"t.key7 = 1\n")); err == nil {
			t.Error("a key is there twice")
		}
	}
}
