package diff

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"parley/httpcore/content"
	"parley/httpcore/content/jsonpath"
)

// structure is the comparison of two JSON texts.
type structure struct {
	a, b    *tree
	o       Options
	hasher  hasher
	ctx     context.Context
	budget  int // steps left for alignments
	steps   []step
	changed int // steps that are differences
	coarse  bool
	scratch [2][]byte
}

// step is one of the steps of a walk through both texts at once.
type step struct {
	kind  Kind
	sort  sort
	depth int32
	a, b  int32 // nodes, -1 for none
}

type sort uint8

const (
	whole sort = iota // values with all that is in them
	open              // objects or arrays that differ in what follows
	shut
)

// parseBoth reads both bodies, and says why they are not compared as JSON if
// they are not.
func parseBoth(ctx context.Context, a, b content.Source, o Options) (*structure, string, error) {
	s := &structure{o: o, hasher: newHasher(o), budget: maxSteps}
	for _, side := range []struct {
		name string
		src  content.Source
		tree **tree
	}{{"first", a, &s.a}, {"second", b, &s.b}} {
		t, note, err := s.parse(ctx, side.src)
		if err != nil {
			return nil, "", err
		}
		if t == nil {
			if note == notJSON {
				return nil, "", nil
			}
			return nil, fmt.Sprintf("compared line by line: the %s %s", side.name, note), nil
		}
		*side.tree = t
	}
	return s, "", nil
}

// notJSON is the note of what nobody takes for JSON, which needs none.
const notJSON = "is not JSON"

// seemsJSON reports whether a text begins as objects and arrays do.
func seemsJSON(text []byte) bool {
	text = bytes.TrimLeft(text, "\ufeff \t\r\n")
	return len(text) > 0 && (text[0] == '{' || text[0] == '[')
}

func (s *structure) parse(ctx context.Context, src content.Source) (t *tree, note string, err error) {
	if size := src.Size(); size > MaxSize {
		return nil, fmt.Sprintf("is larger than %d MB", MaxSize>>20), nil
	}
	text := make([]byte, src.Size())
	n, err := content.ReadAt(src, text, 0)
	if err != nil {
		return nil, "", err
	}
	text = text[:n]
	t, err = parse(ctx, text, nil, s.hasher)
	if err == nil && len(s.o.Ignore) > 0 {
		var ignored map[int32]bool
		if ignored, err = s.ignored(ctx, src); err != nil {
			return nil, "", err
		}
		if len(ignored) > 0 {
			t, err = parse(ctx, text, ignored, s.hasher)
		}
	}
	if bad, ok := errors.AsType[*content.SyntaxError](err); ok {
		if !seemsJSON(text) {
			return nil, notJSON, nil
		}
		return nil, fmt.Sprintf("is not JSON: %s", bad), nil
	}
	if many, ok := errors.AsType[tooManyValues](err); ok {
		return nil, many.Error(), nil
	}
	return t, "", err
}

