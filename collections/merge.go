package collections

import (
	"errors"
	"slices"
	"strings"

	"parley/collections/tomldoc"
)

// Merge is what becomes of a file that was changed in two places since both had it: here, and on disk by somebody else.
type Merge struct {
	// Text is what is on disk, with what was changed here laid over it. No other byte of it is touched.
	Text []byte
	// Theirs are the keys that were changed on disk alone, such as "headers.Accept".
	Theirs []string
	// Clashes are the keys that were changed on both sides, to different values. Text has theirs.
	Clashes []Clash
}

// Clash is a key that two have changed. A Value that is not set means that the key was not there, or was removed.
type Clash struct {
	Key                string
	Base, Mine, Theirs Value
}

// Merge3 merges two versions of a file that come from base. Tables are merged key by key, lists of tables by their names,
// and entries that were only switched on or off (~) are still the same. Other lists are one value. Of a key that both
// changed, theirs stands, unless prefer names it. Versions that differ in very much of a large file are not merged, which is
// an error.
func Merge3(file string, base, mine, theirs []byte, prefer ...string) (*Merge, error) {
	var docs [3]*tomldoc.Doc
	for i, text := range [][]byte{base, mine, theirs} {
		doc, err := tomldoc.Parse(file, text)
		if err != nil {
			return nil, err
		}
		docs[i] = doc
	}
	m := &merger{doc: docs[2], prefer: prefer, merge: &Merge{}}
	m.table(place3{}, docs[0].Root(), docs[1].Root(), docs[2].Root())
	m.merge.Text = m.doc.Bytes()
	return m.merge, m.err
}

// mergeWork bounds how many bytes are read in a merge, which reads the whole file after each change. Sixteen looks for a
// name among others count as one.
const mergeWork = 32 << 20

var errLargeMerge = errors.New("too much was changed here for the versions to be merged: keep one of them")

// merger lays the changes of one version over another. After an error it does nothing more.
type merger struct {
	doc    *tomldoc.Doc // theirs, with what was laid over it so far
	prefer []string
	merge  *Merge
	work   int // bytes that were read so far
	err    error
}

// place3 is where something is: its path in the document as it is now, and what it is called in messages.
type place3 struct {
	path []string
	name []string
}

func (p place3) under(key, name string) place3 {
	return place3{append(slices.Clone(p.path), key), append(slices.Clone(p.name), name)}
}

func (p place3) String() string { return strings.Join(p.name, ".") }

func (m *merger) do(edit func() (*tomldoc.Doc, error)) {
	if m.err != nil {
		return
	}
	if !m.spend(len(m.doc.Bytes())) {
		return
	}
	if next, err := edit(); err != nil {
		m.err = err
	} else {
		m.doc = next
	}
}

// spend notes work, and reports whether there may be that much.
func (m *merger) spend(work int) bool {
	if m.work += work; m.work > mergeWork && m.err == nil {
		m.err = errLargeMerge
	}
	return m.err == nil
}

// clash notes that both changed something; take lays mine over it if that is what was chosen.
func (m *merger) clash(key string, base, mine, theirs Value, take func()) {
	if slices.Contains(m.prefer, key) {
		take()
		return
	}
	m.merge.Clashes = append(m.merge.Clashes, Clash{key, base, mine, theirs})
}

// theirs notes what was changed on disk alone.
func (m *merger) theirs(at place3, before, after Value) {
	if before.Kind != tomldoc.Table || after.Kind != tomldoc.Table {
		m.merge.Theirs = append(m.merge.Theirs, at.String())
		return
	}
	was, is := members(before), members(after)
	for _, name := range union(is, was) {
		if b, a := was.get(name), is.get(name); !a.same(b) {
			m.theirs(at.under(name, name), b.value, a.value)
		}
	}
	if len(was) == len(is) && !slices.Equal(was.names(), is.names()) {
		m.merge.Theirs = append(m.merge.Theirs, orderOf(at))
	}
}

func orderOf(at place3) string { return "the order of " + at.String() }

// value merges a value that all may have changed. That there is none, where mine or theirs has none, is a value, too.
func (m *merger) value(at place3, base, mine, theirs Value) {
	switch {
	case mine.Equal(base):
		if !theirs.Equal(base) {
			m.theirs(at, base, theirs)
		}
	case mine.Equal(theirs):
	case mine.Kind == tomldoc.Table && theirs.Kind == tomldoc.Table && (base.Kind == tomldoc.Table || !base.IsSet()):
		m.table(at, base, mine, theirs)
	case isNamed(base) && isNamed(mine) && isNamed(theirs):
		m.list(at, base, mine, theirs)
	default:
		set := func() { m.do(func() (*tomldoc.Doc, error) { return m.doc.Set(mine, at.path...) }) }
		if theirs.Equal(base) {
			set()
			return
		}
		m.clash(at.String(), base, mine, theirs, set)
	}
}
