package body

import (
	"crypto/rand"
	"fmt"
	"io"
	"path/filepath"
	"strings"
)

// Part is one field of a multipart/form-data body: a value, or a file when File is set.
type Part struct {
	Name        string
	Value       string // used when File is ""
	File        string // path of the file to stream
	Filename    string // sent as filename; "" means the base name of File, and none for a value
	ContentType string // "" means what File's extension implies (see [TypeByExtension]), and none for a value
}

// Multipart is multipart/form-data (RFC 7578) with the parts in order; boundary "" means a random one. The size is known
// as soon as every file's is. Names and filenames are quoted as browsers do it (WHATWG HTML, multipart/form-data
// encoding algorithm): UTF-8 as it is, with CR, LF and the double quote percent-encoded.
func Multipart(parts []Part, boundary string) (Payload, error) {
	if boundary == "" {
		boundary = "parley-" + rand.Text()
	}
	if err := checkBoundary(boundary, parts); err != nil {
		return nil, err
	}
	m := multipart{contentType: "multipart/form-data; boundary=" + quoteBoundary(boundary)}
	for _, p := range parts {
		content, err := p.content()
		if err != nil {
			return nil, err
		}
		m.pieces = append(m.pieces, Text("--"+boundary+"\r\n"+p.head()+"\r\n", ""), content, Text("\r\n", ""))
	}
	m.pieces = append(m.pieces, Text("--"+boundary+"--\r\n", ""))
	return m, nil
}

func (p Part) content() (Payload, error) {
	if p.File == "" {
		return Text(p.Value, ""), nil
	}
	return File(p.File, "")
}

func (p Part) head() string {
	filename, contentType := p.Filename, p.ContentType
	if p.File != "" {
		if filename == "" {
			filename = filepath.Base(p.File)
		}
		if contentType == "" {
			contentType = TypeByExtension(filename)
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, `Content-Disposition: form-data; name="%s"`, quoteName(p.Name))
	if filename != "" {
		fmt.Fprintf(&b, `; filename="%s"`, quoteName(filename))
	}
	b.WriteString("\r\n")
	if contentType != "" {
		fmt.Fprintf(&b, "Content-Type: %s\r\n", oneLine(contentType))
	}
	return b.String()
}

func quoteName(s string) string {
	return strings.NewReplacer("\r", "%0D", "\n", "%0A", `"`, "%22").Replace(s)
}

// oneLine keeps a media type from ending its line and so adding a header of its own.
func oneLine(s string) string {
	return strings.NewReplacer("\r", " ", "\n", " ").Replace(s)
}

const boundarySpecials = "'()+_,-./:=? " // bchars of RFC 2046 section 5.1.1 beside letters and digits

func checkBoundary(boundary string, parts []Part) error {
	bad := func(why string) error {
		return &Error{
			Kind:    InvalidBoundary,
			Message: fmt.Sprintf("the multipart boundary %q %s", boundary, why),
			Advice:  "leave it out to get a random one, or use 1 to 70 letters, digits and " + strings.TrimSpace(boundarySpecials),
		}
	}
	if len(boundary) > 70 {
		return bad(fmt.Sprintf("has %d characters; 70 are allowed (RFC 2046)", len(boundary)))
	}
	for _, r := range boundary {
		if !isAlphanumeric(r) && !strings.ContainsRune(boundarySpecials, r) {
			return bad(fmt.Sprintf("contains %q, which RFC 2046 does not allow", r))
		}
	}
	if strings.HasSuffix(boundary, " ") {
		return bad("ends in a space, which RFC 2046 does not allow")
	}
	for _, p := range parts {
		// Files are not searched: they are streamed, and reading each twice would cost more than the mistake.
		if p.File == "" && strings.Contains(p.Value, "--"+boundary) {
			return bad(fmt.Sprintf("occurs in the value of %q, which would end there", p.Name))
		}
	}
	return nil
}

func isAlphanumeric(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

// quoteBoundary quotes a boundary that is not a token, as RFC 2046 section 5.1.1 asks for.
func quoteBoundary(boundary string) string {
	if strings.ContainsAny(boundary, "(),/:=? ") {
		return `"` + boundary + `"`
	}
	return boundary
}

type multipart struct {
	contentType string
	pieces      []Payload
}

func (m multipart) ContentType() string { return m.contentType }

func (m multipart) Size() int64 {
	var total int64
	for _, p := range m.pieces {
		size := p.Size()
		if size < 0 {
			return -1
		}
		total += size
	}
	return total
}

func (m multipart) Open() (io.ReadCloser, error) { return &sequence{rest: m.pieces}, nil }

// sequence reads payloads one after the other, and has at most one of them open.
type sequence struct {
	rest    []Payload
	current io.ReadCloser
}

func (s *sequence) Read(p []byte) (int, error) {
	for {
		if s.current == nil {
			if len(s.rest) == 0 {
				return 0, io.EOF
			}
			opened, err := s.rest[0].Open()
			if err != nil {
				return 0, err
			}
			s.rest, s.current = s.rest[1:], opened
		}
		n, err := s.current.Read(p)
		if err != io.EOF {
			return n, err
		}
		if err := s.Close(); err != nil || n > 0 {
			return n, err
		}
	}
}

func (s *sequence) Close() error {
	if s.current == nil {
		return nil
	}
	err := s.current.Close()
	s.current = nil
	return err
}
