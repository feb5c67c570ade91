package exporter

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"parley/httpcore"
)

// Exporter writes one format.
type Exporter struct {
	// Name is how the format is called on the command line.
	Name string
	// Title is the name for people.
	Title string
	// Export writes a request. An error means that its body could not be read.
	Export func(p *httpcore.Prepared, options Options) (Result, error)
}

// All returns every exporter, the most used first.
func All() []Exporter {
	return []Exporter{
		{Name: "curl", Title: "curl command", Export: Curl},
		{Name: "python-requests", Title: "Python (requests)", Export: PythonRequests},
	}
}

// Options say how to export.
type Options struct {
	// Masker puts marks in the place of secrets; nil writes them as they are, which only a person may ask for.
	Masker *httpcore.Masker
}

// Result is a request in another format.
type Result struct {
	Text string
	// Notes are sentences about what the format cannot say.
	Notes []string
}

// maxBody is the largest body that is written into a command or a program.
const maxBody = 1 << 20

// content is a request's body as far as it can be written down.
type content struct {
	data []byte
	// isText says that data is UTF-8 without NUL.
	isText bool
	// isLarge says that the body is too large to be written; data is nil then.
	isLarge bool
}

// has reports whether there is a body at all.
func (c *content) has() bool { return c != nil }

// contentOf reads a body; nil when there is none.
func contentOf(p *httpcore.Prepared, m *httpcore.Masker) (*content, error) {
	if p.Body == nil {
		return nil, nil
	}
	opened, err := m.Open(p.Body)
	if err != nil {
		return nil, err
	}
	defer opened.Close()
	data, err := io.ReadAll(io.LimitReader(opened, maxBody+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxBody {
		return &content{isLarge: true}, nil
	}
	return &content{data: data, isText: utf8.Valid(data) && !strings.ContainsRune(string(data), 0)}, nil
}

// headersOf returns the headers that have to be written: not those that follow from the URL and the body, and not those
// that Parley adds by itself, in whose place the other program has its own. The login, if there is one, is written apart.
func headersOf(p *httpcore.Prepared, m *httpcore.Masker, l *login) httpcore.Fields {
	var fields httpcore.Fields
	for _, h := range p.Headers {
		if h.Source == httpcore.SourceDefault || isFraming(h) || l != nil && isCredentials(h) {
			continue
		}
		fields.Add(m.String(h.Name), m.String(h.Value))
	}
	return fields
}

// isFraming reports whether a header follows from the URL or the size of the body.
func isFraming(h httpcore.Header) bool {
	if h.Source == httpcore.SourceRequest {
		return false
	}
	for _, name := range []string{"Host", "Content-Length", "Transfer-Encoding"} {
		if strings.EqualFold(h.Name, name) {
			return true
		}
	}
	return false
}

// targetOf returns the URL to write: without user information, which is in the Authorization header, and with the
// target as it is sent.
func targetOf(p *httpcore.Prepared, m *httpcore.Masker) string {
	return m.String(p.URL.Origin() + p.Target)
}

// login is a user with the password, for the auth types that other programs have an option for.
type login struct{ kind, user, password string }

// loginOf returns the login of a request, nil when it has none or one that the other program cannot be told: a colon in
// the name would be taken for its end.
func loginOf(p *httpcore.Prepared, m *httpcore.Masker) *login {
	if p.Request == nil {
		return nil
	}
	l := &login{kind: p.Request.Auth.Type}
	l.user, _ = p.Request.Auth.Values.Get("username")
	l.password, _ = p.Request.Auth.Values.Get("password")
	l.user, l.password = m.String(l.user), m.String(l.password)
	isOurs := l.kind == "basic" && slices.ContainsFunc(p.Headers, isCredentials) || l.kind == "digest" || l.kind == "ntlm"
	if !isOurs || strings.Contains(l.user, ":") {
		return nil
	}
	return l
}

// isCredentials reports whether a header is what an auth scheme made of a login.
func isCredentials(h httpcore.Header) bool {
	return h.Source == httpcore.SourceAuth && strings.EqualFold(h.Name, "Authorization")
}

// leftOut says, for a request without a login, what only the network can complete.
func leftOut(p *httpcore.Prepared, l *login) []string {
	if l != nil {
		return nil // the other program completes it as well
	}
	var notes []string
	for _, missing := range p.Incomplete {
		notes = append(notes, "left out: "+missing)
	}
	return notes
}

// readError gives the reason why nothing can be exported.
func readError(err error) error {
	hint := "save the request with its body in a file, and export that"
	if e, ok := errors.AsType[*httpcore.Error](err); ok {
		hint = e.Advice
	}
	return &httpcore.Error{Kind: httpcore.KindBody, Message: fmt.Sprintf("the body of the request cannot be read: %v", err), Advice: hint, Err: err}
}
