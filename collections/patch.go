package collections

import (
	"slices"
	"strings"

	"parley/collections/tomldoc"
)

// patch turns the difference between two models into edits of a document. After an error it does nothing more.
type patch struct {
	doc *tomldoc.Doc
	err error
}

func (p *patch) do(edit func() (*tomldoc.Doc, error)) {
	if p.err != nil {
		return
	}
	next, err := edit()
	if err != nil {
		p.err = err
		return
	}
	p.doc = next
}

// set makes a key mean v, or removes it when v is not set. known is the order in which keys are written; a new one
// goes below the last that comes before it.
func (p *patch) set(v Value, known []string, path ...string) {
	p.do(func() (*tomldoc.Doc, error) {
		last := len(path) - 1
		table := p.doc.Get(path[:last]...)
		switch {
		case !v.IsSet():
			return p.doc.Delete(path...)
		case table.Kind == tomldoc.Table && !table.Get(path[last]).IsSet():
			return p.doc.Insert(place(table, path[last], known), path[last], v, path[:last]...)
		default:
			return p.doc.Set(v, path...)
		}
	})
}

// place finds the index for a new key; the end when its order is not known.
func place(table Value, key string, known []string) int {
	rank := slices.Index(known, key)
	if rank < 0 {
		return len(table.Pairs)
	}
	index := 0
	for i, pair := range table.Pairs {
		if r := slices.Index(known, pair.Key); r >= 0 && r < rank {
			index = i + 1
		}
	}
	return index
}

// change sets a key if the model changed it.
func (p *patch) change(before, after Value, known []string, path ...string) {
	if before.Equal(after) {
		return
	}
	p.set(after, known, path...)
}

// changeText is change for texts of several lines. Editors hand back line feeds; in a file with CRLF they become what
// the file has, and a text that differs in its line ends alone has not changed.
func (p *patch) changeText(before, after Value, known []string, path ...string) {
	before.Text, after.Text = lineFeeds(before.Text), lineFeeds(after.Text)
	if p.err == nil && p.doc.CRLF() && !before.Equal(after) {
		after.Text = strings.ReplaceAll(after.Text, "\n", "\r\n")
	}
	if lineFeeds(after.Text) == before.Text && after.Kind == before.Kind {
		return
	}
	p.set(after, known, path...)
}

func lineFeeds(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

// entries makes a section list the entries, in its short form where that can say them.
func (p *patch) entries(before, after []Entry, known []string, path ...string) {
	if p.err != nil || slices.EqualFunc(before, after, sameEntry) {
		return
	}
	there := p.doc.Get(path...)
	switch {
	case there.Kind == tomldoc.Array:
		p.do(func() (*tomldoc.Doc, error) { return p.doc.Set(longForm(after), path...) })
	case there.Kind == tomldoc.Table && isShort(after):
		p.renames(before, after, path)
		p.shortEntries(after, path)
	case there.Kind == tomldoc.Table:
		p.do(func() (*tomldoc.Doc, error) { return p.doc.Delete(path...) })
		p.set(longForm(after), known, path...)
	case isShort(after):
		p.set(shortForm(after), known, path...)
	default:
		p.set(longForm(after), known, path...)
	}
}

func sameEntry(a, b Entry) bool {
	return a.Name == b.Name && a.Off == b.Off && a.Note == b.Note && a.Value.Equal(b.Value)
}

// isShort reports whether the short form can say the entries: names are unique, none has a note or starts with ~.
func isShort(list []Entry) bool {
	seen := map[string]bool{}
	for _, e := range list {
		if e.Note != "" || strings.HasPrefix(e.Name, "~") || seen[e.key()] {
			return false
		}
		seen[e.key()] = true
	}
	return true
}

func shortForm(list []Entry) Value {
	v := tomldoc.TableOf()
	for _, e := range list {
		v.Pairs = append(v.Pairs, tomldoc.Pair{Key: e.key(), Value: e.Value})
	}
	return v
}

func longForm(list []Entry) Value {
	v := tomldoc.List()
	for _, e := range list {
		item := e.item
		put(&item, "name", Str(e.Name), true)
		put(&item, "value", e.Value, true)
		put(&item, "off", tomldoc.Boolean(e.Off), e.Off)
		put(&item, "note", Str(e.Note), e.Note != "")
		v.Items = append(v.Items, item)
	}
	return v
}

// put sets a key of a table that is to be written; what need not be said is only changed where it is said already.
func put(table *Value, key string, v Value, say bool) {
	table.Kind = tomldoc.Table
	table.Pairs = slices.Clone(table.Pairs)
	for i := range table.Pairs {
		if table.Pairs[i].Key == key {
			table.Pairs[i].Value = v
			return
		}
	}
	if say {
		table.Pairs = append(table.Pairs, tomldoc.Pair{Key: key, Value: v})
	}
}

// renames finds lines whose name changed, or that were switched on or off, and keeps them where they are.
func (p *patch) renames(before, after []Entry, path []string) {
	gone := slices.DeleteFunc(slices.Clone(before), func(e Entry) bool { return hasKey(after, e.key()) })
	for _, e := range after {
		if hasKey(before, e.key()) {
			continue
		}
		i := slices.IndexFunc(gone, func(g Entry) bool { return g.Name == e.Name })
		if i < 0 {
			i = slices.IndexFunc(gone, func(g Entry) bool { return g.Value.Equal(e.Value) })
		}
		if i < 0 {
			continue
		}
		from := gone[i].key()
		gone = slices.Delete(gone, i, i+1)
		p.do(func() (*tomldoc.Doc, error) {
			return p.doc.Rename(e.key(), append(slices.Clone(path), from)...)
		})
	}
}

func hasKey(list []Entry, key string) bool {
	return slices.ContainsFunc(list, func(e Entry) bool { return e.key() == key })
}

// shortEntries sets, adds and removes lines, and puts them into order.
func (p *patch) shortEntries(after []Entry, path []string) {
	want := shortForm(after)
	p.do(func() (*tomldoc.Doc, error) { return p.doc.Set(want, path...) })
	if p.err != nil {
		return
	}
	there := p.doc.Get(path...)
	if len(there.Pairs) != len(want.Pairs) {
		return // an empty section that is gone
	}
	order := make([]int, len(want.Pairs))
	for i, pair := range want.Pairs {
		order[i] = slices.IndexFunc(there.Pairs, func(t tomldoc.Pair) bool { return t.Key == pair.Key })
	}
	if !slices.IsSorted(order) {
		p.do(func() (*tomldoc.Doc, error) { return p.doc.Reorder(order, path...) })
	}
}
