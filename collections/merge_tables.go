package collections

import (
	"slices"
	"strconv"

	"parley/collections/tomldoc"
)

// table merges tables key by key.
func (m *merger) table(at place3, base, mine, theirs Value) {
	if all := len(base.Pairs) + len(mine.Pairs) + len(theirs.Pairs); !m.spend(all * all / 16) {
		return
	}
	b, i, t := members(base), members(mine), members(theirs)
	for _, name := range union(i, b, t) {
		m.key(at, name, i, b.get(name), i.get(name), t.get(name))
	}
	if len(at.path) > 0 { // in which order the sections of a file are means nothing
		m.order(at, b, i, t, func() memberList { return members(m.doc.Get(at.path...)) })
	}
}

// key merges one key of a table; all are those of mine.
func (m *merger) key(at place3, name string, all memberList, base, mine, theirs member) {
	here := at.under(theirs.key, name)
	switch {
	case mine.same(base):
		if !theirs.same(base) {
			m.theirs(here, base.value, theirs.value)
		}
	case mine.same(theirs):
	case mine.there() && theirs.there() && (mine.key == theirs.key || base.there()):
		// Switched on or off on one side, another value on the other: both.
		switch {
		case mine.key == theirs.key:
		case mine.key == base.key:
			m.merge.Theirs = append(m.merge.Theirs, here.String())
		default:
			m.do(func() (*tomldoc.Doc, error) { return m.doc.Rename(mine.key, here.path...) })
			here = at.under(mine.key, name)
		}
		m.value(here, base.value, mine.value, theirs.value)
	case theirs.same(base):
		m.lay(at, all, mine, theirs)
	default:
		m.clash(here.String(), base.value, mine.value, theirs.value, func() { m.lay(at, all, mine, theirs) })
	}
}

// lay adds a key that only mine has, removes one that mine has not, and replaces one that is another.
func (m *merger) lay(at place3, all memberList, mine, theirs member) {
	if theirs.there() {
		m.do(func() (*tomldoc.Doc, error) { return m.doc.Delete(append(slices.Clone(at.path), theirs.key)...) })
	}
	if !mine.there() {
		return
	}
	m.do(func() (*tomldoc.Doc, error) {
		return m.doc.Insert(after(members(m.doc.Get(at.path...)), all, mine.name), mine.key, mine.value, at.path...)
	})
}

// after is the index in a list that something comes to, which in another list is behind others.
func after(list, other memberList, name string) int {
	for at := other.index(name) - 1; at >= 0; at-- {
		if i := list.index(other[at].name); i >= 0 {
			return i + 1
		}
	}
	return 0
}

// list merges lists of tables, which their names tell apart.
func (m *merger) list(at place3, base, mine, theirs Value) {
	if all := len(base.Items) + len(mine.Items) + len(theirs.Items); !m.spend(all * all / 16) {
		return
	}
	b, i, t := items(base), items(mine), items(theirs)
	now := func() memberList { return items(m.doc.Get(at.path...)) }
	for _, name := range union(i, b, t) {
		was, my, their := b.get(name), i.get(name), t.get(name)
		here := at.under(strconv.Itoa(now().index(name)), name)
		lay := func() { // what only one of the two has
			m.do(func() (*tomldoc.Doc, error) {
				if my.there() {
					return m.doc.InsertItem(after(now(), i, name), my.value, at.path...)
				}
				return m.doc.RemoveItem(now().index(name), at.path...)
			})
		}
		switch {
		case my.same(was) && their.same(was), my.same(their):
		case my.same(was):
			m.theirs(here, was.value, their.value)
		case my.there() && their.there():
			m.value(here, was.value, my.value, their.value)
		case their.same(was):
			lay()
		default:
			m.clash(here.String(), was.value, my.value, their.value, lay)
		}
	}
	m.order(at, b, i, t, now)
}

// order puts what all have into the order of mine, if it was changed there.
func (m *merger) order(at place3, base, mine, theirs memberList, now func() memberList) {
	if m.err != nil {
		return
	}
	there := now()
	common := func(l memberList) []string {
		return slices.DeleteFunc(l.names(), func(name string) bool {
			return base.index(name) < 0 || mine.index(name) < 0 || theirs.index(name) < 0 || there.index(name) < 0
		})
	}
	was, my, their := common(base), common(mine), common(theirs)
	if slices.Equal(my, was) || slices.Equal(my, their) {
		return
	}
	take := func() {
		next := make([]int, len(there))
		left := my
		for i := range there {
			next[i] = i
			if slices.Contains(my, there[i].name) {
				next[i], left = there.index(left[0]), left[1:]
			}
		}
		m.do(func() (*tomldoc.Doc, error) { return m.doc.Reorder(next, at.path...) })
	}
	if slices.Equal(their, was) {
		take()
		return
	}
	m.clash(orderOf(at), texts(was), texts(my), texts(their), take)
}

func texts(names []string) Value {
	var list []Value
	for _, name := range names {
		list = append(list, Str(name))
	}
	return tomldoc.List(list...)
}
