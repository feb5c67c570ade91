package tomldoc

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"testing"
)

// paths lists every path in a value, tables and arrays included.
func paths(v Value, at []string, list [][]string) [][]string {
	for i, item := range v.Items {
		p := append(slices.Clone(at), strconv.Itoa(i))
		list = paths(item, p, append(list, p))
	}
	for _, pair := range v.Pairs {
		p := append(slices.Clone(at), pair.Key)
		list = paths(pair.Value, p, append(list, p))
	}
	return list
}

// with returns a copy of v in which the value at a path is another; the zero Value removes a key.
func with(v Value, to Value, path []string) Value {
	if len(path) == 0 {
		return to
	}
	c := v
	c.Items, c.Pairs = slices.Clone(v.Items), slices.Clone(v.Pairs)
	if v.Kind == Array {
		i, _ := strconv.Atoi(path[0])
		c.Items[i] = with(v.Items[i], to, path[1:])
		return c
	}
	for i := range c.Pairs {
		if c.Pairs[i].Key == path[0] && len(path) == 1 && !to.IsSet() {
			c.Pairs = slices.Delete(c.Pairs, i, i+1)
			return c
		}
		if c.Pairs[i].Key == path[0] {
			c.Pairs[i].Value = with(c.Pairs[i].Value, to, path[1:])
			return c
		}
	}
	c.Pairs = append(c.Pairs, Pair{Key: path[0], Value: to})
	return c
}

var samples = []Value{
	Str("plain"), Str(""), Str("it's \"quoted\" \\ \t\x00\x7f é"), Str("a\n'''\n\"\"\"\n"), Str("\n"), Str("\r\nx"),
	Str("'"), Str(`"`), Str("''''''"), Str("{{x}}"), Int(-7),
	{Kind: Float, Text: "1e3"},
	Boolean(true),
	{Kind: Datetime, Text: "1979-05-27T07:32:00Z"},
	List(), List(Int(1), Str("b")), TableOf(),
	TableOf(Pair{Key: "a b", Value: Str("x")}, Pair{Key: "", Value: List(TableOf(Pair{Key: "k", Value: Int(1)}))}),
}

// checkEdits tries one edit of each kind at a path and checks what it means and which bytes it touched.
func checkEdits(t *testing.T, d *Doc, path []string, v Value) {
	t.Helper()
	root := d.Root()
	where := func(op string) string { return fmt.Sprintf("%s %q in\n%s", op, path, d.Bytes()) }
	check := func(op string, next *Doc, err error, want Value) *Doc {
		t.Helper()
		if err != nil {
			t.Fatalf("%s\n%v", where(op), err)
		}
		if !same(next.Root(), want) {
			t.Fatalf("%s\nmade\n%s", where(op), next.Bytes())
		}
		return next
	}

	next, err := d.Set(v, path...)
	check("set", next, err, with(root, v, path))
	if n := d.root.at(path); n.form == scalar && v.IsScalar() {
		head, tail := d.src[:n.start], d.src[n.end:]
		if !bytes.HasPrefix(next.src, head) || !bytes.HasSuffix(next.src, tail) {
			t.Fatalf("%s\ntouched other bytes:\n%s", where("set"), next.Bytes())
		}
	}
	back, err := next.Set(d.Get(path...), path...)
	check("set back", back, err, root)

	parent := root
	if len(path) > 1 {
		parent = d.Get(path[:len(path)-1]...)
	}
	if parent.Kind != Table {
		return
	}
	next, err = d.Delete(path...)
	check("delete", next, err, with(root, Value{}, path))
	if !subsequence(next.src, d.src) {
		t.Fatalf("%s\nadded bytes:\n%s", where("delete"), next.Bytes())
	}

	fresh := append(slices.Clone(path[:len(path)-1]), "fresh key")
	if d.Get(fresh...).IsSet() {
		return
	}
	for i := range len(parent.Pairs) + 1 {
		next, err = d.Insert(i, "fresh key", v, path[:len(path)-1]...)
		check("insert", next, err, with(root, v, fresh))
		if !subsequence(d.src, next.src) {
			t.Fatalf("%s\nremoved bytes:\n%s", where("insert"), next.Bytes())
		}
	}
	next, err = d.Rename("fresh key", path...)
	check("rename", next, err, with(with(root, Value{}, path), d.Get(path...), fresh))
}

// subsequence reports whether b can be made of a by adding bytes.
func subsequence(a, b []byte) bool {
	for _, c := range a {
		i := bytes.IndexByte(b, c)
		if i < 0 {
			return false
		}
		b = b[i+1:]
	}
	return true
}

func TestEveryKeyOfTheCorpusCanBeEdited(t *testing.T) {
	for _, file := range corpusFiles(t, "valid") {
		src := readFile(t, file)
		for _, src := range [][]byte{src, append([]byte("\xef\xbb\xbf"), bytes.ReplaceAll(src, []byte("\n"), []byte("\r\n"))...)} {
			d, err := Parse("f.toml", src)
			if err != nil {
				continue // a file that has CRLF already
			}
			for i, path := range paths(d.Root(), nil, nil) {
				if i > 60 {
					break // long lists of the same
				}
				checkEdits(t, d, path, samples[i%len(samples)])
			}
		}
	}
}

func FuzzEdit(f *testing.F) {
	for _, seed := range []string{
		"a = 1\nb.c = 'x' # c\n[t]\nx = [1, 2,]\n[[l]]\ny = {z = \"\"}\n[[l]]\n",
		"\xef\xbb\xbfurl = \"http://h\"\r\n[headers]\r\n\"~A\" = '''\r\nx'''\r\n",
		"p = [\n { name = \"a\", value = 1 }, # x\n]\n[a.b.c]\n[a]\nd.e.f = inf\n",
		"[a.b]\nx=1\n[a]\nb2={c.d=1, c.e=2,\n f=3}\n",
	} {
		for i := range 6 {
			f.Add([]byte(seed), uint(i), uint(i*5), "text")
		}
	}
	f.Fuzz(func(t *testing.T, src []byte, at, sample uint, text string) {
		d, err := Parse("f.toml", src)
		if err != nil {
			return
		}
		all := paths(d.Root(), nil, nil)
		if len(all) == 0 || len(src) > 2000 {
			return
		}
		v := samples[sample%uint(len(samples))]
		if encodable(Str(text)) && sample%3 == 0 {
			v = Str(text)
		}
		checkEdits(t, d, all[at%uint(len(all))], v)
	})
}
