package document

import (
	"bytes"
	"context"
	"errors"
	"io"
	"sort"
	"strings"
	"sync"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/transform"

	"parley/httpcore/content"
)

// decoded is a source in some charset, seen as UTF-8. It keeps places where
// decoding can begin, so that any part is had by decoding a bounded piece, and
// no text.
type decoded struct {
	src    Source
	detect func(head []byte) string // tells the charset, if it is not known

	mu      sync.RWMutex
	charset encoding.Encoding // nil before it is known
	byLine  bool              // the charset has states, but not across lines
	wide    bool              // its text looks like no text, byte by byte
	marks   []decodeMark
	stride  int64
	same    bool  // the source is UTF-8 already
	read    int64 // bytes of src that have been decoded
	size    int64 // bytes of UTF-8 they gave
	done    bool
	err     error
	changed chan struct{} // closed at the next change
}

// decodeMark pairs a place in the text with the one in the source.
type decodeMark struct{ text, source int64 }

// maxDecodeMarks bounds the memory of a decoded source.
const maxDecodeMarks = 1 << 16

// decode returns src as UTF-8. The charset has a label, or detect tells it when
// the first bytes are there.
func decode(src Source, label string, detect func(head []byte) string) *decoded {
	d := &decoded{src: src, detect: detect, marks: make([]decodeMark, 1), stride: stride, changed: make(chan struct{})}
	if label != "" || detect == nil {
		d.settle(label)
	}
	return d
}

// settle fixes the charset. What has none that is known is taken for UTF-8.
func (d *decoded) settle(label string) {
	enc, name := charset.Lookup(label)
	d.mu.Lock()
	defer d.mu.Unlock()
	if enc == nil || name == "utf-8" || name == "replacement" {
		d.same = true
	} else {
		d.charset, d.byLine, d.wide = enc, name == "iso-2022-jp", strings.HasPrefix(name, "utf-16")
	}
	d.wake()
}

// isSame reports whether the source is UTF-8, isWide whether its charset has
// two bytes a character.
func (d *decoded) isSame() bool {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.same
}

func (d *decoded) isWide() bool {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.wide
}

// headSize is how many bytes a charset is told from at most.
const headSize = 4 << 10

// find has the charset detected as soon as the first byte that is not ASCII has
// come. Until then the text is shown as it is: it is the same in all charsets
// but those with two bytes a character, which do not begin with two of ASCII.
func (d *decoded) find(ctx context.Context) error {
	head := make([]byte, headSize)
	for {
		ended, _ := d.src.Done()
		n, err := content.ReadAt(d.src, head, 0)
		if err != nil {
			return err
		}
		first := bytes.IndexFunc(head[:n], func(r rune) bool { return r == 0 || r >= 0x80 })
		const enough = 4 // bytes, to tell UTF-8 from others
		if ended || n == len(head) || first >= 0 && n-first >= enough {
			d.settle(d.detect(head[:n]))
			return nil
		}
		if first < 0 && n > 1 {
			d.advance(int64(n)-d.size, int64(n)-d.read)
		}
		if err := d.src.Wait(ctx, int64(n)); err != nil {
			return err
		}
	}
}

// run finds the charset and measures the text until the source ends or ctx
// does. changed is called when the charset is known and at the end.
func (d *decoded) run(ctx context.Context, changed func()) {
	defer changed()
	var err error
	if d.charset == nil && !d.same {
		err = d.find(ctx)
		changed()
	}
	if d.isSame() {
		return
	}
	if err == nil {
		err = d.measure(ctx)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.done, d.err = err == nil, err; err != nil && ctx.Err() == nil {
		d.size++ // where what can be read ends, whoever reads on meets the error
	}
	d.wake()
}

func (d *decoded) measure(ctx context.Context) error {
	in, out := make([]byte, stride), make([]byte, 4*stride)
	for ctx.Err() == nil {
		ended, _ := d.src.Done()
		n, err := content.ReadAt(d.src, in, d.read)
		if err != nil {
			return err
		}
		given, taken, err := d.step(out, in[:n], ended)
		switch {
		case err != nil:
			return err
		case taken > 0:
			d.advance(int64(given), int64(taken))
		case ended:
			return nil
		default:
			if err := d.src.Wait(ctx, d.read+int64(n)); err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}

// step decodes the bytes in as far as they are whole characters.
func (d *decoded) step(out, in []byte, ended bool) (given, taken int, err error) {
	last := ended && len(in) < stride
	if i := bytes.LastIndexByte(in, '\n'); d.byLine && !last && i >= 0 {
		in = in[:i+1]
	}
	given, taken, err = d.charset.NewDecoder().Transform(out, in, last)
	if err == transform.ErrShortSrc || err == transform.ErrShortDst {
		err = nil
	}
	return given, taken, err
}

func (d *decoded) advance(given, taken int64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.size += given
	d.read += taken
	if d.read-d.marks[len(d.marks)-1].source >= d.stride {
		d.marks = append(d.marks, decodeMark{d.size, d.read})
	}
	if len(d.marks) > maxDecodeMarks {
		for i := range len(d.marks) / 2 {
			d.marks[i] = d.marks[2*i]
		}
		d.marks = d.marks[:len(d.marks)/2]
		d.stride *= 2
	}
	d.wake()
}

// wake tells those who wait to look again. The caller holds mu.
func (d *decoded) wake() {
	close(d.changed)
	d.changed = make(chan struct{})
}

// Size implements [Source].
func (d *decoded) Size() int64 {
	d.mu.RLock()
	defer d.mu.RUnlock()
	if d.same {
		return d.src.Size()
	}
	return d.size
}

// Done implements [Source].
func (d *decoded) Done() (bool, error) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	if !d.done && !d.same {
		return d.err != nil, d.err
	}
	return d.src.Done()
}

// Wait implements [Source].
func (d *decoded) Wait(ctx context.Context, size int64) error {
	for {
		d.mu.RLock()
		more, err, changed, same := d.size > size || d.done, d.err, d.changed, d.same
		d.mu.RUnlock()
		if same {
			return d.src.Wait(ctx, size)
		}
		if more {
			return nil
		}
		if err != nil {
			return err
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// ReadAt implements [io.ReaderAt] by decoding from the place before off.
func (d *decoded) ReadAt(p []byte, off int64) (int, error) {
	d.mu.RLock()
	i := sort.Search(len(d.marks), func(i int) bool { return d.marks[i].text > off })
	at, read, as, end := d.marks[max(i-1, 0)], d.read, d.charset, d.err
	d.mu.RUnlock()
	if as == nil {
		return d.src.ReadAt(p, off) // ASCII so far, or UTF-8
	}
	if off < 0 {
		return 0, errors.New("document: negative offset")
	}
	in, out := make([]byte, stride), make([]byte, 4*stride)
	filled := 0
	for filled < len(p) && at.source < read {
		n, err := content.ReadAt(d.src, in[:min(int64(len(in)), read-at.source)], at.source)
		if err != nil {
			return filled, err
		}
		given, taken, err := d.step(out, in[:n], at.source+int64(n) == read)
		if err != nil || taken == 0 {
			return filled, errors.Join(err, io.ErrUnexpectedEOF)
		}
		if skip := off + int64(filled) - at.text; skip < int64(given) {
			filled += copy(p[filled:], out[skip:given])
		}
		at.text += int64(given)
		at.source += int64(taken)
	}
	if filled == len(p) {
		return filled, nil
	}
	if end == nil {
		end = io.EOF
	}
	return filled, end
}
