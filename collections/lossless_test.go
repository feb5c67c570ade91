package collections

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"parley/collections/disk"
	"parley/collections/tomldoc"
	"parley/testdata/corpora"
)

// chunk is a piece of a generated file and the key that it belongs to: "" for comments, blank lines and keys of others,
// which no edit may touch.
type chunk struct{ owner, text string }

// written is a generated file.
type written []chunk

func (w written) text() string {
	var out strings.Builder
	for _, c := range w {
		out.WriteString(c.text)
	}
	return out.String()
}

// typist writes files as people do, each section in one of the forms that TOML has for it.
type typist struct {
	dice
	file  written
	count int
}

func (p *typist) put(owner, text string) { p.file = append(p.file, chunk{owner, text}) }

// between writes what stands between two keys.
func (p *typist) between() {
	p.count++
	switch p.IntN(6) {
	case 0:
		p.put("", fmt.Sprintf("# comment %d\n", p.count))
	case 1:
		p.put("", "\n")
	case 2:
		p.put("", fmt.Sprintf("\n  # aside %d = [not a key]\n\n", p.count))
	}
}

// line writes a key with its value.
func (p *typist) line(owner, key, value string) {
	p.between()
	equals := []string{" = ", "=", "   = ", " =\t"}[p.IntN(4)]
	end := ""
	if p.count++; p.IntN(3) == 0 {
		end = fmt.Sprintf("  # why %d", p.count)
	}
	p.put(owner, strings.Repeat(" ", p.IntN(3))+key+equals+value+end+"\n")
}

// str writes a text in one of the forms of strings.
func (p *typist) str(s string) string {
	switch p.IntN(4) {
	case 0:
		return "'" + s + "'"
	case 1:
		return `"""` + s + `"""`
	case 2:
		return "'''\n" + s + "'''"
	default:
		return `"` + s + `"`
	}
}

// pair is a key of a section and its value as it is written.
type typed struct{ key, value string }

// section writes a table in one of its forms. Those with headers are put off until all else is written.
func (p *typist) section(name string, pairs []typed, later *[]func()) {
	switch p.IntN(3) {
	case 0: // a table with a header
		*later = append(*later, func() {
			p.between()
			p.put(name, "["+name+"]\n")
			for _, t := range pairs {
				p.line(name+"."+t.key, t.key, t.value)
			}
		})
	case 1: // dotted keys
		for _, t := range pairs {
			p.line(name+"."+t.key, name+"."+t.key, t.value)
		}
	default: // an inline table
		var list []string
		for _, t := range pairs {
			list = append(list, t.key+" = "+t.value)
		}
		p.line(name, name, "{ "+strings.Join(list, ", ")+" }")
	}
}

// entries writes a section of entries, in its short form or its long one.
func (p *typist) entries(name string, later *[]func()) {
	names := []string{"Accept", "B", `"c d"`, `"~off"`, "'é'"}[:1+p.IntN(5)]
	value := func() string {
		return []string{p.str("some text"), "1", "1.50", "true", "[ 'a', \"b\" ]", p.str("{{x}}")}[p.IntN(6)]
	}
	if name == "expect" || name == "capture" {
		value = func() string { return p.str("status == 200") }
	}
	if p.IntN(4) == 0 {
		var items []string
		for _, n := range names {
			items = append(items, "\n  { name = "+n2s(n)+", value = "+value()+", mine = 1 }, # item")
		}
		p.line(name, name, "["+strings.Join(items, "")+"\n]")
		return
	}
	var pairs []typed
	for _, n := range names {
		pairs = append(pairs, typed{n, value()})
	}
	p.section(name, pairs, later)
}

// n2s makes the string of a key as it is written.
func n2s(key string) string {
	if strings.ContainsAny(key[:1], `"'`) {
		return strings.ReplaceAll(key, "~", "")
	}
	return `"` + key + `"`
}

