package har

import (
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"

	"parley/httpcore"
)

// entryOf makes the entry of an attempt, without the texts of the bodies. Every string is masked.
func entryOf(x *httpcore.Exchange, hop *httpcore.Hop, attempt *httpcore.Attempt, index int, options Options) Entry {
	m := options.Masker
	e := Entry{
		StartedDateTime: attempt.Started.Format("2006-01-02T15:04:05.000Z07:00"),
		Request:         requestOf(hop, attempt, m),
		Response:        responseOf(attempt.Response, m),
		Timings:         timingsOf(attempt.Timeline),
		Attempt:         index + 1,
		Error:           errorOf(attempt.Err, m),
		SavedRequest:    options.SavedRequest,
		Wire:            wireOf(attempt.Wire, m),
	}
	if remote := attempt.Conn.Remote; remote.IsValid() {
		e.ServerIPAddress = remote.Addr().Unmap().String()
	}
	if local := attempt.Conn.Local; local.IsValid() {
		e.Connection = local.String()
	}
	for _, phase := range []Number{e.Timings.Blocked, e.Timings.DNS, e.Timings.Connect, e.Timings.Send, e.Timings.Wait, e.Timings.Receive} {
		e.Time += max(phase, 0)
	}
	if attempt == x.Last() {
		e.Captured, e.Expect = options.Captured, options.Expect
		if e.Error == nil {
			e.Error = errorOf(x.Err, m)
		}
	}
	return e
}

func errorOf(err *httpcore.Error, m *httpcore.Masker) *Error {
	if err == nil {
		return nil
	}
	return &Error{Kind: string(err.Kind), Message: m.String(err.Message), Hint: m.String(err.Advice)}
}

func requestOf(hop *httpcore.Hop, attempt *httpcore.Attempt, m *httpcore.Masker) Request {
	p := hop.Request(attempt)
	sent := *p.URL
	sent.Fragment, sent.HasFragment = "", false
	request := Request{
		Method:      p.Method,
		URL:         m.String(sent.Redacted()),
		HTTPVersion: versionOf(attempt),
		Cookies:     []Cookie{},
		Headers:     []Field{},
		QueryString: queryOf(p.URL, m),
		HeadersSize: sizeOr(len(attempt.Sent.Head)),
		BodySize:    Number(attempt.Sent.BodySize),
	}
	for _, h := range p.Headers {
		request.Headers = append(request.Headers, Field{m.String(h.Name), m.String(h.Value)})
		if !strings.EqualFold(h.Name, "Cookie") {
			continue
		}
		for pair := range strings.SplitSeq(h.Value, ";") {
			name, value, _ := strings.Cut(strings.TrimSpace(pair), "=")
			request.Cookies = append(request.Cookies, Cookie{Name: m.String(name), Value: m.String(value)})
		}
	}
	if p.Body != nil {
		contentType, _ := p.Header("Content-Type")
		request.PostData = &PostData{MimeType: m.String(contentType), Params: formOf(contentType, p, m)}
	}
	return request
}

// versionOf is the protocol that was spoken, as far as that is known.
func versionOf(attempt *httpcore.Attempt) string {
	switch {
	case attempt.Response != nil:
		return attempt.Response.Proto
	case attempt.Conn.Protocol != "":
		return attempt.Conn.Protocol
	default:
		return "HTTP/1.1"
	}
}

func queryOf(u *httpcore.URL, m *httpcore.Masker) []Field {
	fields := []Field{}
	for _, pair := range parsePairs(u.Query) {
		fields = append(fields, Field{m.String(pair[0]), m.String(pair[1])})
	}
	return fields
}

// maxForm bounds the forms that are also given as parameters.
const maxForm = 1 << 20

