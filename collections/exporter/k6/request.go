package k6

import (
	"encoding/base64"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"parley/collections/resolve"
	"parley/collections/template"
	"parley/httpcore"
	"parley/httpcore/body"
)

// maxBody is the largest body that is written into a script.
const maxBody = 1 << 20

// step writes one request.
type step struct {
	Step
	script *script
	// fresh are variables that are made anew for each request.
	fresh []pair
}

func (w *step) lost(what, why string) { w.script.note("lost: " + w.Path + ": " + what + ": " + why) }

func (w *step) changed(what, why string) {
	w.script.note("changed: " + w.Path + ": " + what + ": " + why)
}

// pair is a name with a value.
type pair struct {
	name  string
	value text
}

func (w *script) add(s Step) error {
	r := &step{Step: s, script: w}
	params, headers := r.fields("params", s.Out.Request.Params), r.fields("headers", s.Out.Request.Headers)
	r.auth(&headers, &params)
	content, contentHeaders, err := r.body()
	if err != nil {
		return err
	}
	for _, h := range contentHeaders {
		if !s.Out.Request.Headers.Has(h.name) {
			headers = append(headers, h)
		}
	}
	url := r.url()
	if len(params) > 0 {
		url = code("query(" + url.js() + ", " + pairs(params) + ")")
	}
	method := strings.ToUpper(s.Out.Request.Method)
	if method == "" {
		method = "GET"
	}
	fmt.Fprintf(&w.body, "  // %s\n  {\n", strings.Map(printable, s.Path))
	r.writeFresh()
	fmt.Fprintf(&w.body, "    const r = http.request(%s, %s, %s, {\n", quote(method), url.js(), content)
	r.params(headers)
	w.body.WriteString("    });\n")
	r.checks()
	w.body.WriteString("  }\n")
	r.others()
	return nil
}

// printable keeps a comment on its line.
func printable(r rune) rune {
	if r < 0x20 || r == 0x7f || r == '\u2028' || r == '\u2029' {
		return '?'
	}
	return r
}

func pairs(list []pair) string {
	texts := make([]string, len(list))
	for i, p := range list {
		texts[i] = "[" + quote(p.name) + ", " + p.value.js() + "]"
	}
	return "[" + strings.Join(texts, ", ") + "]"
}

// noted are the values of a section, in the order of the file.
func (w *step) noted(section string) []resolve.Value {
	var list []resolve.Value
	for _, v := range w.Out.Values {
		if strings.HasPrefix(v.Key, section+".") {
			list = append(list, v)
		}
	}
	return list
}

// find returns what a key of the file says.
func (w *step) find(key string) (resolve.Value, bool) {
	at := slices.IndexFunc(w.Out.Values, func(v resolve.Value) bool { return v.Key == key })
	if at < 0 {
		return resolve.Value{}, false
	}
	return w.Out.Values[at], true
}

// fields writes the names and values of a section.
func (w *step) fields(section string, fields httpcore.Fields) []pair {
	noted := w.noted(section)
	var list []pair
	for i, field := range fields {
		value := w.marked(field.Value)
		if len(noted) == len(fields) {
			value = w.value(noted[i], field.Value)
		}
		if hasMark(field.Name) {
			w.lost(section, "a name holds a secret or a captured value")
			continue
		}
		list = append(list, pair{field.Name, value})
	}
	return list
}

// url has the values of its path in their places.
func (w *step) url() text {
	sent := w.Out.Request.URL
	url := w.marked(sent)
	if noted, ok := w.find("url"); ok {
		url = w.value(noted, sent)
	}
	for _, p := range w.fields("path", w.Out.Request.Path) {
		escaped := "encodeURIComponent(" + p.value.js() + ")"
		url = fill(url, "{"+p.name+"}", "", escaped)
		url = fill(url, ":"+p.name, "/", escaped)
	}
	return url
}

// fill puts code into the places of a name. One that stands after something, as `:name` does after a slash, is a whole
// segment.
func fill(url text, place, after, js string) text {
	var filled text
	for _, p := range url {
		for p.code == "" {
			before, rest, found := strings.Cut(p.literal, after+place)
			if !found || after != "" && rest != "" && !strings.ContainsAny(rest[:1], "/?#") {
				break
			}
			filled = append(filled, part{literal: before + after}, part{code: js})
			p.literal = rest
		}
		filled = append(filled, p)
	}
	return filled
}