// request writes a whole file of a request.
func (p *typist) request() written {
	var later []func()
	p.between()
	for _, key := range []func(){
		func() { p.line("url", "url", p.str("http://h/:team")) },
		func() { p.line("method", "method", p.str("POST")) },
		func() { p.line("", "mine", "[1, { a = 0x1F }] # kept") },
		func() { p.line("notes", "notes", p.str("two words")) },
		func() { p.line("tags", "tags", "[ 'a',\n  'b', # two\n]") },
		func() { p.line("record", "record", "false") },
	} {
		if p.IntN(5) > 0 || p.count == 0 || !strings.Contains(p.file.text(), "url") {
			key()
		}
	}
	for _, name := range []string{"vars", "path", "params", "headers", "cookies", "capture", "expect"} {
		if p.IntN(3) > 0 {
			p.entries(name, &later)
		}
	}
	if p.IntN(2) == 0 {
		p.section("auth", []typed{{"type", p.str("basic")}, {"username", p.str("u")}, {"password", p.str("{{p}}")}, {"extra", "1"}}, &later)
	}
	if p.IntN(2) == 0 {
		p.section("options", []typed{
			{"timeout", []string{"'10s'", "{ connect = '1s', total = 3 }"}[p.IntN(2)]},
			{"retry", []string{"3", "{ total = 3, on_status = [500] }"}[p.IntN(2)]},
			{"verify", "false"},
			{"later", "'of a later version'"},
			{"network", "{ family = '4', resolve = { 'a:1' = 'b:2' } }"},
		}[:1+p.IntN(5)], &later)
	}
	if p.IntN(2) == 0 {
		p.section("hooks", []typed{{"before", p.str("pm.test()")}, {"after", "{ file = 'a.js', mine = 1 }"}}, &later)
	}
	if p.IntN(2) == 0 {
		p.section("compare", []typed{{"ignore", "[ '$.a', # one\n 'header:Date' ]"}}, &later)
	}
	p.body(&later)
	p.Shuffle(len(later), func(i, j int) { later[i], later[j] = later[j], later[i] })
	for _, write := range later {
		write()
		if p.IntN(4) == 0 {
			p.between()
			p.put("", fmt.Sprintf("[tool.number%d]\nx = 1 # of another tool\n", p.count))
		}
	}
	p.between()
	return p.file
}

func (p *typist) body(later *[]func()) {
	switch p.IntN(6) {
	case 0:
		p.section("body", []typed{{"json", "'''\n{\"a\": 1}\n'''"}, {"compress", "'gzip'"}}, later)
	case 1:
		p.section("body", []typed{{"text", p.str("hello")}, {"type", "'text/csv'"}}, later)
	case 2:
		p.section("body", []typed{{"form", "{ a = '1', b = ['x', 'y'] }"}}, later)
	case 3:
		*later = append(*later, func() {
			for i := range 2 {
				p.between()
				p.put("body", "[[body.multipart]]\n")
				p.line("body.multipart", "name", "'part"+fmt.Sprint(i)+"'")
				p.line("body.multipart", "value", "1")
				p.line("body.multipart", "mine", "1")
			}
		})
	case 4:
		p.section("body", []typed{{"graphql", "{ query = '{ a }', operation = 'q' }"}}, later)
	}
}

// environment writes a file of an environment.
func (p *typist) environment() written {
	var later []func()
	p.between()
	if p.IntN(2) == 0 {
		p.line("protected", "protected", []string{"true", "false"}[p.IntN(2)])
	}
	p.line("", "mine", "{ a.b = 1 } # kept")
	p.entries("vars", &later)
	for _, write := range later {
		write()
	}
	p.between()
	return p.file
}

// dress gives a file other line ends, a byte order mark, or no last line end.
func (p *typist) dress(w written) written {
	w = slices.Clone(w)
	if p.IntN(2) == 0 {
		for i := range w {
			w[i].text = strings.ReplaceAll(w[i].text, "\n", "\r\n")
		}
	}
	if p.IntN(4) == 0 {
		w = append(written{{"", "\ufeff"}}, w...)
	}
	return w
}

