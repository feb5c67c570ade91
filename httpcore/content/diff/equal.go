package diff

import "bytes"

// equal reports whether two values are the same. Hashes decide, unless there is
// a tolerance.
func (s *structure) equal(a, b int32) bool {
	if s.a.nodes[a].hash != s.b.nodes[b].hash {
		return false
	}
	return !s.o.Tolerance.any() || s.near(a, b)
}

// near reports whether two values with one hash are the same within the
// tolerance.
func (s *structure) near(a, b int32) bool {
	x, y := &s.a.nodes[a], &s.b.nodes[b]
	s.budget--
	switch {
	case x.kind != y.kind:
		return false
	case s.budget < 0 && x.container():
		s.coarse = true
		return false
	case x.kind == number:
		s.budget -= scalarCost
		return s.sameNumber(s.a.value(a), s.b.value(b))
	case x.kind == str:
		s.budget -= scalarCost
		return s.sameString(s.a.value(a), s.b.value(b))
	case x.kind == literal:
		return true
	}
	as, bs := s.a.children(a), s.b.children(b)
	s.budget -= containerCost + len(as) + len(bs)
	switch {
	case len(as) != len(bs):
		return false
	case x.kind == object:
		return s.nearMembers(as, bs)
	case s.o.AnyOrder:
		return s.nearSet(as, bs)
	}
	for i := range as {
		if !s.equal(as[i], bs[i]) {
			return false
		}
	}
	return true
}

const (
	// scalarCost is what it takes to compare two scalars within a tolerance.
	scalarCost = 8
	// containerCost is what it takes to begin with two containers, beside
	// what is in them.
	containerCost = 8
	// memberCost is what it takes to find the partner of a member.
	memberCost = 6
)

func (s *structure) nearMembers(as, bs []int32) bool {
	s.budget -= memberCost * (len(as) + len(bs))
	for j, i := range s.members(as, bs).ofB {
		if i < 0 || !s.equal(as[i], bs[j]) {
			return false
		}
	}
	return true
}

// nearSet pairs the elements of two arrays in any order, first come, first
// served.
func (s *structure) nearSet(as, bs []int32) bool {
	taken := make([]bool, len(as))
	for _, b := range bs {
		found := false
		for i, a := range as {
			if s.budget--; !taken[i] && s.budget > 0 && s.equal(a, b) {
				taken[i], found = true, true
				break
			}
		}
		if !found {
			return false
		}
	}
	return true
}

func (s *structure) sameNumber(a, b []byte) bool {
	s.scratch[0], s.scratch[1] = canonical(s.scratch[0][:0], a), canonical(s.scratch[1][:0], b)
	if bytes.Equal(s.scratch[0], s.scratch[1]) {
		return true
	}
	return s.o.Tolerance.numbers() && s.o.Tolerance.near(a, b)
}

func (s *structure) sameString(a, b []byte) bool {
	s.scratch[0], s.scratch[1] = unquote(s.scratch[0][:0], a), unquote(s.scratch[1][:0], b)
	if bytes.Equal(s.scratch[0], s.scratch[1]) {
		return true
	}
	return s.o.Tolerance.Time > 0 && s.o.Tolerance.close(s.scratch[0], s.scratch[1])
}
