package runner

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"parley/collections/resolve"
	"parley/collections/script"
	"parley/httpcore"
	"parley/httpcore/body"
)

// viewOf is a request as a hook sees it before it is sent. The URL of one that is not whole stands as it is written.
func viewOf(r *httpcore.Request, whole bool) (script.Request, error) {
	seen := script.Request{Method: r.Method, URL: r.URL, Headers: pairs(r.Headers)}
	if seen.Method == "" {
		seen.Method = "GET"
	}
	if whole {
		u, err := r.ParsedURL()
		if err != nil {
			return seen, err
		}
		seen.URL = u.String()
	}
	seen.Body = bodyText(r.Body)
	return seen, nil
}

func viewOfPrepared(p *httpcore.Prepared) script.Request {
	seen := script.Request{Method: p.Method, URL: p.URL.String(), Body: bodyText(p.Body)}
	for _, h := range p.Headers {
		seen.Headers = append(seen.Headers, script.Pair{Name: h.Name, Value: h.Value})
	}
	return seen
}

func pairs(fields httpcore.Fields) []script.Pair {
	list := make([]script.Pair, 0, len(fields))
	for _, f := range fields {
		list = append(list, script.Pair{Name: f.Name, Value: f.Value})
	}
	return list
}

// bodyText is the content of a request, without its coding. What is read once, or is no text, a hook does not get.
func bodyText(payload body.Payload) script.Body {
	if payload == nil {
		return script.Body{}
	}
	seen := script.Body{Type: payload.ContentType()}
	if encoded, ok := payload.(body.Encoded); ok {
		payload = encoded.Plain()
	}
	size := payload.Size()
	if size < 0 {
		seen.Missing = "the body is not read before it is sent: its size is not known"
		return seen
	}
	if size > script.MaxBody {
		seen.Missing = tooLarge(size)
		return seen
	}
	data, err := readAll(payload, size)
	switch {
	case err != nil:
		seen.Missing = err.Error()
	case !utf8.Valid(data):
		seen.Missing = "the body is no text"
	default:
		seen.Text = string(data)
	}
	return seen
}

func tooLarge(size int64) string {
	return fmt.Sprintf("the body has %d MiB, and a hook is given at most %d", size>>20, script.MaxBody>>20)
}

func readAll(payload body.Payload, size int64) ([]byte, error) {
	content, err := payload.Open()
	if err != nil {
		return nil, err
	}
	defer content.Close() // nothing was written: closing has nothing to report
	return io.ReadAll(io.LimitReader(content, size))
}

// responseOf is the response of an attempt; nil when there is none.
func responseOf(a *httpcore.Attempt) *script.Response {
	if a == nil || a.Response == nil {
		return nil
	}
	r := a.Response
	seen := &script.Response{Code: r.Status, Reason: r.Reason, Headers: pairs(r.Headers), Size: r.Body.Size(), Body: responseText(r)}
	if span, ok := a.Timeline.Of(httpcore.PhaseReceive); ok {
		seen.Time = float64(span.End.Round(time.Microsecond)) / float64(time.Millisecond)
	}
	for _, v := range r.Cookies {
		seen.Cookies = append(seen.Cookies, script.Pair{Name: v.Cookie.Name, Value: v.Cookie.Value})
	}
	return seen
}

func responseText(r *httpcore.Response) script.Body {
	contentType, _ := r.Headers.Get("Content-Type")
	seen := script.Body{Type: contentType}
	size := r.Body.Size()
	if size > script.MaxBody {
		seen.Missing = tooLarge(size)
		return seen
	}
	data := make([]byte, size)
	if _, err := io.ReadFull(io.NewSectionReader(r.Body, 0, size), data); err != nil {
		seen.Missing = "the body cannot be read: " + err.Error()
		return seen
	}
	decoded, err := body.NewUTF8Reader(bytes.NewReader(data), body.DetectCharset(contentType, data[:min(len(data), 4<<10)]).Name)
	if err == nil {
		data, err = io.ReadAll(decoded)
	}
	if err != nil {
		data = bytes.ToValidUTF8(data, []byte("\ufffd")) // a charset that nobody knows
	}
	seen.Text = string(data)
	return seen
}