// edit is a change of one key of a model.
type edit struct {
	what, target string
	apply        func(r *Request)
}

// values is some new value for a key.
func (d dice) value() Value {
	return []Value{d.text(), Str("other"), tomldoc.Int(7), tomldoc.Boolean(true), tomldoc.List(Str("a"), Str("it's"))}[d.IntN(5)]
}

// ofEntries are the changes of a section of entries.
func (d dice) ofEntries(target string, list func(r *Request) *[]Entry, r *Request, value func() Value) []edit {
	n := len(*list(r))
	edits := []edit{
		{"add", target, func(r *Request) { l := list(r); *l = append(slices.Clone(*l), Entry{Name: "added", Value: value()}) }},
		{"section", target, func(r *Request) { *list(r) = nil }},
	}
	if n == 0 {
		return edits[:1]
	}
	i := d.IntN(n)
	each := func(change func(e *Entry)) func(r *Request) {
		return func(r *Request) { l := slices.Clone(*list(r)); change(&l[i]); *list(r) = l }
	}
	key := (*list(r))[i].key()
	return append(edits,
		edit{"value", target + "." + key, each(func(e *Entry) { e.Value = value() })},
		edit{"off", target + "." + key, each(func(e *Entry) { e.Off = !e.Off })},
		edit{"rename", target + "." + key, each(func(e *Entry) { e.Name += "-x" })},
		edit{"remove", target + "." + key, func(r *Request) { *list(r) = slices.Delete(slices.Clone(*list(r)), i, i+1) }},
		edit{"section", target, each(func(e *Entry) { e.Note = "a note" })},
		edit{"swap", target, func(r *Request) { l := slices.Clone(*list(r)); l[0], l[n-1] = l[n-1], l[0]; *list(r) = l }},
	)
}

