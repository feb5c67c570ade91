package diff

import (
	"context"
	"slices"
)

// match is a run of items that both sequences have.
type match struct{ a, b, n int }

// aligner finds what two sequences of hashes have in common, in order: a
// longest common subsequence as long as that is not too dear, else what the
// items say that each has once (Cohen's patience diff).
type aligner struct {
	ctx    context.Context
	a, b   []uint64
	same   func(i, j int) bool // of items with one hash; nil if all such are the same
	budget int                 // steps left
	found  []match
	coarse bool
	ahead  []int32
	behind []int32
}

// maxSteps is what one comparison spends on alignments: some tenths of a second.
const maxSteps = 20 << 20

// align returns the runs in order. Coarse says that they may not be the longest.
func (s *aligner) align() []match {
	s.part(0, len(s.a), 0, len(s.b), true)
	slices.SortFunc(s.found, func(x, y match) int { return x.a - y.a })
	return s.found
}

func (s *aligner) equal(i, j int) bool {
	return s.a[i] == s.b[j] && (s.same == nil || s.same(i, j))
}

// part aligns a[a0:a1] with b[b0:b1].
func (s *aligner) part(a0, a1, b0, b1 int, first bool) {
	a0, a1, b0, b1 = s.between(a0, a1, b0, b1)
	switch {
	case a0 == a1 || b0 == b1:
	case first:
		s.common(a0, a1, b0, b1)
	default:
		s.divide(a0, a1, b0, b1)
	}
}

// between keeps what two parts begin and end with alike, and returns what is
// left of them.
func (s *aligner) between(a0, a1, b0, b1 int) (int, int, int, int) {
	n := 0
	for a0+n < a1 && b0+n < b1 && s.equal(a0+n, b0+n) {
		n++
	}
	s.keep(a0, b0, n)
	a0, b0 = a0+n, b0+n
	n = 0
	for a0 < a1-n && b0 < b1-n && s.equal(a1-n-1, b1-n-1) {
		n++
	}
	s.keep(a1-n, b1-n, n)
	s.budget -= n
	return a0, a1 - n, b0, b1 - n
}

func (s *aligner) keep(a, b, n int) {
	if n > 0 {
		s.found = append(s.found, match{a, b, n})
	}
}

// common aligns only the items that both sides have. That decides at once what
// has nothing in common.
func (s *aligner) common(a0, a1, b0, b1 int) {
	as := kept(s.a[a0:a1], s.b[b0:b1], a0)
	bs := kept(s.b[b0:b1], s.a[a0:a1], b0)
	if len(as) == a1-a0 && len(bs) == b1-b0 {
		s.divide(a0, a1, b0, b1)
		return
	}
	inner := &aligner{ctx: s.ctx, budget: s.budget}
	for _, i := range as {
		inner.a = append(inner.a, s.a[i])
	}
	for _, j := range bs {
		inner.b = append(inner.b, s.b[j])
	}
	if s.same != nil {
		inner.same = func(i, j int) bool { return s.same(as[i], bs[j]) }
	}
	inner.part(0, len(as), 0, len(bs), false)
	s.budget, s.coarse = inner.budget, s.coarse || inner.coarse
	for _, m := range inner.found {
		for k := range m.n {
			s.keep(as[m.a+k], bs[m.b+k], 1)
		}
	}
}

// kept returns where the items are that other has too.
func kept(items, other []uint64, base int) []int {
	there := make(map[uint64]struct{}, len(other))
	for _, h := range other {
		there[h] = struct{}{}
	}
	var at []int
	for i, h := range items {
		if _, ok := there[h]; ok {
			at = append(at, base+i)
		}
	}
	return at
}

// divide parts the two where a shortest edit script passes its middle (Myers,
// An O(ND) Difference Algorithm, 1986, section 4b).
func (s *aligner) divide(a0, a1, b0, b1 int) {
	x, y, u, v, ok := s.middle(a0, a1, b0, b1)
	if !ok {
		s.coarse = true
		s.patience(a0, a1, b0, b1)
		return
	}
	s.part(a0, a0+x, b0, b0+y, false)
	s.keep(a0+x, b0+y, u-x)
	s.part(a0+u, a1, b0+v, b1, false)
}

