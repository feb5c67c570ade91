package httpcore

import (
	"bytes"
	"errors"
	"io"

	"parley/httpcore/body"
)

// Open opens a payload with every secret replaced. Of one under a content coding, the content is masked and coded anew:
// in what a coding makes of it no secret can be found, and anyone can take the coding off.
func (m *Masker) Open(p body.Payload) (io.ReadCloser, error) {
	if m == nil || len(m.needles) == 0 {
		return p.Open()
	}
	encoded, ok := p.(body.Encoded)
	if !ok {
		return maskedPayload{p, m}.Open()
	}
	coded, err := body.Compress(maskedPayload{encoded.Plain(), m}, encoded.ContentEncoding())
	if err != nil {
		return nil, err
	}
	return coded.Open()
}

// maskedPayload is a payload whose secrets are replaced on the way; its size is not known before.
type maskedPayload struct {
	body.Payload
	masker *Masker
}

func (maskedPayload) Size() int64 { return -1 }

func (p maskedPayload) Open() (io.ReadCloser, error) {
	source, err := p.Payload.Open()
	if err != nil {
		return nil, err
	}
	r := &maskReader{source: source}
	r.masked = p.masker.Writer(&r.ready)
	return r, nil
}

// maskReader turns a Masker's writer into a reader, by feeding it whenever there is nothing left to hand out.
type maskReader struct {
	source io.ReadCloser
	masked io.WriteCloser
	ready  bytes.Buffer
	chunk  [16 << 10]byte
	ended  bool
}

func (r *maskReader) Read(p []byte) (int, error) {
	for r.ready.Len() == 0 {
		if r.ended {
			return 0, io.EOF
		}
		n, err := r.source.Read(r.chunk[:])
		if _, err := r.masked.Write(r.chunk[:n]); err != nil {
			return 0, err
		}
		if errors.Is(err, io.EOF) {
			r.ended = true
			err = r.masked.Close()
		}
		if err != nil {
			return 0, err
		}
	}
	return r.ready.Read(p)
}

func (r *maskReader) Close() error { return r.source.Close() }