// edits are changes of every key that can be edited.
func (d dice) edits(r *Request) []edit {
	var all []edit
	for _, one := range []struct {
		target string
		at     func(r *Request) *Value
		values []Value
	}{
		{"url", func(r *Request) *Value { return &r.URL }, []Value{Str("http://other/{{x}}"), Str("")}},
		{"method", func(r *Request) *Value { return &r.Method }, []Value{Str("PUT"), {}}},
		{"notes", func(r *Request) *Value { return &r.Notes }, []Value{Str("it's \"one\"\nor two\n"), {}}},
		{"record", func(r *Request) *Value { return &r.Record }, []Value{Str("no-body"), tomldoc.Boolean(true), {}}},
		{"options.timeout", func(r *Request) *Value { return &r.Options.Timeout.Total }, []Value{Str("5s"), {}}},
		{"options.timeout", func(r *Request) *Value { return &r.Options.Timeout.Connect }, []Value{Str("5s"), {}}},
		{"options.retry", func(r *Request) *Value { return &r.Options.Retry.Total }, []Value{tomldoc.Int(9), {}}},
		{"options.retry", func(r *Request) *Value { return &r.Options.Retry.Backoff }, []Value{Str("2s"), {}}},
		{"options.redirects", func(r *Request) *Value { return &r.Options.Redirects }, []Value{tomldoc.Int(2), tomldoc.Boolean(false)}},
		{"options.fail", func(r *Request) *Value { return &r.Options.Fail }, []Value{tomldoc.Boolean(true)}},
		{"options.verify", func(r *Request) *Value { return &r.Options.Verify }, []Value{Str("ca.pem"), {}}},
		{"options.cert", func(r *Request) *Value { return &r.Options.Cert.File }, []Value{Str("me.pem")}},
		{"options.tls", func(r *Request) *Value { return &r.Options.TLS.Min }, []Value{Str("1.2")}},
		{"options.proxy", func(r *Request) *Value { return &r.Options.Proxy }, []Value{Str("")}},
		{"options.http", func(r *Request) *Value { return &r.Options.HTTP }, []Value{Str("2")}},
		{"options.path", func(r *Request) *Value { return &r.Options.Path }, []Value{Str("as-is")}},
		{"options.session", func(r *Request) *Value { return &r.Options.Session }, []Value{Str("admin")}},
		{"options.network", func(r *Request) *Value { return &r.Options.Network.Unix }, []Value{Str("/s")}},
		{"options.network", func(r *Request) *Value { return &r.Options.Network.Family }, []Value{Str("6"), {}}},
		{"options.decode", func(r *Request) *Value { return &r.Options.Decode.MaxSize }, []Value{tomldoc.Int(10)}},
		{"hooks.before", func(r *Request) *Value { return &r.Hooks.Before }, []Value{Str("a()\nb()\n"), {}}},
		{"hooks.retry", func(r *Request) *Value { return &r.Hooks.Retry }, []Value{Str("c()")}},
		{"auth.type", func(r *Request) *Value { return &r.Auth.Type }, []Value{Str("bearer")}},
		{"body.type", func(r *Request) *Value { return &r.Body.Type }, []Value{Str("text/x"), {}}},
		{"body.compress", func(r *Request) *Value { return &r.Body.Compress }, []Value{Str("br"), {}}},
		{"when", func(r *Request) *Value { return &r.When }, []Value{Str(`env != "prod"`)}},
	} {
		for _, v := range one.values {
			what := "set"
			if !v.IsSet() {
				what = "remove"
			}
			all = append(all, edit{what, one.target, func(r *Request) { *one.at(r) = v }})
		}
	}
	for _, section := range []struct {
		target string
		list   func(r *Request) *[]Entry
	}{
		{"vars", func(r *Request) *[]Entry { return &r.Vars }},
		{"path", func(r *Request) *[]Entry { return &r.PathParams }},
		{"params", func(r *Request) *[]Entry { return &r.Params }},
		{"headers", func(r *Request) *[]Entry { return &r.Headers }},
		{"cookies", func(r *Request) *[]Entry { return &r.Cookies }},
		{"options.network", func(r *Request) *[]Entry { return &r.Options.Network.Resolve }},
	} {
		all = append(all, d.ofEntries(section.target, section.list, r, d.value)...)
	}
	expression := func() Value { return Str("ok and 'x' in headers") }
	all = append(all, d.ofEntries("capture", func(r *Request) *[]Entry { return &r.Captures }, r, expression)...)
	all = append(all, d.ofEntries("expect", func(r *Request) *[]Entry { return &r.Expect }, r, expression)...)
	all = append(all,
		edit{"set", "tags", func(r *Request) { r.Tags = []Value{Str("b"), Str("c")} }},
		edit{"set", "compare", func(r *Request) { r.Compare.Ignore = append(slices.Clone(r.Compare.Ignore), Str("$.new")) }},
		edit{"section", "auth", func(r *Request) { r.Auth = Auth{} }},
		edit{"section", "body", func(r *Request) { r.Body = Body{Kind: BodyText, Content: Str("another")} }},
		edit{"section", "body", func(r *Request) { r.Body = Body{} }},
	)
	if r.Auth.IsSet() {
		all = append(all, edit{"set", "auth.username", func(r *Request) {
			r.Auth.Fields = slices.Clone(r.Auth.Fields)
			r.Auth.Fields[0].Value = Str("someone else")
		}})
	}
	switch r.Body.Kind {
	case BodyJSON, BodyText:
		all = append(all, edit{"set", "body." + string(r.Body.Kind), func(r *Request) { r.Body.Content = Str("{\"b\": '''2'''}\nx\n") }})
	case BodyForm:
		all = append(all, d.ofEntries("body.form", func(r *Request) *[]Entry { return &r.Body.Form }, r, d.value)...)
	case BodyMultipart:
		all = append(all, edit{"set", "body.multipart", func(r *Request) {
			r.Body.Parts = slices.Clone(r.Body.Parts)
			r.Body.Parts[1].Value = Str("changed")
		}})
	case BodyGraphQL:
		all = append(all, edit{"set", "body.graphql", func(r *Request) { r.Body.GraphQL.Query = Str("{ b }") }})
	}
	return all
}