// change lays over a request what a hook has changed in the one it saw, and says of it that a hook did.
func change(out *resolve.Output, seen, left script.Request) error {
	r := out.Request
	if left.Method != seen.Method {
		r.Method = left.Method
		noteChange(out, "method", left.Method)
	}
	for name, values := range changedHeaders(seen.Headers, left.Headers) {
		r.Headers.Del(name)
		for _, value := range values {
			r.Headers.Add(name, value)
		}
		noteChange(out, "headers."+name, strings.Join(values, ", "))
	}
	if left.URL != seen.URL {
		was, _ := r.ParsedURL() // one that is wrong is replaced here
		r.URL, r.Path, r.Params = left.URL, nil, nil
		if now, err := r.ParsedURL(); err == nil && was != nil && now.Origin() != was.Origin() {
			leave(r)
		}
		noteChange(out, "url", left.URL)
	}
	if left.Body.Missing == "" && left.Body != seen.Body {
		payload, err := bodyOf(r.Body, seen.Body, left.Body)
		if err != nil {
			return err
		}
		r.Body = payload
		noteChange(out, "body", left.Body.Text)
	}
	return nil
}

// leave takes from a request what is for the origin alone that a hook moves it away from.
func leave(r *httpcore.Request) {
	r.Options.TLS.ServerName = ""
	if r.Elsewhere == nil {
		return
	}
	r.Options.TLS = r.Elsewhere.TLS
	r.Options.TLS.ServerName = ""
	for _, name := range r.Elsewhere.Without {
		r.Headers.Del(name)
	}
}

// noteChange says where a value comes from, in the place of what was resolved.
func noteChange(out *resolve.Output, key, text string) {
	out.Values = slices.DeleteFunc(out.Values, func(v resolve.Value) bool {
		return strings.EqualFold(v.Key, key) || key == "url" && (strings.HasPrefix(v.Key, "params.") || strings.HasPrefix(v.Key, "path.")) ||
			key == "body" && strings.HasPrefix(v.Key, "body.")
	})
	out.Values = append(out.Values, resolve.Value{Key: key, Text: text, Scope: "hooks.before"})
}

// changedHeaders are the names whose values differ, with their new values; none for one that is gone.
func changedHeaders(seen, left []script.Pair) map[string][]string {
	values := func(list []script.Pair, name string) []string {
		var found []string
		for _, p := range list {
			if strings.EqualFold(p.Name, name) {
				found = append(found, p.Value)
			}
		}
		return found
	}
	changed := map[string][]string{}
	done := map[string]bool{}
	for _, p := range slices.Concat(left, seen) {
		if folded := strings.ToLower(p.Name); !done[folded] {
			done[folded] = true
			if now := values(left, p.Name); !slices.Equal(now, values(seen, p.Name)) {
				changed[p.Name] = now
			}
		}
	}
	return changed
}

// bodyOf makes the content that a hook leaves, under the coding that the old one had.
func bodyOf(old body.Payload, seen, left script.Body) (body.Payload, error) {
	if left.Text == "" && left.Type == "" {
		return nil, nil
	}
	contentType := left.Type
	if old != nil && left.Type == seen.Type {
		contentType = old.ContentType()
	}
	payload := body.Text(left.Text, contentType)
	if encoded, ok := old.(body.Encoded); ok {
		return body.Compress(payload, encoded.ContentEncoding())
	}
	return payload, nil
}

// changePrepared is change for the request that a redirect leads to.
func changePrepared(p *httpcore.Prepared, seen, left script.Request) error {
	p.Method = left.Method
	for name, values := range changedHeaders(seen.Headers, left.Headers) {
		p.DelHeader(name)
		for _, value := range values {
			p.Headers = append(p.Headers, httpcore.Header{Field: httpcore.Field{Name: name, Value: value}, Source: httpcore.SourceRequest})
		}
	}
	if left.URL != seen.URL {
		u, err := httpcore.ParseURL(left.URL)
		if err != nil {
			return err
		}
		p.SetURL(u)
	}
	if left.Body.Missing == "" && left.Body != seen.Body {
		payload, err := bodyOf(p.Body, seen.Body, left.Body)
		if err != nil {
			return err
		}
		p.Body = payload
	}
	return nil
}
