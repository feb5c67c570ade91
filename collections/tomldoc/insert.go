package tomldoc

import (
	"slices"
	"strings"
)

// Insert adds a key to the table at a path, so that it comes at index among the table's keys if the layout of the
// file allows it; -1 is the end. The new line is indented and spaced as its neighbours are. A table that does not
// exist is not made; see [Doc.Set]. A table at the root gets a header of its own.
func (d *Doc) Insert(index int, key string, v Value, path ...string) (*Doc, error) {
	at := append(slices.Clone(path), key)
	n := d.root.at(path)
	switch {
	case n == nil || n.kind != Table:
		return nil, d.cannot(path, "there is no such table", "")
	case n.get(key) != nil:
		return nil, d.cannot(at, "it is there already", "")
	case !encodable(v):
		return nil, d.cannot(at, "TOML holds only Unicode text, and this is not", "keep binary data in a file of its own")
	}
	if index < 0 || index > len(n.pairs) {
		index = len(n.pairs)
	}
	switch n.form {
	case inlineTable:
		return d.insertInline(n, index, key, v)
	case dottedTable:
		return d.insertDotted(n, index, key, v)
	case superTable:
		if isHeaded(v) && index == len(n.pairs) {
			return d.insertSection(n, index, at, v)
		}
		text := d.section(path, TableOf(Pair{Key: key, Value: v}), false)
		return d.apply(splice{d.attached(n.start), d.attached(n.start), text + d.eol()})
	}
	if (v.Kind == Table && len(path) == 0) || (v.blocks && len(v.Items) > 0) {
		return d.insertSection(n, index, at, v)
	}
	return d.insertLine(n, index, key, v)
}

// insertInline adds to { }.
func (d *Doc) insertInline(n *node, index int, key string, v Value) (*Doc, error) {
	all := n.inlineSpans()
	text := encodeKey(key) + " = " + d.enc().value(v, "", d.indent(n.start))
	at := len(all)
	if index < len(n.pairs) && n.pairs[index].stmt != nil {
		st := n.pairs[index].stmt
		at = slices.Index(all, [2]int{st.start, st.end})
	}
	return d.apply(d.addElement(n, all, at, text)...)
}

// insertDotted adds b.c = … beside the b.a = … that made the table b.
func (d *Doc) insertDotted(n *node, index int, key string, v Value) (*Doc, error) {
	st, p := n.firstStmt()
	if index > 0 && n.pairs[index-1].stmt != nil {
		p = n.pairs[index-1]
		st = p.stmt
	}
	// The prefix is copied as it is written, up to the part that names a key of n itself.
	prefix := string(d.src[st.start:d.partStart(st, p)])
	text := prefix + encodeKey(key) + " = " + d.enc().value(v, "", d.indent(st.start))
	if st.in.form == inlineTable {
		all := st.in.inlineSpans()
		return d.apply(d.addElement(st.in, all, slices.Index(all, [2]int{st.start, st.end})+1, text)...)
	}
	end := d.lineEnd(st.end)
	return d.apply(d.newLine(end, d.indent(st.start)+text))
}

// firstStmt finds a statement below a table made by dotted keys, and the pair of the table that it goes through.
func (n *node) firstStmt() (*stmt, *pair) {
	for _, p := range n.pairs {
		if p.stmt != nil {
			return p.stmt, p
		}
		if st, _ := p.node.firstStmt(); st != nil {
			return st, p
		}
	}
	return nil, nil
}

// partStart finds where a pair's part of the key of a statement begins.
func (d *Doc) partStart(st *stmt, p *pair) int {
	for _, s := range p.spans {
		if s[0] >= st.start && s[1] <= st.keyEnd {
			return s[0]
		}
	}
	return st.start
}

// insertLine adds key = value to the lines below a header, or at the root above the first header.
func (d *Doc) insertLine(n *node, index int, key string, v Value) (*Doc, error) {
	s := n.home
	before, after := neighbours(n, s, index)
	switch {
	case before != nil:
		text := d.indent(before.start) + d.statement(s, before, key, v)
		return d.apply(d.newLine(d.lineEnd(before.end), text))
	case after != nil:
		text := d.indent(after.start) + d.statement(s, after, key, v)
		at := d.attached(after.start)
		return d.apply(splice{at, at, text + d.eol()})
	case n == d.root:
		return d.insertFirst(d.statement(s, nil, key, v))
	default:
		return d.apply(d.newLine(d.lineEnd(s.end), d.indent(s.start)+d.statement(s, nil, key, v)))
	}
}

// neighbours finds the statements of a section between which a key at index stands; either may be nil.
func neighbours(n *node, s *section, index int) (before, after *stmt) {
	inSection := func(p *pair) *stmt {
		var found *stmt
		for _, part := range p.parts(nil) {
			if part.stmt != nil && slices.Contains(s.stmts, part.stmt) {
				found = part.stmt // the last line that makes the pair
			}
		}
		return found
	}
	for _, p := range n.pairs[:index] {
		if st := inSection(p); st != nil {
			before = st
		}
	}
	for _, p := range n.pairs[index:] {
		if st := inSection(p); st != nil && after == nil {
			after = st
		}
	}
	return before, after
}

// statement writes key = value as a neighbour is written.
func (d *Doc) statement(s *section, like *stmt, key string, v Value) string {
	k := encodeKey(key)
	before, after, indent := " ", " ", ""
	if like != nil {
		before, after = d.spacing(like)
		indent = d.indent(like.start)
		if column := d.alignment(s, nil); column > 0 {
			before = strings.Repeat(" ", max(1, column-len(indent)-len(k)))
		} else if before != "" {
			before = " "
		}
		if len(after) > 1 {
			after = " "
		}
	}
	return k + before + "=" + after + d.enc().value(v, "", indent)
}

// newLine inserts a line at offset, which is the end of a line.
func (d *Doc) newLine(offset int, text string) splice {
	if offset > d.body && d.src[offset-1] != '\n' { // the file does not end with a newline, and shall not now
		return splice{offset, offset, d.eol() + text}
	}
	return splice{offset, offset, text + d.eol()}
}

// insertFirst puts the first statement of a file without one: below the comment that the file begins with, above the
// first header.
func (d *Doc) insertFirst(text string) (*Doc, error) {
	at := d.body
	for at < len(d.src) && strings.HasPrefix(d.line(at), "#") {
		at = d.lineEnd(at)
	}
	headed := at < len(d.src) && strings.HasPrefix(d.line(at), "[")
	if headed { // the comment belongs to the header
		at = d.body
	}
	text += d.eol()
	switch {
	case at == len(d.src):
		return d.apply(d.newLine(at, strings.TrimSuffix(text, d.eol())))
	case headed:
		text += d.eol()
	}
	return d.apply(splice{at, at, text})
}
