package collections

import (
	"fmt"
	"slices"
	"strings"

	"parley/collections/tomldoc"
)

// decoder turns TOML values into the model. It never fails: what does not fit becomes a finding, and the rest of the
// file is read all the same.
type decoder struct{ findings []Finding }

func (d *decoder) fault(pos Pos, advice, format string, args ...any) {
	d.findings = append(d.findings, Finding{Severity: Fault, Pos: pos, Message: fmt.Sprintf(format, args...), Advice: advice})
}

func (d *decoder) note(pos Pos, advice, format string, args ...any) {
	d.findings = append(d.findings, Finding{Severity: Note, Pos: pos, Message: fmt.Sprintf(format, args...), Advice: advice})
}

const keptAdvice = "it is kept, and not used"

// unknown notes a key that the format does not have. It stays in the file.
func (d *decoder) unknown(p tomldoc.Pair, where string, known []string) {
	advice := keptAdvice
	if near := Nearest(p.Key, known); near != "" {
		advice += fmt.Sprintf("; did you mean %q?", near)
	}
	d.note(p.KeyPos, advice, "unknown key %q in %s", p.Key, where)
	d.findings[len(d.findings)-1].Known = known
}

// field is where a key's value goes and what it may be.
type field struct {
	into  *Value
	kinds []tomldoc.Kind
}

var (
	aString    = []tomldoc.Kind{tomldoc.String}
	aBoolean   = []tomldoc.Kind{tomldoc.Bool}
	aFlagOrStr = []tomldoc.Kind{tomldoc.Bool, tomldoc.String}
	aDuration  = []tomldoc.Kind{tomldoc.String, tomldoc.Integer, tomldoc.Float, tomldoc.Bool}
	aCount     = []tomldoc.Kind{tomldoc.Integer, tomldoc.Bool}
	aList      = []tomldoc.Kind{tomldoc.Array}
	aNumber    = []tomldoc.Kind{tomldoc.Integer, tomldoc.Float}
)

// set stores a value that has one of the kinds, or is a string with {{ }} in it, which may become anything.
func (d *decoder) set(key string, v Value, f field) {
	templated := v.Kind == tomldoc.String && strings.Contains(v.Text, "{{")
	if !templated && !slices.Contains(f.kinds, v.Kind) {
		d.fault(v.Pos, "write "+kindList(f.kinds), "%s must be %s, not %s", key, kindList(f.kinds), v.Kind)
		return
	}
	*f.into = v
}

// fields reads a table whose keys are all known; where names it in messages.
func (d *decoder) fields(where string, v Value, known map[string]field) {
	if v.Kind != tomldoc.Table {
		d.fault(v.Pos, "write a table: { key = value }", "%s must be a table, not %s", where, v.Kind)
		return
	}
	for _, p := range v.Pairs {
		f, ok := known[p.Key]
		if !ok {
			d.unknown(p, where, names(known))
			continue
		}
		d.set(where+"."+p.Key, p.Value, f)
	}
}

func names[T any](known map[string]T) []string {
	list := make([]string, 0, len(known))
	for k := range known {
		list = append(list, k)
	}
	slices.Sort(list)
	return list
}

func kindList(kinds []tomldoc.Kind) string {
	words := make([]string, len(kinds))
	for i, k := range kinds {
		words[i] = k.String()
	}
	return strings.Join(words, " or ")
}

// entries reads a section in its short form, a table, or its long form, a list of tables. With any, values may be
// tables and lists of anything.
func (d *decoder) entries(where string, v Value, any bool) []Entry {
	var list []Entry
	switch v.Kind {
	case tomldoc.Table:
		for _, p := range v.Pairs {
			e := Entry{Name: p.Key, Value: p.Value, Pos: p.KeyPos}
			if name, off := strings.CutPrefix(p.Key, "~"); off {
				e.Name, e.Off = name, true
			}
			list = d.entry(list, where, e, any)
		}
	case tomldoc.Array:
		for _, item := range v.Items {
			if e, ok := d.longEntry(where, item); ok {
				list = d.entry(list, where, e, any)
			}
		}
	default:
		d.fault(v.Pos, `write a table, or a list of { name = "…", value = "…" }`,
			"%s must be a table, not %s", where, v.Kind)
	}
	return list
}

func (d *decoder) entry(list []Entry, where string, e Entry, any bool) []Entry {
	if !any && !sendable(e.Value) {
		d.fault(e.Value.Pos, "write a text, a number, true or false, or a list of them",
			"%q in %s cannot be %s", e.Name, where, e.Value.Kind)
		return list
	}
	return append(list, e)
}

func sendable(v Value) bool {
	if v.Kind == tomldoc.Array {
		return !slices.ContainsFunc(v.Items, func(item Value) bool { return !item.IsScalar() })
	}
	return v.IsScalar()
}

func (d *decoder) longEntry(where string, v Value) (Entry, bool) {
	e := Entry{Pos: v.Pos, item: v}
	if v.Kind != tomldoc.Table {
		d.fault(v.Pos, `write { name = "…", value = "…" }`, "an entry of %s must be a table, not %s", where, v.Kind)
		return e, false
	}
	var name, off, note Value
	known := map[string]field{"name": {&name, aString}, "off": {&off, aBoolean}, "note": {&note, aString}}
	for _, p := range v.Pairs {
		switch f, ok := known[p.Key]; {
		case p.Key == "value":
			e.Value = p.Value
		case ok:
			d.set(where+"."+p.Key, p.Value, f)
		default:
			d.unknown(p, where, []string{"name", "value", "off", "note"})
		}
	}
	if !name.IsSet() || !e.Value.IsSet() {
		d.fault(v.Pos, `write { name = "…", value = "…" }`, "an entry of %s needs a name and a value", where)
		return e, false
	}
	e.Name, e.Off, e.Note = name.Text, off.IsTrue(), note.Text
	return e, true
}

// texts reads a list of strings.
func (d *decoder) texts(where string, v Value) []Value {
	if v.Kind != tomldoc.Array {
		d.fault(v.Pos, `write a list: ["a", "b"]`, "%s must be a list, not %s", where, v.Kind)
		return nil
	}
	for _, item := range v.Items {
		if item.Kind != tomldoc.String {
			d.fault(item.Pos, "put it in quotes", "%s must be a list of strings, not of %s", where, item.Kind)
			return nil
		}
	}
	return v.Items
}
