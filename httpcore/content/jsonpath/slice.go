package jsonpath

// maxMarks is how many places within an array are kept while it is counted.
const maxMarks = 1 << 12

// sliced applies a slice to the array that comes next.
func (r *run) sliced(s slice, then []segment, out *collector) error {
	start := r.offset()
	if s.step > 0 && s.start >= 0 && (!s.hasEnd || s.end >= 0) {
		end := int64(maxInt)
		if s.hasEnd {
			end = s.end
		}
		return r.forward(r.enter(), start, s.start, end, s.step, then, out)
	}
	m, err := r.measure()
	if err != nil {
		return err
	}
	if low, high := s.bounds(m.length); s.step > 0 {
		if low < high {
			at, offset := m.before(low)
			err = r.forward(r.resume(at, offset), start, low, high, s.step, then, out)
		}
	} else if high > low {
		err = r.backward(m, low, high, -s.step, then, out)
	}
	r.spare = append(r.spare, m)
	if err == nil {
		r.seek(m.end)
	}
	return err
}

// bounds are those of RFC 9535, section 2.3.4.2.2: indexes from low to before
// high or, backwards, from high to before low.
func (s slice) bounds(length int64) (low, high int64) {
	normal := func(i int64) int64 {
		if i < 0 {
			return i + length
		}
		return i
	}
	if s.step > 0 {
		low, high = 0, length
		if s.hasStart {
			low = min(max(normal(s.start), 0), length)
		}
		if s.hasEnd {
			high = min(max(normal(s.end), 0), length)
		}
		return low, high
	}
	high, low = length-1, -1
	if s.hasStart {
		high = min(max(normal(s.start), -1), length-1)
	}
	if s.hasEnd {
		low = min(max(normal(s.end), -1), length-1)
	}
	return low, high
}

// forward selects elements of an array, which began at start, in order.
func (r *run) forward(in members, start, low, high, by int64, then []segment, out *collector) error {
	for {
		if in.at+1 >= high {
			in.leave(r)
			return r.leave(start)
		}
		if more, err := in.next(r); !more {
			return err
		}
		var err error
		if in.at >= low && (in.at-low)%by == 0 {
			err = r.eval(then, out)
		} else {
			err = r.skip()
		}
		if err != nil {
			return err
		}
	}
}

// backward selects every so many elements of an array from high to before low:
// stretch by stretch, each read forward first.
func (r *run) backward(m *marks, low, high, by int64, then []segment, out *collector) error {
	var chosen []int64 // offsets
	for block := high / m.every; block >= 0 && (block+1)*m.every > low; block-- {
		first := block * m.every
		last := min(first+m.every-1, high)
		chosen = chosen[:0]
		in := r.resume(first, m.at[block])
		for in.at < last {
			if _, err := in.next(r); err != nil {
				return err
			}
			if in.at > low && (high-in.at)%by == 0 {
				chosen = append(chosen, r.offset())
			}
			if err := r.skip(); err != nil {
				return err
			}
		}
		at := last - (by-(high-last)%by)%by // the last that is chosen
		for i := len(chosen) - 1; i >= 0; i-- {
			r.seek(chosen[i])
			r.path = append(r.path[:in.depth-1], step(at))
			if err := r.eval(then, out); err != nil {
				return err
			}
			at -= by
		}
		in.leave(r)
	}
	return nil
}

// marks are places within an array that was counted.
type marks struct {
	every       int64   // how many elements there are from one to the next
	at          []int64 // offsets of elements 0, every, 2*every ...
	length, end int64
}

// before returns the last mark that is not behind element i.
func (m *marks) before(i int64) (at, offset int64) {
	n := i / m.every
	return n * m.every, m.at[n]
}

// newMarks returns marks that are used no more, or new ones.
func (r *run) newMarks() *marks {
	n := len(r.spare)
	if n == 0 {
		return &marks{every: 1}
	}
	m := r.spare[n-1]
	r.spare = r.spare[:n-1]
	*m = marks{every: 1, at: m.at[:0]}
	return m
}

// measure counts the elements of the array that comes next, and passes it.
func (r *run) measure() (*marks, error) {
	m := r.newMarks()
	in := r.enter()
	for {
		more, err := in.next(r)
		if err != nil {
			return nil, err
		}
		if !more {
			m.end = r.offset()
			return m, nil
		}
		if m.length%m.every == 0 {
			m.add(r.offset())
		}
		m.length++
		if err := r.skip(); err != nil {
			return nil, err
		}
	}
}

// add adds a mark, and leaves every second out when there are too many.
func (m *marks) add(offset int64) {
	m.at = append(m.at, offset)
	if len(m.at) < maxMarks {
		return
	}
	for i := range m.at[:maxMarks/2] {
		m.at[i] = m.at[2*i]
	}
	m.at = m.at[:maxMarks/2]
	m.every *= 2
}
