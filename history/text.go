package history

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"parley/httpcore"
	"parley/httpcore/body"
	sniff "parley/httpcore/content"
)

// textMost is how much of a body the full-text index reads.
const textMost = 64 << 10

// text returns the beginning of a text in UTF-8, when it is in another charset.
func (e *encoder) text(r *httpcore.Response) (string, error) {
	head, err := io.ReadAll(io.NewSectionReader(r.Body, 0, textMost))
	if err != nil {
		return "", err
	}
	mediaType, _ := r.Headers.Get("Content-Type")
	charset := body.DetectCharset(mediaType, head)
	if charset.Name == "utf-8" || !isText(mediaType, head, charset) {
		return "", nil
	}
	reader, err := body.NewUTF8Reader(bytes.NewReader(head), charset.Name)
	if err != nil {
		return "", err
	}
	text, err := io.ReadAll(reader)
	return e.mask.String(string(text)), err
}

// isText tells text from other content. A charset that was named is named for text.
func isText(mediaType string, head []byte, charset body.Charset) bool {
	if charset.How == body.FromHeader || charset.How == body.FromBOM || charset.How == body.FromMeta {
		return true
	}
	switch kind := sniff.Sniff(mediaType, head[:min(len(head), sniff.SniffLen)]); kind {
	case sniff.Binary, sniff.Image, sniff.Unknown:
		return false
	default:
		return true
	}
}

func headText(r *record) string {
	var b strings.Builder
	add := func(fields httpcore.Fields) {
		for _, field := range fields {
			b.WriteString(field.Name + " " + field.Value + "\n")
		}
	}
	b.WriteString(r.Meta.Request + "\n")
	for _, h := range r.Hops {
		for _, header := range h.Headers {
			add(httpcore.Fields{header.Field})
		}
		for _, a := range h.Attempts {
			if a.Response != nil {
				add(a.Response.Headers)
			}
		}
	}
	return b.String()
}

// bodyText returns the beginning of the request's and the answer's content, as far as it is text.
func (s *Store) bodyText(r *record) string {
	var b strings.Builder
	if len(r.Hops) > 0 {
		s.addText(&b, r.Hops[0].Body)
	}
	if last := r.last(); last != nil {
		s.addText(&b, last.Body)
	}
	return b.String()
}

func (s *Store) addText(b *strings.Builder, c *content) {
	if c == nil || c.Left != "" {
		return
	}
	if c.Text != "" {
		b.WriteString(c.Text + "\n")
		return
	}
	reader, err := s.bodies.open(c)
	if err != nil {
		return // the exchange is found by its URL and headers all the same
	}
	defer reader.Close() //nolint:errcheck // it was only read
	head, err := io.ReadAll(io.LimitReader(reader, textMost))
	if err != nil || !isUTF8Text(head) {
		return
	}
	b.Write(head)
	b.WriteByte('\n')
}

// isUTF8Text tells UTF-8 without NUL; the last rune may have been cut.
func isUTF8Text(head []byte) bool {
	for cut := 0; cut < utf8.UTFMax && cut <= len(head); cut++ {
		if utf8.Valid(head[:len(head)-cut]) {
			return !strings.ContainsRune(string(head), 0)
		}
	}
	return false
}
