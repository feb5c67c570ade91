package document

import (
	"bytes"
	"strconv"
	"strings"

	"parley/httpcore/content"
)

// markupReader reads the tokens of XML or HTML from some mark on.
type markupReader struct {
	src   Source
	scan  *content.MarkupScanner
	buf   []byte
	data  []byte // read and not yet scanned
	left  int    // how much more may be read
	ended bool   // there is no more
}

func (x *indexed) readMarkup(m mark) *markupReader {
	r := &markupReader{src: x.src, scan: content.NewXMLScanner(), buf: make([]byte, stride), left: x.index.reach()}
	r.scan.Restore(m.markup.scan)
	return r
}

// next returns the next token or piece of one; its kind is MarkupNone at the
// end of what there is.
func (r *markupReader) next() (content.MarkupToken, error) {
	for {
		t, n := r.scan.Next(r.data)
		r.data = r.data[n:]
		if t.Kind != content.MarkupNone || r.ended || r.left <= 0 {
			return t, nil
		}
		done, _ := r.src.Done()
		n, err := content.ReadAt(r.src, r.buf[:min(len(r.buf), r.left)], r.scan.Offset())
		if err != nil {
			return t, err
		}
		if n == len(r.data) && n < content.MaxMarkupRest { // nothing new
			if r.ended = done; !done {
				return t, nil
			}
			r.scan.Last()
		}
		r.left -= n
		r.data = r.buf[:n]
	}
}

// markupNode returns the element at the byte at offset, or the attribute.
func (x *indexed) markupNode(m mark, offset int64) (Node, bool, error) {
	r := x.readMarkup(m)
	for {
		tag := r.scan.InStartTag()
		t, err := r.next()
		if err != nil || t.Kind == content.MarkupNone || t.Kind == content.MarkupInvalid {
			return Node{}, false, err
		}
		tag = tag || t.Kind == content.MarkupStart
		if t.End <= offset {
			continue
		}
		levels, e, ok := elementOf(r.scan, t, tag)
		if !ok {
			return Node{}, false, nil
		}
		levels = append([]content.Element(nil), levels...)
		n, err := x.element(levels, e, m.markup.layout.html)
		if err != nil {
			return n, false, err
		}
		if tag && isOfAttribute(t.Kind) && r.scan.Attribute() > e.Start {
			err = x.attribute(&n, r, t)
			return n, err == nil, err
		}
		n.Value.End, n.Open, err = x.endOfElement(r, t, e, len(levels))
		return n, err == nil, err
	}
}

func isOfAttribute(kind content.MarkupKind) bool {
	return kind == content.MarkupAttribute || kind == content.MarkupEquals || kind == content.MarkupValue
}

// elementOf returns the element that a token belongs to, and those around it.
func elementOf(scan *content.MarkupScanner, t content.MarkupToken, tag bool) (around []content.Element, e content.Element, ok bool) {
	levels := scan.Levels()
	if tag {
		e = scan.Opened()
		for len(levels) > 0 && levels[len(levels)-1].Start >= e.Start {
			levels = levels[:len(levels)-1]
		}
		return levels, e, true
	}
	if t.Kind == content.MarkupEnd && t.Display != content.Stray {
		if e, ok = scan.Closed(t.Depth); ok {
			return levels[:t.Depth], e, true
		}
	}
	n := len(levels)
	if n == 0 {
		return nil, e, false
	}
	return levels[:n-1], levels[n-1], true
}

// element is the element e as far as those around it tell.
func (x *indexed) element(around []content.Element, e content.Element, html bool) (n Node, err error) {
	var path strings.Builder
	var name string
	for _, step := range append(around, e) {
		if name, err = nameAt(x.src, step.Start+1, " \t\r\n\f/>"); err != nil {
			return n, err
		}
		path.WriteByte('/')
		writeStep(&path, name, step, html)
	}
	n.Path = path.String()
	n.Key = Range{e.Start + 1, e.Start + 1 + int64(len(name))}
	n.Value.Start = e.Start
	return n, nil
}

