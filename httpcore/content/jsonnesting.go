package content

import "encoding/binary"

// blockLevels is how many levels are packed together.
const blockLevels = 256

// nesting is the levels of a [State], packed. Text may be nested ten thousand
// deep and states are kept by the thousand, so that a level takes a few bytes,
// and what has not changed since the state before is shared with that.
type nesting struct {
	depth  int
	blocks []*string // of blockLevels each, the last of what is left
}

// pack packs levels, and shares blocks with before.
func pack(levels []Level, before nesting) nesting {
	if len(levels) == 0 {
		return nesting{}
	}
	n := nesting{depth: len(levels), blocks: make([]*string, 0, (len(levels)+blockLevels-1)/blockLevels)}
	packed := make([]byte, 0, 512)
	for len(levels) > 0 {
		most := min(blockLevels, len(levels))
		packed = packed[:0]
		var from int64
		for i := range levels[:most] {
			packed = levels[i].append(packed, from)
			from = levels[i].Start
		}
		levels = levels[most:]
		if i := len(n.blocks); i < len(before.blocks) && *before.blocks[i] == string(packed) {
			n.blocks = append(n.blocks, before.blocks[i])
			continue
		}
		block := string(packed)
		n.blocks = append(n.blocks, &block)
	}
	return n
}

// unpack appends the levels to some.
func (n nesting) unpack(levels []Level) []Level {
	for _, block := range n.blocks {
		var from int64
		for rest := *block; rest != ""; {
			var l Level
			l, rest = unpackLevel(rest, from)
			levels, from = append(levels, l), l.Start
		}
	}
	return levels
}

// at returns the level that so many others are around.
func (n nesting) at(depth int) (l Level, ok bool) {
	if depth < 0 || depth >= n.depth {
		return l, false
	}
	rest := *n.blocks[depth/blockLevels]
	for range depth%blockLevels + 1 {
		l, rest = unpackLevel(rest, l.Start)
	}
	return l, true
}

// cost is how many bytes of memory the blocks take that are not those of
// before.
func (n nesting) cost(before nesting) int {
	const pointer, header = 8, 16
	cost := pointer * len(n.blocks)
	for i, block := range n.blocks {
		if i >= len(before.blocks) || block != before.blocks[i] {
			cost += header + len(*block)
		}
	}
	return cost
}

// append packs l, which begins behind from: where it begins and whether it is
// an object, then the index of its element, or how many keys it has and where
// the last of them is.
func (l Level) append(packed []byte, from int64) []byte {
	start := uint64(l.Start-from) << 1
	if !l.IsObject() {
		return binary.AppendUvarint(binary.AppendUvarint(packed, start), uint64(l.at))
	}
	packed = binary.AppendUvarint(binary.AppendUvarint(packed, start|1), uint64(l.keys))
	if at, ok := l.Key(); ok {
		packed = binary.AppendUvarint(packed, uint64(at-l.Start))
	}
	return packed
}

// unpackLevel reads the first level of a block and returns the rest.
func unpackLevel(packed string, from int64) (l Level, rest string) {
	start, packed := uvarint(packed)
	l.Start = from + int64(start>>1)
	count, packed := uvarint(packed)
	if start&1 == 0 {
		l.at = int64(count)
		return l, packed
	}
	l.at, l.keys = noKey, int64(count)
	if count > 0 {
		var key uint64
		key, packed = uvarint(packed)
		l.at = ^(l.Start + int64(key))
	}
	return l, packed
}

// uvarint is [binary.Uvarint] of a string.
func uvarint(packed string) (v uint64, rest string) {
	for i := 0; ; i++ {
		c := packed[i]
		v |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			return v, packed[i+1:]
		}
	}
}
