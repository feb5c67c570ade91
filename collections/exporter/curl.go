package exporter

import (
	"encoding/base64"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"mvdan.cc/sh/v3/syntax"

	"parley/httpcore"
)

// maxArgument is the longest body that is given as an argument: Linux allows 128 KiB for one.
const maxArgument = 96 << 10

// Curl writes a curl command for a Bourne shell with `$'…'` (bash, zsh, ksh), an option a line.
func Curl(p *httpcore.Prepared, options Options) (Result, error) {
	content, err := contentOf(p, options.Masker)
	if err != nil {
		return Result{}, readError(err)
	}
	c := &curlCommand{p: p, masker: options.Masker, content: content}
	c.method()
	c.headers()
	c.body()
	c.redirects()
	c.tls()
	c.network()
	c.proxy()
	c.retries()
	c.timeouts()
	return c.result()
}

// curlCommand is a command in the making.
type curlCommand struct {
	p       *httpcore.Prepared
	masker  *httpcore.Masker
	content *content
	// arguments are those after the URL, an option with its value each.
	arguments [][]string
	// before feeds the standard input.
	before string
	notes  []string
}

func (c *curlCommand) add(words ...string) { c.arguments = append(c.arguments, words) }

func (c *curlCommand) note(format string, args ...any) {
	c.notes = append(c.notes, fmt.Sprintf(format, args...))
}

// method says the method where curl would choose another.
func (c *curlCommand) method() {
	implied := "GET"
	if c.content.has() {
		implied = "POST"
	}
	switch c.p.Method {
	case implied:
	case "HEAD":
		c.add("--head")
	default:
		c.add("--request", c.p.Method)
	}
}

func (c *curlCommand) headers() {
	login := loginOf(c.p, c.masker)
	for _, h := range headersOf(c.p, c.masker, login) {
		if h.Value == "" {
			c.add("--header", h.Name+";")
		} else {
			c.add("--header", h.Name+": "+h.Value)
		}
	}
	if login != nil {
		if login.kind != "basic" {
			c.add("--" + login.kind)
		}
		c.add("--user", login.user+":"+login.password)
	}
	c.notes = append(c.notes, leftOut(c.p, login)...)
	c.withoutOwn("User-Agent")
	c.withoutOwn("Accept")
	if c.content.has() {
		c.withoutOwn("Content-Type")
	}
	if slices.ContainsFunc(c.p.Headers, func(h httpcore.Header) bool {
		return h.Source == httpcore.SourceDefault && strings.EqualFold(h.Name, "Accept-Encoding")
	}) {
		c.add("--compressed")
	}
}

// withoutOwn keeps curl from adding a header that the request does not have.
func (c *curlCommand) withoutOwn(name string) {
	if _, ok := c.p.Header(name); !ok {
		c.add("--header", name+":")
	}
}

func (c *curlCommand) body() {
	switch {
	case !c.content.has():
	case c.content.isLarge:
		c.add("--data-binary", "@BODY")
		c.note("the body is larger than %d MiB: save it as the file BODY", maxBody>>20)
	case c.content.isText && len(c.content.data) <= maxArgument:
		c.add("--data-raw", string(c.content.data))
	default:
		c.before = "echo " + base64.StdEncoding.EncodeToString(c.content.data) + " | base64 -d | "
		c.add("--data-binary", "@-")
	}
}

func (c *curlCommand) redirects() {
	n := c.p.Options.Redirects
	if n > 0 {
		c.add("--location")
	}
	if n > 0 && n != httpcore.DefaultOptions().Redirects {
		c.add("--max-redirs", strconv.Itoa(n))
	}
	if c.p.Options.Fail {
		c.add("--fail-with-body")
	}
}