// auth adds what signs the request in.
func (w *step) auth(headers, params *[]pair) {
	auth := w.Out.Request.Auth
	if auth.Type == "" || auth.IsNone() {
		return
	}
	field := func(name string) (text, bool) {
		sent, _ := auth.Values.Get(name)
		noted, ok := w.find("auth." + name)
		if !ok {
			return nil, false
		}
		return w.value(noted, sent), true
	}
	in, _ := auth.Values.Get("in")
	switch auth.Type {
	case "basic":
		user, known := field("username")
		password, _ := field("password")
		if known {
			all := append(append(slices.Clone(user), part{literal: ":"}), password...)
			*headers = append(*headers, pair{"Authorization", text{{literal: "Basic "}, {code: "encoding.b64encode(" + all.js() + ")"}}})
			return
		}
	case "bearer":
		if token, ok := field("token"); ok {
			*headers = append(*headers, pair{"Authorization", append(literal("Bearer "), token...)})
			return
		}
	case "apikey":
		name, _ := auth.Values.Get("name")
		value, ok := field("value")
		switch {
		case !ok || hasMark(name):
		case in == "" || in == "header":
			*headers = append(*headers, pair{name, value})
			return
		case in == "query":
			*params = append(*params, pair{name, value})
			return
		case in == "cookie":
			*headers = append(*headers, pair{"Cookie", append(literal(name+"="), value...)})
			return
		}
	}
	w.lost("auth "+auth.Type, "k6 has nothing for it; the request leaves without credentials")
}

// body returns the content as an expression, and the headers that follow from it.
func (w *step) body() (content string, headers []pair, err error) {
	payload := w.Out.Request.Body
	if payload == nil {
		return "null", nil, nil
	}
	if contentType := payload.ContentType(); contentType != "" {
		headers = []pair{{"Content-Type", w.marked(contentType)}}
	}
	if encoded, ok := payload.(body.Encoded); ok {
		payload = encoded.Plain()
	}
	if path, isFile := w.file(); isFile {
		return w.script.open(path), headers, nil
	}
	data, err := readAll(payload)
	switch {
	case err != nil:
		return "", nil, err
	case len(data) > maxBody:
		w.changed("body", "it is larger than 1 MiB: save it as the file BODY beside the script")
		return w.script.open("BODY"), headers, nil
	case !utf8.Valid(data):
		return "encoding.b64decode(" + quote(base64.StdEncoding.EncodeToString(data)) + ")", headers, nil
	}
	return w.text(string(data)), headers, nil
}

// file is the path of the file that is the whole body.
func (w *step) file() (string, bool) {
	noted, ok := w.find("body.file")
	if !ok || hasMark(noted.Text) {
		return "", false
	}
	return w.Beside(noted.Where.File, noted.Text), true
}

// text writes content that is text from the pieces that it is made of.
func (w *step) text(data string) string {
	for _, key := range []string{"body.json", "body.text"} {
		if noted, ok := w.find(key); ok {
			return w.value(noted, data).js()
		}
	}
	if noted := w.noted("body.form"); len(noted) > 0 {
		var list []pair
		for _, v := range noted {
			list = append(list, pair{strings.TrimPrefix(v.Key, "body.form."), w.value(v, v.Text)})
		}
		if !slices.ContainsFunc(list, func(p pair) bool { return strings.Contains(p.name, "{{") }) {
			return "form(" + pairs(list) + ")"
		}
	}
	if slices.ContainsFunc(w.noted("body"), func(v resolve.Value) bool {
		return slices.ContainsFunc(v.Pieces, func(p template.Piece) bool { return p.IsCode && !hasMark(p.Value) })
	}) {
		w.changed("body", "the variables in it are fixed to what they are now")
	}
	return w.marked(data).js()
}

func readAll(payload body.Payload) ([]byte, error) {
	opened, err := payload.Open()
	if err != nil {
		return nil, err
	}
	defer opened.Close()
	return io.ReadAll(io.LimitReader(opened, maxBody+1))
}

