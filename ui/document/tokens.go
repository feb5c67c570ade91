package document

import "parley/httpcore/content"

// tokenReader reads the tokens of a JSON source from some mark on.
type tokenReader struct {
	src   Source
	scan  content.Scanner
	token int64 // where the token read last began
	buf   []byte
	data  []byte // read and not yet scanned
	left  int    // how much more may be read
}

func (x *indexed) readTokens(m mark) (*tokenReader, error) {
	r := &tokenReader{src: x.src, token: m.token, buf: make([]byte, stride), left: x.index.reach()}
	r.scan.Restore(m.json)
	if m.phase != beforeJSON {
		return r, nil
	}
	n, err := content.ReadAt(r.src, r.buf[:content.MaxPreamble], 0)
	mark, guard, _ := content.Preamble(r.buf[:n])
	r.scan.Skip(int64(mark + guard))
	return r, err
}

// next returns the next token or piece of one; its kind is None at the end of
// what there is.
func (r *tokenReader) next() (content.Token, error) {
	for {
		t, n := r.scan.Next(r.data)
		r.data = r.data[n:]
		if t.Kind != content.None {
			if !t.More {
				r.token = t.Start
			}
			return t, nil
		}
		n, err := content.ReadAt(r.src, r.buf[:min(len(r.buf), r.left)], r.scan.Offset())
		if n == 0 || err != nil {
			return t, err
		}
		r.left -= n
		r.data = r.buf[:n]
	}
}
