package history

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/url"
	"slices"
	"strings"

	"parley/httpcore"
	"parley/httpcore/body"
)

// Replay is a request that sends again what was sent then.
type Replay struct {
	Request *httpcore.Request
	// Differs says, in sentences, what cannot be as it was: a secret filled in again, credentials made anew.
	Differs []string
}

// Reveal returns the present value of a secret.
type Reveal func(name string) (httpcore.Secret, error)

// AsSent returns the request of the exchange's first hop: its headers in their order, its cookies, its content, nothing
// added and nothing looked up in a cookie jar. Marks are filled in with what reveal says.
func (e *Entry) AsSent(reveal Reveal) (*Replay, error) {
	if len(e.Exchange.Hops) == 0 {
		return nil, &Error{
			Message: "nothing was sent in this exchange, so it cannot be sent again as it was",
			Advice:  "send its request as it resolves now instead",
		}
	}
	f, err := newFiller(e.SecretNames, reveal)
	if err != nil {
		return nil, err
	}
	sent, asked := e.Exchange.Hops[0].Prepared, e.Exchange.Request
	request := &httpcore.Request{
		Method: sent.Method, URL: f.fill(sent.URL.String(), escapeURL), Without: slices.Concat(automatic, asked.Without),
		Options: f.options(asked.Options), Elsewhere: f.elsewhere(asked.Elsewhere), Secrets: f.secrets,
	}
	request.Options.WithoutJar = true
	replay := &Replay{Request: request}
	remade := false
	for _, header := range sent.Headers {
		masked := strings.Contains(header.Value, markOpen)
		switch {
		case header.Source == httpcore.SourceAuth:
			// Made anew, it is still known for a credential, which no redirect takes to another origin.
			request.Auth = httpcore.Auth{Type: asked.Auth.Type, Values: f.fields(asked.Auth.Values)}
			remade = remade || masked || !isConstant(asked.Auth.Type)
		case header.Source == httpcore.SourceURL && masked && strings.EqualFold(header.Name, "Authorization"):
			request.URL = withUserinfo(request.URL, f.fill(asked.URL, escapeURL))
		case masked && isBasic(header.Field):
			return nil, &Error{
				Message: "the Basic credentials that were sent hold a secret in Base64, whose mark says no more how it stood there",
				Advice:  "send its request as it resolves now instead",
			}
		case header.Source == httpcore.SourceBody && strings.EqualFold(header.Name, "Content-Length"):
			// It follows from the content, whose secrets may be longer now.
		default:
			request.Headers.Add(f.fill(header.Name, unchanged), f.fill(header.Value, unchanged))
		}
	}
	if request.Auth.IsNone() && asksServer(asked.Auth.Type) {
		request.Auth = httpcore.Auth{Type: asked.Auth.Type, Values: f.fields(asked.Auth.Values)}
		remade = true
	}
	if remade {
		replay.Differs = append(replay.Differs, fmt.Sprintf("the credentials (%s) are made anew", asked.Auth.Type))
	}
	if request.Body, err = f.payload(sent.Body); err != nil {
		return nil, err
	}
	for _, secret := range f.secrets {
		replay.Differs = append(replay.Differs, fmt.Sprintf("the secret %q is filled in with its present value", secret.Name))
	}
	return replay, nil
}

func isBasic(header httpcore.Field) bool {
	scheme, _, _ := strings.Cut(header.Value, " ")
	return strings.EqualFold(header.Name, "Authorization") && strings.EqualFold(scheme, "Basic")
}

// isConstant reports whether a kind of credentials is the same every time: others hold a date or a random number.
func isConstant(authType string) bool {
	return authType == "basic" || authType == "bearer" || authType == "apikey"
}

// asksServer reports whether a kind of credentials may be missing in a request that was sent with it: the server had not
// asked yet, knew the connection already, or gave no token.
func asksServer(authType string) bool {
	return authType == "digest" || authType == "ntlm" || authType == "oauth2"
}

// automatic are the headers that the engine adds by itself: a replay has those that were sent among its own.
var automatic = []string{"Host", "User-Agent", "Accept", "Accept-Encoding", "Content-Type"}

const markOpen = "{secret "

// filler puts values in the place of marks.
type filler struct {
	secrets []httpcore.Secret
}

func newFiller(names []string, reveal Reveal) (*filler, error) {
	f := &filler{}
	var problems []error
	for _, name := range slices.Compact(slices.Sorted(slices.Values(names))) {
		secret, err := reveal(name)
		if err != nil {
			problems = append(problems, err)
			continue
		}
		f.secrets = append(f.secrets, secret)
	}
	return f, errors.Join(problems...)
}

func unchanged(s string) string { return s }

// escapeURL escapes for any part of a URL: unlike in a form, "+" is no space in a path.
func escapeURL(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

// withUserinfo puts the user information of one URL into another; Prepare makes credentials of it.
func withUserinfo(address, from string) string {
	to, err := httpcore.ParseURL(address)
	if err != nil {
		return address // Prepare says what is wrong with it
	}
	if source, err := httpcore.ParseURL(from); err == nil {
		to.Username, to.Password = source.Username, source.Password
	}
	return to.String()
}

// fill replaces marks, also those that a URL parser has escaped, by values written as escape does.
func (f *filler) fill(s string, escape func(string) string) string {
	for _, secret := range f.secrets {
		mark := markOpen + secret.Name + "}"
		value := escape(secret.Reveal())
		s = strings.ReplaceAll(s, mark, value)
		s = strings.ReplaceAll(s, url.PathEscape(mark), value)
		s = strings.ReplaceAll(s, strings.ReplaceAll(mark, " ", "%20"), value)
	}
	return s
}

func (f *filler) fields(fields httpcore.Fields) httpcore.Fields {
	filled := fields.Clone()
	for i := range filled {
		filled[i].Name = f.fill(filled[i].Name, unchanged)
		filled[i].Value = f.fill(filled[i].Value, unchanged)
	}
	return filled
}

// payload fills in the marks of a request's content. Without secrets it is streamed as it was kept.
func (f *filler) payload(p body.Payload) (body.Payload, error) {
	if encoded, ok := p.(body.Encoded); ok {
		plain, err := f.payload(encoded.Plain())
		if err != nil {
			return nil, err
		}
		return body.Compress(plain, encoded.ContentEncoding())
	}
	if p == nil || len(f.secrets) == 0 {
		return p, nil
	}
	reader, err := p.Open()
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(reader)
	if err := errors.Join(err, reader.Close()); err != nil {
		return nil, explain("read a body from history", err)
	}
	if !bytes.Contains(data, []byte(markOpen)) {
		return p, nil
	}
	return body.Text(f.fill(string(data), escapeFor(p.ContentType())), p.ContentType()), nil
}

// escapeFor returns how a value stands in content of that type.
func escapeFor(contentType string) func(string) string {
	mediaType, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		return unchanged
	}
	switch {
	case mediaType == "application/x-www-form-urlencoded":
		return url.QueryEscape
	case mediaType == "application/json" || strings.HasSuffix(mediaType, "+json"):
		return func(s string) string {
			quoted, err := json.Marshal(s)
			if err != nil {
				return s
			}
			return string(quoted[1 : len(quoted)-1])
		}
	default:
		return unchanged
	}
}
