package exporter

import (
	"fmt"
	"strconv"
	"strings"

	"parley/httpcore"
)

// PythonRequests writes a program for Python 3 with the requests library.
func PythonRequests(p *httpcore.Prepared, options Options) (Result, error) {
	content, err := contentOf(p, options.Masker)
	if err != nil {
		return Result{}, readError(err)
	}
	w := &pythonProgram{p: p, masker: options.Masker, login: loginOf(p, options.Masker)}
	w.imports()
	w.line("")
	w.line("response = requests.request(")
	w.argument("", pythonString(p.Method))
	w.argument("", pythonString(targetOf(p, options.Masker)))
	w.headers()
	w.body(content)
	w.options()
	w.line(")")
	w.line("print(response.status_code)")
	w.line("print(response.text)")
	return Result{Text: w.out.String(), Notes: w.notes}, nil
}

type pythonProgram struct {
	p      *httpcore.Prepared
	masker *httpcore.Masker
	login  *login
	out    strings.Builder
	notes  []string
}

func (w *pythonProgram) line(s string) { w.out.WriteString(s + "\n") }

// imports also name the module that the login needs; NTLM's is a package of its own.
func (w *pythonProgram) imports() {
	w.line("import requests")
	if w.login == nil {
		return
	}
	switch w.login.kind {
	case "digest":
		w.line("from requests.auth import HTTPDigestAuth")
	case "ntlm":
		w.line("from requests_ntlm import HttpNtlmAuth")
		w.notes = append(w.notes, "NTLM needs the package requests_ntlm")
	}
}

// pythonAuth is the class for a login; a pair without one is Basic.
func pythonAuth(kind string) string {
	switch kind {
	case "digest":
		return "HTTPDigestAuth"
	case "ntlm":
		return "HttpNtlmAuth"
	default:
		return ""
	}
}

func (w *pythonProgram) argument(name, value string) {
	if name != "" {
		name += "="
	}
	w.line("    " + name + value + ",")
}

// headers are joined where a name stands twice, since requests takes a mapping.
func (w *pythonProgram) headers() {
	var joined httpcore.Fields
	for _, h := range headersOf(w.p, w.masker, w.login) {
		if earlier, ok := joined.Get(h.Name); ok {
			joined.Set(h.Name, earlier+", "+h.Value)
			w.notes = append(w.notes, fmt.Sprintf("the values of %s are joined in one header", h.Name))
			continue
		}
		joined.Add(h.Name, h.Value)
	}
	if len(joined) > 0 {
		w.line("    headers={")
		for _, h := range joined {
			w.line("        " + pythonString(h.Name) + ": " + pythonString(h.Value) + ",")
		}
		w.line("    },")
	}
	if l := w.login; l != nil {
		w.argument("auth", pythonAuth(l.kind)+"("+pythonString(l.user)+", "+pythonString(l.password)+")")
	}
	w.notes = append(w.notes, leftOut(w.p, w.login)...)
}

func (w *pythonProgram) body(c *content) {
	switch {
	case !c.has():
	case c.isLarge:
		w.argument("data", `open("BODY", "rb")`)
		w.notes = append(w.notes, fmt.Sprintf("the body is larger than %d MiB: save it as the file BODY", maxBody>>20))
	case c.isText:
		w.argument("data", pythonString(string(c.data))+".encode()")
	default:
		w.argument("data", pythonBytes(c.data))
	}
}

func (w *pythonProgram) options() {
	o := w.p.Options
	if o.Redirects == 0 {
		w.argument("allow_redirects", "False")
	}
	switch {
	case o.TLS.Insecure:
		w.argument("verify", "False")
	case o.TLS.CA != "":
		w.argument("verify", pythonString(o.TLS.CA))
	}
	switch {
	case o.TLS.Cert != "" && o.TLS.Key != "":
		w.argument("cert", "("+pythonString(o.TLS.Cert)+", "+pythonString(o.TLS.Key)+")")
	case o.TLS.Cert != "":
		w.argument("cert", pythonString(o.TLS.Cert))
	}
	if o.TLS.Password != "" {
		w.notes = append(w.notes, "requests takes no password of a client certificate")
	}
	if proxy, ok := o.Network.Proxies.By["all"]; ok && len(o.Network.Proxies.Origins) == 0 {
		proxy = pythonString(w.masker.String(proxy))
		w.argument("proxies", "{\"http\": "+proxy+", \"https\": "+proxy+"}")
	}
	if o.Retry.Total > 0 {
		w.notes = append(w.notes, "requests tries again what an adapter says: mount HTTPAdapter(max_retries=Retry(…)) on a session")
	}
	w.argument("timeout", "("+pythonSeconds(o.Timeout.Connect.Seconds())+", "+pythonSeconds(o.Timeout.Read.Seconds())+")")
	if o.Timeout.Total > 0 {
		w.notes = append(w.notes, "requests has no limit on the whole exchange")
	}
	if o.RawPath {
		w.notes = append(w.notes, "requests may change the spelling of the path")
	}
	if o.Network.Unix != "" || len(o.Network.Resolve) > 0 || o.Network.Family == "4" || o.Network.Family == "6" {
		w.notes = append(w.notes, "requests has no word for options.network")
	}
}

// pythonSeconds writes 0, which waits for ever in Parley, as None.
func pythonSeconds(s float64) string {
	if s == 0 {
		return "None"
	}
	return strconv.FormatFloat(s, 'f', -1, 64)
}

// pythonString writes a string literal. Only what Python and Go escape alike is escaped.
func pythonString(s string) string {
	var out strings.Builder
	out.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			out.WriteRune('\\')
			out.WriteRune(r)
		case r == '\n':
			out.WriteString(`\n`)
		case r == '\r':
			out.WriteString(`\r`)
		case r == '\t':
			out.WriteString(`\t`)
		case strconv.IsPrint(r):
			out.WriteRune(r)
		case r < 0x100:
			fmt.Fprintf(&out, `\x%02x`, r)
		case r < 0x10000:
			fmt.Fprintf(&out, `\u%04x`, r)
		default:
			fmt.Fprintf(&out, `\U%08x`, r)
		}
	}
	out.WriteByte('"')
	return out.String()
}

func pythonBytes(data []byte) string {
	var out strings.Builder
	out.WriteString(`b"`)
	for _, c := range data {
		if c >= 0x20 && c < 0x7f && c != '"' && c != '\\' {
			out.WriteByte(c)
		} else {
			fmt.Fprintf(&out, `\x%02x`, c)
		}
	}
	out.WriteByte('"')
	return out.String()
}
