package document

// spotSample is how many hits are looked up one by one for a scroll bar.
const spotSample = 64

// Spots returns lines of the view, in order, that hold or are close to hits of
// a search, at most a few hundred: what a scroll bar of so many rows can tell
// apart. In a short body they are exact; in a long one they stand for parts of
// 64 KiB or more. The search must be of the view's document and mode.
func (v *View) Spots(s *Search, rows int) ([]int64, error) {
	segments := s.holding(max(rows, spotSample))
	var lines []int64
	if len(segments) > 4 {
		for _, seg := range segments {
			lines = addSpot(lines, v.shown().lineNear(seg.start))
		}
		return lines, nil
	}
	var offsets []int64
	stop := look()
	for _, seg := range segments {
		if err := s.scan(stop, seg.start, seg.end, func(h Hit) bool {
			offsets = append(offsets, h.Start)
			return true
		}); err != nil {
			return nil, err
		}
	}
	every := max(len(offsets)/spotSample, 1)
	for i := 0; i < len(offsets); i += every {
		line, err := v.shown().lineAt(offsets[i])
		if err != nil {
			return lines, err
		}
		lines = addSpot(lines, line)
	}
	return lines, nil
}

func addSpot(lines []int64, line int64) []int64 {
	if n := len(lines); n > 0 && lines[n-1] >= line {
		return lines
	}
	return append(lines, line)
}

// holding returns the segments that hold hits, spread so that there are at
// most twice as many as asked for.
func (s *Search) holding(most int) []hitSegment {
	s.mu.Lock()
	defer s.mu.Unlock()
	every := max(len(s.hits.parts)/most, 1)
	var held []hitSegment
	next := 0
	for i, part := range s.hits.parts {
		if part.count > 0 && i >= next {
			held = append(held, s.hits.segment(i))
			next = i - i%every + every
		}
	}
	if s.hits.tail.count > 0 {
		held = append(held, s.hits.tail)
	}
	return held
}

// holds reports whether a hit that has been counted begins in a part of the
// body. It looks closer at no more than the ends of the part.
func (s *Search) holds(r Range, stop func() bool) (found bool, err error) {
	for at := r.Start; at < r.End && !found && err == nil; {
		seg, known := s.known(at)
		switch {
		case !known:
			return false, nil
		case seg.count > 0 && seg.start >= r.Start && seg.end <= r.End:
			return true, nil
		case seg.count > 0:
			err = s.scan(stop, at, min(seg.end, r.End), func(h Hit) bool {
				found = h.Start >= r.Start
				return !found
			})
		}
		at = seg.end
	}
	return found, err
}
