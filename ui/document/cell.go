package document

import (
	"strings"

	"parley/ui/safe"
)

// cellPen writes what one cell of a table shows.
type cellPen struct {
	most  int // cells it may take
	spans []Span
	used  int  // cells, more than most if there is too much
	over  bool // some text was left out
}

// full reports whether more text would not be seen.
func (p *cellPen) full() bool { return p.over || p.used > p.most }

// note writes safe text that stands for n bytes at offset.
func (p *cellPen) note(text string, role Role, offset int64, n int) {
	if !p.full() {
		p.spans = append(p.spans, Span{Text: text, Role: role, Offset: offset, Len: n})
		p.used += cells(text)
	}
}

// text writes bytes of the source as they are.
func (p *cellPen) text(b []byte, role Role, offset int64) {
	if p.full() || len(b) == 0 {
		return
	}
	// No more is made safe and measured than could be seen.
	const bytesPerCell = 32
	cut := false
	if most := (p.most - p.used + 2) * bytesPerCell; len(b) > most {
		for b = b[:most]; len(b) > most-4 && b[len(b)-1] >= 0x80; b = b[:len(b)-1] {
		}
		cut = true
	}
	text := string(b)
	if safe.Plain(text, 0) {
		p.note(text, role, offset, len(text))
		p.over = p.over || cut
		return
	}
	for piece := range safe.Spans(text, 0) {
		as := role
		if piece.Mark {
			as = Mark
		}
		p.note(piece.Text, as, offset+int64(piece.Offset), piece.Len)
		if p.full() {
			return
		}
	}
	p.over = cut
}

// cells measures safe text.
func cells(text string) int {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return safe.Width(text)
		}
	}
	return len(text)
}

// close cuts what does not fit. An ellipsis takes the last cell, in place of
// all up to end.
func (p *cellPen) close(end int64) {
	if !p.full() {
		return
	}
	room := p.most - 1
	for i, s := range p.spans {
		n, width := prefix(s.Text, room)
		if room -= width; n == len(s.Text) {
			continue
		}
		at := s.Offset
		p.spans = p.spans[:i]
		if n > 0 && n < len(s.Text) {
			if s.Len == len(s.Text) {
				at += int64(n)
				s.Len = n
			}
			s.Text = s.Text[:n]
			p.spans = append(p.spans, s)
		}
		p.ellipsis(at, end, room)
		return
	}
	p.ellipsis(end, end, room)
}

func (p *cellPen) ellipsis(from, end int64, room int) {
	n := int(max(end-from, 0))
	if n == len("…") {
		n-- // spans as long as their text show their bytes one by one
	}
	p.spans = append(p.spans, Span{Text: "…", Role: Comment, Offset: from, Len: n})
	p.used = p.most - room
}

// prefix returns how many bytes of text fit into room, and the cells they take.
func prefix(text string, room int) (n, width int) {
	for n < len(text) {
		k, w := cluster(text[n:])
		if width+w > room {
			break
		}
		n, width = n+k, width+w
	}
	return n, width
}

// blank adds n cells with nothing in them.
func blank(spans []Span, n int, offset int64) []Span {
	if n <= 0 {
		return spans
	}
	text := blanks
	if n > len(blanks) {
		text = strings.Repeat(" ", n)
	}
	return append(spans, Span{Text: text[:n], Offset: offset})
}