// middle finds the middle snake, from (x,y) to (u,v). Neither side is empty,
// and they begin and end differently, so that at least two edits are needed and
// both parts are smaller. It gives up when the budget is spent.
func (s *aligner) middle(a0, a1, b0, b1 int) (x, y, u, v int, ok bool) {
	n, m := a1-a0, b1-b0
	size := 2*min(n, m) + 2
	s.ahead, s.behind = zeros(s.ahead, size), zeros(s.behind, size)
	for h := 0; h <= (n+m+1)/2; h++ {
		if s.budget < 0 || h%64 == 0 && s.ctx.Err() != nil {
			return 0, 0, 0, 0, false
		}
		for _, forward := range [2]bool{true, false} {
			x, y, u, v, ok = s.step(h, a0, a1, b0, b1, forward)
			if ok {
				return x, y, u, v, true
			}
		}
	}
	return 0, 0, 0, 0, false
}

// step lengthens the paths of h-1 edits from one end by one edit.
func (s *aligner) step(h, a0, a1, b0, b1 int, forward bool) (x, y, u, v int, ok bool) {
	n, m := a1-a0, b1-b0
	mine, theirs, odd := s.ahead, s.behind, 1
	if !forward {
		mine, theirs, odd = s.behind, s.ahead, 0
	}
	size := len(mine)
	at := func(k int) int { return ((k % size) + size) % size }
	low, high := -(h - 2*max(0, h-m)), h-2*max(0, h-n)
	s.budget -= high - low + 1
	for k := low; k <= high; k += 2 {
		var i int
		if left, right := mine[at(k-1)], mine[at(k+1)]; k == -h || k != h && left < right {
			i = int(right)
		} else {
			i = int(left) + 1
		}
		j := i - k
		fromI, fromJ := i, j
		for i < n && j < m && s.equalFrom(forward, i, j, a0, a1, b0, b1) {
			i, j = i+1, j+1
		}
		s.budget -= i - fromI
		mine[at(k)] = int32(i)
		other := n - m - k
		if (n+m)%2 != odd || other < -(h-odd) || other > h-odd || i+int(theirs[at(other)]) < n {
			continue
		}
		if forward {
			return fromI, fromJ, i, j, true
		}
		return n - i, m - j, n - fromI, m - fromJ, true
	}
	return 0, 0, 0, 0, false
}

func (s *aligner) equalFrom(forward bool, i, j, a0, a1, b0, b1 int) bool {
	if forward {
		return s.equal(a0+i, b0+j)
	}
	return s.equal(a1-1-i, b1-1-j)
}

func zeros(list []int32, n int) []int32 {
	list = slices.Grow(list[:0], n)[:n]
	clear(list)
	return list
}

// patience aligns by the items that are on either side exactly once.
func (s *aligner) patience(a0, a1, b0, b1 int) {
	partner := make([]int, 0, a1-a0)
	type place struct{ inA, inB, i, j int }
	places := make(map[uint64]*place, a1-a0)
	for i := a0; i < a1; i++ {
		p := places[s.a[i]]
		if p == nil {
			p = &place{}
			places[s.a[i]] = p
		}
		p.inA, p.i = p.inA+1, i
	}
	for j := b0; j < b1; j++ {
		if p := places[s.b[j]]; p != nil {
			p.inB, p.j = p.inB+1, j
		}
	}
	var once []int
	for i := a0; i < a1; i++ {
		if p := places[s.a[i]]; p.inA == 1 && p.inB == 1 && (s.same == nil || s.same(i, p.j)) {
			once, partner = append(once, i), append(partner, p.j)
		}
	}
	last := [2]int{a0, b0}
	for _, k := range increasing(partner) {
		i, j := once[k], partner[k]
		s.between(last[0], i, last[1], j)
		s.keep(i, j, 1)
		last = [2]int{i + 1, j + 1}
	}
	s.between(last[0], a1, last[1], b1)
}

// increasing returns where in list a longest increasing subsequence is. No
// number is there twice.
func increasing(list []int) []int {
	var tails []int // of the best subsequence of each length, where it ends
	before := make([]int, len(list))
	for k, value := range list {
		at, _ := slices.BinarySearchFunc(tails, value, func(t, v int) int { return list[t] - v })
		before[k] = -1
		if at > 0 {
			before[k] = tails[at-1]
		}
		if at == len(tails) {
			tails = append(tails, k)
		} else {
			tails[at] = k
		}
	}
	found := make([]int, len(tails))
	if len(tails) > 0 {
		k := tails[len(tails)-1]
		for i := len(tails) - 1; i >= 0; i-- {
			found[i], k = k, before[k]
		}
	}
	return found
}