// ignored returns where the values begin that do not count.
func (s *structure) ignored(ctx context.Context, src content.Source) (map[int32]bool, error) {
	starts := map[int32]bool{}
	for _, query := range s.o.Ignore {
		err := query.Select(ctx, src, func(n jsonpath.Node) error {
			starts[int32(n.Start)] = true // at most MaxSize
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return starts, nil
}

// compare fills in the steps.
func (s *structure) compare(ctx context.Context) {
	s.ctx = ctx
	if s.a.nodes[0].ignored || s.b.nodes[0].ignored {
		s.add(step{kind: Same})
		return
	}
	s.walk(0, 0, 0, Same)
}

func (s *structure) add(st step) {
	s.steps = append(s.steps, st)
	if st.kind != Same && st.sort != shut {
		s.changed++
	}
}

// walk compares two values; as is Moved for elements that are elsewhere.
func (s *structure) walk(a, b, depth int32, as Kind) {
	if s.equal(a, b) {
		s.add(step{kind: as, depth: depth, a: a, b: b})
		return
	}
	x, y := &s.a.nodes[a], &s.b.nodes[b]
	if x.kind != y.kind || !x.container() || s.ctx.Err() != nil {
		s.add(step{kind: Changed, depth: depth, a: a, b: b})
		return
	}
	pairs := s.pairs(a, b)
	if s.changed+s.differing(pairs) > maxChanges {
		s.coarse = true
		s.add(step{kind: Changed, depth: depth, a: a, b: b})
		return
	}
	s.add(step{kind: as, sort: open, depth: depth, a: a, b: b})
	for _, p := range pairs {
		switch {
		case p.a < 0:
			s.add(step{kind: Added, depth: depth + 1, a: -1, b: p.b})
		case p.b < 0:
			s.add(step{kind: Removed, depth: depth + 1, a: p.a, b: -1})
		default:
			s.walk(p.a, p.b, depth+1, p.as)
		}
	}
	s.add(step{kind: as, sort: shut, depth: depth, a: a, b: b})
}

// pair is a child of A beside its partner in B; -1 for none.
type pair struct {
	a, b int32
	as   Kind
}

func (s *structure) pairs(a, b int32) []pair {
	as, bs := s.a.children(a), s.b.children(b)
	var p *partners
	if s.a.nodes[a].kind == object {
		p = s.members(as, bs)
	} else {
		p = s.elements(as, bs)
	}
	return p.merge(as, bs)
}

// differing counts the pairs that are not the same.
func (s *structure) differing(pairs []pair) (n int) {
	for _, p := range pairs {
		if p.a < 0 || p.b < 0 || p.as == Moved || !s.equal(p.a, p.b) {
			n++
		}
	}
	return n
}

// partners say which child of A belongs to which child of B, by their places
// among those that count.
type partners struct {
	ofA, ofB []int // -1 for none
	moved    []bool
}

func newPartners(n, m int) *partners {
	p := &partners{ofA: make([]int, n), ofB: make([]int, m), moved: make([]bool, m)}
	for i := range p.ofA {
		p.ofA[i] = -1
	}
	for j := range p.ofB {
		p.ofB[j] = -1
	}
	return p
}

func (p *partners) join(i, j int) { p.ofA[i], p.ofB[j] = j, i }

// merge returns all children in the order of B, with those that are only in A
// where they were.
func (p *partners) merge(as, bs []int32) []pair {
	list := make([]pair, 0, max(len(as), len(bs)))
	next := 0
	upTo := func(end int) {
		for ; next < end; next++ {
			if p.ofA[next] < 0 {
				list = append(list, pair{a: as[next], b: -1})
			}
		}
	}
	for j, i := range p.ofB {
		switch {
		case i < 0:
			list = append(list, pair{a: -1, b: bs[j]})
		case p.moved[j]:
			list = append(list, pair{a: as[i], b: bs[j], as: Moved})
		default:
			upTo(i)
			list = append(list, pair{a: as[i], b: bs[j]})
		}
	}
	upTo(len(as))
	return list
}

// inOrder marks the pairs that are out of order as moved, as few as possible.
func (p *partners) inOrder() {
	var js, is []int
	for j, i := range p.ofB {
		if i >= 0 {
			js, is = append(js, j), append(is, i)
			p.moved[j] = true
		}
	}
	for _, k := range increasing(is) {
		p.moved[js[k]] = false
	}
}

// members pairs the members of two objects by their names; of several with one
// name, the first with the first.
func (s *structure) members(as, bs []int32) *partners {
	p := newPartners(len(as), len(bs))
	places := make(map[occurrence]int, len(as))
	inA := occurrences{}
	for i, a := range as {
		places[inA.next(s.nameHash(s.a, a))] = i
	}
	inB := occurrences{}
	for j, b := range bs {
		if i, ok := places[inB.next(s.nameHash(s.b, b))]; ok {
			p.join(i, j)
		}
	}
	if s.o.MemberOrder {
		p.inOrder()
	}
	return p
}

// occurrence is one of the members of an object that have the same name.
type occurrence struct {
	name uint64
	nth  int
}

// occurrences counts the members of an object by their names.
type occurrences map[uint64]int

func (o occurrences) next(name uint64) occurrence {
	o[name]++
	return occurrence{name, o[name]}
}

func (s *structure) nameHash(t *tree, n int32) uint64 {
	r := t.name(n)
	s.scratch[0] = unquote(s.scratch[0][:0], t.text[r.Start:r.End])
	return s.hasher.bytes(str, s.scratch[0])
}