// touches reports whether an edit of target may change a chunk of owner: its own key, one around it that is written as a
// whole, or one within it.
func touches(target, owner string) bool {
	owner = strings.NewReplacer(`"`, "", "'", "").Replace(owner)
	return owner != "" && (owner == target || strings.HasPrefix(owner, target+".") || strings.HasPrefix(target, owner+"."))
}

// onlyTouches says what is wrong when an edit of target changed bytes of other keys, took a comment away, or wrote at more
// than one place that is not the key's own.
func onlyTouches(target string, before written, after string) error {
	runs := []string{""} // what others have, with a key of one's own between two of them
	var ends [][]int     // of the chunks in a run
	ends = append(ends, []int{0})
	for _, c := range before {
		last := len(runs) - 1
		if touches(target, c.owner) {
			runs, ends = append(runs, ""), append(ends, []int{0})
			continue
		}
		runs[last] += c.text
		ends[last] = append(ends[last], len(runs[last]))
	}
	if matches(runs, after) {
		return nil
	}
	for i, run := range runs {
		for _, at := range ends[i] {
			if matches(slices.Concat(runs[:i], []string{run[:at], run[at:]}, runs[i+1:]), after) {
				return nil
			}
		}
	}
	return fmt.Errorf("an edit of %s changed what belongs to others", target)
}

// matches reports whether a text is the runs in their order with anything between them.
func matches(runs []string, text string) bool {
	text, ok := strings.CutPrefix(text, runs[0])
	if !ok || len(runs) == 1 {
		return ok && text == ""
	}
	last := runs[len(runs)-1]
	for _, run := range runs[1 : len(runs)-1] {
		at := strings.Index(text, run)
		if at < 0 {
			return false
		}
		text = text[at+len(run):]
	}
	return strings.HasSuffix(text, last)
}

// same compares what two models say, wherever it stands. Line ends of a text follow those of its file.
func same(a, b reflect.Value) bool {
	switch v := a.Interface().(type) {
	case Value:
		w := b.Interface().(Value)
		v.Text, w.Text = lineFeeds(v.Text), lineFeeds(w.Text)
		return v.Equal(w)
	case Pos:
		return true
	}
	switch a.Kind() {
	case reflect.Slice:
		if a.Len() != b.Len() {
			return false
		}
		for i := range a.Len() {
			if !same(a.Index(i), b.Index(i)) {
				return false
			}
		}
		return true
	case reflect.Struct:
		for i := range a.NumField() {
			if a.Type().Field(i).IsExported() && !same(a.Field(i), b.Field(i)) {
				return false
			}
		}
		return true
	default:
		return a.Interface() == b.Interface()
	}
}

