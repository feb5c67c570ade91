package tomldoc

import (
	"strings"
	"testing"
)

type edit func(*Doc) (*Doc, error)

func set(v Value, path ...string) edit {
	return func(d *Doc) (*Doc, error) { return d.Set(v, path...) }
}
func del(path ...string) edit { return func(d *Doc) (*Doc, error) { return d.Delete(path...) } }
func rename(name string, path ...string) edit {
	return func(d *Doc) (*Doc, error) { return d.Rename(name, path...) }
}

func insert(i int, key string, v Value, path ...string) edit {
	return func(d *Doc) (*Doc, error) { return d.Insert(i, key, v, path...) }
}

func reorder(order []int, path ...string) edit {
	return func(d *Doc) (*Doc, error) { return d.Reorder(order, path...) }
}

func removeItem(i int, path ...string) edit {
	return func(d *Doc) (*Doc, error) { return d.RemoveItem(i, path...) }
}

func insertItem(i int, v Value, path ...string) edit {
	return func(d *Doc) (*Doc, error) { return d.InsertItem(i, v, path...) }
}

func TestEdits(t *testing.T) {
	tab := func(kv ...string) Value {
		v := TableOf()
		for i := 0; i < len(kv); i += 2 {
			v.Pairs = append(v.Pairs, Pair{Key: kv[i], Value: Str(kv[i+1])})
		}
		return v
	}
	for _, c := range []struct {
		name, before string
		edit         edit
		after        string
	}{
		{"string", "a = \"1\" # c\n", set(Str("2"), "a"), "a = \"2\" # c\n"},
		{"literal stays", "a = 'x'\n", set(Str(`\d"`), "a"), "a = '\\d\"'\n"},
		{"literal gives way", "a = 'x'\n", set(Str(`it's`), "a"), "a = \"it's\"\n"},
		{"block stays", "a = '''\n{\"x\": 1}\n'''\n", set(Str("{\"y\": 2}\n"), "a"), "a = '''\n{\"y\": 2}\n'''\n"},
		{"block gives way", "a = '''\nx'''\n", set(Str("'''\\"), "a"), "a = \"\"\"\n'''\\\\\"\"\"\n"},
		{"block keeps CRLF", "a = '''\r\nx\r\n'''\r\n", set(Str("y\r\n"), "a"), "a = '''\r\ny\r\n'''\r\n"},
		{"new lines make a block", "a = \"x\"\n", set(Str("{\n}\n"), "a"), "a = '''\n{\n}\n'''\n"},
		{"escapes stay", `a = "x\ny"` + "\n", set(Str("x\nz"), "a"), `a = "x\nz"` + "\n"},
		{"BOM and CRLF", "\xef\xbb\xbfa=1\r\nb=2\r\n", insert(-1, "c", Int(3)), "\xef\xbb\xbfa=1\r\nb=2\r\nc=3\r\n"},
		{"number text", "a = 0x1F # c\n", set(Int(5), "a"), "a = 5 # c\n"},
		{"type", "a = 1\n", set(List(Str("x")), "a"), "a = [\"x\"]\n"},

		{
			"aligned insert", "url    = \"x\"\nmethod = \"y\"\n", insert(1, "tags", Int(1)),
			"url    = \"x\"\ntags   = 1\nmethod = \"y\"\n",
		},
		{
			"unaligned insert", "url = \"x\"\nmethod = \"y\"\n", insert(-1, "n", Int(1)),
			"url = \"x\"\nmethod = \"y\"\nn = 1\n",
		},
		{"indented insert", "[a]\n\tb=1\n", insert(-1, "c", Int(2), "a"), "[a]\n\tb=1\n\tc=2\n"},
		{
			"insert first keeps comments", "[a]\n# about b\nb = 1\n", insert(0, "c", Int(2), "a"),
			"[a]\nc = 2\n# about b\nb = 1\n",
		},
		{"insert without newline", "[a]\nb = 1", insert(-1, "c", Int(2), "a"), "[a]\nb = 1\nc = 2"},
		{"insert into an empty table", "[a]\n\n[b]\n", insert(-1, "c", Int(2), "a"), "[a]\nc = 2\n\n[b]\n"},
		{"insert at the root", "a = 1\n\n# b\n[b]\n", insert(-1, "c", Int(2)), "a = 1\nc = 2\n\n# b\n[b]\n"},
		{"insert at a bare root", "# b\n[b]\n", insert(0, "c", Int(2)), "c = 2\n\n# b\n[b]\n"},
		{"insert below the licence", "# file\n\n[b]\n", insert(0, "c", Int(2)), "# file\nc = 2\n\n[b]\n"},
		{"insert into nothing", "", insert(0, "c", Int(2)), "c = 2\n"},
		{"quoted key", "[h]\nA = \"1\"\n", insert(-1, "~B", Str(""), "h"), "[h]\nA = \"1\"\n\"~B\" = \"\"\n"},
		{"new table", "a = 1\n", set(Str("x"), "h", "A"), "a = 1\n\n[h]\nA = \"x\"\n"},
		{
			"new table among others", "a = 1\n\n[x]\nb = 1\n\n# y\n[y]\n", insert(2, "h", tab("A", "1")),
			"a = 1\n\n[x]\nb = 1\n\n[h]\nA = \"1\"\n\n# y\n[y]\n",
		},
		{"new table first", "a = 1\n\n[x]\n", insert(1, "h", tab("A", "1")), "a = 1\n\n[h]\nA = \"1\"\n\n[x]\n"},
		{"deep", "[a.b]\nc = 1\n", set(Int(2), "a", "d"), "[a]\nd = 2\n\n[a.b]\nc = 1\n"},
		{"dotted", "a.b = 1 # c\n", set(Int(2), "a", "c"), "a.b = 1 # c\na.c = 2\n"},
		{"inline", "a = { b = 1 }\n", set(Int(2), "a", "c"), "a = { b = 1, c = 2 }\n"},
		{"empty inline", "a = {}\n", set(Int(2), "a", "c"), "a = { c = 2 }\n"},
		{
			"blocks", "[body]\n", insert(-1, "multipart", Blocks(tab("n", "1"), tab("n", "2")), "body"),
			"[body]\n\n[[body.multipart]]\nn = \"1\"\n\n[[body.multipart]]\nn = \"2\"\n",
		},

		{"delete", "a = 1\n# c\nb = 2 # d\nc = 3\n", del("b"), "a = 1\n# c\nc = 3\n"},
		{"delete a section", "a = 1\n\n[x]\nb = 1\n\n[x.y]\nc = 1\n\n# z\n[z]\n", del("x"), "a = 1\n\n# z\n[z]\n"},
		{"delete the first section", "[x]\nb = 1\n\n[z]\n", del("x"), "[z]\n"},
		{"delete dotted", "a.b = 1\nx = 1\na.c = 2\n", del("a"), "x = 1\n"},
		{"delete inline first", "a = { b = 1, c = 2 }\n", del("a", "b"), "a = { c = 2 }\n"},
		{"delete inline last", "a = { b = 1, c = 2 }\n", del("a", "c"), "a = { b = 1 }\n"},
		{"delete inline dotted", "a = { b.x = 1, c = 2, b.y = 3 }\n", del("a", "b"), "a = { c = 2 }\n"},

		{"rename", "[h]\nX-Team = \"a\" # c\n", rename("~X-Team", "h", "X-Team"), "[h]\n\"~X-Team\" = \"a\" # c\n"},
		{"rename aligned", "[h]\nX    = 1\nLong = 2\n", rename("~X", "h", "X"), "[h]\n\"~X\" = 1\nLong = 2\n"},
		{
			"rename back", "[h]\n\"~X\" = 1\nLong   = 2\nB      = 3\n", rename("X", "h", "~X"),
			"[h]\nX      = 1\nLong   = 2\nB      = 3\n",
		},
		{"rename everywhere", "[a]\nb = 1\n[a.c]\n[[a.d]]\n", rename("z", "a"), "[z]\nb = 1\n[z.c]\n[[z.d]]\n"},

		{"array item", "a = [1, 2, 3]\n", set(List(Int(1), Int(9), Int(3)), "a"), "a = [1, 9, 3]\n"},
		{"array grows", "a = [1, 2]\n", set(List(Int(1), Int(9), Int(2)), "a"), "a = [1, 9, 2]\n"},
		{"array at end", "a = [1, 2 ]\n", set(List(Int(1), Int(2), Int(3)), "a"), "a = [1, 2, 3 ]\n"},
		{"array shrinks", "a = [1, 2, 3]\n", set(List(Int(1), Int(2)), "a"), "a = [1, 2]\n"},
		{
			"lines grow", "a = [\n  1, # one\n  2 # two\n]\n", insertItem(2, Int(3), "a"),
			"a = [\n  1, # one\n  2, # two\n  3\n]\n",
		},
		{"lines grow with comma", "a = [\n  1, # one\n]\n", insertItem(1, Int(3), "a"), "a = [\n  1, # one\n  3,\n]\n"},
		{"lines shrink", "a = [\n  1, # one\n  2, # two\n  3,\n]\n", removeItem(1, "a"), "a = [\n  1, # one\n  3,\n]\n"},
		{"lines shrink at end", "a = [\n  1, # one\n  2 # two\n]\n", removeItem(1, "a"), "a = [\n  1 # one\n]\n"},
		{"array empties", "a = [ 1 ]\n", removeItem(0, "a"), "a = [  ]\n"},
		{"array fills", "a = []\n", insertItem(0, Int(1), "a"), "a = [1]\n"},
		{"tables grow", "[[a]]\nn = 1\n\n[b]\n", insertItem(1, tab("n", "2"), "a"), "[[a]]\nn = 1\n\n[[a]]\nn = \"2\"\n\n[b]\n"},
		{
			"tables grow in front", "# one\n[[a]]\nn = 1\n", insertItem(0, tab("n", "2"), "a"),
			"[[a]]\nn = \"2\"\n\n# one\n[[a]]\nn = 1\n",
		},
		{"tables shrink", "[[a]]\nn = 1\n\n[[a]]\nn = 2\n[a.x]\n\n[b]\n", removeItem(1, "a"), "[[a]]\nn = 1\n\n[b]\n"},
		{"table in array", "a = [{ n = 1 }]\n", set(Int(2), "a", "0", "n"), "a = [{ n = 2 }]\n"},

		{"reorder lines", "# a\na = 1 # x\nb = 2\n", reorder([]int{1, 0}), "b = 2\n# a\na = 1 # x\n"},
		{"reorder items", "a = [1,  2, 3]\n", reorder([]int{2, 0, 1}, "a"), "a = [3,  1, 2]\n"},
		{"reorder inline", "a = { b = 1, c = 2 }\n", reorder([]int{1, 0}, "a"), "a = { c = 2, b = 1 }\n"},
		{
			"reorder tables", "[[a]]\nn = 1\n\n# two\n[[a]]\nn = 2\n[a.x]\ny = 1", reorder([]int{1, 0}, "a"),
			"# two\n[[a]]\nn = 2\n[a.x]\ny = 1\n\n[[a]]\nn = 1",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := Parse("f.toml", []byte(c.before))
			if err != nil {
				t.Fatal(err)
			}
			d, err = c.edit(d)
			if err != nil {
				t.Fatal(err)
			}
			if got := string(d.Bytes()); got != c.after {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.after)
			}
		})
	}
}

func TestRefusedEditsSayWhy(t *testing.T) {
	d, err := Parse("f.toml", []byte("a = 1\n[b]\nc = 1\n"))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		edit edit
		want string
	}{
		"binary":            {set(Str("\xff"), "a"), "Unicode"},
		"below a value":     {set(Int(1), "a", "x"), "a table is needed"},
		"rename to another": {rename("b", "a"), "there already"},
		"rename nothing":    {rename("b", "x"), "no such key"},
		"insert twice":      {insert(0, "c", Int(1), "b"), "there already"},
		"bad number":        {set(Value{Kind: Integer, Text: "1x"}, "a"), "f.toml:1:"},
	} {
		if _, err := c.edit(d); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", name, err, c.want)
		}
	}
}
