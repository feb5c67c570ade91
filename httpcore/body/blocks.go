package body

import "io"

// blockSize is small enough that a short answer wastes little, and large enough that 8 MiB take few blocks.
const blockSize = 16 << 10

// blocks is memory that grows without being copied, so that a body of n bytes never costs more than n and a block.
type blocks [][]byte

// room is how many bytes fit after size without growing.
func (b blocks) room(size int64) int64 { return int64(len(b))*blockSize - size }

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
