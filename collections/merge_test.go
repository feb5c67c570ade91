package collections_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"parley/collections"
	"parley/collections/disk"
	"parley/collections/disk/disktest"
	"parley/collections/tomldoc"
)

func TestMergeOfTwoVersions(t *testing.T) {
	list := "params = [\n  { name = \"a\", value = \"1\" }, # first\n  { name = \"b\", value = \"2\" },\n]\n"
	for _, c := range []struct {
		name, base, mine, theirs string
		want                     string // "" when there are clashes
		took, clashes            string
	}{
		{"nothing", "a = 1", "a = 1", "a = 1", "a = 1", "", ""},
		{"mine alone", "a = 1 # x\n", "a = 2 # x\n", "a = 1 # y\n", "a = 2 # y\n", "", ""},
		{"theirs alone", "[h]\nA = 1\n", "[h]\nA = 1\n", "[h]\nA = 2\n", "[h]\nA = 2\n", "h.A", ""},
		{"both the same", "a = 1", "a = 2", "a = 2", "a = 2", "", ""},
		{"other keys", "a = 1\nb = 1\n", "a = 2\nb = 1\n", "a = 1\nb = 2 # theirs\n", "a = 2\nb = 2 # theirs\n", "b", ""},
		{"one key", "a = 1\n", "a = 2\n", "a = 3\n", "", "", "a"},
		{"removed and changed", "a = 1\nb = 1\n", "b = 1\n", "a = 2\nb = 1\n", "", "", "a"},
		{"added differently", "a = 1\n", "a = 1\nb = 1\n", "a = 1\nb = 2\n", "", "", "b"},
		{"added sections", "a = 1\n", "a = 1\n\n[h]\nX = 1\n", "a = 1\n\n[h]\nY = 2\n", "a = 1\n\n[h]\nX = 1\nY = 2\n", "h.Y", ""},
		{"removed", "a = 1\nb = 1\n", "b = 1\n", "a = 1\nb = 1\nc = 1\n", "b = 1\nc = 1\n", "c", ""},
		{
			"off here, another value there", "[h]\nA = 1 # x\nB = 1\n", "[h]\n\"~A\" = 1 # x\nB = 1\n", "[h]\nA = 2 # y\nB = 1\n",
			"[h]\n\"~A\" = 2 # y\nB = 1\n", "h.A", "",
		},
		{
			"off there, another value here", "[h]\nA = 1\nB = 1\n", "[h]\nA = 2\nB = 1\n", "[h]\n\"~A\" = 1\nB = 1\n",
			"[h]\n\"~A\" = 2\nB = 1\n", "h.A", "",
		},
		{"off and on of two new", "[h]\nB = 1\n", "[h]\nA = 1\nB = 1\n", "[h]\n\"~A\" = 1\nB = 1\n", "", "", "h.A"},
		{
			"order here, values there", "[h]\nA = 1\nB = 1\n", "[h]\nB = 1\nA = 1\n", "[h]\nA = 2 # y\nB = 1\nC = 1\n",
			"[h]\nB = 1\nA = 2 # y\nC = 1\n", "h.A,h.C", "",
		},
		{
			"another order on each side", "[h]\nA = 1\nB = 1\nC = 1\n", "[h]\nB = 1\nA = 1\nC = 1\n", "[h]\nC = 1\nA = 1\nB = 1\n",
			"", "", "the order of h",
		},
		{
			"lists by name", list, strings.Replace(list, `"2"`, `"3"`, 1), strings.Replace(list, `"1" }`, `"9", note = "n" }`, 1),
			strings.NewReplacer(`"2"`, `"3"`, `"1" }`, `"9", note = "n" }`).Replace(list), "params.a.value,params.a.note", "",
		},
		{
			"added to lists", list, strings.Replace(list, "]", "  { name = \"m\", value = \"3\" },\n]", 1),
			strings.Replace(list, "]", "  { name = \"t\", value = \"4\" },\n]", 1),
			strings.Replace(list, "]", "  { name = \"m\", value = \"3\" },\n  { name = \"t\", value = \"4\" },\n]", 1), "params.t", "",
		},
		{
			"names that are twice in a list", strings.Replace(list, `"b"`, `"a"`, 1),
			strings.NewReplacer(`"b"`, `"a"`, `"2"`, `"3"`).Replace(list), strings.NewReplacer(`"b"`, `"a"`, `"1"`, `"3"`).Replace(list), "", "", "params",
		},
		{"a value and a table", "t = \"1s\"\n", "t = { read = \"1s\" }\n", "t = \"2s\"\n", "", "", "t"},
	} {
		t.Run(c.name, func(t *testing.T) {
			merge, err := collections.Merge3("f.toml", []byte(c.base), []byte(c.mine), []byte(c.theirs))
			if err != nil {
				t.Fatal(err)
			}
			var clashes []string
			for _, clash := range merge.Clashes {
				clashes = append(clashes, clash.Key)
			}
			if strings.Join(merge.Theirs, ",") != c.took || strings.Join(clashes, ",") != c.clashes {
				t.Errorf("took %q, clashes %q", merge.Theirs, clashes)
			}
			if c.clashes == "" {
				if string(merge.Text) != c.want {
					t.Errorf("got:\n%s\nwant:\n%s", merge.Text, c.want)
				}
				return
			}
			if string(merge.Text) != c.theirs {
				t.Errorf("what clashes is not as on disk:\n%s", merge.Text)
			}
			if merge, err = collections.Merge3("f.toml", []byte(c.base), []byte(c.mine), []byte(c.theirs), clashes...); err != nil {
				t.Fatal(err)
			}
			if got, want := meaning(t, merge.Text), meaning(t, []byte(c.mine)); got != want || len(merge.Clashes) > 0 {
				t.Errorf("with mine preferred:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

// meaning is what a file says, in its order, without how it says it.
func meaning(t *testing.T, text []byte) string {
	t.Helper()
	doc, err := tomldoc.Parse("f.toml", text)
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	var write func(v tomldoc.Value) string
	write = func(v tomldoc.Value) string {
		s := fmt.Sprint(int(v.Kind), v.Text)
		for _, item := range v.Items {
			s += "[" + write(item) + "]"
		}
		for _, p := range v.Pairs {
			s += "{" + p.Key + "=" + write(p.Value) + "}"
		}
		return s
	}
	return write(doc.Root())
}

// randomEdit is a change of one key that can be made to any version that has not touched it.
type randomEdit struct {
	path  []string
	value tomldoc.Value // not set: the key is removed
}

func (e randomEdit) apply(t *testing.T, doc *tomldoc.Doc) *tomldoc.Doc {
	t.Helper()
	next, err := doc.Delete(e.path...)
	if e.value.IsSet() {
		next, err = doc.Set(e.value, e.path...)
	}
	if err != nil {
		t.Fatal(err)
	}
	return next
}

// randomFile writes sections of keys in every style, and lists the paths of what can be changed without the section going.
func randomFile(rng *rand.Rand) (text string, paths [][]string) {
	var b strings.Builder
	values := []string{`"x"`, `'y'`, `3`, `true`, "'''\nz\n'''", `[1, 2]`, `{ a = 1 }`, `1979-05-27`}
	key := func(at ...string) {
		pad := strings.Repeat(" ", rng.IntN(3)+1)
		fmt.Fprintf(&b, "%s%s=%s%s%s\n", at[len(at)-1], pad, pad, values[rng.IntN(len(values))], []string{"", "  # why", " #"}[rng.IntN(3)])
		if rng.IntN(4) == 0 {
			b.WriteString("\n# between\n")
		}
		paths = append(paths, at)
	}
	for i := range 1 + rng.IntN(5) {
		key(fmt.Sprintf("k%d", i))
	}
	for s := range 1 + rng.IntN(3) {
		section := fmt.Sprintf("s%d", s)
		fmt.Fprintf(&b, "\n[%s] # of it\nkeep = 1\n", section)
		for i := range 1 + rng.IntN(5) {
			key(section, fmt.Sprintf("k%d", i))
		}
	}
	text = b.String()
	if rng.IntN(3) == 0 {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	return text, paths
}

func TestMergeIsBothSetsOfEdits(t *testing.T) {
	for seed := range uint64(400) {
		rng := rand.New(rand.NewPCG(seed, 1))
		text, paths := randomFile(rng)
		base, err := tomldoc.Parse("f.toml", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		rng.Shuffle(len(paths), func(i, j int) { paths[i], paths[j] = paths[j], paths[i] })
		mine, theirs, both, added := base, base, []randomEdit{}, false
		for i, path := range paths[:rng.IntN(len(paths)+1)] {
			edit := randomEdit{path: path, value: tomldoc.Str(fmt.Sprint("edited ", i))}
			switch rng.IntN(4) {
			case 0:
				edit.value = tomldoc.Value{}
			case 1:
				edit.path = append(slices.Clone(path[:len(path)-1]), fmt.Sprint("new", i))
				added = true
			}
			if i%2 == 0 {
				mine, both = edit.apply(t, mine), append(both, edit)
			} else {
				theirs = edit.apply(t, theirs)
			}
		}
		if theirs, err = tomldoc.Parse("f.toml", append(slices.Clone(theirs.Bytes()), "# their last word"...)); err != nil {
			t.Fatal(err)
		}
		want := theirs
		for _, edit := range both {
			want = edit.apply(t, want)
		}
		merge, err := collections.Merge3("f.toml", base.Bytes(), mine.Bytes(), theirs.Bytes())
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		got, err := tomldoc.Parse("f.toml", merge.Text)
		if err != nil || len(merge.Clashes) > 0 {
			t.Fatalf("seed %d: %v, clashes %v", seed, err, merge.Clashes)
		}
		// Where a key comes to that was added is another matter; everything else is so to the byte.
		if added && !sameKeys(got.Root(), want.Root()) || !added && !bytes.Equal(merge.Text, want.Bytes()) {
			t.Fatalf("seed %d: got\n%s\nwant\n%s", seed, merge.Text, want.Bytes())
		}
		if added && !hasLines(merge.Text, want.Bytes()) {
			t.Fatalf("seed %d: other bytes than the edited ones changed:\n%s\nof\n%s", seed, merge.Text, want.Bytes())
		}
		again, err := collections.Merge3("f.toml", base.Bytes(), mine.Bytes(), mine.Bytes())
		if err != nil || len(again.Clashes) > 0 || !bytes.Equal(again.Text, mine.Bytes()) {
			t.Fatalf("seed %d: the same edits on both sides: %v, %+v", seed, err, again)
		}
	}
}

func sameKeys(a, b tomldoc.Value) bool {
	if a.Kind != tomldoc.Table || b.Kind != tomldoc.Table {
		return a.Equal(b)
	}
	return len(a.Pairs) == len(b.Pairs) && !slices.ContainsFunc(a.Pairs, func(p tomldoc.Pair) bool { return !sameKeys(p.Value, b.Get(p.Key)) })
}

// hasLines reports whether two texts have the same lines in any order, but for the spaces before an = and blank lines.
func hasLines(a, b []byte) bool {
	lines := func(text []byte) []string {
		var list []string
		for line := range strings.Lines(string(text)) {
			if line = strings.Join(strings.Fields(line), " "); line != "" {
				list = append(list, line)
			}
		}
		slices.Sort(list)
		return list
	}
	return slices.Equal(lines(a), lines(b))
}

func TestSaveMergesWithAnothersChange(t *testing.T) {
	col := open(t, map[string]string{"create.toml": create})
	loaded := request(t, col, "create")
	edited := loaded.Clone()
	edited.Method, edited.Headers[0].Off = collections.Str("PUT"), true
	theirs := strings.Replace(create, `"z"`, `"theirs" # said`, 1)
	if err := os.WriteFile(col.Abs("create.toml"), []byte(theirs), 0o644); err != nil {
		t.Fatal(err)
	}
	var conflict *collections.Conflict
	if _, err := col.Save(loaded, edited); !errors.As(err, &conflict) || conflict.Merge == nil || len(conflict.Merge.Clashes) > 0 {
		t.Fatalf("%v", err)
	}
	if got := strings.Join(conflict.Merge.Theirs, ","); got != "headers.X-Last" {
		t.Errorf("took %s", got)
	}
	// A third one comes between.
	third := strings.Replace(theirs, "Creates", "Makes", 1)
	if err := os.WriteFile(col.Abs("create.toml"), []byte(third), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := col.SaveMerge(conflict); !errors.As(err, &conflict) || string(conflict.Disk) != third {
		t.Fatalf("what a third one wrote: %v", err)
	}
	saved, err := col.SaveMerge(conflict)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.NewReplacer(`"POST"`, `"PUT"`, "Accept =", `"~Accept" =`).Replace(third)
	if got, _ := os.ReadFile(col.Abs("create.toml")); string(got) != want || saved.Method.Text != "PUT" || string(saved.Source()) != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestSaveAsksWhenBothChangedOneKey(t *testing.T) {
	col := open(t, map[string]string{"create.toml": create})
	loaded := request(t, col, "create")
	edited := loaded.Clone()
	edited.Method, edited.Notes = collections.Str("PUT"), collections.Str("mine")
	theirs := strings.Replace(create, `"POST"`, `"PATCH"`, 1)
	if err := os.WriteFile(col.Abs("create.toml"), []byte(theirs), 0o644); err != nil {
		t.Fatal(err)
	}
	var conflict *collections.Conflict
	if _, err := col.Save(loaded, edited); !errors.As(err, &conflict) || len(conflict.Merge.Clashes) != 1 {
		t.Fatalf("%v", err)
	}
	clash := conflict.Merge.Clashes[0]
	if clash.Key != "method" || clash.Base.Text != "POST" || clash.Mine.Text != "PUT" || clash.Theirs.Text != "PATCH" {
		t.Errorf("clash %+v", clash)
	}
	if got, _ := os.ReadFile(col.Abs("create.toml")); string(got) != theirs {
		t.Errorf("written before it was asked:\n%s", got)
	}
	saved, err := col.SaveMerge(conflict, "method")
	if err != nil || saved.Method.Text != "PUT" || saved.Notes.Text != "mine" {
		t.Errorf("mine: %+v, %v", saved, err)
	}

	// Two kinds of a body are no request: that cannot be merged.
	loaded = request(t, open(t, map[string]string{"x.toml": "url = ''\n"}), "x")
	body := loaded.Clone()
	body.Body = collections.Body{Kind: collections.BodyText, Content: collections.Str("mine")}
	other := open(t, map[string]string{"x.toml": "url = ''\n[body]\njson = '{}'\n"})
	if _, err := other.Save(loaded, body); !errors.As(err, &conflict) || conflict.Merge != nil {
		t.Errorf("two bodies: %v, %+v", err, conflict.Merge)
	}
}

func TestMergeIsWholeAfterACrashAtEveryStep(t *testing.T) {
	theirs := strings.Replace(create, `"z"`, `"theirs"`, 1)
	disktest.EachCrash(t,
		func(f disk.FS) error {
			return errors.Join(disk.MkdirAll(f, "/c", 0o755), disk.WriteFile(f, "/c/create.toml", []byte(theirs), 0o644))
		},
		func(f disk.FS) error {
			c, err := collections.Open(f, "/c")
			if err != nil {
				return err
			}
			loaded, err := collections.ParseRequest("create", []byte(create))
			if err != nil {
				return err
			}
			edited := loaded.Clone()
			edited.Method = collections.Str("PUT")
			var conflict *collections.Conflict
			if _, err := c.Save(loaded, edited); !errors.As(err, &conflict) {
				return err
			}
			_, err = c.SaveMerge(conflict)
			return err
		},
		func(t *testing.T, f disk.FS, done bool) {
			got, err := disk.ReadFile(f, "/c/create.toml")
			if s := string(got); err != nil || s != strings.Replace(theirs, "POST", "PUT", 1) && (done || s != theirs) {
				t.Errorf("found (done %v), %v:\n%s", done, err, s)
			}
		})
}

// TestTwoWhoEditOneFileLoseNothing has two collections, as two Parleys have them, save to one file in turns and at once.
// Each counts in a header of its own, and what it has saved is there in the end.
func TestTwoWhoEditOneFileLoseNothing(t *testing.T) {
	dir := write(t, map[string]string{"a.toml": "url = \"http://h\"\n\n[headers]\nOne = \"0\" # mine\nTwo = \"0\"\n"})
	const times = 25
	var both sync.WaitGroup
	for _, header := range []string{"One", "Two"} {
		both.Go(func() {
			col, err := collections.Open(disk.OS(), dir)
			if err != nil {
				t.Error(err)
				return
			}
			loaded, err := col.Request("a")
			for n := 1; n <= times && err == nil; n++ {
				edited := loaded.Clone()
				i := slices.IndexFunc(edited.Headers, func(e collections.Entry) bool { return e.Name == header })
				edited.Headers[i].Value = collections.Str(fmt.Sprint(n))
				loaded, err = col.Save(loaded, edited)
				for conflict := (*collections.Conflict)(nil); errors.As(err, &conflict); {
					loaded, err = col.SaveMerge(conflict)
				}
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	got, err := os.ReadFile(filepath.Join(dir, "a.toml"))
	if want := fmt.Sprintf("url = \"http://h\"\n\n[headers]\nOne = \"%d\" # mine\nTwo = \"%[1]d\"\n", times); err != nil || string(got) != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestADraftOfAnotherBaseIsMerged(t *testing.T) {
	col := open(t, map[string]string{"create.toml": create})
	loaded := request(t, col, "create")
	edited := loaded.Clone()
	edited.Headers[1].Value = collections.Str("drafted")
	draft, err := collections.NewDraft("", loaded, edited)
	if err != nil {
		t.Fatal(err)
	}
	theirs := strings.Replace(create, `"10s"`, `"20s"`, 1) // while no Parley ran
	if err := os.WriteFile(col.Abs("create.toml"), []byte(theirs), 0o644); err != nil {
		t.Fatal(err)
	}
	if loaded, edited, err = draft.Requests(); err != nil {
		t.Fatal(err)
	}
	var conflict *collections.Conflict
	if _, err := col.Save(loaded, edited); !errors.As(err, &conflict) || conflict.Merge == nil || len(conflict.Merge.Clashes) > 0 {
		t.Fatalf("%v", err)
	}
	if _, err := col.SaveMerge(conflict); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(col.Abs("create.toml")); string(got) != strings.Replace(theirs, `'a'`, `'drafted'`, 1) {
		t.Errorf("got:\n%s", got)
	}
}

func TestWhatGitCouldNotMergeIsSaid(t *testing.T) {
	const markers = "<<<<<<< HEAD\n%s\n=======\n%s\n>>>>>>> other\n"
	_, err := collections.ParseRequest("x", fmt.Appendf(nil, "url = 'x'\n"+markers, "a = 1", "a = 2"))
	if err == nil || err.Error() != "x.toml:2:1: an unresolved merge conflict of git" {
		t.Errorf("among keys: %v", err)
	}
	r, err := collections.ParseRequest("x", fmt.Appendf(nil, "url = 'x'\n[body]\njson = '''\n{\n"+markers+"}'''\n", "1", "2"))
	if err != nil || len(r.Findings()) != 1 || r.Findings()[0].Error() != "x.toml:5:1: a text holds an unresolved merge conflict of git" {
		t.Errorf("in a text: %v, %v", err, r.Findings())
	}
}

// A merge reads the file after each change, so that very many changes of a large file would take minutes.
func TestAMergeTakesNoMoreTimeThanAPersonHas(t *testing.T) {
	text := func(changed int, keys int) []byte {
		var out strings.Builder
		fmt.Fprintf(&out, "url = 'http://h'\nnotes = '%s'\n[headers]\n", strings.Repeat("n", 1<<20))
		for i := range keys {
			fmt.Fprintf(&out, "K%d = '%v'\n", i, i < changed)
		}
		return []byte(out.String())
	}
	theirs := append(text(0, 100), "Theirs = '1'\n"...)
	merge, err := collections.Merge3("a.toml", text(0, 100), text(5, 100), theirs)
	if err != nil || !bytes.Equal(merge.Text, append(text(5, 100), "Theirs = '1'\n"...)) {
		t.Errorf("five changes of a large file: %v", err)
	}
	if _, err := collections.Merge3("a.toml", text(0, 100), text(100, 100), theirs); err == nil {
		t.Error("a hundred changes of a large file are merged")
	}
	if _, err := collections.Merge3("a.toml", text(0, 20_000), text(1, 20_000), text(0, 20_001)); err == nil {
		t.Error("tables of very many keys are merged")
	}
}
