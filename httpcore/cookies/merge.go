package cookies

import "slices"

// Merge brings together what became of a set of cookies in two places: in this jar, and in theirs, both of which began as
// base. It changes the jar and returns all that is in it then, what has ended too.
//
// What only one side has changed, made or deleted is taken over. Where both have set a cookie, the one that was set later
// counts; where one has set and the other deleted it, it stays: a login is not lost to another's cleaning up.
func (j *Jar) Merge(base, theirs []Cookie) []Cookie {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.retire()
	before, other := byKey(base), byKey(theirs)
	merged := make([]Cookie, 0, max(len(j.cookies), len(theirs)))
	for _, mine := range j.cookies {
		k := mine.key()
		old, known := before[k]
		their, has := other[k]
		switch {
		case has:
			merged = append(merged, later(mine, their, old))
		case !known || !mine.same(old) && !mine.Ended: // theirs never had it, or has deleted what was changed here
			merged = append(merged, mine)
		}
	}
	here := byKey(j.cookies)
	for _, their := range theirs {
		k := their.key()
		if _, ok := here[k]; ok {
			continue
		}
		if old, known := before[k]; !known || !their.same(old) && !their.Ended {
			merged = append(merged, their)
		}
	}
	slices.SortStableFunc(merged, func(a, b Cookie) int { return a.Created.Compare(b.Created) })
	j.cookies = merged
	j.retire()
	j.evict()
	return slices.Clone(j.cookies)
}

// later returns which of two versions of a cookie counts, when both were old.
func later(mine, their, old Cookie) Cookie {
	chosen := mine
	if mine.same(old) || !their.same(old) && their.Updated.After(mine.Updated) {
		chosen = their
	}
	if mine.Used.After(chosen.Used) {
		chosen.Used = mine.Used
	}
	if their.Used.After(chosen.Used) {
		chosen.Used = their.Used
	}
	return chosen
}

// same reports whether two cookies differ in nothing but when they were used.
func (c Cookie) same(other Cookie) bool {
	return c.key() == other.key() && c.Value == other.Value && c.Expires.Equal(other.Expires) && c.Secure == other.Secure &&
		c.HTTPOnly == other.HTTPOnly && c.SameSite == other.SameSite && c.Partitioned == other.Partitioned &&
		c.Updated.Equal(other.Updated) && c.Ended == other.Ended
}

// Same reports whether two sets of cookies differ in nothing but their order and when they were used.
func Same(a, b []Cookie) bool {
	if len(a) != len(b) {
		return false
	}
	others := byKey(b)
	return !slices.ContainsFunc(a, func(c Cookie) bool {
		other, ok := others[c.key()]
		return !ok || !c.same(other)
	})
}

// Changed reports whether the jar differs from what it was in more than when its cookies were used.
func (j *Jar) Changed(since []Cookie) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.retire()
	return !Same(j.cookies, since)
}

func byKey(list []Cookie) map[key]Cookie {
	m := make(map[key]Cookie, len(list))
	for _, c := range list {
		m[c.key()] = c
	}
	return m
}
