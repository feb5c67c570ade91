package httpcore

import (
	"strconv"
	"strings"
)

// ParseURL parses an absolute http or https URL as the WHATWG URL Standard does. An error is of KindURL and says what
// requests says: no scheme, no host, an unsupported scheme.
func ParseURL(typed string) (*URL, error) {
	rest, scheme, err := cutScheme(typed, cleanURL(typed))
	if err != nil {
		return nil, err
	}
	return parseAuthority(typed, scheme, strings.TrimLeft(rest, `/\`))
}

// ParseRawURL parses like ParseURL, but keeps path and query exactly as typed: dot segments stay, and nothing is
// encoded. White space and control characters, which would end the request line, are refused.
func ParseRawURL(typed string) (*URL, error) {
	for i := range len(typed) {
		if typed[i] <= ' ' || typed[i] == 0x7F {
			return nil, urlError(typed, "a control character or white space cannot be sent as it is", "write it percent-encoded, such as %20")
		}
	}
	rest, scheme, err := cutScheme(typed, typed)
	if err != nil {
		return nil, err
	}
	rest = strings.TrimLeft(rest, `/\`)
	u, err := parseAuthority(typed, scheme, rest)
	if err != nil {
		return nil, err
	}
	target, _, _ := strings.Cut(rest[authorityEnd(rest):], "#")
	u.Path, u.Query, u.HasQuery = strings.Cut(target, "?")
	if !strings.HasPrefix(u.Path, "/") {
		u.Path = "/" + u.Path
	}
	return u, nil
}

// Resolve parses a reference relative to u, as a Location header holds one.
func (u *URL) Resolve(reference string) (*URL, error) {
	rest := cleanURL(reference)
	if i := strings.IndexByte(rest, ':'); i >= 0 && isScheme(rest[:i]) {
		scheme := strings.ToLower(rest[:i])
		// "http:x" against an http base is relative, a leftover of RFC 1738 that the standard keeps.
		if scheme != u.Scheme || strings.HasPrefix(rest[i+1:], "//") {
			return ParseURL(reference)
		}
		rest = rest[i+1:]
	}
	next := URL{Scheme: u.Scheme, Username: u.Username, Password: u.Password, Host: u.Host, Port: u.Port}
	switch {
	case len(rest) >= 2 && isSlash(rest[0]) && isSlash(rest[1]):
		return parseAuthority(reference, u.Scheme, strings.TrimLeft(rest, `/\`))
	case rest != "" && isSlash(rest[0]):
		next.parseTail(rest, nil)
	case rest == "" || rest[0] == '#':
		next.Path, next.Query, next.HasQuery = u.Path, u.Query, u.HasQuery
		next.parseFragment(rest)
	case rest[0] == '?':
		next.Path = u.Path
		next.parseQuery(rest)
	default:
		segments := strings.Split(u.Path[1:], "/")
		next.parseTail(rest, segments[:len(segments)-1])
	}
	return &next, nil
}

// cleanURL removes what the standard's parser removes before it begins: control characters and spaces around the URL,
// tabs and line breaks within it.
func cleanURL(typed string) string {
	typed = strings.TrimFunc(typed, func(r rune) bool { return r <= ' ' })
	if !strings.ContainsAny(typed, "\t\r\n") {
		return typed
	}
	return strings.NewReplacer("\t", "", "\r", "", "\n", "").Replace(typed)
}

// cutScheme splits the scheme off. A "host:port" without one is not taken for a scheme, though by its letters it could
// be: people type localhost:8080 more often than they invent schemes.
func cutScheme(typed, cleaned string) (rest, scheme string, err error) {
	name, rest, found := strings.Cut(cleaned, ":")
	if !found || !isScheme(name) || startsWithPort(rest) && !isSupported(name) {
		shown := hideUserinfo(typed)
		return "", "", urlError(typed, "No scheme supplied. Perhaps you meant https://"+strings.TrimLeft(shown, "/")+"?",
			"begin the URL with http:// or https://")
	}
	scheme = strings.ToLower(name)
	if !isSupported(scheme) {
		return "", "", &Error{
			Kind:    KindURL,
			Message: "No connection adapters were found for '" + hideUserinfo(typed) + "'",
			Advice:  "only http and https URLs can be sent",
			URL:     hideUserinfo(typed),
		}
	}
	return rest, scheme, nil
}

func isSupported(scheme string) bool {
	return strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https")
}

// startsWithPort reports whether s begins like the port in "localhost:8080/x".
func startsWithPort(s string) bool {
	digits := 0
	for digits < len(s) && isDigit(s[digits]) {
		digits++
	}
	return digits > 0 && (digits == len(s) || strings.IndexByte(`/\?#`, s[digits]) >= 0)
}

func isScheme(s string) bool {
	for i := range len(s) {
		c := s[i]
		if !isLetter(c) && (i == 0 || !isDigit(c) && c != '+' && c != '-' && c != '.') {
			return false
		}
	}
	return s != ""
}

// authorityEnd returns where path, query or fragment begin.
func authorityEnd(s string) int {
	if i := strings.IndexAny(s, `/\?#`); i >= 0 {
		return i
	}
	return len(s)
}

// parseAuthority parses what follows "scheme://".
func parseAuthority(typed, scheme, rest string) (*URL, error) {
	end := authorityEnd(rest)
	authority, tail := rest[:end], rest[end:]
	u := &URL{Scheme: scheme}
	hostport := authority
	if at := strings.LastIndexByte(authority, '@'); at >= 0 {
		hostport = authority[at+1:]
		username, password, _ := strings.Cut(authority[:at], ":")
		u.Username, u.Password = escape(username, inUserinfo), escape(password, inUserinfo)
	}
	host, port, err := splitPort(typed, hostport)
	if err != nil {
		return nil, err
	}
	if host == "" {
		return nil, urlError(typed, "No host supplied", "a URL names a host after http:// or https://")
	}
	if u.Host, err = parseHost(typed, host); err != nil {
		return nil, err
	}
	if port != defaultPort(scheme) {
		u.Port = port
	}
	u.parseTail(tail, nil)
	return u, nil
}

// splitPort cuts the port off; 0 when there is none.
func splitPort(typed, hostport string) (host string, port uint16, err error) {
	colon := strings.LastIndexByte(hostport, ':')
	if colon < 0 || strings.LastIndexByte(hostport, ']') > colon {
		return hostport, 0, nil
	}
	// The first colon outside brackets begins the port, so that "a:b:80" is an error and not a host.
	if first := strings.IndexByte(hostport, ':'); !strings.HasPrefix(hostport, "[") {
		colon = first
	}
	digits := hostport[colon+1:]
	if digits == "" {
		return hostport[:colon], 0, nil
	}
	if strings.Trim(digits, "0123456789") != "" {
		return "", 0, urlError(typed, "what follows the colon after the host is no port", "write a number; in a password, write / ? # and @ percent-encoded")
	}
	value := strings.TrimLeft(digits, "0")
	if value == "" {
		value = "0"
	}
	number, err := strconv.ParseUint(value, 10, 16)
	if err != nil {
		return "", 0, urlError(typed, "the port '"+digits+"' is not a number from 0 to 65535", "")
	}
	if number == 0 {
		return "", 0, urlError(typed, "nothing can listen on port 0", "leave the port out for the scheme's default")
	}
	return hostport[:colon], uint16(number), nil
}

// parseTail parses path, query and fragment; base holds the segments that a relative path starts from.
func (u *URL) parseTail(tail string, base []string) {
	end := strings.IndexAny(tail, "?#")
	if end < 0 {
		end = len(tail)
	}
	u.Path = parsePath(tail[:end], base)
	u.parseQuery(tail[end:])
}

func (u *URL) parseQuery(tail string) {
	if strings.HasPrefix(tail, "?") {
		end := strings.IndexByte(tail, '#')
		if end < 0 {
			end = len(tail)
		}
		u.Query, u.HasQuery = escape(tail[1:end], inQuery), true
		tail = tail[end:]
	}
	u.parseFragment(tail)
}

func (u *URL) parseFragment(tail string) {
	if strings.HasPrefix(tail, "#") {
		u.Fragment, u.HasFragment = escape(tail[1:], inFragment), true
	}
}

func isSlash(c byte) bool  { return c == '/' || c == '\\' }
func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
