package importer

import (
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"parley/collections"
	"parley/collections/tomldoc"
	"parley/httpcore/body"
)

// builder makes the request of one URL of an operation.
type builder struct {
	*operation
	request *collections.Request
	notes   []Note
	// urlUser is the user that the URL named, when it is not left there.
	urlUser *string
}

func (o *operation) item(target string) Item {
	if o.proxyUser != "" {
		o.proxyWithUser(o.proxyUser)
	}
	b := &builder{operation: o, request: &collections.Request{Options: o.options}, notes: slices.Clone(o.notes)}
	b.url(target)
	b.chooseMethod()
	b.chooseHeaders()
	b.chooseBody()
	b.chooseAuth()
	b.chooseRedirects()
	return Item{Request: b.request, Notes: b.notes}
}

func (b *builder) note(outcome Outcome, what, why string) {
	b.notes = append(b.notes, Note{outcome, what, why})
}

// url completes the URL as curl does: a scheme, and the query of -G and --url-query before the fragment.
func (b *builder) url(target string) {
	if !strings.Contains(target, "://") {
		target = b.scheme + target
	}
	if scheme, _, _ := strings.Cut(target, "://"); !hasNames(scheme) && !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") {
		b.note(Lost, target, scheme+" is not spoken")
	}
	if !b.globOff {
		target = b.glob(target)
	}
	target, fragment, hasFragment := strings.Cut(target, "#")
	target = b.takeUser(target)
	target = b.escapePlaces(target)
	b.keepSpelling(target)
	whole := templated(target)
	query := slices.Clone(b.query)
	if b.isGet && len(b.data) > 0 {
		query = append(query, b.content().template)
	}
	for _, q := range query {
		whole += separator(whole) + q
	}
	if b.upload != "" && b.upload != "-" && strings.HasSuffix(target, "/") || isBareHost(target) && b.upload != "" {
		whole = strings.TrimSuffix(whole, "/") + "/" + percentEncode(b.upload[strings.LastIndexByte(b.upload, '/')+1:])
	}
	if hasFragment {
		whole += "#" + templated(fragment)
	}
	b.request.URL = collections.Str(whole)
}

// takeUser moves the user of a URL to the scheme that was asked for; without one the URL says Basic by itself.
func (b *builder) takeUser(target string) string {
	scheme, rest, _ := strings.Cut(target, "://")
	end := strings.IndexAny(rest, "/?")
	if end < 0 {
		end = len(rest)
	}
	at := strings.LastIndexByte(rest[:end], '@')
	if at < 0 || b.authType == "" || b.user != nil {
		return target
	}
	user, err := url.PathUnescape(rest[:at])
	if err != nil {
		return target
	}
	b.urlUser = &user
	return scheme + "://" + rest[at+1:]
}

// place is what Parley would look for a path value for: `{name}` anywhere in a path and `:name` as a whole segment.
var place = regexp.MustCompile(`\{[A-Za-z_][A-Za-z0-9_.-]*\}|/:[A-Za-z_][A-Za-z0-9_.-]*(?:/|$)`)

// escapePlaces keeps a path's braces and colons from being places for values.
func (b *builder) escapePlaces(target string) string {
	begin := strings.Index(target, "://") + len("://")
	path, query, hasQuery := strings.Cut(target[begin:], "?")
	escaped := path
	for place.MatchString(escaped) { // two places may share a slash
		escaped = place.ReplaceAllStringFunc(escaped, strings.NewReplacer("{", "%7B", "}", "%7D", ":", "%3A").Replace)
	}
	if escaped == path {
		return target
	}
	b.note(Changed, "/"+path[strings.IndexByte(path, '/')+1:], "it is percent-encoded, as {name} and :name are places for path values")
	if hasQuery {
		escaped += "?" + query
	}
	return target[:begin] + escaped
}

// keepSpelling has characters sent as typed that a URL's rules would escape; curl does not.
func (b *builder) keepSpelling(target string) {
	_, rest, _ := strings.Cut(target, "://")
	slash := strings.IndexAny(rest, "/?")
	if slash >= 0 && strings.ContainsAny(rest[slash:], "\"<>`{}^\\") && !strings.Contains(rest, "/.") {
		b.request.Options.Path = collections.Str("as-is")
	}
}

