package document

import (
	"strings"

	"parley/ui/safe"
)

// line is a line before it is laid out in rows.
type line struct {
	index  int64 // among the view's lines, from 0
	number int64 // as people count, from 1; 0 if it continues the one before
	offset int64 // of its first byte in the source
	joined bool  // its text goes on from the line before
	spans  []Span
}

// Span is a run of text of one role.
type Span struct {
	Text   string // safe for a terminal
	Role   Role
	Match  Match // whether a search found it
	Offset int64 // of the source bytes it stands for
	Len    int   // how many they are; 0 for text that the view added
}

// segment is a piece of source text of one role, not yet made safe.
type segment struct {
	role   Role
	offset int64
	start  int // in sink.text
}

// sink collects the lines from first on, count of them, from a cutter; or, if
// number is not 0, looks for the line with that number.
type sink struct {
	first, count int64
	number       int64
	found        int64 // index of the line with that number
	lines        []line
	done         bool             // nothing more is wanted
	emit         func(line) error // if not nil, takes each line when it ends
	err          error            // emit's
	open         bool             // whether the current line is wanted
	text         []byte
	segments     []segment
}

// begin starts a line.
func (s *sink) begin(index, number, offset int64, joined bool, indent int) {
	s.end()
	if s.err != nil {
		s.done = true
		return
	}
	if s.number != 0 {
		s.found, s.done = index, number >= s.number
		return
	}
	if s.done = index >= s.first+s.count; s.done || index < s.first {
		return
	}
	s.open = true
	s.lines = append(s.lines, line{index: index, number: number, offset: offset, joined: joined})
	s.pad(indent)
}

func (s *sink) pad(indent int) {
	if indent > 0 {
		s.add(Span{Text: strings.Repeat(" ", indent), Offset: s.lines[len(s.lines)-1].offset})
	}
}

// put adds source text to the current line.
func (s *sink) put(text []byte, role Role, offset int64) {
	if !s.open || len(text) == 0 {
		return
	}
	if n := len(s.segments); n == 0 || s.segments[n-1].role != role || s.segments[n-1].offset+int64(len(s.text)-s.segments[n-1].start) != offset {
		s.segments = append(s.segments, segment{role, offset, len(s.text)})
	}
	s.text = append(s.text, text...)
}

// note adds text that is not in the source. It must be safe.
func (s *sink) note(text string, role Role, offset int64) {
	if s.open {
		s.flush()
		s.add(Span{Text: text, Role: role, Offset: offset})
	}
}

func (s *sink) add(span Span) {
	l := &s.lines[len(s.lines)-1]
	l.spans = append(l.spans, span)
}

// end finishes the current line.
func (s *sink) end() {
	if s.open {
		s.flush()
		s.open = false
		s.hand()
	}
}

// hand gives the finished line away, if someone takes it.
func (s *sink) hand() {
	if s.emit == nil {
		return
	}
	if err := s.emit(s.lines[0]); s.err == nil {
		s.err = err
	}
	s.lines = s.lines[:0]
}

// flush turns the segments collected so far into spans.
func (s *sink) flush() {
	text := string(s.text)
	for i, seg := range s.segments {
		end := len(text)
		if i+1 < len(s.segments) {
			end = s.segments[i+1].start
		}
		for piece := range safe.Spans(text[seg.start:end], safe.KeepTab) {
			role := seg.role
			if piece.Mark {
				role = Mark
			}
			s.add(Span{Text: piece.Text, Role: role, Offset: seg.offset + int64(piece.Offset), Len: piece.Len})
		}
	}
	s.text, s.segments = s.text[:0], s.segments[:0]
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
