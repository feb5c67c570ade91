package tomldoc

import (
	"slices"
	"strings"
)

// What stands between brackets or braces is a list of elements with commas: the items of an array, the statements of
// an inline table. Its elements are known by their spans.

func (n *node) inlineSpans() [][2]int {
	var spans [][2]int
	for _, item := range n.items {
		spans = append(spans, [2]int{item.start, item.end})
	}
	var walk func(*node)
	walk = func(at *node) { // dotted keys hide statements in tables of their own
		for _, p := range at.pairs {
			if p.stmt != nil {
				spans = append(spans, [2]int{p.stmt.start, p.stmt.end})
			} else {
				walk(p.node)
			}
		}
	}
	walk(n)
	slices.SortFunc(spans, func(a, b [2]int) int { return a[0] - b[0] })
	return spans
}

// comma returns the offset of the comma behind an element, or -1.
func (d *Doc) comma(end int) int {
	i := skipSpaceAndComments(d.src, end)
	if i < len(d.src) && d.src[i] == ',' {
		return i
	}
	return -1
}

// removeElement cuts an element out with one comma. An element with its line to itself goes with the line.
func (d *Doc) removeElement(all [][2]int, span [2]int) []splice {
	i := slices.Index(all, span)
	start, end := span[0], span[1]
	comma := d.comma(end)
	if comma >= 0 {
		end = comma + 1
	}
	var cuts []splice
	switch {
	case d.ownLine(span, end):
		start, end = d.lineStart(start), d.lineEnd(end)
	case comma >= 0 && d.endsLine(end):
		for start > 0 && (d.src[start-1] == ' ' || d.src[start-1] == '\t') {
			start--
		}
	case comma >= 0:
		end = skipBlank(d.src, end)
	}
	if comma < 0 && i > 0 { // the comma before would be left over
		before := d.comma(all[i-1][1])
		if skipBlank(d.src, before+1) == start {
			start = before
		} else {
			cuts = append(cuts, splice{before, before + 1, ""})
		}
	}
	return append(cuts, splice{start, end, ""})
}

// ownLine reports whether an element that, with its comma, ends at end has its lines to itself, but for a comment.
func (d *Doc) ownLine(span [2]int, end int) bool {
	return skipBlank(d.src, d.lineStart(span[0])) == span[0] && d.lineEnd(span[1]) == d.lineEnd(end) && d.endsLine(end)
}

func (d *Doc) endsLine(offset int) bool {
	i := skipBlank(d.src, offset)
	return i == len(d.src) || d.src[i] == '\n' || d.src[i] == '\r' || d.src[i] == '#'
}

// addElement puts an element into a list at an index, as its neighbours stand: on a line of its own or beside them.
func (d *Doc) addElement(list *node, all [][2]int, index int, text string) []splice {
	if len(all) == 0 {
		return d.addFirst(list, text)
	}
	if index < len(all) {
		next := all[index]
		sep := ", "
		if skipBlank(d.src, d.lineStart(next[0])) == next[0] {
			sep = "," + d.eol() + d.indent(next[0])
		}
		return []splice{{next[0], next[0], text + sep}}
	}
	last := all[len(all)-1]
	sep := " "
	if skipBlank(d.src, d.lineStart(last[0])) == last[0] {
		sep = d.eol() + d.indent(last[0])
	}
	comma := d.comma(last[1])
	if comma < 0 {
		return d.addLast(last[1], sep, text)
	}
	at := comma + 1
	if sep != " " && d.endsLine(at) { // a comment behind the last element stays behind it
		at = d.lineEnd(at) - len(d.newlineAt(at))
	}
	return []splice{{at, at, sep + text + ","}}
}

// addLast adds an element behind one that has no comma yet.
func (d *Doc) addLast(end int, sep, text string) []splice {
	at := end
	if sep != " " && d.endsLine(end) {
		at = d.lineEnd(end) - len(d.newlineAt(end))
	}
	if at == end {
		return []splice{{end, end, "," + sep + text}}
	}
	return []splice{{end, end, ","}, {at, at, sep + text}}
}

// newlineAt returns the newline that ends the line of offset.
func (d *Doc) newlineAt(offset int) string {
	line := string(d.src[offset:d.lineEnd(offset)])
	return line[len(strings.TrimRight(line, "\r\n")):]
}

// addFirst fills an empty list. Comments in it stay.
func (d *Doc) addFirst(list *node, text string) []splice {
	inner := d.src[list.start+1 : list.end-1]
	if strings.TrimSpace(string(inner)) != "" { // only comments can be there, and they end with a newline
		at := d.lineStart(list.end - 1)
		return []splice{{at, at, d.indent(list.start) + "  " + text + d.eol()}}
	}
	if list.kind == Table {
		text = " " + text + " "
	}
	return []splice{{list.start + 1, list.end - 1, text}}
}

// skipSpaceAndComments skips what may stand between an element and its comma.
func skipSpaceAndComments(src []byte, i int) int {
	for i < len(src) {
		switch src[i] {
		case ' ', '\t', '\n', '\r':
			i++
		case '#':
			for i < len(src) && src[i] != '\n' {
				i++
			}
		default:
			return i
		}
	}
	return i
}
