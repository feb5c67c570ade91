package httpcore

import (
	"bytes"
	"context"

	"parley/httpcore/content"
)

// hiddenByte stands for each byte of a secret in a masked source.
const hiddenByte = '*'

// Source returns src with an asterisk for every byte of a secret, in whatever form it stands there: what is masked is as
// long as what was there, so that places stay the same. As long as src grows, what may be the beginning of a secret at its end
// is not there yet. Reading costs a search of what is read and a little around it; src itself is returned when there is
// nothing to look for.
func (m *Masker) Source(src content.Source) content.Source {
	if m == nil || m.starts == nil {
		return src
	}
	return &maskedSource{m, src}
}

type maskedSource struct {
	masker *Masker
	src    content.Source
}

// Done implements content.Source.
func (s *maskedSource) Done() (bool, error) { return s.src.Done() }

// Size implements content.Source.
func (s *maskedSource) Size() int64 {
	done, _ := s.src.Done() // first: then the size is the last one
	size := s.src.Size()
	if done {
		return size
	}
	tail := make([]byte, min(size, int64(2*s.masker.longest)))
	n, err := s.src.ReadAt(tail, size-int64(len(tail)))
	if err != nil && n < len(tail) {
		return size // reading says what is wrong
	}
	return size - int64(len(tail)-s.masker.open(string(tail)))
}

// Wait implements content.Source.
func (s *maskedSource) Wait(ctx context.Context, size int64) error {
	for s.Size() <= size {
		if done, _ := s.src.Done(); done {
			return nil
		}
		if err := s.src.Wait(ctx, s.src.Size()); err != nil {
			return err
		}
	}
	return nil
}

// ReadAt implements content.Source. It reads what is around as well, for a secret that lies across an end of p.
func (s *maskedSource) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 || len(p) == 0 {
		return s.src.ReadAt(p, off)
	}
	margin := int64(s.masker.longest)
	from := max(0, off-margin)
	around := make([]byte, off-from+int64(len(p))+margin)
	n, err := s.src.ReadAt(around, from)
	around = around[:n]
	here := min(int64(len(p)), max(0, int64(n)-(off-from)))
	if here == 0 {
		return s.src.ReadAt(p, off)
	}
	s.masker.overwrite(around)
	copy(p, around[off-from:off-from+here])
	if here == int64(len(p)) {
		return len(p), nil
	}
	return int(here), err
}

// overwrite hides every secret in data.
func (m *Masker) overwrite(data []byte) {
	text := string(data)
	for begin, end, found := m.next(text, 0); found != nil; begin, end, found = m.next(text, end) {
		copy(data[begin:end], bytes.Repeat([]byte{hiddenByte}, end-begin))
	}
}