func separator(target string) string {
	switch {
	case !strings.Contains(target, "?"):
		return "?"
	case strings.HasSuffix(target, "?"), strings.HasSuffix(target, "&"):
		return ""
	default:
		return "&"
	}
}

// isBareHost reports whether a URL ends with its host.
func isBareHost(target string) bool {
	_, rest, _ := strings.Cut(target, "://")
	return !strings.ContainsAny(rest, "/?")
}

// glob says that curl would fetch several URLs, and removes the backslashes that keep it from that.
func (b *builder) glob(target string) string {
	if target != "" && strings.ContainsAny(unescaped(target), "{}[]") && !strings.Contains(target, "[:") && !isIPv6(target) {
		b.note(Lost, target, "ranges and lists in a URL are not expanded; -g sends the brackets as they are")
	}
	return strings.NewReplacer(`\{`, "{", `\}`, "}", `\[`, "[", `\]`, "]").Replace(target)
}

func unescaped(s string) string {
	return strings.NewReplacer(`\{`, "", `\}`, "", `\[`, "", `\]`, "").Replace(s)
}

func isIPv6(target string) bool {
	_, rest, _ := strings.Cut(target, "://")
	host, _, _ := strings.Cut(rest, "/")
	return strings.HasPrefix(host[strings.LastIndexByte(host, '@')+1:], "[") && strings.Count(target, "[") == 1
}

func (b *builder) chooseMethod() {
	method := "GET"
	switch {
	case b.method != "":
		method = b.method
	case b.isHead:
		method = "HEAD"
	case b.isGet:
	case len(b.data) > 0 || len(b.parts) > 0:
		method = "POST"
	case b.upload != "":
		method = "PUT"
	}
	if method != "GET" {
		b.request.Method = value(method)
	}
}

// chooseHeaders takes -H, and the options that stand for a header unless -H says it.
func (b *builder) chooseHeaders() {
	for _, line := range b.headers {
		b.header(line)
	}
	if b.agent != nil {
		b.option("User-Agent", *b.agent)
	}
	if b.referer != nil && *b.referer != "" {
		b.option("Referer", *b.referer)
	}
	if b.byteRange != "" {
		b.option("Range", "bytes="+openRange(b.byteRange))
	}
	if b.isJSON && !b.isGet {
		b.option("Content-Type", "application/json")
		b.option("Accept", "application/json")
	}
	b.chooseCookies()
}

// openRange completes a number alone, as curl does.
func openRange(r string) string {
	if _, err := strconv.ParseUint(r, 10, 64); err == nil {
		return r + "-"
	}
	return r
}

// header takes one -H: `Name: value`, `Name:` to leave out a header of curl's own, `Name;` for an empty one.
func (b *builder) header(line string) {
	if strings.HasPrefix(line, "@") {
		b.note(Lost, "--header "+line, "headers are not read from files")
		return
	}
	name, text, hasColon := strings.Cut(line, ":")
	name, text = strings.TrimSpace(name), strings.Trim(text, " \t\r\n")
	switch {
	case hasColon && text == "":
		b.add(collections.Entry{Name: templated(name), Value: collections.Str(""), Off: true})
	case hasColon:
		b.add(collections.Entry{Name: templated(name), Value: value(text)})
	case strings.HasSuffix(name, ";"):
		b.add(collections.Entry{Name: templated(strings.TrimSuffix(name, ";")), Value: collections.Str("")})
	default:
		b.note(Lost, "--header "+line, "it is not NAME: VALUE, and curl does not send it either")
	}
}

func (b *builder) add(entry collections.Entry) { b.request.Headers = append(b.request.Headers, entry) }

// option adds a header unless -H did; an empty one switches it off.
func (b *builder) option(name, text string) {
	if !b.hasHeader(name) {
		b.add(collections.Entry{Name: name, Value: value(text), Off: text == ""})
	}
}

