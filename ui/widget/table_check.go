package widget

import "parley/themes"

// Complaint is what is wrong with an entry.
type Complaint struct {
	Line   int
	Column Column
	Role   themes.Role // themes.Error, or themes.Warning of what can be meant
	Text   string
}

// checked is what is wrong with the entries of a version.
type checked struct {
	done    bool
	version int
	at      map[int]Complaint // the first of each line
	first   int               // the first line of them
}

// check looks at the entries, once for each version of them.
func (t *Table) check() checked {
	if t.options.Check == nil || t.checked.done && t.checked.version == t.Version() {
		return t.checked
	}
	t.checked = checked{done: true, version: t.Version(), at: map[int]Complaint{}, first: -1}
	for _, c := range t.options.Check(t.Entries()) {
		if _, ok := t.checked.at[c.Line]; ok {
			continue
		}
		t.checked.at[c.Line] = c
		if t.checked.first < 0 || c.Line < t.checked.first {
			t.checked.first = c.Line
		}
	}
	return t.checked
}

// Recheck looks at the entries anew: what they are measured by has changed.
func (t *Table) Recheck() {
	t.checked.done = false
	t.view = ""
}

// Complaint returns what is wrong with the entry under the cursor, else with the first with which anything is.
func (t *Table) Complaint() (Complaint, bool) {
	found := t.check()
	if c, ok := found.at[t.scroll.cursor]; ok {
		return c, true
	}
	c, ok := found.at[found.first]
	return c, ok
}
