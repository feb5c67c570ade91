package collections

import (
	"slices"
	"strings"

	"parley/collections/tomldoc"
)

// member is a key of a table or an item of a named list. The zero member is none.
type member struct {
	name  string // without what switches it off
	key   string // of a table
	value Value
}

func (a member) same(b member) bool { return a.key == b.key && a.value.Equal(b.value) }

func (a member) there() bool { return a.value.IsSet() }

type memberList []member

func (l memberList) get(name string) member {
	for _, m := range l {
		if m.name == name {
			return m
		}
	}
	return member{}
}

func (l memberList) index(name string) int {
	return slices.IndexFunc(l, func(m member) bool { return m.name == name })
}

func (l memberList) names() []string {
	names := make([]string, len(l))
	for i, m := range l {
		names[i] = m.name
	}
	return names
}

// members lists the keys of a table. "~X" is X, switched off, unless both are there.
func members(table Value) memberList {
	var list memberList
	for _, p := range table.Pairs {
		name := strings.TrimPrefix(p.Key, "~")
		if name != p.Key && table.Get(name).IsSet() {
			name = p.Key
		}
		list = append(list, member{name, p.Key, p.Value})
	}
	return list
}

// isNamed reports whether a list is of tables that are told apart by their names.
func isNamed(v Value) bool {
	if v.Kind != tomldoc.Array || len(v.Items) == 0 {
		return false
	}
	seen := map[string]bool{}
	for _, item := range v.Items {
		name := item.Get("name")
		if name.Kind != tomldoc.String || seen[name.Text] {
			return false
		}
		seen[name.Text] = true
	}
	return true
}

func items(list Value) memberList {
	var found memberList
	for _, item := range list.Items {
		found = append(found, member{name: item.Get("name").Text, value: item})
	}
	return found
}

// union lists the names of several lists, each once.
func union(lists ...memberList) []string {
	var all []string
	seen := map[string]bool{}
	for _, l := range lists {
		for _, m := range l {
			if !seen[m.name] {
				seen[m.name] = true
				all = append(all, m.name)
			}
		}
	}
	return all
}
