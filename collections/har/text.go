package har

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"unicode/utf8"

	"parley/httpcore"
)

const chunk = 32 << 10

// bodyOf opens the content of a request, masked.
func bodyOf(p *httpcore.Prepared, m *httpcore.Masker) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return m.Open(p.Body) }
}

// received opens the content of a response as far as it came: what was cut off is kept too.
func received(r *httpcore.Response) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) {
		return io.NopCloser(io.NewSectionReader(r.Body, 0, r.Body.Size())), nil
	}
}

// isUTF8 reports whether a body is UTF-8 from end to end.
func isUTF8(open func() (io.ReadCloser, error)) (bool, error) {
	r, err := open()
	if err != nil {
		return false, err
	}
	defer r.Close()
	buffer, kept := make([]byte, chunk), 0
	for {
		n, err := r.Read(buffer[kept:])
		whole := buffer[:kept+n]
		tail := partialRune(whole)
		if !utf8.Valid(whole[:len(whole)-tail]) {
			return false, nil
		}
		kept = copy(buffer, whole[len(whole)-tail:])
		switch {
		case errors.Is(err, io.EOF):
			return kept == 0, nil
		case err != nil:
			return false, err
		}
	}
}

// partialRune returns how many bytes at the end may be the beginning of a character.
func partialRune(p []byte) int {
	for n := 1; n <= min(utf8.UTFMax-1, len(p)); n++ {
		if c := p[len(p)-n]; utf8.RuneStart(c) {
			if utf8.FullRune(p[len(p)-n:]) {
				return 0
			}
			return n
		}
	}
	return 0
}

// jsonText writes UTF-8 text as the inside of a JSON string. Characters of several bytes may be split between writes.
type jsonText struct {
	w *Writer
}

func (t *jsonText) Write(p []byte) (int, error) {
	const hex = "0123456789abcdef"
	var out bytes.Buffer
	out.Grow(len(p) + len(p)/8)
	for _, c := range p {
		switch {
		case c == '"', c == '\\':
			out.Write([]byte{'\\', c})
		case c == '\n':
			out.WriteString(`\n`)
		case c == '\r':
			out.WriteString(`\r`)
		case c == '\t':
			out.WriteString(`\t`)
		case c < 0x20, c == 0x7f:
			out.Write([]byte{'\\', 'u', '0', '0', hex[c>>4], hex[c&15]})
		default:
			out.WriteByte(c)
		}
	}
	if _, err := t.w.write(out.Bytes()); err != nil {
		return 0, err
	}
	return len(p), nil
}

func (t *jsonText) Close() error { return nil }

type plainWriter struct{ w *Writer }

func (p plainWriter) Write(data []byte) (int, error) { return p.w.write(data) }

func newBase64(w *Writer) io.WriteCloser {
	return base64.NewEncoder(base64.StdEncoding, plainWriter{w})
}

func readAll(open func() (io.ReadCloser, error)) (string, error) {
	r, err := open()
	if err != nil {
		return "", err
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	return string(data), err
}
