package cli

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestItems(t *testing.T) {
	for _, c := range []struct {
		typed string
		want  item
	}{
		{"X-A:1", item{sep: sepHeader, key: "X-A", value: "1"}},
		{"Referer:http://a.test/?q=1", item{sep: sepHeader, key: "Referer", value: "http://a.test/?q=1"}},
		{"X-A:", item{sep: sepHeader, key: "X-A"}},
		{"X-A;", item{sep: sepHeaderEmpty, key: "X-A"}},
		{"X-A:@f", item{sep: sepHeaderFile, key: "X-A", value: "f"}},
		{"q==a=b", item{sep: sepParam, key: "q", value: "a=b"}},
		{"q==@f", item{sep: sepParamFile, key: "q", value: "f"}},
		{"a=b:c", item{sep: sepString, key: "a", value: "b:c"}},
		{"a=@f", item{sep: sepStringFile, key: "a", value: "f"}},
		{"a:=1", item{sep: sepRaw, key: "a", value: "1"}},
		{"a:=@f", item{sep: sepRawFile, key: "a", value: "f"}},
		{"a@f;type=b/c", item{sep: sepUpload, key: "a", value: "f;type=b/c"}},
		{"@f", item{sep: sepUpload, value: "f"}},
		{"=a", item{sep: sepString, value: "a"}},
		{`a\=b=c`, item{sep: sepString, key: "a=b", value: "c"}},
		{`a\:b:c`, item{sep: sepHeader, key: "a:b", value: "c"}},
		{`a=\@b`, item{sep: sepString, key: "a", value: "@b"}},
		{`a=b\c\\=d\`, item{sep: sepString, key: "a", value: `b\c\\=d\`}},
		{`a\[b=c`, item{sep: sepString, key: `a\[b`, value: "c"}},
		{`bob\:==foo`, item{sep: sepParam, key: "bob:", value: "foo"}},
	} {
		got, err := parseItem(c.typed)
		c.want.typed = c.typed
		if err != nil || got != c.want {
			t.Errorf("%q is %+v, %v; want %+v", c.typed, got, err, c.want)
		}
	}
	for _, bad := range []string{"", "a", `a\=b`, "X-A;b", ":1", "==1", ";"} {
		if got, err := parseItem(bad); err == nil || hintOf(err) == "" {
			t.Errorf("%q is taken as %+v, or refused without a hint: %v", bad, got, err)
		}
	}
}

// The cases are those of HTTPie's documentation of nested JSON.
func TestNestedKeys(t *testing.T) {
	for _, c := range []struct {
		pairs [][2]string
		want  string
	}{
		{nil, `null`},
		{[][2]string{{"a", "1"}, {"b", "2"}, {"a", "3"}}, `{"a": 3, "b": 2}`},
		{[][2]string{{"a[b]", "1"}, {"a[c][d]", "2"}}, `{"a": {"b": 1, "c": {"d": 2}}}`},
		{[][2]string{{"a[]", "1"}, {"a[]", "2"}}, `{"a": [1, 2]}`},
		{[][2]string{{"a[2]", "1"}, {"a[0]", "2"}}, `{"a": [2, null, 1]}`},
		{[][2]string{{"[]", "1"}, {"[]", "2"}}, `[1, 2]`},
		{[][2]string{{"[0][type]", "1"}, {"[1][type]", "2"}}, `[{"type": 1}, {"type": 2}]`},
		{[][2]string{{"", "1"}}, `{"": 1}`},
		{[][2]string{{`a\[b`, "1"}, {`c\]`, "2"}, {`d\\`, "3"}}, `{"a[b": 1, "c]": 2, "d\\": 3}`},
		{[][2]string{{`a[\1]`, "1"}, {`a[b\[\]]`, "2"}}, `{"a": {"1": 1, "b[]": 2}}`},
		{[][2]string{{"1", "1"}}, `{"1": 1}`},
		{[][2]string{{"a[][b]", "1"}, {"a[][b]", "2"}}, `{"a": [{"b": 1}, {"b": 2}]}`},
	} {
		var root jsonValue
		for _, pair := range c.pairs {
			if err := root.set(pair[0], pair[1]); err != nil {
				t.Errorf("%q: %v", pair[0], err)
			}
		}
		if got := root.String(); got != c.want {
			t.Errorf("%v is %s, want %s", c.pairs, got, c.want)
		}
	}
}

func TestNestedKeysThatCannotBe(t *testing.T) {
	for _, keys := range [][]string{
		{"a["},
		{"a]"},
		{"a[b]c"},
		{"a[b"},
		{"a[[b]]"},
		{"[a]"},
		{"a[-1]"},
		{"a[100000000]"},
		{"a", "a[b]"},
		{"a[]", "a[b]"},
		{"a[b]", "a[]"},
		{"[]", "a"},
		{"a", "[]"},
	} {
		var root jsonValue
		var err error
		for _, key := range keys {
			if err = root.set(key, "1"); err != nil {
				break
			}
		}
		if err == nil || hintOf(err) == "" {
			t.Errorf("%q gives %s, %v", keys, &root, err)
		}
	}
}

func TestTextBecomesJSONAndTemplatesStay(t *testing.T) {
	for text, want := range map[string]string{
		`a"b`:               `"a\"b"`,
		"<&>\u2028":         "\"<&>\\u2028\"",
		`{{f("x")}} "y"`:    `"{{f("x")}} \"y\""`,
		`{{ unclosed "here`: `"{{ unclosed \"here"`,
	} {
		if got := quoteJSON(text); got != want {
			t.Errorf("%s is %s, want %s", text, got, want)
		}
	}
}

// What is escaped as the documentation says comes back as it was, and whatever else is typed is refused or becomes JSON.
func FuzzItem(f *testing.F) {
	for _, seed := range []string{"a=b", `a\=b:=1`, "X:1", "q==1", "a[b][]=c", "[0][x]:=1", `\[=1`, "a[1]=2", "@f", "=", `\`} {
		f.Add(seed, "x")
	}
	escaper := strings.NewReplacer(":", `\:`, ";", `\;`, "=", `\=`, "@", `\@`)
	f.Fuzz(func(t *testing.T, key, value string) {
		if !strings.Contains(key, `\`) && !strings.Contains(value, `\`) {
			got, err := parseItem(escaper.Replace(key) + "=" + escaper.Replace(value))
			if err != nil || got.sep != sepString || got.key != key || got.value != value {
				t.Errorf("%q=%q comes back as %+v, %v", key, value, got, err)
			}
		}
		i, err := parseItem(key)
		if err != nil || !i.isBody() || !utf8.ValidString(key) {
			return
		}
		var root jsonValue
		if root.set(i.key, escapedJSON(i.value)) == nil && !json.Valid([]byte(root.String())) {
			t.Errorf("%q becomes %s", key, &root)
		}
	})
}

func escapedJSON(s string) string { return `"` + escapeJSON(s) + `"` }