func (b *builder) hasHeader(name string) bool {
	return slices.ContainsFunc(b.request.Headers, func(e collections.Entry) bool { return strings.EqualFold(e.Name, name) })
}

// chooseCookies makes entries of cookies that can be written so, else a header that says the same.
func (b *builder) chooseCookies() {
	whole := strings.Join(b.cookies, "; ")
	if whole == "" || b.hasHeader("Cookie") {
		return
	}
	var entries []collections.Entry
	for pair := range strings.SplitSeq(whole, "; ") {
		name, text, ok := strings.Cut(pair, "=")
		if !ok || name == "" || strings.ContainsAny(pair, "; ") {
			b.add(collections.Entry{Name: "Cookie", Value: value(whole)})
			return
		}
		entries = append(entries, collections.Entry{Name: templated(name), Value: value(text)})
	}
	b.request.Cookies = entries
}

const formType = "application/x-www-form-urlencoded"

func (b *builder) chooseBody() {
	switch {
	case len(b.parts) > 0:
		b.dropMultipartType()
		b.request.Body = collections.Body{Kind: collections.BodyMultipart, Parts: b.parts}
	case len(b.data) > 0 && !b.isGet:
		b.request.Body = b.dataBody()
	case b.upload != "":
		b.request.Body = b.uploadBody()
	}
}

// dropMultipartType leaves the type of a form with files to the body, which knows its boundary.
func (b *builder) dropMultipartType() {
	b.request.Headers = slices.DeleteFunc(b.request.Headers, func(h collections.Entry) bool {
		if !strings.EqualFold(h.Name, "Content-Type") || h.Off {
			return false
		}
		if mediaType, _, _ := strings.Cut(h.Value.Text, ";"); !strings.EqualFold(strings.TrimSpace(mediaType), "multipart/form-data") {
			b.note(Changed, "--header Content-Type: "+h.Value.Text, "a form with parts is sent as multipart/form-data")
		}
		return true
	})
}

// dataBody finds the clearest way to write what sends exactly the data.
func (b *builder) dataBody() collections.Body {
	mediaType := formType
	if b.hasHeader("Content-Type") {
		mediaType = ""
	}
	list := b.withInput()
	if len(list) == 1 && list[0].file != "" && !strings.Contains(list[0].template, "replace(") {
		return collections.Body{Kind: collections.BodyFile, Content: value(path(list[0].file)), Type: optional(mediaType)}
	}
	whole := b.content()
	if pairs, ok := formPairs(whole); ok && mediaType != "" {
		return collections.Body{Kind: collections.BodyForm, Form: pairs}
	}
	if mediaType == "" && b.saysJSON() && isJSON(whole) {
		return collections.Body{Kind: collections.BodyJSON, Content: collections.Str(whole.template)}
	}
	return collections.Body{Kind: collections.BodyText, Content: collections.Str(whole.template), Type: optional(mediaType)}
}

func optional(s string) collections.Value {
	if s == "" {
		return collections.Value{}
	}
	return collections.Str(s)
}

// formPairs splits data that is a form and would be encoded again to the same bytes.
func formPairs(d datum) ([]collections.Entry, bool) {
	if !d.isLiteral || d.literal == "" {
		return nil, false
	}
	var pairs []body.Pair
	var entries []collections.Entry
	for part := range strings.SplitSeq(d.literal, "&") {
		name, text, ok := strings.Cut(part, "=")
		plainName, err1 := url.QueryUnescape(name)
		plainText, err2 := url.QueryUnescape(text)
		// A name may stand once only in a table, and one that begins with ~ would be switched off.
		if !ok || name == "" || err1 != nil || err2 != nil || strings.HasPrefix(plainName, "~") || slices.ContainsFunc(pairs, func(p body.Pair) bool { return p.Name == plainName }) {
			return nil, false
		}
		pairs = append(pairs, body.Pair{Name: plainName, Value: plainText})
		entries = append(entries, collections.Entry{Name: templated(plainName), Value: value(plainText)})
	}
	return entries, encodesTo(body.Form(pairs), d.literal)
}

