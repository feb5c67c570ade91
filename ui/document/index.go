package document

import (
	"math"
	"sort"
	"sync"
)

const (
	// stride is how many bytes are read at a time.
	stride = 32 << 10
	// firstStride is how far apart the marks of an index are at first. Those of
	// all views of 1 GiB together fit in 16 MiB.
	firstStride = 64 << 10
	// maxIndexCost bounds the memory of an index. When it is reached, every
	// other mark goes and the stride doubles.
	maxIndexCost = 8 << 20
	// minReach is how much one look into a source may read at least: a screen
	// of the longest lines. It also bounds what a look costs at a place where
	// the index has not been yet, with the reader waiting.
	minReach = 1 << 20
)

// index remembers places in a source. One goroutine adds, any may look up.
type index struct {
	mu     sync.RWMutex
	marks  []mark
	cost   int
	most   int // bytes of memory
	stride int64
	tail   mark // how far the source has been seen
	done   bool // all of it has, or all of it that can be read
}

func newIndex(start mark) *index {
	return &index{marks: []mark{start}, most: maxIndexCost, stride: firstStride, tail: start}
}

// due reports whether a mark at offset would be worth keeping.
func (x *index) due(offset int64) bool {
	return offset-x.marks[len(x.marks)-1].offset >= x.stride
}

func (x *index) add(m mark) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.cost += m.cost(&x.marks[len(x.marks)-1])
	x.marks = append(x.marks, m)
	if x.cost > x.most {
		x.thin()
	}
}

func (x *index) thin() {
	kept := make([]mark, 1, len(x.marks)/2+1)
	kept[0], x.cost = x.marks[0], 0
	for i := 2; i < len(x.marks); i += 2 {
		x.cost += x.marks[i].cost(&kept[len(kept)-1])
		kept = append(kept, x.marks[i])
	}
	x.marks = kept
	x.stride *= 2
}

// reach bounds what one look into the source reads, in bytes. It is more than
// lies between two marks, so that it is never reached where the index has been.
func (x *index) reach() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return int(max(minReach, 2*x.stride))
}

// advance notes how far the source has been seen.
func (x *index) advance(tail mark, done bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.tail, x.done = tail, done
}

// stop notes that what follows can't be read.
func (x *index) stop() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.done = true
}

// seen is how many bytes of the source have been seen.
func (x *index) seen() int64 {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.tail.offset
}

// ahead is how far a look at nodes goes where the index has not been: a screen
// or two. What lies there will be known soon, and a frame looks many times.
const ahead = 256 << 10

// known is where a look at nodes from an offset on ends.
func (x *index) known(offset int64) int64 {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.done {
		return math.MaxInt64
	}
	return max(x.tail.offset, offset+ahead)
}

// size is how many lines have been seen, and whether that is all.
func (x *index) size() (lines int64, done bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.tail.lines, x.done
}

// texts is how many texts have begun, and whether that is all.
func (x *index) texts() (n int64, done bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.tail.tops, x.done
}

// before returns the last mark from which every place is reached for which
// past is false; past must be false for the first mark and stay true once it
// is.
func (x *index) before(past func(*mark) bool) mark {
	x.mu.RLock()
	defer x.mu.RUnlock()
	n := sort.Search(len(x.marks), func(i int) bool { return past(&x.marks[i]) })
	return x.marks[max(n-1, 0)]
}

// lastWithin returns the last mark behind offset for which inside holds, or
// else the last one up to offset. Once inside fails it must go on failing.
func (x *index) lastWithin(offset int64, inside func(*mark) bool) mark {
	return x.before(func(m *mark) bool { return m.offset > offset && !inside(m) })
}

func (x *index) beforeLine(index int64) mark {
	return x.before(func(m *mark) bool { return m.lines > index })
}

func (x *index) beforeNumber(number int64) mark {
	return x.before(func(m *mark) bool { return m.number >= number })
}

func (x *index) beforeOffset(offset int64) mark {
	return x.before(func(m *mark) bool { return m.offset > offset })
}
