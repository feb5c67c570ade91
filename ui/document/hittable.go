package document

// maxSegments bounds the memory of a search, at about half a megabyte. When
// there would be more, two become one.
const maxSegments = 32 << 10

// segment is a part of a body and how many hits begin in it.
type hitSegment struct {
	start, end int64
	from       int64 // where the first may begin, behind the last of the part before
	count      int
}

// hitTable remembers how many hits begin in each part of a body.
type hitTable struct {
	size  int64 // of a part
	parts []hitPart
	end   int64 // how far they go
	free  int64 // the end of the last hit in them
	count int64 // of all of them

	tail hitSegment // behind end, where it may change
}

// hitPart is a segment that knows its place by its index.
type hitPart struct {
	from  int64
	count int
}

// add takes the hits of what follows.
func (t *hitTable) add(b *batch) {
	t.tail = hitSegment{}
	for i, count := range b.counts {
		start := b.start + int64(i)*b.size
		at := int(start / t.size)
		if at == len(t.parts) {
			if at == maxSegments {
				t.thin()
				at = int(start / t.size)
			}
		}
		if at == len(t.parts) {
			t.parts = append(t.parts, hitPart{from: max(start, b.froms[i])})
		}
		t.parts[at].count += count
		t.count += int64(count)
	}
	t.end, t.free = b.end, max(t.free, b.free)
}

func (t *hitTable) thin() {
	kept := t.parts[:0]
	for i, p := range t.parts {
		if i%2 == 0 {
			kept = append(kept, p)
		} else {
			kept[i/2].count += p.count
		}
	}
	t.parts = kept
	t.size *= 2
}

func (t *hitTable) setTail(b *batch) {
	t.tail = hitSegment{start: b.start, end: b.end, from: max(b.start, t.free)}
	for _, count := range b.counts {
		t.tail.count += count
	}
}

// at returns the segment that holds the byte at offset, if it is known.
func (t *hitTable) at(offset int64) (hitSegment, bool) {
	switch {
	case offset < 0:
		return hitSegment{}, false
	case offset < t.end:
		return t.segment(int(offset / t.size)), true
	case offset < t.tail.end:
		return t.tail, true
	}
	return hitSegment{}, false
}

func (t *hitTable) segment(i int) hitSegment {
	start := int64(i) * t.size
	return hitSegment{start: start, end: min(start+t.size, t.end), from: t.parts[i].from, count: t.parts[i].count}
}
