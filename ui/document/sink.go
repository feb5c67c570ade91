package document

import (
	"strings"

	"parley/ui/safe"
)

// sink takes lines from a cutter: it collects those from first on, count of
// them; or, if number is not 0, looks for the line with that number; or, if
// until is set, for the last that begins there or before; or, if there is a
// printer, has them printed; or, if there is a function to see them, shows it
// their beginnings until it says no.
type sink struct {
	first, count int64
	number       int64
	until        *int64
	printer      *printer
	see          func(begun) bool
	cutter       cutter // whose beginnings are seen

	lines []line
	found int64 // index of the line that is looked for
	done  bool  // nothing more is wanted

	open     bool // the current line is wanted
	text     []byte
	segments []segment
}

// segment is a piece of source text of one role, not yet made safe.
type segment struct {
	role   Role
	offset int64
	start  int // in sink.text
}

// begin starts a line.
func (s *sink) begin(index, number, offset int64, joined bool, indent int) {
	s.end()
	switch {
	case s.done: // a long token begins several lines
		return
	case s.printer != nil:
		s.open = true
		s.printer.begin(joined, indent)
		return
	case s.see != nil:
		s.done = !s.see(begun{index, number, offset, joined, s, s.cutter.(nester), s.cutter.place()})
		return
	case s.number != 0 && (number > s.number || number == 0 && s.cutter.place().number >= s.number):
		s.done = true // the line is within one that is folded
		return
	case s.number != 0:
		s.found, s.done = index, number >= s.number
		return
	}
	if s.until != nil {
		if s.done = offset > *s.until; !s.done {
			s.found = index
		}
		return
	}
	if s.done = index >= s.first+s.count; s.done || index < s.first {
		return
	}
	s.open = true
	s.lines = append(s.lines, line{index: index, number: number, offset: offset, joined: joined})
	if indent > 0 {
		s.add(Span{Text: blanks[:indent], Offset: offset})
	}
}

var blanks = strings.Repeat(" ", maxIndent)

// put adds source text to the current line.
func (s *sink) put(text []byte, role Role, offset int64) {
	if !s.open || len(text) == 0 {
		return
	}
	if !s.extends(role, offset) {
		s.segments = append(s.segments, segment{role, offset, len(s.text)})
	}
	s.text = append(s.text, text...)
}

// printWhole prints source text that no other text of its role follows.
func (s *sink) printWhole(text []byte, role Role, offset int64) {
	if len(s.segments) > 0 {
		s.flush()
	}
	s.printer.source(text, role, offset)
}

// extends reports whether text at offset goes on from the last segment.
func (s *sink) extends(role Role, offset int64) bool {
	if len(s.segments) == 0 {
		return false
	}
	last := s.segments[len(s.segments)-1]
	return last.role == role && last.offset+int64(len(s.text)-last.start) == offset
}

// note adds text that is not in the source. It must be safe.
func (s *sink) note(text string, role Role, offset int64) {
	if !s.open {
		return
	}
	if len(s.segments) > 0 {
		s.flush()
	}
	if s.printer != nil {
		s.printer.note(text, role)
		return
	}
	s.add(Span{Text: text, Role: role, Offset: offset})
}

// trimCR removes a carriage return that turned out to belong to a line end.
func (s *sink) trimCR() {
	if n := len(s.text); s.open && n > 0 && s.text[n-1] == '\r' {
		s.text = s.text[:n-1]
		if last := len(s.segments) - 1; s.segments[last].start == n-1 {
			s.segments = s.segments[:last]
		}
	}
}

// end finishes the current line.
func (s *sink) end() {
	if s.open {
		if len(s.segments) > 0 {
			s.flush()
		}
		s.open = false
	}
}

// flush makes spans of the segments collected so far, or prints them.
func (s *sink) flush() {
	if s.printer != nil {
		for i, seg := range s.segments {
			s.printer.source(s.text[seg.start:s.endOf(i)], seg.role, seg.offset)
		}
	} else {
		text := string(s.text)
		for i, seg := range s.segments {
			s.addSource(text[seg.start:s.endOf(i)], seg)
		}
	}
	s.text, s.segments = s.text[:0], s.segments[:0]
}

// endOf is where the text of a segment ends.
func (s *sink) endOf(i int) int {
	if i+1 < len(s.segments) {
		return s.segments[i+1].start
	}
	return len(s.text)
}

// addSource adds source text of one role, made safe.
func (s *sink) addSource(text string, seg segment) {
	if safe.Plain(text, safe.KeepTab) {
		s.add(Span{Text: text, Role: seg.role, Offset: seg.offset, Len: len(text)})
		return
	}
	for piece := range safe.Spans(text, safe.KeepTab) {
		role := seg.role
		if piece.Mark {
			role = Mark
		}
		s.add(Span{Text: piece.Text, Role: role, Offset: seg.offset + int64(piece.Offset), Len: piece.Len})
	}
}

func (s *sink) add(span Span) {
	l := &s.lines[len(s.lines)-1]
	l.spans = append(l.spans, span)
}
