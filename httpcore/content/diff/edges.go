package diff

import (
	"bytes"
	"context"
	"errors"

	"parley/httpcore/content"
)

// middle is what of two texts is compared line by line: what differs, with some
// lines around it.
type middle struct {
	start         int64 // the same in both
	endA, endB    int64
	before, after int64 // lines that are left out
}

const (
	pieceSize = 64 << 10
	// maxEdge bounds the text around the differences that is looked at again.
	maxEdge = 64 << 10
)

// edges finds what two texts begin and end with alike.
func edges(ctx context.Context, a, b content.Source) (middle, error) {
	same, before, err := commonPrefix(ctx, a, b)
	if err != nil {
		return middle{}, err
	}
	m := middle{endA: a.Size(), endB: b.Size()}
	m.start, err = back(a, same, &before)
	if err != nil {
		return m, err
	}
	m.before = before
	tail, err := commonSuffix(ctx, a, b, m.start)
	if err != nil {
		return m, err
	}
	kept, err := ahead(a, m.endA-tail, m.endA)
	if err != nil {
		return m, err
	}
	m.endA, m.endB = m.endA-tail+kept, m.endB-tail+kept
	m.after, err = count(ctx, a, m.endA, a.Size())
	return m, err
}

// pieces reads a part of a source piece by piece.
func pieces(ctx context.Context, src content.Source, start, end int64, use func(at int64, text []byte) error) error {
	buf := make([]byte, pieceSize)
	for start < end {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := content.ReadAt(src, buf[:min(int64(len(buf)), end-start)], start)
		if err != nil {
			return err
		}
		if n == 0 {
			return nil // it has become shorter
		}
		if err := use(start, buf[:n]); err != nil {
			return err
		}
		start += int64(n)
	}
	return nil
}

// commonPrefix is how many bytes are the same from the start on, and how many
// lines end in them.
func commonPrefix(ctx context.Context, a, b content.Source) (same, lines int64, err error) {
	other := make([]byte, pieceSize)
	end := min(a.Size(), b.Size())
	err = pieces(ctx, a, 0, end, func(at int64, text []byte) error {
		if at > same {
			return nil // it differs before here
		}
		n, err := content.ReadAt(b, other[:len(text)], at)
		if err != nil {
			return err
		}
		i := sameBytes(text, other[:n])
		same = at + int64(i)
		lines += int64(bytes.Count(text[:i], newline))
		if i < len(text) {
			return errStop
		}
		return nil
	})
	if err == errStop {
		err = nil
	}
	return same, lines, err
}

var newline = []byte{'\n'}

// errStop ends the reading of pieces. It is never returned to a caller.
var errStop = errors.New("stop")

func sameBytes(a, b []byte) int {
	n := min(len(a), len(b))
	if bytes.Equal(a[:n], b[:n]) {
		return n
	}
	i := 0
	for a[i] == b[i] {
		i++
	}
	return i
}

// commonSuffix is how many bytes, in whole lines, are the same at the end.
func commonSuffix(ctx context.Context, a, b content.Source, start int64) (int64, error) {
	most := min(a.Size(), b.Size()) - start
	x, y := make([]byte, pieceSize), make([]byte, pieceSize)
	same, whole := int64(0), int64(0) // whole: up to a line's start
	for same < most && ctx.Err() == nil {
		want := min(int64(pieceSize), most-same)
		n, err := content.ReadAt(a, x[:want], a.Size()-same-want)
		if err != nil {
			return 0, err
		}
		m, err := content.ReadAt(b, y[:want], b.Size()-same-want)
		if err != nil {
			return 0, err
		}
		if n < int(want) || m < int(want) {
			return 0, nil
		}
		i := int(want)
		for i > 0 && x[i-1] == y[i-1] {
			i--
		}
		// A line starts after a newline, if what is before it is not the end.
		if at := bytes.IndexByte(x[i:want], '\n'); at >= 0 {
			whole = same + want - int64(i+at+1)
		}
		same += want - int64(i)
		if i > 0 {
			break
		}
	}
	return whole, ctx.Err()
}

// back returns where a line starts at or before an offset, MaxContext lines up
// if they are short, and takes these lines off a count.
func back(src content.Source, offset int64, lines *int64) (int64, error) {
	from := max(offset-maxEdge, 0)
	text := make([]byte, offset-from)
	n, err := content.ReadAt(src, text, from)
	if err != nil {
		return 0, err
	}
	text = text[:n]
	at := bytes.LastIndexByte(text, '\n') + 1
	if at == 0 && from > 0 {
		return lineStart(src, from)
	}
	for range MaxContext {
		if at == 0 {
			break
		}
		before := bytes.LastIndexByte(text[:at-1], '\n') + 1
		if before == 0 && from > 0 {
			break
		}
		at = before
		*lines--
	}
	return from + int64(at), nil
}

// lineStart returns where the line starts that the byte before offset is in.
func lineStart(src content.Source, offset int64) (int64, error) {
	buf := make([]byte, pieceSize)
	for offset > 0 {
		from := max(offset-pieceSize, 0)
		n, err := content.ReadAt(src, buf[:offset-from], from)
		if err != nil {
			return 0, err
		}
		if i := bytes.LastIndexByte(buf[:n], '\n'); i >= 0 {
			return from + int64(i) + 1, nil
		}
		offset = from
	}
	return 0, nil
}

// ahead returns how many bytes the next MaxContext lines have, if they are
// short.
func ahead(src content.Source, start, end int64) (int64, error) {
	text := make([]byte, min(end-start, maxEdge))
	n, err := content.ReadAt(src, text, start)
	if err != nil {
		return 0, err
	}
	at := 0
	for range MaxContext {
		i := bytes.IndexByte(text[at:n], '\n')
		if i < 0 {
			if start+int64(n) == end { // the last line has no newline
				at = n
			}
			break
		}
		at += i + 1
	}
	return int64(at), nil
}

// count is how many lines a part of a source has.
func count(ctx context.Context, src content.Source, start, end int64) (lines int64, err error) {
	var last byte = '\n'
	err = pieces(ctx, src, start, end, func(_ int64, text []byte) error {
		lines += int64(bytes.Count(text, newline))
		last = text[len(text)-1]
		return nil
	})
	if last != '\n' {
		lines++
	}
	return lines, err
}
