package httpcore

import (
	"fmt"
	"strconv"
	"strings"
)

// URL is an http or https URL, parsed as the WHATWG URL Standard says for special schemes. Its parts are encoded as they
// are sent: percent-escapes stay as typed, and only what the standard encodes was encoded. A URL is never changed once
// it is shared; the methods that differ in a part return a copy.
type URL struct {
	// Scheme is "http" or "https"; of a proxy also "socks5" or "socks5h".
	Scheme string
	// Username and Password are percent-encoded; both are empty when the URL has no user information.
	Username, Password string
	// Host is a domain in ASCII (IDNA applied), a dotted IPv4 address, or an IPv6 address in brackets.
	Host string
	// Port is 0 for the scheme's default.
	Port uint16
	// Path begins with "/".
	Path string
	// Query is what follows "?"; HasQuery tells "/a?" from "/a".
	Query    string
	HasQuery bool
	// Fragment is what follows "#"; it is never sent.
	Fragment    string
	HasFragment bool
}

// String returns the whole URL, user information included; see Redacted for what may be shown.
func (u *URL) String() string {
	var b strings.Builder
	b.WriteString(u.Scheme)
	b.WriteString("://")
	if u.Username != "" || u.Password != "" {
		b.WriteString(u.Username)
		if u.Password != "" {
			b.WriteByte(':')
			b.WriteString(u.Password)
		}
		b.WriteByte('@')
	}
	b.WriteString(u.Authority())
	b.WriteString(u.RequestTarget())
	if u.HasFragment {
		b.WriteByte('#')
		b.WriteString(u.Fragment)
	}
	return b.String()
}

// Redacted returns the whole URL without user information.
func (u *URL) Redacted() string { return u.withoutUserinfo().String() }

// Credentials returns the user information, decoded.
func (u *URL) Credentials() (username, password string) {
	return unescape(u.Username), unescape(u.Password)
}

// Authority returns the host, with the port unless it is the scheme's default: the value of a Host header.
func (u *URL) Authority() string {
	if u.Port == 0 {
		return u.Host
	}
	return u.Host + ":" + strconv.Itoa(int(u.Port))
}

// HostPort returns "host:port" with the port always there, as a dialer wants it. An IPv6 address keeps its brackets.
func (u *URL) HostPort() string { return u.Host + ":" + strconv.Itoa(int(u.EffectivePort())) }

// Hostname returns the host without the brackets of an IPv6 address, as certificates and cookies name it.
func (u *URL) Hostname() string { return strings.Trim(u.Host, "[]") }

// EffectivePort returns the port that is connected to.
func (u *URL) EffectivePort() uint16 {
	if u.Port == 0 {
		return defaultPort(u.Scheme)
	}
	return u.Port
}

// Origin returns scheme, host and port (RFC 6454), the port only when it is not the default.
func (u *URL) Origin() string { return u.Scheme + "://" + u.Authority() }

// RequestTarget returns path and query as the request line takes them (RFC 9112 section 3.2.1, origin form).
func (u *URL) RequestTarget() string {
	if u.HasQuery {
		return u.Path + "?" + u.Query
	}
	return u.Path
}

// withParams returns the URL with encoded pairs appended to its query.
func (u *URL) withParams(encoded string) *URL {
	next := *u
	if next.Query != "" {
		next.Query += "&"
	}
	next.Query += encoded
	next.HasQuery = true
	return &next
}

func (u *URL) withoutUserinfo() *URL {
	next := *u
	next.Username, next.Password = "", ""
	return &next
}

// isSecure reports whether the URL is fetched over TLS.
func (u *URL) isSecure() bool { return u.Scheme == "https" }

func defaultPort(scheme string) uint16 {
	switch scheme {
	case "https":
		return 443
	case "socks5", "socks5h":
		return 1080
	default:
		return 80
	}
}

// urlError says what is wrong with a URL in requests' words. The URL is quoted without user information, so that a
// password never ends up in a message.
func urlError(typed, problem, hint string) *Error {
	shown := hideUserinfo(typed)
	return &Error{Kind: KindURL, Message: fmt.Sprintf("Invalid URL '%s': %s", shown, problem), Advice: hint, URL: shown}
}

// hasPort reports whether nothing but a port follows the colon of an authority, if it has one.
func hasPort(authority string) bool {
	_, port, _ := strings.Cut(authority, ":")
	return strings.HasPrefix(authority, "[") || strings.Trim(port, "0123456789") == ""
}

// hideUserinfo cuts what stands before the last "@" of the authority, in a URL that need not be a valid one.
func hideUserinfo(typed string) string {
	begin := 0
	if name, rest, found := strings.Cut(typed, ":"); found && (isSupported(name) || rest != "" && isSlash(rest[0])) {
		begin = len(name) + 1
	}
	for begin < len(typed) && isSlash(typed[begin]) {
		begin++
	}
	end := begin
	for end < len(typed) && !isSlash(typed[end]) && typed[end] != '?' && typed[end] != '#' {
		end++
	}
	if !strings.Contains(typed[begin:end], "@") && !hasPort(typed[begin:end]) {
		end = len(typed) // what follows the colon may be a password with a slash in it
	}
	if at := strings.LastIndexByte(typed[begin:end], '@'); at >= 0 {
		return typed[:begin] + typed[begin+at+1:]
	}
	return typed
}
