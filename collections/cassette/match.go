package cassette

import (
	"crypto/sha256"
	"io"
	"mime"
	"strings"

	"parley/collections/har"
	"parley/httpcore"
	"parley/httpcore/body"
)

// digest is what is compared of a body. The zero digest is a body that is not recorded, which any fits.
type digest struct {
	known bool
	size  int64
	sum   [sha256.Size]byte
}

func (d digest) fits(other digest) bool { return !d.known || d == other }

// askedOf is what a request is looked for by, secrets as marks.
func askedOf(p *httpcore.Prepared) (key, digest, error) {
	masker := httpcore.NewMasker(p.Request.Secrets, httpcore.Mark)
	sent := *p.URL
	sent.Fragment, sent.HasFragment = "", false
	asked := key{p.Method, masker.String(sent.Redacted())}
	if p.Body == nil {
		return asked, digest{known: true, sum: sha256.Sum256(nil)}, nil
	}
	opened, err := masker.Open(p.Body)
	if err != nil {
		return asked, digest{}, httpcore.AsError(err, httpcore.KindBody)
	}
	defer opened.Close() // it is only read
	contentType, _ := p.Header("Content-Type")
	body, err := digestOf(opened, contentType)
	if err != nil {
		return asked, digest{}, httpcore.AsError(err, httpcore.KindBody)
	}
	return asked, body, nil
}

// digestOf reads a body. The boundary of a multipart body does not count.
func digestOf(r io.Reader, contentType string) (digest, error) {
	sum := sha256.New()
	count := &counter{to: sum}
	out := io.WriteCloser(count)
	if kind, parameters, err := mime.ParseMediaType(contentType); err == nil && strings.HasPrefix(kind, "multipart/") && parameters["boundary"] != "" {
		boundary := httpcore.NewSecret("boundary", parameters["boundary"])
		out = httpcore.NewMasker([]httpcore.Secret{boundary}, httpcore.Mark).Writer(count)
	}
	if _, err := io.Copy(out, r); err != nil {
		return digest{}, err
	}
	if err := out.Close(); err != nil {
		return digest{}, err
	}
	return digest{true, count.size, [sha256.Size]byte(sum.Sum(nil))}, nil
}

// counter counts what goes into a hash.
type counter struct {
	to   io.Writer
	size int64
}

// Write implements io.Writer.
func (c *counter) Write(p []byte) (int, error) {
	c.size += int64(len(p))
	return c.to.Write(p)
}

// Close implements io.Closer.
func (c *counter) Close() error { return nil }

// recordedURL brings the URL of an entry into the form that requests have. Marks stay as they are.
func recordedURL(text string) string {
	text, _, _ = strings.Cut(text, "#")
	if strings.Contains(text, "{secret ") {
		return text
	}
	if u, err := httpcore.ParseURL(text); err == nil {
		return u.Redacted()
	}
	return text
}

// recordedBody is what an entry knows of the body that was sent.
func recordedBody(r har.Request) (digest, error) {
	switch {
	case r.PostData == nil && r.BodySize > 0, r.PostData == nil && r.BodySize < 0 && takesBody(r.Method):
		return digest{}, nil
	case r.PostData == nil:
		return digest{known: true, sum: sha256.Sum256(nil)}, nil
	case r.PostData.Text == "" && r.BodySize != 0:
		return digest{}, nil
	}
	data, err := r.PostData.Bytes()
	if err != nil {
		return digest{}, err
	}
	contentType := r.PostData.MimeType
	for _, h := range r.Headers {
		if strings.EqualFold(h.Name, "Content-Type") {
			contentType = h.Value
		}
	}
	opened, err := body.Bytes(data, "").Open()
	if err != nil {
		return digest{}, err
	}
	return digestOf(opened, contentType)
}

// takesBody tells the methods of which a body may be missing in what others have recorded.
func takesBody(method string) bool {
	switch strings.ToUpper(method) {
	case "GET", "HEAD", "OPTIONS", "TRACE":
		return false
	default:
		return true
	}
}