func encodesTo(p body.Payload, want string) bool {
	opened, err := p.Open()
	if err != nil {
		return false
	}
	defer opened.Close()
	got := make([]byte, len(want)+1)
	n, _ := opened.Read(got)
	return p.Size() == int64(len(want)) && string(got[:n]) == want
}

func (b *builder) saysJSON() bool {
	for _, h := range b.request.Headers {
		if strings.EqualFold(h.Name, "Content-Type") && !h.Off {
			mediaType, _, _ := strings.Cut(h.Value.Text, ";")
			return strings.HasSuffix(strings.TrimSpace(mediaType), "json")
		}
	}
	return false
}

// isJSON reports whether data can stand under body.json, which is sent with LF and without a final line end.
func isJSON(d datum) bool {
	return d.isLiteral && json.Valid([]byte(d.literal)) && !strings.Contains(d.literal, "\r") && !strings.HasSuffix(d.literal, "\n")
}

func (b *builder) uploadBody() collections.Body {
	name := b.upload
	if name == "." {
		name = "-"
	}
	if name == "-" && b.input != nil {
		if b.input.file == "" {
			return collections.Body{Kind: collections.BodyText, Content: value(b.input.text)}
		}
		name = b.input.file
	}
	// curl names no type for an upload; Parley would go by the file's name.
	if !b.hasHeader("Content-Type") {
		b.add(collections.Entry{Name: "Content-Type", Value: collections.Str(""), Off: true})
	}
	return collections.Body{Kind: collections.BodyFile, Content: value(path(name))}
}

func (b *builder) chooseAuth() {
	if b.hasHeader("Authorization") {
		if b.user != nil || b.bearer != "" {
			b.note(Changed, "--user", "the Authorization header of -H is sent, as curl does")
		}
		return
	}
	kind := b.authType
	user := b.user
	if user == nil {
		user = b.urlUser
	}
	switch {
	case kind == "" && b.bearer != "":
		kind = "bearer"
	case kind == "" && user != nil:
		kind = "basic"
	}
	auth := collections.Auth{Type: collections.Str(kind)}
	field := func(name string, v collections.Value) {
		auth.Fields = append(auth.Fields, collections.Entry{Name: name, Value: v})
	}
	switch kind {
	case "basic", "digest", "ntlm":
		if user == nil {
			return
		}
		name, password := credentials(*user)
		field("username", value(name))
		field("password", password)
	case "bearer":
		field("token", value(b.bearer))
	case "aws-sigv4":
		b.sigv4(user, field)
	case "netrc":
		if user != nil {
			name, password := credentials(*user)
			auth.Type = collections.Str("basic")
			field("username", value(name))
			field("password", password)
		}
	default:
		return
	}
	b.request.Auth = auth
}

// credentials splits a user; curl asks for a password that is not there.
func credentials(user string) (name string, password collections.Value) {
	name, text, ok := strings.Cut(user, ":")
	if !ok {
		return name, collections.Str("{{prompt(" + strconv.Quote("Password of "+name) + ")}}")
	}
	return name, value(text)
}

func (b *builder) sigv4(user *string, field func(string, collections.Value)) {
	if user != nil {
		name, password := credentials(*user)
		field("access_key", value(name))
		field("secret_key", password)
	}
	scope := strings.Split(b.awsScope, ":")
	for i, name := range []string{"", "", "region", "service"} {
		if name != "" && i < len(scope) {
			field(name, value(scope[i]))
		}
	}
}

// curlHops is how many redirects curl follows unless told.
const curlHops = 50

func (b *builder) chooseRedirects() {
	switch n, err := strconv.Atoi(b.maxHops); {
	case !b.follow:
		b.request.Options.Redirects = tomldoc.Boolean(false)
	case b.maxHops == "":
		b.request.Options.Redirects = tomldoc.Int(curlHops)
	case err != nil:
		b.note(Lost, "--max-redirs "+b.maxHops, "it is no number")
	case n < 0:
		b.request.Options.Redirects = tomldoc.Int(1000)
		b.note(Changed, "--max-redirs -1", "1000 redirects are followed at most")
	default:
		b.request.Options.Redirects = tomldoc.Int(int64(n))
	}
}
