package document

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Layout is the shape of a window.
type Layout struct {
	Width, Height int  // in cells and rows
	Wrap          bool // long lines go on in the next row, else they are cut
	Left          int  // cells scrolled to the right, when lines are cut
	Tab           int  // cells between tab stops; 0 is 8
	Marks         Marks
}

// Row is one row of a window. Its spans fill at most the width asked for.
type Row struct {
	Line   int64 // index of the line it belongs to
	Sub    int   // which of the line's rows it is, from 0
	Number int64 // the line's number on its first row, 0 on all others
	Offset int64 // of the first byte it stands for
	Spans  []Span
	Joined bool // the row's text goes on from the row above
	Cut    bool // the line goes on to the right of the window
}

// rows lays one line out. Without wrapping it is one row.
func (l Layout) rows(ln line) []Row {
	l.Wrap = l.Wrap && !ln.single
	p := painter{layout: l, row: Row{Line: ln.index, Number: ln.number, Offset: ln.offset, Joined: ln.joined}}
	for _, span := range ln.spans {
		p.span(span)
		if p.row.Cut {
			break
		}
	}
	return append(p.rows, p.row)
}

// painter fills rows with the spans of a line.
type painter struct {
	layout Layout
	rows   []Row
	row    Row
	col    int // cells of the line before here
	from   int // col at the row's left edge, when wrapping
}

func (p *painter) span(span Span) {
	exact := len(span.Text) == span.Len // bytes of text and source correspond
	start, used := 0, 0
	text := span.Text
	emit := func(end int) {
		if end > start {
			part := span
			part.Text = text[start:end]
			if exact {
				part.Offset, part.Len = span.Offset+int64(start), end-start
			}
			p.row.Spans = append(p.row.Spans, part)
		}
		start = end
	}
	for used < len(text) {
		n, width := cluster(text[used:])
		if text[used] == '\t' {
			emit(used)
			p.tab(span, span.Offset+int64(used), exact)
			used++
			start = used
			continue
		}
		switch p.place(width) {
		case hidden:
			emit(used)
			start = used + n
		case nextRow:
			emit(used)
			p.wrap(span.Offset + offsetIn(exact, used))
		case beyond:
			emit(used)
			p.row.Cut = true
			return
		}
		p.col += width
		used += n
	}
	emit(len(text))
}

func offsetIn(exact bool, used int) int64 {
	if exact {
		return int64(used)
	}
	return 0
}

// verdict is where a cluster goes.
type verdict uint8

const (
	here    verdict = iota
	hidden          // left of the window
	nextRow         // does not fit, and lines wrap
	beyond          // does not fit, and lines are cut
)

func (p *painter) place(width int) verdict {
	switch {
	case p.layout.Wrap && p.col+width-p.from > p.layout.Width && p.col > p.from:
		return nextRow
	case p.layout.Wrap:
		return here
	case p.col+width > p.layout.Left+p.layout.Width:
		return beyond
	case p.col >= p.layout.Left:
		return here
	}
	if over := p.col + width - p.layout.Left; over > 0 { // a wide one sticks out on the left
		p.row.Spans = append(p.row.Spans, Span{Text: strings.Repeat(" ", over)})
	}
	return hidden
}

func (p *painter) wrap(offset int64) {
	p.rows = append(p.rows, p.row)
	p.row = Row{Line: p.row.Line, Sub: p.row.Sub + 1, Offset: offset, Joined: true}
	p.from = p.col
}

// tab fills up to the next tab stop, cell by cell.
func (p *painter) tab(span Span, offset int64, exact bool) {
	stop := p.layout.Tab
	if stop <= 0 {
		stop = 8
	}
	for n := stop - (p.col-p.from)%stop; n > 0 && !p.row.Cut; n-- {
		switch p.place(1) {
		case nextRow:
			p.wrap(offset)
		case beyond:
			p.row.Cut = true
			return
		case hidden:
			p.col++
			continue
		}
		blank := span
		blank.Text = " "
		if exact {
			blank.Offset, blank.Len = offset, 1
		}
		p.row.Spans = append(p.row.Spans, blank)
		p.col++
	}
}

// cluster measures the first grapheme cluster of text.
func cluster(text string) (n, width int) {
	if c := text[0]; c < 0x80 && (len(text) == 1 || text[1] < 0x80) {
		return 1, 1
	}
	first, width := ansi.FirstGraphemeCluster(text, ansi.GraphemeWidth)
	return len(first), width
}