// params writes what k6 is told beside the body.
func (w *step) params(headers []pair) {
	out, o := &w.script.body, w.Out.Request.Options
	var joined []pair
	for _, h := range headers {
		at := slices.IndexFunc(joined, func(p pair) bool { return strings.EqualFold(p.name, h.name) })
		if at < 0 {
			joined = append(joined, h)
			continue
		}
		w.changed("headers."+h.name, "k6 sends a header once; its values are joined")
		joined[at].value = append(append(slices.Clone(joined[at].value), part{literal: ", "}), h.value...)
	}
	if len(joined) > 0 {
		out.WriteString("      headers: {\n")
		for _, h := range joined {
			fmt.Fprintf(out, "        %s: %s,\n", key(h.name), h.value.js())
		}
		out.WriteString("      },\n")
	}
	if cookies := w.fields("cookies", w.Out.Request.Cookies); len(cookies) > 0 {
		out.WriteString("      cookies: {\n")
		for _, c := range cookies {
			fmt.Fprintf(out, "        %s: %s,\n", key(c.name), c.value.js())
		}
		out.WriteString("      },\n")
	}
	if encoded, ok := w.Out.Request.Body.(body.Encoded); ok {
		fmt.Fprintf(out, "      compression: %s,\n", quote(encoded.ContentEncoding()))
	}
	if o.Timeout.Total > 0 {
		fmt.Fprintf(out, "      timeout: %d,\n", o.Timeout.Total.Milliseconds())
	}
	fmt.Fprintf(out, "      redirects: %d,\n", o.Redirects)
	fmt.Fprintf(out, "      tags: { name: %s },\n", quote(w.Path))
}

// others sets k6's own options, and says what there is no option for.
func (w *step) others() {
	o, defaults := w.Out.Request.Options, httpcore.DefaultOptions()
	if o.TLS.Insecure {
		w.script.option("insecureSkipTLSVerify: true")
	}
	for _, from := range slices.Sorted(maps.Keys(o.Network.Resolve)) {
		w.script.option("hosts: { " + quote(from) + ": " + quote(o.Network.Resolve[from]) + " }")
	}
	for _, l := range []struct {
		what, why string
		is        bool
	}{
		{"options.timeout", "k6 has one limit for the whole request, which timeout.total sets", o.Timeout.Connect != defaults.Timeout.Connect || o.Timeout.Read != defaults.Timeout.Read},
		{"options.retry", "k6 sends a request once", o.Retry.Total > 0},
		{"options.http", "k6 chooses the protocol by itself", o.Protocol != httpcore.ProtocolAuto && o.Protocol != ""},
		{"options.path", "k6 may change the spelling of the path", o.RawPath},
		{"options.verify", "name the CA file in SSL_CERT_FILE when k6 is started", o.TLS.CA != "" && w.Effective.Options.Verify.IsSet()},
		{"options.cert", "give k6 tlsAuth by hand", o.TLS.Cert != ""},
		{"options.proxy", "k6 takes its proxy from HTTP_PROXY and HTTPS_PROXY", w.Effective.Options.Proxy.IsSet()},
		{"options.network.unix", "k6 has no unix sockets", o.Network.Unix != ""},
		{"when", "the script sends the request in any case", w.Effective.When.IsSet()},
		{"hooks", "its JavaScript is Postman's, not k6's", len(w.Effective.Hooks) > 0},
		{"headers that are switched off", "k6 sends its own", len(w.Out.Request.Without) > 0},
	} {
		if l.is {
			w.lost(l.what, l.why)
		}
	}
}

// checks writes expectations and captures.
func (w *step) checks() {
	var holds []string
	if w.Out.Request.Options.Fail {
		holds = append(holds, fmt.Sprintf("%s: () => r.status < 400", quote(w.Path+": the status is below 400")))
	}
	for _, entry := range w.Effective.Expect {
		js, err := expression(entry.Value.Text)
		if err != nil {
			w.lost("expect."+entry.Name, err.Error())
			continue
		}
		holds = append(holds, fmt.Sprintf("%s: () => holds(() => %s)", quote(w.Path+": "+entry.Name), js))
	}
	out := &w.script.body
	if len(holds) > 0 {
		w.script.hasChecks = true
		fmt.Fprintf(out, "    check(r, {\n      %s,\n    });\n", strings.Join(holds, ",\n      "))
	}
	for _, entry := range w.Effective.Captures {
		value, _ := entry.Capture()
		js, err := expression(value.Text)
		if err != nil {
			name := environmentName(entry.Name)
			w.lost("capture."+entry.Name, err.Error()+"; give the value with -e "+name+"=VALUE")
			js = w.script.needed(name)
		}
		fmt.Fprintf(out, "    take(%s, () => %s);\n", quote(entry.Name), js)
	}
}
