package body

import "io"

// blockSize is large enough that 8 MiB take few blocks. The first block begins with firstSize and doubles until it is as
// large, so that a short answer wastes little: most are, and a run has many.
const (
	blockSize = 16 << 10
	firstSize = 512
)

// blocks is memory that grows without being copied but for its first block, so that a body of n bytes never costs more than
// n and a block.
type blocks [][]byte

// grown returns the blocks with more room. What was there stays as it is for those who read it.
func (b blocks) grown() blocks {
	switch {
	case len(b) == 0:
		return blocks{make([]byte, firstSize)}
	case len(b) == 1 && len(b[0]) < blockSize:
		larger := make([]byte, 2*len(b[0]))
		copy(larger, b[0])
		return blocks{larger}
	}
	return append(b, make([]byte, blockSize))
}

// room is how many bytes fit after size without growing.
func (b blocks) room(size int64) int64 {
	if len(b) == 1 {
		return int64(len(b[0])) - size
	}
	return int64(len(b))*blockSize - size
}

// put copies what fits of p into the block that holds offset off, and returns how much that was.
func (b blocks) put(p []byte, off int64) int {
	return copy(b[off/blockSize][off%blockSize:], p)
}

// get fills p from offset off; the caller knows that so much is there.
func (b blocks) get(p []byte, off int64) int {
	n := 0
	for n < len(p) {
		at := off + int64(n)
		n += copy(p[n:], b[at/blockSize][at%blockSize:])
	}
	return n
}

// writeTo writes the first size bytes.
func (b blocks) writeTo(w io.WriterAt, size int64) error {
	for i, block := range b {
		off := int64(i) * blockSize
		if off >= size {
			break
		}
		if _, err := w.WriteAt(block[:min(blockSize, size-off)], off); err != nil {
			return err
		}
	}
	return nil
}