func (c *curlCommand) tls() {
	o := c.p.Options.TLS
	if o.Insecure {
		c.add("--insecure")
	}
	for _, file := range []struct{ option, path string }{{"--cacert", o.CA}, {"--cert", strings.ReplaceAll(o.Cert, ":", `\:`)}, {"--key", o.Key}} {
		if file.path != "" {
			c.add(file.option, file.path)
		}
	}
	if o.Password != "" {
		c.add("--pass", c.masker.String(o.Password))
	}
	switch o.MinVersion {
	case "1.0":
		c.add("--tlsv1.0")
	case "1.1":
		c.add("--tlsv1.1")
	case "1.2":
		c.add("--tlsv1.2")
	case "1.3":
		c.add("--tlsv1.3")
	}
	if o.ServerName != "" {
		c.note("curl takes the name %s for TLS from the URL only", o.ServerName)
	}
}

func (c *curlCommand) network() {
	o := c.p.Options
	switch o.Protocol {
	case httpcore.ProtocolHTTP1:
		c.add("--http1.1")
	case httpcore.ProtocolHTTP2:
		c.add("--http2")
	case httpcore.ProtocolPriorKnowledge:
		c.add("--http2-prior-knowledge")
	case httpcore.ProtocolHTTP3:
		c.add("--http3-only")
	}
	if o.RawPath {
		c.add("--path-as-is")
	}
	for _, from := range slices.Sorted(maps.Keys(o.Network.Resolve)) {
		c.add("--connect-to", from+":"+o.Network.Resolve[from])
	}
	if o.Network.Unix != "" {
		c.add("--unix-socket", o.Network.Unix)
	}
	switch o.Network.Family {
	case "4":
		c.add("--ipv4")
	case "6":
		c.add("--ipv6")
	}
}

// proxy says what the request says of it; what the environment says, curl reads itself.
func (c *curlCommand) proxy() {
	proxies := c.p.Options.Network.Proxies
	switch proxy, ok := proxies.By["all"]; {
	case !ok || len(proxies.Origins) > 0:
	case proxy == "":
		c.add("--noproxy", "*")
	default:
		c.add("--proxy", c.masker.String(proxy))
	}
}

// retries are fewer words in curl, which decides for itself what is worth another try.
func (c *curlCommand) retries() {
	r := c.p.Options.Retry
	if r.Total == 0 {
		return
	}
	c.add("--retry", strconv.Itoa(r.Total))
	c.note("curl decides for itself which failures it tries again, and how long it waits")
}

// timeouts are only said where they differ from Parley's own.
func (c *curlCommand) timeouts() {
	t, usual := c.p.Options.Timeout, httpcore.DefaultOptions().Timeout
	if t.Connect > 0 && t.Connect != usual.Connect {
		c.add("--connect-timeout", seconds(t.Connect))
	}
	if t.Total > 0 {
		c.add("--max-time", seconds(t.Total))
	}
	if t.Read > 0 && t.Read != usual.Read {
		c.note("curl has no limit on the gap between two reads (%v)", t.Read)
	}
}

func seconds(d time.Duration) string { return strconv.FormatFloat(d.Seconds(), 'f', -1, 64) }

func (c *curlCommand) result() (Result, error) {
	target := targetOf(c.p, c.masker)
	if strings.ContainsAny(target, "[]{}") {
		c.add("--globoff")
	}
	var out strings.Builder
	out.WriteString(c.before + "curl ")
	out.WriteString(c.quote(target))
	for _, words := range c.arguments {
		out.WriteString(" \\\n ")
		for _, word := range words {
			out.WriteString(" " + c.quote(word))
		}
	}
	return Result{Text: out.String(), Notes: c.notes}, nil
}

// quote writes a word for the shell. Bytes that no argument can hold are told, and left out.
func (c *curlCommand) quote(word string) string {
	if clean := strings.ReplaceAll(word, "\x00", ""); clean != word {
		c.note("a NUL byte cannot be an argument, and is left out")
		word = clean
	}
	quoted, err := syntax.Quote(word, syntax.LangBash)
	if err != nil {
		c.note("%q cannot be quoted for a shell: %v", word, err)
		return "''"
	}
	return quoted
}
