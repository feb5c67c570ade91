package httpcore

import (
	"encoding/base64"
	"net/netip"
	"slices"
	"strconv"
	"strings"
)

// Proxies says through which proxy a URL is reached. The zero value goes straight to every host.
type Proxies struct {
	// By maps what requests' proxies dictionary does to the URL of a proxy: "scheme://host", "scheme", "all://host" or
	// "all", asked in that order (requests.utils.select_proxy). An empty URL means none.
	By map[string]string
	// Except is a NO_PROXY list (requests.utils.should_bypass_proxies): names with all below them, host:port, IP
	// addresses, CIDR blocks, "*".
	Except []string
	// Origin says where these rules come from, for people: "options.proxy", "the environment".
	Origin string
	// Origins says it more precisely for some keys of By, and under "no" for Except: "the environment's https_proxy".
	Origins map[string]string
}

// For returns the proxy for u, or nil when u is reached without one; why says in words where that comes from, and is empty
// when no proxies are set. The proxy's Scheme is "http", "https", "socks5" (names are looked up here) or "socks5h" (by the
// proxy); it has its user information, so that only Redacted may be shown.
//
// A proxy without a scheme is an HTTP proxy, as in requests. An error is of KindURL: requests' InvalidProxyURL.
func (p Proxies) For(u *URL) (proxy *URL, why string, err error) {
	if len(p.By) == 0 {
		return nil, "", nil
	}
	if entry := p.exception(u); entry != "" {
		return nil, "none, for " + p.origin("no") + " excepts " + entry, nil
	}
	host := strings.ToLower(u.Hostname())
	for _, key := range []string{u.Scheme + "://" + host, u.Scheme, "all://" + host, "all"} {
		typed, ok := p.By[key]
		if !ok {
			continue
		}
		if strings.TrimSpace(typed) == "" {
			return nil, "none, as " + p.origin(key) + " says", nil
		}
		proxy, err := parseProxyURL(typed)
		if err != nil {
			err.Message += ", in " + p.origin(key)
			return nil, "", err
		}
		return proxy, "as " + p.origin(key) + " says", nil
	}
	return nil, "none, for " + p.origin("") + " has one for other URLs only", nil
}

// Secrets are the credentials in the URLs of the proxies; Prepare makes them secrets of the request.
func (p Proxies) Secrets() []Secret {
	var secrets []Secret
	for _, typed := range p.By {
		proxy, err := parseProxyURL(typed)
		if err != nil || proxy.Password == "" {
			continue
		}
		username, password := proxy.Credentials()
		credentials := username + ":" + password
		secrets = append(secrets, NewSecret("proxy", credentials))
		if len(credentials) < shortSecret { // its Base64 is not looked for otherwise
			secrets = append(secrets, NewSecret("proxy", base64.StdEncoding.EncodeToString([]byte(credentials))))
		}
		if len(password) >= shortSecret { // a shorter one would be found everywhere
			secrets = append(secrets, NewSecret("proxy", password))
		}
	}
	return secrets
}

func (p Proxies) origin(key string) string {
	switch {
	case p.Origins[key] != "":
		return p.Origins[key]
	case p.Origin != "":
		return p.Origin
	default:
		return "the proxy settings"
	}
}

// exception returns the entry of Except that u is meant by; empty for none.
func (p Proxies) exception(u *URL) string {
	for _, entry := range p.Except {
		if entry = strings.ReplaceAll(entry, " ", ""); entry != "" && excepts(entry, u) {
			return entry
		}
	}
	return ""
}

// excepts reports whether an entry of a NO_PROXY list means u. An address is compared as an address; of a name, all that
// lies below it is meant too, with or without a dot before it.
func excepts(entry string, u *URL) bool {
	if entry == "*" {
		return true
	}
	host := strings.ToLower(u.Hostname())
	address, err := netip.ParseAddr(host)
	if err == nil {
		if block, err := netip.ParsePrefix(entry); err == nil {
			return block.Bits() > 0 && block.Contains(address.Unmap())
		}
	}
	entry, port := splitEntry(entry)
	if port != "" && port != strconv.Itoa(int(u.EffectivePort())) {
		return false
	}
	if err == nil {
		listed, err := netip.ParseAddr(entry)
		return err == nil && listed.Unmap() == address.Unmap()
	}
	name := strings.ToLower(strings.TrimLeft(entry, "."))
	return name != "" && (host == name || strings.HasSuffix(host, "."+name))
}

// splitEntry cuts the port off "host:port" and the brackets off "[::1]:port"; a bare IPv6 address has none.
func splitEntry(entry string) (host, port string) {
	if i := strings.LastIndexByte(entry, ':'); i >= 0 && (strings.Count(entry, ":") == 1 || strings.HasSuffix(entry[:i], "]")) {
		entry, port = entry[:i], entry[i+1:]
	}
	return strings.Trim(entry, "[]"), port
}

// parseProxyURL parses the URL of a proxy.
func parseProxyURL(typed string) (*URL, *Error) {
	typed = cleanURL(typed)
	scheme, rest, ok := strings.Cut(typed, "://")
	if !ok {
		scheme, rest = "http", typed
	}
	scheme = strings.ToLower(scheme)
	if !slices.Contains([]string{"http", "https", "socks5", "socks5h"}, scheme) {
		return nil, &Error{
			Kind:    KindURL,
			Message: "Invalid proxy URL '" + hideUserinfo(typed) + "': no proxy of that scheme is known",
			Advice:  "use http, https, socks5 or socks5h",
		}
	}
	u, err := parseAuthority(scheme+"://"+rest, scheme, rest)
	if err != nil {
		e := AsError(err, KindURL)
		return nil, &Error{
			Kind:    KindURL,
			Message: "Invalid proxy URL" + strings.TrimPrefix(e.Message, "Invalid URL"),
			Advice:  "write it as http://host:port, or with credentials as http://user:password@host:port",
		}
	}
	return u, nil
}