func formOf(contentType string, p *httpcore.Prepared, m *httpcore.Masker) []Param {
	mediaType, _, _ := mime.ParseMediaType(contentType)
	if mediaType != "application/x-www-form-urlencoded" || p.Body.Size() < 0 || p.Body.Size() > maxForm {
		return nil
	}
	text, err := readAll(bodyOf(p, m))
	if err != nil {
		return nil // writing the text will fail on it, and say why
	}
	var params []Param
	for _, pair := range parsePairs(text) {
		params = append(params, Param{Name: m.String(pair[0]), Value: m.String(pair[1])})
	}
	return params
}

// parsePairs splits a query or form in order. Escapes that are none stay as they are.
func parsePairs(query string) [][2]string {
	var pairs [][2]string
	for part := range strings.SplitSeq(query, "&") {
		if part == "" {
			continue
		}
		name, value, _ := strings.Cut(part, "=")
		pairs = append(pairs, [2]string{unescape(name), unescape(value)})
	}
	return pairs
}

func unescape(s string) string {
	if plain, err := url.QueryUnescape(s); err == nil {
		return plain
	}
	return s
}

func responseOf(r *httpcore.Response, m *httpcore.Masker) Response {
	response := Response{Cookies: []Cookie{}, Headers: []Field{}, HeadersSize: -1, BodySize: -1}
	if r == nil {
		return response
	}
	contentType, _ := r.Headers.Get("Content-Type")
	location, _ := r.Headers.Get("Location")
	response.Status = Number(r.Status)
	response.StatusText = m.String(r.Reason)
	response.HTTPVersion = r.Proto
	response.RedirectURL = m.String(location)
	response.HeadersSize = sizeOr(len(r.RawHead))
	response.BodySize = Number(r.WireSize)
	response.Content = Content{Size: Number(r.Body.Size()), MimeType: m.String(contentType)}
	if len(r.Codings) > 0 {
		response.Content.Compression = Number(r.Body.Size() - r.WireSize)
	}
	for _, field := range r.Headers {
		response.Headers = append(response.Headers, Field{m.String(field.Name), m.String(field.Value)})
		if strings.EqualFold(field.Name, "Set-Cookie") {
			response.Cookies = append(response.Cookies, setCookie(field.Value, m)...)
		}
	}
	return response
}

func setCookie(line string, m *httpcore.Masker) []Cookie {
	c, err := http.ParseSetCookie(line)
	if err != nil {
		return nil // it stands among the headers as it came
	}
	cookie := Cookie{
		Name: m.String(c.Name), Value: m.String(c.Value), Path: m.String(c.Path), Domain: m.String(c.Domain),
		HTTPOnly: c.HttpOnly, Secure: c.Secure,
	}
	if !c.Expires.IsZero() {
		cookie.Expires = c.Expires.UTC().Format(time.RFC3339)
	}
	switch c.SameSite {
	case http.SameSiteLaxMode:
		cookie.SameSite = "Lax"
	case http.SameSiteStrictMode:
		cookie.SameSite = "Strict"
	case http.SameSiteNoneMode:
		cookie.SameSite = "None"
	}
	return []Cookie{cookie}
}

func timingsOf(t httpcore.Timeline) Timings {
	of := func(phase httpcore.Phase, otherwise Number) Number {
		span, ok := t.Of(phase)
		if !ok {
			return otherwise
		}
		return milliseconds(span.End - span.Start)
	}
	timings := Timings{
		Blocked: of(httpcore.PhaseQueue, -1), DNS: of(httpcore.PhaseDNS, -1), Connect: of(httpcore.PhaseConnect, -1),
		SSL: of(httpcore.PhaseTLS, -1), Send: of(httpcore.PhaseSend, 0), Wait: of(httpcore.PhaseWait, 0),
		Receive: of(httpcore.PhaseReceive, 0),
	}
	if timings.SSL >= 0 {
		timings.Connect = max(timings.Connect, 0) + timings.SSL
	}
	return timings
}

// milliseconds keeps three decimals, which is as fine as clocks are.
func milliseconds(d time.Duration) Number {
	return Number(float64(max(d, 0).Microseconds()) / 1000)
}

func sizeOr(n int) Number {
	if n == 0 {
		return -1
	}
	return Number(n)
}