// check makes an edit of a request's file, and holds it to what it may do.
func (d dice) check(t *testing.T, file written, e edit) {
	t.Helper()
	text := file.text()
	loaded, err := ParseRequest("f", []byte(text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	edited := loaded.Clone()
	e.apply(edited)
	after, err := Render(loaded, edited)
	if err != nil {
		t.Fatalf("%s: %v in\n%s", e.target, err, text)
	}
	saved, err := ParseRequest("f", after)
	if saved == nil {
		t.Fatalf("%s: %v: made of\n%s\nthis:\n%s", e.target, err, text, after)
	}
	if !same(reflect.ValueOf(*saved), reflect.ValueOf(*edited)) {
		t.Fatalf("%s %s: saved is\n%+v\nmeant was\n%+v\nin\n%s\nmade of\n%s", e.what, e.target, saved, edited, after, text)
	}
	if err := e.spares(file, string(after)); err != nil {
		t.Fatalf("%s: %v: made of\n%s\nthis:\n%s", e.what, err, text, after)
	}
}

// spares holds an edit to what it may touch. With a whole section go the empty lines beside it, and a line that changes its
// place takes the comments right above it along.
func (e edit) spares(before written, after string) error {
	switch err := onlyTouches(e.target, before, after); {
	case err == nil:
	case e.what == "section":
		return onlyTouches(e.target, withoutBlanks(before), blanks.ReplaceAllString(after, "$1"))
	case e.what == "swap":
		if !slices.Equal(sortedLines(before.text()), sortedLines(after)) {
			return fmt.Errorf("an edit of %s did not keep all lines", e.target)
		}
	default:
		return err
	}
	if e.what == "remove" || e.what == "section" {
		return nil
	}
	for _, comment := range comments.FindAllString(before.text(), -1) {
		if strings.Count(after, comment) < strings.Count(before.text(), comment) {
			return fmt.Errorf("an edit of %s lost %q", e.target, comment)
		}
	}
	return nil
}

var (
	blanks   = regexp.MustCompile(`(^\x{feff}?|\n)(?:[ \t]*\r?\n)+`)
	comments = regexp.MustCompile(`# (why|comment|aside|item|one|two|kept|of another tool)( \d+\b)?`)
)

func withoutBlanks(w written) written {
	var kept written
	for _, c := range w {
		if c.text = blanks.ReplaceAllString(c.text, "$1"); c.text != "" { // a mark at the start may stand before an empty line
			kept = append(kept, c)
		}
	}
	return kept
}

func sortedLines(text string) []string {
	return slices.Sorted(strings.SplitSeq(text, "\n"))
}

// TestAnEditTouchesItsKeyAlone edits every key of generated files: what is read back is what was meant, and every byte of
// other keys, of comments and of blank lines stays.
func TestAnEditTouchesItsKeyAlone(t *testing.T) {
	for seed := range uint64(50) {
		p := &typist{dice: dice{rand.New(rand.NewPCG(seed, 7))}}
		file := p.dress(p.request())
		r, err := ParseRequest("f", []byte(file.text()))
		if err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, file.text())
		}
		edits := p.edits(r)
		for range 20 {
			p.check(t, file, edits[p.IntN(len(edits))])
		}
	}
}

