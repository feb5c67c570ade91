package diff

import "slices"

// elements pairs the elements of two arrays: by what identifies them if
// something does, else those that are the same, and of the rest those that are
// alike.
func (s *structure) elements(as, bs []int32) *partners {
	p := newPartners(len(as), len(bs))
	if s.byIdentity(p, as, bs) {
		if !s.o.AnyOrder {
			p.inOrder()
		}
		return p
	}
	if !s.o.AnyOrder {
		s.aligned(p, as, bs)
	}
	s.elsewhere(p, as, bs)
	s.alike(p, as, bs)
	return p
}

// aligned pairs the elements that are the same, in order.
func (s *structure) aligned(p *partners, as, bs []int32) {
	al := &aligner{ctx: s.ctx, a: hashes(s.a, as), b: hashes(s.b, bs), budget: s.budget}
	if s.o.Tolerance.any() {
		al.same = func(i, j int) bool { return s.near(as[i], bs[j]) }
	}
	before := s.budget
	for _, m := range al.align() {
		for k := range m.n {
			p.join(m.a+k, m.b+k)
		}
	}
	s.budget -= before - al.budget
	s.coarse = s.coarse || al.coarse
}

func hashes(t *tree, list []int32) []uint64 {
	h := make([]uint64, len(list))
	for i, n := range list {
		h[i] = t.nodes[n].hash
	}
	return h
}

// elsewhere pairs elements that are the same but have no partner yet. They
// have moved, if order counts.
func (s *structure) elsewhere(p *partners, as, bs []int32) {
	left := map[uint64][]int{}
	for i, j := range p.ofA {
		if j < 0 {
			h := s.a.nodes[as[i]].hash
			left[h] = append(left[h], i)
		}
	}
	for j, i := range p.ofB {
		if i >= 0 {
			continue
		}
		h := s.b.nodes[bs[j]].hash
		for k, i := range left[h] {
			if s.budget--; s.budget < 0 && k > 0 {
				break
			}
			if s.equal(as[i], bs[j]) {
				p.join(i, j)
				p.moved[j] = !s.o.AnyOrder
				left[h] = take(left[h], k)
				break
			}
		}
	}
}

// take removes list[k]; the first costs nothing.
func take(list []int, k int) []int {
	if k == 0 {
		return list[1:]
	}
	return slices.Delete(list, k, k+1)
}

// gap is a run of elements on both sides without partners.
type gap struct{ as, bs []int }

// gaps are the runs between the elements that have partners in order; in any
// order, all that are left.
func (s *structure) gaps(p *partners) []gap {
	if s.o.AnyOrder {
		var g gap
		for i, j := range p.ofA {
			if j < 0 {
				g.as = append(g.as, i)
			}
		}
		for j, i := range p.ofB {
			if i < 0 {
				g.bs = append(g.bs, j)
			}
		}
		return []gap{g}
	}
	var list []gap
	var g gap
	next := 0
	for j, i := range append(slices.Clone(p.ofB), len(p.ofA)) {
		switch {
		case j < len(p.ofB) && i < 0:
			g.bs = append(g.bs, j)
			continue
		case j < len(p.ofB) && p.moved[j]:
			continue
		}
		for ; next < i; next++ {
			if p.ofA[next] < 0 {
				g.as = append(g.as, next)
			}
		}
		next = max(next, i+1)
		if len(g.as) > 0 && len(g.bs) > 0 {
			list = append(list, g)
		}
		g = gap{}
	}
	return list
}

// alike pairs elements that are of one kind and hold much of the same, and
// where nothing is to choose, one after another.
func (s *structure) alike(p *partners, as, bs []int32) {
	for _, g := range s.gaps(p) {
		if len(g.as) == len(g.bs) || len(g.as)*len(g.bs) > maxAlike {
			s.oneByOne(p, g, as, bs)
		} else {
			s.mostAlike(p, g, as, bs)
		}
	}
}

// maxAlike is how many pairs of elements are asked how alike they are.
const maxAlike = 4096

func (s *structure) oneByOne(p *partners, g gap, as, bs []int32) {
	for k := range min(len(g.as), len(g.bs)) {
		i, j := g.as[k], g.bs[k]
		if s.a.nodes[as[i]].container() == s.b.nodes[bs[j]].container() {
			p.join(i, j)
		}
	}
}

// mostAlike pairs in order so that the pairs are as alike as can be.
func (s *structure) mostAlike(p *partners, g gap, as, bs []int32) {
	n, m := len(g.as), len(g.bs)
	fa, fb := make([][]uint64, n), make([][]uint64, m)
	for x, i := range g.as {
		fa[x] = s.features(s.a, as[i])
	}
	for y, j := range g.bs {
		fb[y] = s.features(s.b, bs[j])
	}
	best := make([][]int, n+1) // of what is to the right and below
	for x := range best {
		best[x] = make([]int, m+1)
	}
	score := func(x, y int) int {
		if s.a.nodes[as[g.as[x]]].kind != s.b.nodes[bs[g.bs[y]]].kind {
			return 0
		}
		return likeness(fa[x], fb[y])
	}
	for x := n - 1; x >= 0; x-- {
		for y := m - 1; y >= 0; y-- {
			best[x][y] = max(best[x+1][y], best[x][y+1])
			if likely := score(x, y); likely > 0 {
				best[x][y] = max(best[x][y], likely+best[x+1][y+1])
			}
		}
	}
	for x, y := 0, 0; x < n && y < m; {
		likely := score(x, y)
		switch {
		case likely > 0 && best[x][y] == likely+best[x+1][y+1]:
			p.join(g.as[x], g.bs[y])
			x, y = x+1, y+1
		case best[x][y] == best[x+1][y]:
			x++
		default:
			y++
		}
	}
}

// maxFeatures is how many children tell what a container is like.
const maxFeatures = 64

// features are hashes of what is in a container, sorted.
func (s *structure) features(t *tree, n int32) []uint64 {
	if !t.nodes[n].container() {
		return nil
	}
	var list []uint64
	for c := n + 1; c < t.nodes[n].next && len(list) < 2*maxFeatures; c = t.nodes[c].next {
		h := t.nodes[c].hash
		if t.nodes[n].kind == object {
			name := s.nameHash(t, c)
			list = append(list, name)
			h = mix(name) + h
		}
		list = append(list, h)
	}
	slices.Sort(list)
	return list
}

// likeness is how much of two containers is the same, up to 100, and 0 if that
// is too little. Scalars are all a little alike.
func likeness(a, b []uint64) int {
	if a == nil && b == nil {
		return 1
	}
	shared := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			shared, i, j = shared+1, i+1, j+1
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	if percent := 100 * shared / max(len(a), len(b), 1); percent >= 40 {
		return percent
	}
	return 0
}