// writeStep writes the step of an XPath that leads to an element and no other.
func writeStep(b *strings.Builder, name string, e content.Element, html bool) {
	if html {
		name = strings.ToLower(name)
	}
	switch {
	case e.Nth == 0 || len(name) == maxElementName:
		b.WriteString("*[" + strconv.FormatUint(uint64(e.Index), 10) + "]")
	case e.Nth == 1 && (e.Start == 0 || html && (name == "html" || name == "head" || name == "body")):
		b.WriteString(name)
	default:
		b.WriteString(name + "[" + strconv.FormatUint(uint64(e.Nth), 10) + "]")
	}
}

// maxElementName is how long the name of an element may be to be in a path.
const maxElementName = 256

// nameAt reads the name at offset up to one of the bytes that end it.
func nameAt(src Source, offset int64, ends string) (string, error) {
	var buf [maxElementName]byte
	n, err := content.ReadAt(src, buf[:], offset)
	if i := bytes.IndexAny(buf[:n], ends); i >= 0 {
		n = i
	}
	return string(buf[:n]), err
}

// attribute makes n the attribute of its element that t, which r has just read,
// is of.
func (x *indexed) attribute(n *Node, r *markupReader, t content.MarkupToken) error {
	start := r.scan.Attribute()
	name, err := nameAt(x.src, start, " \t\r\n\f/>=")
	if err != nil {
		return err
	}
	n.Key = Range{start, start + int64(len(name))}
	n.Path += "/@" + name
	r = x.skipInAttribute(r, start)
	for t.Kind == content.MarkupAttribute || t.Kind == content.MarkupEquals {
		n.Value = Range{r.scan.Offset(), r.scan.Offset()}
		if t, err = r.next(); err != nil || r.scan.Attribute() != start {
			return err
		}
	}
	if t.Kind != content.MarkupValue {
		return nil
	}
	n.Value = Range{r.scan.Value(), r.scan.Offset()}
	for r.scan.Inside() {
		if t, err = r.next(); err != nil || !t.More {
			n.Open = r.scan.Inside()
			return err
		}
		n.Value.End = t.End
	}
	return nil
}

// skipInAttribute goes to the last mark within the attribute that begins at
// start, or stays where r is if that is further.
func (x *indexed) skipInAttribute(r *markupReader, start int64) *markupReader {
	m := x.index.lastWithin(start, func(m *mark) bool {
		return m.markup != nil && m.markup.scan.InAttribute(start)
	})
	if m.offset <= r.scan.Offset() || m.markup == nil || !m.markup.scan.InAttribute(start) {
		return r
	}
	return x.readMarkup(m)
}

// endOfElement finds the end of the element e with depth others around it. r has
// just read t, which is of it. The marks that lie within it are skipped.
func (x *indexed) endOfElement(r *markupReader, t content.MarkupToken, e content.Element, depth int) (end int64, open bool, err error) {
	isIn := func(levels []content.Element) bool { return len(levels) > depth && levels[depth].Start == e.Start }
	m := x.index.lastWithin(e.Start, func(m *mark) bool { return m.markup != nil && isIn(m.markup.scan.Levels()) })
	if m.markup != nil && m.offset > r.scan.Offset() && isIn(m.markup.scan.Levels()) && isIn(r.scan.Levels()) {
		r = x.readMarkup(m)
	}
	for err == nil && isIn(r.scan.Levels()) {
		t, err = r.next()
		if t.Kind == content.MarkupNone || t.Kind == content.MarkupInvalid {
			return t.End, !r.ended || t.Kind == content.MarkupInvalid, err
		}
	}
	ownEnd := t.Kind != content.MarkupStart || t.Start == e.Start
	if t.Kind == content.MarkupEnd {
		ownEnd = t.Depth == depth
	}
	if !ownEnd { // by another tag
		return t.Start, false, err
	}
	for err == nil && t.Kind != content.MarkupTagEnd && t.Kind != content.MarkupEmptyEnd {
		if t, err = r.next(); t.Kind == content.MarkupNone || t.Kind == content.MarkupInvalid {
			return t.End, true, err
		}
	}
	return t.End, false, err
}