// TestEveryValidFileSurvivesAnEdit has each valid file of toml-test as keys that Parley does not know, below a url: it
// loads, and edits of a few keys leave every byte of it where it was.
func TestEveryValidFileSurvivesAnEdit(t *testing.T) {
	dir := filepath.Join(corpora.Dir(t, "toml"), "tests")
	names, err := os.ReadFile(filepath.Join(dir, "files-toml-1.1.0"))
	if err != nil {
		t.Fatal(err)
	}
	d := dice{rand.New(rand.NewPCG(1, 2))}
	loaded, refused := 0, 0
	for _, name := range strings.Fields(string(names)) {
		if !strings.HasPrefix(name, "valid/") || !strings.HasSuffix(name, ".toml") {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		for _, eol := range []string{"\n", "\r\n"} {
			rest := strings.TrimPrefix(string(data), "\ufeff")
			if eol == "\r\n" && strings.Contains(rest, "\r") {
				continue
			}
			file := written{{"url", "url = 'http://h' # here"}, {"", strings.ReplaceAll("\n"+rest, "\n", eol)}}
			if strings.HasPrefix(string(data), "\ufeff") || d.IntN(4) == 0 {
				file = append(written{{"", "\ufeff"}}, file...)
			}
			switch r, err := ParseRequest("f", []byte(file.text())); {
			case r == nil:
				t.Errorf("%s: %v", name, err)
				continue
			case err != nil: // a key of the corpus that Parley knows, and means something else by
				refused++
				continue
			}
			loaded++
			for _, e := range []edit{
				{"set", "url", func(r *Request) { r.URL = Str("http://other/{{x}}") }},
				{"add", "method", func(r *Request) { r.Method = Str("PUT") }},
				{"add", "notes", func(r *Request) { r.Notes = Str("two\nlines") }},
				{"add", "headers", func(r *Request) {
					r.Headers = []Entry{{Name: "A", Value: Str("it's")}, {Name: "b c", Value: Str(""), Off: true}}
				}},
				{"add", "options", func(r *Request) { r.Options.Retry.Total = tomldoc.Int(3) }},
				{"add", "body", func(r *Request) { r.Body = Body{Kind: BodyMultipart, Parts: []Part{{Name: Str("a"), Value: Str("b")}}} }},
				{"add", "auth", func(r *Request) { r.Auth = Auth{Type: Str("none")} }},
			} {
				d.check(t, splitLines(file), e)
			}
		}
	}
	if loaded < 300 || refused > loaded/20 {
		t.Errorf("%d files were loaded, %d refused", loaded, refused)
	}
}

// splitLines makes a chunk of each line, between any two of which a new key may be written.
func splitLines(w written) written {
	var lines written
	for _, c := range w {
		for line := range strings.SplitAfterSeq(c.text, "\n") {
			lines = append(lines, chunk{c.owner, line})
		}
	}
	return lines
}

// TestAnEditOfAnEnvironmentTouchesItsKeyAlone is the same for files of environments, which are edited by their own road.
func TestAnEditOfAnEnvironmentTouchesItsKeyAlone(t *testing.T) {
	for seed := range uint64(30) {
		p := &typist{dice: dice{rand.New(rand.NewPCG(seed, 9))}}
		file := p.dress(p.environment())
		dir := t.TempDir()
		name := filepath.Join(dir, EnvironmentDir, "dev.toml")
		if err := os.Mkdir(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		read := func() (*Collection, *Environment) {
			c, err := Open(disk.OS(), dir)
			if err != nil {
				t.Fatal(err)
			}
			return c, c.Environments[0]
		}
		for i := range 5 {
			if err := os.WriteFile(name, []byte(file.text()), 0o600); err != nil {
				t.Fatal(err)
			}
			c, before := read()
			if before.Err != nil {
				t.Fatalf("%v\n%s", before.Err, file.text())
			}
			e, want := edit{what: "set", target: "protected"}, slices.Clone(before.Vars)
			protected := before.Protected
			var err error
			one := want[p.IntN(len(want))]
			switch i {
			case 0:
				protected = !protected
				err = c.Protect("dev", protected)
			case 1:
				e = edit{what: "add", target: "vars"}
				want = append(want, Entry{Name: "added", Value: p.value()})
				err = c.PutVariable("dev", false, want[len(want)-1])
			case 2, 3:
				e = edit{what: "value", target: "vars." + one.key()}
				one.Value = p.value()
				want[slices.IndexFunc(want, func(w Entry) bool { return w.Name == one.Name })] = one
				err = c.PutVariable("dev", false, one)
			default:
				e = edit{what: "remove", target: "vars." + one.key()}
				want = slices.DeleteFunc(want, func(w Entry) bool { return w.Name == one.Name })
				err = c.DropVariable("dev", false, one.Name)
			}
			if err != nil {
				t.Fatalf("%s: %v\n%s", e.what, err, file.text())
			}
			after, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if _, now := read(); now.Err != nil || now.Protected != protected || !same(reflect.ValueOf(now.Vars), reflect.ValueOf(want)) {
				t.Fatalf("%s of %s: %v, %v are\n%v, want\n%v in\n%s\nmade of\n%s", e.what, e.target, now.Err, now.Protected, now.Vars, want, after, file.text())
			}
			if err := e.spares(file, string(after)); err != nil {
				t.Fatalf("%s: %v: made of\n%s\nthis:\n%s", e.what, err, file.text(), after)
			}
		}
	}
}
