package resolve

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/httpcore"
)

// Explanation says of everything that a request is sent with where it comes from.
type Explanation struct {
	// Values are those of the Output, then what nobody set and Parley chose, the headers that it adds, and of each cookie
	// whether it is sent, and why.
	Values []Value

	masker *httpcore.Masker
}

// Explain puts together what resolving and preparing decided. p may be nil, when the request cannot be prepared.
func Explain(out *Output, p *httpcore.Prepared) Explanation {
	secrets := slices.Concat(out.Request.Secrets, out.Request.Options.Network.Proxies.Secrets())
	e := Explanation{Values: slices.Clone(out.Values), masker: httpcore.NewMasker(secrets, httpcore.Secret.String)}
	e.addProxy(out.Request)
	e.addDefaults(out)
	if p != nil {
		e.addHeaders(p)
		e.addCookies(p)
	}
	return e
}

func (e *Explanation) has(key string) bool {
	return slices.ContainsFunc(e.Values, func(v Value) bool { return sameKey(v.Key, key) })
}

func (e *Explanation) add(key, text, scope string) {
	e.Values = append(e.Values, Value{Key: key, Text: text, Scope: scope})
}

// addProxy says through which proxy the URL is reached, when that is not the file's choice.
func (e *Explanation) addProxy(r *httpcore.Request) {
	if e.has("options.proxy") {
		return
	}
	u, err := r.ParsedURL()
	if err != nil {
		return
	}
	switch proxy, why, err := r.Options.Network.Proxies.For(u); {
	case err != nil:
		e.add("options.proxy", err.Error(), r.Options.Network.Proxies.Origin)
	case proxy != nil:
		e.add("options.proxy", proxy.Redacted(), why)
	case why != "":
		e.add("options.proxy", "none", why)
	}
}

const byDefault = "Parley's default"

// addDefaults says what was chosen where nothing was.
func (e *Explanation) addDefaults(out *Output) {
	o := httpcore.DefaultOptions()
	for _, d := range []struct{ key, text string }{
		{"options.timeout.connect", limit(o.Timeout.Connect)},
		{"options.timeout.read", limit(o.Timeout.Read)},
		{"options.timeout.total", limit(o.Timeout.Total)},
		{"options.retry.total", "0"},
		{"options.redirects", fmt.Sprint(o.Redirects)},
		{"options.fail", "false"},
		{"options.verify", "true"},
		{"options.proxy", "none"},
		{"options.http", string(o.Protocol)},
		{"options.decode.on", "true"},
	} {
		if d.key == "options.retry.total" && out.Request.Options.Retry.Total > 0 {
			d.text = fmt.Sprint(out.Request.Options.Retry.Total)
		}
		if d.text != "" && !e.has(d.key) {
			e.add(d.key, d.text, byDefault)
		}
	}
}

// limit writes a limit on waiting.
func limit(d time.Duration) string {
	if d == 0 {
		return "none"
	}
	return d.String()
}

// addHeaders tells of the headers that nobody wrote.
func (e *Explanation) addHeaders(p *httpcore.Prepared) {
	scopes := map[httpcore.Source]string{
		httpcore.SourceDefault: byDefault,
		httpcore.SourceURL:     "follows from the URL",
		httpcore.SourceBody:    "follows from the body",
		httpcore.SourceCookies: "the cookies of the session and the request",
		httpcore.SourceAuth:    "the auth scheme " + p.Request.Auth.Type,
	}
	for _, h := range p.Headers {
		scope, ok := scopes[h.Source]
		if !ok {
			continue
		}
		if h.Source == httpcore.SourceAuth {
			scope += e.replaced("headers." + h.Name)
		}
		e.add("headers."+h.Name, h.Value, scope)
	}
}

// replaced takes out what was written and is not sent, since auth has the last word, and says whose that was.
func (e *Explanation) replaced(key string) (text string) {
	e.Values = slices.DeleteFunc(e.Values, func(v Value) bool {
		if !sameKey(v.Key, key) {
			return false
		}
		text = ", instead of what " + v.Scope + " has"
		return true
	})
	return text
}

// addCookies tells of each cookie whether it is sent.
func (e *Explanation) addCookies(p *httpcore.Prepared) {
	for _, d := range p.Cookies {
		text := "not sent"
		if d.Sent {
			text = "sent"
		}
		e.add("cookies."+d.Cookie.Name, text, d.Why)
	}
}

// Line is one value in words: secrets are masked, and a long text is shortened. What is sent may still hold what a terminal
// must not get.
type Line struct {
	// Key is how the files call the value; below it, indented, a variable that it is made of.
	Key, Text, Origin string
}

// String returns the line as --explain prints it.
func (l Line) String() string {
	var out strings.Builder
	out.WriteString(l.Key)
	if l.Text != "" {
		out.WriteString(" = " + l.Text)
	}
	if l.Origin != "" {
		out.WriteString("  (" + l.Origin + ")")
	}
	return out.String()
}

// sameKey compares keys; those of headers without regard to case.
func sameKey(a, b string) bool {
	const headers = "headers."
	return a == b || strings.HasPrefix(a, headers) && strings.HasPrefix(b, headers) && strings.EqualFold(a, b)
}

// Lines returns the lines about everything.
func (e Explanation) Lines() []Line {
	var lines []Line
	for _, v := range e.Values {
		lines = append(lines, e.lines(v)...)
	}
	return lines
}

// lines are the value with its origin, and below it the variables that it is made of.
func (e Explanation) lines(v Value) []Line {
	lines := []Line{{e.masker.String(v.Key), e.text(v.Text), v.Origin()}}
	for _, piece := range v.Pieces {
		if !piece.IsCode || piece.Origin == nil && len(piece.Uses) == 0 {
			continue
		}
		line := Line{Key: "  {{" + piece.Code + "}}", Text: e.text(piece.Value)}
		if piece.Origin != nil {
			line.Origin = piece.Origin.String()
		}
		lines = append(lines, line)
		for _, use := range piece.Uses {
			lines = append(lines, Line{Key: "    " + use.Name, Origin: use.Origin.String()})
		}
	}
	return lines
}

// text masks a text, and shortens it to one line.
func (e Explanation) text(s string) string {
	const most = 100
	if s == "" {
		return `""`
	}
	s = e.masker.String(s)
	first, _, _ := strings.Cut(strings.TrimLeft(s, "\r\n"), "\n")
	if runes := []rune(first); len(runes) > most {
		first = string(runes[:most])
	}
	if len(first) < len(strings.TrimSpace(s)) {
		first += fmt.Sprintf("… (%d bytes)", len(s))
	}
	return first
}

// Origin says where the value comes from: the scope, and the place in a file if there is one.
func (v Value) Origin() string {
	switch {
	case v.Where.IsZero() || v.Where.String() == v.Scope:
		return v.Scope
	case v.Scope == "":
		return v.Where.String()
	default:
		return v.Scope + ", " + v.Where.String()
	}
}
