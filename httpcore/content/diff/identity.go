package diff

// identities are the members that identify an object, the best first.
var identities = [...]string{"id", "_id", "uuid", "key", "name"}

// byIdentity pairs objects by a member that each of them has and no two in one
// array share. It reports whether there is one.
func (s *structure) byIdentity(p *partners, as, bs []int32) bool {
	if len(as) == 0 || len(bs) == 0 {
		return false
	}
	for _, name := range identities {
		wanted := s.hasher.bytes(str, []byte(name))
		inA, ok := s.identify(s.a, as, wanted)
		if !ok {
			continue
		}
		inB, ok := s.identify(s.b, bs, wanted)
		if !ok {
			continue
		}
		for id, j := range inB {
			if i, both := inA[id]; both {
				p.join(i, j)
			}
		}
		return true
	}
	return false
}

// maxIdentity is how many members of an object are asked whether they identify
// it.
const maxIdentity = 64

func (s *structure) identify(t *tree, list []int32, wanted uint64) (map[uint64]int, bool) {
	ids := make(map[uint64]int, len(list))
	for i, n := range list {
		id, ok := s.identity(t, n, wanted)
		if !ok {
			return nil, false
		}
		if _, twice := ids[id]; twice {
			return nil, false
		}
		ids[id] = i
	}
	return ids, true
}

// identity is the hash of a member of an object with a certain name. It has to
// be exact, so times and numbers within a tolerance won't do.
func (s *structure) identity(t *tree, n int32, wanted uint64) (id uint64, ok bool) {
	if t.nodes[n].kind != object {
		return 0, false
	}
	looked := 0
	for c := n + 1; c < t.nodes[n].next && looked < maxIdentity; c = t.nodes[c].next {
		looked++
		if k := t.nodes[c].kind; (k == str || k == number) && !t.nodes[c].ignored && s.nameHash(t, c) == wanted {
			exact := hasher{seed: s.hasher.seed, salt: s.hasher.salt}
			id, s.scratch[0] = exact.scalar(k, t.value(c), s.scratch[0])
			return id, true
		}
	}
	return 0, false
}
