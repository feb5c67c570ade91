package body

import (
	"bytes"
	"io"
	"net/url"
	"strings"
)

// Payload is a request body that can be sent again, as redirects (307, 308), retries and challenges need.
type Payload interface {
	// ContentType is the media type this body implies; "" when it implies none.
	ContentType() string
	// Size is the length in bytes, or -1 when it is not known before the end and the body has to be sent chunked.
	Size() int64
	// Open starts the body from its beginning. The caller closes what it gets.
	Open() (io.ReadCloser, error)
}

// Encoded is a [Payload] under a content coding, whose name belongs in the Content-Encoding field.
type Encoded interface {
	Payload
	ContentEncoding() string
	// Plain is the payload without the coding, for whoever looks for something in it.
	Plain() Payload
}

// Bytes is a body held in memory. The caller must not change data afterwards.
func Bytes(data []byte, contentType string) Payload {
	return memory{data: data, contentType: contentType}
}

// Text is a body of UTF-8 text, sent as it stands. contentType may be "".
func Text(s, contentType string) Payload { return Bytes([]byte(s), contentType) }

// JSON is a JSON text, sent as it stands: neither checked nor reformatted.
func JSON(s string) Payload { return Text(s, "application/json") }

// Pair is a name with its value. Order matters and names may repeat, which is why no map is used.
type Pair struct{ Name, Value string }

// Form is application/x-www-form-urlencoded: in order, a space as +, and everything but letters, digits and "-._~"
// percent-encoded as UTF-8, as `requests` does it (Python's urlencode).
func Form(pairs []Pair) Payload {
	var b strings.Builder
	for i, p := range pairs {
		if i > 0 {
			b.WriteByte('&')
		}
		b.WriteString(url.QueryEscape(p.Name))
		b.WriteByte('=')
		b.WriteString(url.QueryEscape(p.Value))
	}
	return Text(b.String(), "application/x-www-form-urlencoded")
}

type memory struct {
	data        []byte
	contentType string
}

func (m memory) ContentType() string          { return m.contentType }
func (m memory) Size() int64                  { return int64(len(m.data)) }
func (m memory) Open() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(m.data)), nil }
