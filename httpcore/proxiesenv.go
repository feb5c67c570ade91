package httpcore

import "strings"

// ProxiesFromEnv returns the proxies that the environment names, as Python's getproxies and requests read it: http_proxy,
// https_proxy and all_proxy, each in lower case before upper case, and no_proxy. A variable in lower case that is set but
// empty switches the one in upper case off. HTTP_PROXY is not believed in a CGI program, where REQUEST_METHOD is set: there,
// a client can set it by a header called Proxy (CVE-2016-1000110).
//
// lookup is os.LookupEnv, or what takes its place.
func ProxiesFromEnv(lookup func(string) (string, bool)) Proxies {
	p := Proxies{By: map[string]string{}, Origin: "the environment", Origins: map[string]string{}}
	_, isCGI := lookup("REQUEST_METHOD")
	for _, scheme := range []string{"http", "https", "all"} {
		name := scheme + "_proxy"
		value, ok := lookup(name)
		if !ok && (scheme != "http" || !isCGI) {
			name = strings.ToUpper(name)
			value, _ = lookup(name)
		}
		if value != "" {
			p.By[scheme], p.Origins[scheme] = value, originOf(name)
		}
	}
	for _, name := range []string{"no_proxy", "NO_PROXY"} {
		if value, _ := lookup(name); value != "" {
			p.Except, p.Origins["no"] = strings.Split(value, ","), originOf(name)
			break
		}
	}
	return p
}

func originOf(variable string) string { return "the environment's " + variable }
