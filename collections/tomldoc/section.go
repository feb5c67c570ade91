package tomldoc

import (
	"slices"
	"strings"
)

// Blocks makes an array of tables that is written as [[name]] sections where it is new and can be.
func Blocks(items ...Value) Value { return Value{Kind: Array, Items: items, blocks: true} }

// Headed makes a table that is written under a header of its own where it is new and stands in a table, as [a.b].
func Headed(table Value) Value {
	table.blocks = true
	return table
}

// isHeaded reports whether a value is written under a header of its own.
func isHeaded(v Value) bool { return v.Kind == Table && v.blocks && len(v.Pairs) > 0 }

// section writes a table below its own header, without an empty line around it. Every line ends with a newline.
func (d *Doc) section(path []string, v Value, element bool) string {
	keys := make([]string, len(path))
	for i, k := range path {
		keys[i] = encodeKey(k)
	}
	open, end := "[", "]"
	if element {
		open, end = "[[", "]]"
	}
	text := open + strings.Join(keys, ".") + end + d.eol()
	if !element && len(v.Pairs) > 0 && !slices.ContainsFunc(v.Pairs, func(p Pair) bool { return !isHeaded(p.Value) }) {
		text = "" // the headers below say it
	}
	var later []string
	for _, p := range v.Pairs {
		if isHeaded(p.Value) {
			later = append(later, d.gapAfter(text, later)+d.section(append(slices.Clone(path), p.Key), p.Value, false))
			continue
		}
		if p.Value.blocks && len(p.Value.Items) > 0 {
			for _, item := range p.Value.Items {
				later = append(later, d.eol()+d.section(append(slices.Clone(path), p.Key), item, true))
			}
			continue
		}
		text += encodeKey(p.Key) + " = " + d.enc().value(p.Value, "", "") + d.eol()
	}
	return text + strings.Join(later, "")
}

// gapAfter is what parts a section from those before it in a text.
func (d *Doc) gapAfter(text string, later []string) string {
	if text == "" && len(later) == 0 {
		return ""
	}
	return d.eol()
}

// sectionsOf writes what an insertion of v at a path adds: one [path], or a [[path]] for each item.
func (d *Doc) sectionsOf(path []string, v Value) string {
	if v.Kind == Table {
		return d.section(path, v, false)
	}
	parts := make([]string, len(v.Items))
	for i, item := range v.Items {
		parts[i] = d.section(path, item, true)
	}
	return strings.Join(parts, d.eol())
}

// insertSection adds [key] below the sections of the keys before it, at the end of the file if there are none.
func (d *Doc) insertSection(n *node, index int, path []string, v Value) (*Doc, error) {
	var last *section
	for _, p := range n.pairs[:index] {
		for _, part := range p.parts(nil) {
			if part.head != nil && (last == nil || part.head.start > last.start) {
				last = part.head
			}
		}
	}
	if last == nil && n.home != nil {
		last = n.home
	}
	if last == d.sections[0] && len(d.sections) > 1 {
		// The root's own lines come first; the new section stands before the first header.
		return d.insertBefore(d.sections[1], d.sectionsOf(path, v)+d.eol())
	}
	return d.insertBelow(last, d.sectionsOf(path, v))
}

// insertBefore puts text above a header and the comment that belongs to it.
func (d *Doc) insertBefore(s *section, text string) (*Doc, error) {
	at := d.attached(s.start)
	return d.apply(splice{at, at, text})
}

// insertBelow puts text below the last line of a section, and comments right below that, with an empty line between.
func (d *Doc) insertBelow(s *section, text string) (*Doc, error) {
	at := d.lastLine(s)
	i := slices.Index(d.sections, s)
	end := len(d.src)
	if i+1 < len(d.sections) {
		end = d.attached(d.sections[i+1].start)
	}
	for at < end && strings.HasPrefix(d.line(at), "#") {
		at = d.lineEnd(at)
	}
	if i+1 == len(d.sections) { // comments at the end of the file stay where they are: above what is new
		at = d.beforeBlanks(len(d.src))
	}
	if at > d.body && d.src[at-1] != '\n' {
		text = d.eol() + text
	}
	if at > d.body {
		text = d.eol() + text
	}
	return d.apply(splice{at, at, text})
}
