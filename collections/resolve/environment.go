package resolve

import (
	"path/filepath"
	"slices"
	"strings"

	"parley/collections/template"
	"parley/httpcore"
)

// Environment is what of the process environment requests mind: proxies, CA certificates and netrc. The zero value is an
// empty one.
type Environment struct {
	// Lookup reads a variable; nil when there are none.
	Lookup func(name string) (string, bool)
	// Netrc reads the user's netrc file, and returns its name with it; nil when there is none.
	Netrc func() (file, text string, err error)
}

// get returns a variable. One that is empty counts as not set, as in `requests`.
func (e Environment) get(name string) string {
	if e.Lookup == nil {
		return ""
	}
	value, _ := e.Lookup(name)
	return value
}

// noteEnvironment notes a value that the environment gave.
func (r *resolver) noteEnvironment(key, text, variable string) {
	r.out.Values = append(r.out.Values, Value{Key: key, Text: text, Scope: "the environment's " + variable})
}

// verifyByEnvironment trusts the certificates that the environment names: REQUESTS_CA_BUNDLE before CURL_CA_BUNDLE, as
// requests, then what OpenSSL reads. Where that is several files and folders it is left to the system's roots, which are
// found by the same variables.
func (r *resolver) verifyByEnvironment(into *httpcore.TLSOptions) {
	for _, names := range [][]string{{"REQUESTS_CA_BUNDLE"}, {"CURL_CA_BUNDLE"}, {"SSL_CERT_FILE", "SSL_CERT_DIR"}} {
		var found []string
		name := ""
		for _, n := range names {
			if path := r.in.Environment.get(n); path != "" {
				found, name = append(found, path), n
			}
		}
		if len(found) == 0 {
			continue
		}
		if len(found) == 1 && (name != "SSL_CERT_DIR" || len(filepath.SplitList(found[0])) == 1) {
			into.CA = r.in.Beside("", found[0])
			r.noteEnvironment("options.verify", found[0], name)
		}
		return
	}
}

// proxiesOfEnvironment is the rules that the environment has for all URLs.
func (r *resolver) proxiesOfEnvironment() httpcore.Proxies {
	if r.in.Environment.Lookup == nil {
		return httpcore.Proxies{}
	}
	proxies := httpcore.ProxiesFromEnv(r.in.Environment.Lookup)
	if len(proxies.By) == 0 {
		return httpcore.Proxies{}
	}
	return proxies
}

// authByEnvironment takes credentials from netrc for a request that has none of its own: neither [auth], which type
// "none" is too, nor an Authorization header, nor user information in its URL.
func (r *resolver) authByEnvironment(request *httpcore.Request) {
	netrc := r.in.Environment.Netrc
	leavesOut := func(name string) bool { return strings.EqualFold(name, "Authorization") }
	if netrc == nil || r.in.Request.Auth.IsSet() || request.Headers.Has("Authorization") || slices.ContainsFunc(request.Without, leavesOut) {
		return
	}
	u, err := request.ParsedURL()
	if err != nil || u.Username != "" || u.Password != "" {
		return
	}
	file, text, err := netrc()
	if err != nil || !strings.Contains(text, "default") && !strings.Contains(strings.ToLower(text), strings.ToLower(u.Hostname())) {
		return // without one, or without a word about the host, there is nothing to explain
	}
	request.Auth.Type = "netrc"
	request.Auth.Values.Add("missing", "ignore")
	r.out.Values = append(r.out.Values, Value{Key: "auth.type", Text: "netrc", Scope: "the environment's netrc", Where: template.Position{File: file}})
}
