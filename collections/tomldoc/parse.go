package tomldoc

import (
	"bytes"
	"errors"
	"fmt"

	burnt "github.com/BurntSushi/toml"
	gotoml "github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

var bom = []byte("\xef\xbb\xbf")

// Parse reads a TOML 1.1 file. The name is only for positions and messages. An error is an [*Error].
func Parse(file string, src []byte) (*Doc, error) {
	d := &Doc{file: file, src: src, lines: lineStarts(src)}
	if bytes.HasPrefix(src, bom) {
		d.body = len(bom)
	}
	if err := d.validate(); err != nil {
		return nil, err
	}
	d.root = &node{kind: Table, form: headerTable, start: d.body, end: d.body}
	d.root.home = &section{start: d.body, end: d.body, table: d.root}
	d.sections = []*section{d.root.home}
	if err := d.build(); err != nil {
		return nil, err
	}
	return d, nil
}

// validate asks both parsers. go-toml goes first because its positions have columns.
func (d *Doc) validate() error {
	text := d.src[d.body:]
	var into map[string]any
	if err := gotoml.Unmarshal(text, &into); err != nil {
		var de *gotoml.DecodeError
		if errors.As(err, &de) {
			line, column := de.Position()
			return d.errorAt(d.offset(line, column), trimMessage(de.Error()))
		}
		return d.errorAt(d.body, trimMessage(err.Error()))
	}
	if _, err := burnt.Decode(string(text), &into); err != nil {
		var pe burnt.ParseError
		if errors.As(err, &pe) {
			return d.errorAt(min(d.body+pe.Position.Start, len(d.src)), pe.Message)
		}
		return d.errorAt(d.body, trimMessage(err.Error()))
	}
	return nil
}

// offset translates a line and byte column of the text after the byte order mark.
func (d *Doc) offset(line, column int) int {
	if line < 1 || line > len(d.lines) {
		return d.body
	}
	start := d.lines[line-1]
	if line == 1 {
		start = d.body
	}
	return min(start+max(column-1, 0), len(d.src))
}

// builder turns the expressions of go-toml's parser into nodes.
type builder struct {
	doc *Doc
	p   unstable.Parser
	cur *section
}

func (d *Doc) build() error {
	b := &builder{doc: d, cur: d.sections[0]}
	b.p.Reset(d.src[d.body:])
	for b.p.NextExpression() {
		e := b.p.Expression()
		var err error
		switch e.Kind {
		case unstable.Table, unstable.ArrayTable:
			err = b.header(e)
		case unstable.KeyValue:
			var st *stmt
			if st, err = b.keyValue(e, b.cur.table); err == nil {
				b.cur.stmts = append(b.cur.stmts, st)
			}
		}
		if err != nil {
			return err
		}
	}
	if err := b.p.Error(); err != nil {
		return d.errorAt(d.body, err.Error())
	}
	return nil
}

func (b *builder) span(r unstable.Range) (start, end int) {
	start = b.doc.body + int(r.Offset)
	return start, start + int(r.Length)
}

// dotted reads the parts of a key and where they stand.
func (b *builder) dotted(it unstable.Iterator) (keys []string, spans [][2]int) {
	for it.Next() {
		start, end := b.span(it.Node().Raw)
		keys = append(keys, string(it.Node().Data))
		spans = append(spans, [2]int{start, end})
	}
	return keys, spans
}

// header enters [a.b] or [[a.b]].
func (b *builder) header(e *unstable.Node) error {
	keys, spans := b.dotted(e.Key())
	last := len(keys) - 1
	src := b.doc.src
	s := &section{start: bytes.LastIndexByte(src[:spans[0][0]], '['), end: skipBlank(src, spans[last][1]) + 1}
	isArray := e.Kind == unstable.ArrayTable
	if isArray {
		s.start, s.end = s.start-1, s.end+1
	}
	at := b.doc.root
	for i, key := range keys[:last] {
		p := b.step(at, key, spans[i], &node{kind: Table, form: superTable, start: s.start, end: s.end})
		if at = p.node; at.form == tableArray {
			at = at.items[len(at.items)-1]
		}
	}
	table := &node{kind: Table, form: headerTable, start: s.start, end: s.end, home: s}
	fresh := table
	if isArray {
		fresh = &node{kind: Array, form: tableArray, start: s.start, end: s.end}
	}
	switch n := b.step(at, keys[last], spans[last], fresh).node; {
	case n.form == tableArray && isArray:
		n.items = append(n.items, table)
	case n.form == superTable && !isArray:
		table = n
		table.form, table.start, table.end, table.home = headerTable, s.start, s.end, s
	case n != table:
		return b.doc.errorAt(s.start, fmt.Sprintf("%q is defined twice", keys[last]))
	}
	s.table = table
	b.cur = s
	b.doc.sections = append(b.doc.sections, s)
	return nil
}

// step goes to a key of a table, which is fresh if the table has none of that name yet.
func (b *builder) step(in *node, key string, span [2]int, fresh *node) *pair {
	p := in.get(key)
	if p == nil {
		p = &pair{key: key, node: fresh}
		in.add(p)
	}
	p.spans = append(p.spans, span)
	return p
}

// keyValue adds a = v or a.b = v to a table.
func (b *builder) keyValue(e *unstable.Node, in *node) (*stmt, error) {
	keys, spans := b.dotted(e.Key())
	last := len(keys) - 1
	st := &stmt{keyEnd: spans[last][1], in: in}
	st.start, st.end = b.span(e.Raw)
	at := in
	for i, key := range keys[:last] {
		at = b.step(at, key, spans[i], &node{kind: Table, form: dottedTable, start: st.start, end: st.end}).node
	}
	equals := skipBlank(b.doc.src, st.keyEnd)
	n, end, err := b.val(e.Value(), skipBlank(b.doc.src, equals+1))
	if err != nil {
		return nil, err
	}
	st.end = end
	p := b.step(at, keys[last], spans[last], n)
	if p.node != n {
		return nil, b.doc.errorAt(st.start, fmt.Sprintf("%q is defined twice", keys[last]))
	}
	p.stmt = st
	return st, nil
}

// val makes a node of a value that begins at offset, and returns where it ends. The parser gives no spans for arrays
// and inline tables, so they are found from their parts.
func (b *builder) val(e *unstable.Node, offset int) (*node, int, error) {
	src := b.doc.src
	switch e.Kind {
	case unstable.Array:
		n := &node{kind: Array, form: inlineArray, start: offset}
		end := offset + 1
		for it := e.Children(); it.Next(); {
			item, itemEnd, err := b.val(it.Node(), skipFiller(src, end))
			if err != nil {
				return nil, 0, err
			}
			n.items = append(n.items, item)
			end = itemEnd
		}
		n.end = skipFiller(src, end) + 1
		return n, n.end, nil
	case unstable.InlineTable:
		n := &node{kind: Table, form: inlineTable, start: offset}
		end := offset + 1
		for it := e.Children(); it.Next(); {
			st, err := b.keyValue(it.Node(), n)
			if err != nil {
				return nil, 0, err
			}
			end = st.end
		}
		n.end = skipFiller(src, end) + 1
		return n, n.end, nil
	}
	start, end := b.span(e.Raw)
	n := &node{kind: kindOf(e.Kind), form: scalar, text: string(e.Data), start: start, end: end}
	return n, end, nil
}

func kindOf(k unstable.Kind) Kind {
	switch k {
	case unstable.String:
		return String
	case unstable.Integer:
		return Integer
	case unstable.Float:
		return Float
	case unstable.Bool:
		return Bool
	default:
		return Datetime
	}
}

// skipBlank skips spaces and tabs.
func skipBlank(src []byte, i int) int {
	for i < len(src) && (src[i] == ' ' || src[i] == '\t') {
		i++
	}
	return i
}

// skipFiller skips what may stand between the parts of an array or inline table: blanks, newlines, commas, comments.
func skipFiller(src []byte, i int) int {
	for i < len(src) {
		switch src[i] {
		case ' ', '\t', '\n', '\r', ',':
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
