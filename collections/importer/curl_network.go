package importer

import (
	"cmp"
	"net/url"
	"strconv"
	"strings"

	"parley/collections"
	"parley/collections/tomldoc"
	"parley/httpcore"
)

func (o *operation) authScheme(name string, on bool) {
	if on {
		o.authType = name
	}
}

// cookie takes the value of --cookie: pairs, or the name of a file when there is no `=` in it.
func (o *operation) cookie(v string) {
	o.habits.TakesCookies = true
	if v != "" && !strings.Contains(v, "=") {
		o.habits.CookieFiles = append(o.habits.CookieFiles, v)
		o.lost("--cookie "+v, "the cookies of a file belong into a session: `parley cookies import` reads it")
		return
	}
	if v != "" {
		o.cookies = append(o.cookies, strings.TrimRight(v, "; "))
	}
}

// verify keeps --insecure, which makes curl look at no certificate.
func (o *operation) verify(file string) {
	if !o.options.Verify.IsFalse() {
		o.options.Verify = value(file)
	}
}

// cert takes FILE or FILE:PASSWORD, in which a backslash escapes the colon.
func (o *operation) cert(v string) {
	const mark = "\x00"
	file, password, has := strings.Cut(strings.ReplaceAll(v, `\:`, mark), ":")
	o.options.Cert.File = value(strings.ReplaceAll(file, mark, ":"))
	if has {
		o.options.Cert.Password = value(strings.ReplaceAll(password, mark, ":"))
	}
}

func (o *operation) proxy(scheme, v string) {
	if v != "" && !strings.Contains(v, "://") {
		v = scheme + v
	}
	// curl's socks:// is SOCKS4, which nobody else speaks.
	o.options.Proxy = value(v)
}

// proxyWithUser puts --proxy-user into the proxy's URL.
func (o *operation) proxyWithUser(user string) {
	name, password, _ := strings.Cut(user, ":")
	scheme, rest, ok := strings.Cut(o.options.Proxy.Text, "://")
	if !ok || strings.Contains(rest, "@") {
		return
	}
	o.options.Proxy = collections.Str(scheme + "://" + url.UserPassword(name, password).String() + "@" + rest)
}

// resolve takes HOST:PORT:ADDRESS[,ADDRESS…], of which the first address is dialed.
func (o *operation) resolve(v string) {
	host, rest, _ := strings.Cut(strings.TrimPrefix(v, "+"), ":")
	port, address, ok := strings.Cut(rest, ":")
	if !ok || host == "*" || strings.HasPrefix(v, "-") {
		o.lost("--resolve "+v, "it names no host, port and address")
		return
	}
	address, others, several := strings.Cut(address, ",")
	if several {
		o.lost("--resolve "+others, "one address is used")
	}
	if strings.Contains(address, ":") && !strings.HasPrefix(address, "[") {
		address = "[" + address + "]"
	}
	o.dial(host+":"+port, address+":"+port)
}

// connectTo takes HOST1:PORT1:HOST2:PORT2, any of which may be empty: any host, any port, the same host, the same port.
func (o *operation) connectTo(v string) {
	parts := authorityParts(v)
	if len(parts) != 4 {
		o.lost("--connect-to "+v, "it is not HOST1:PORT1:HOST2:PORT2")
		return
	}
	o.detours = append(o.detours, [4]string(parts))
}

// authorityParts splits at the colons that are not in brackets.
func authorityParts(v string) []string {
	var parts []string
	depth, begin := 0, 0
	for i, c := range v {
		switch {
		case c == '[':
			depth++
		case c == ']':
			depth--
		case c == ':' && depth == 0:
			parts = append(parts, v[begin:i])
			begin = i + 1
		}
	}
	return append(parts, v[begin:])
}

// connectElsewhere takes the first --connect-to that is about the URL.
func (b *builder) connectElsewhere() {
	if len(b.detours) == 0 {
		return
	}
	target, err := httpcore.ParseURL(b.request.URL.Text)
	if err != nil {
		b.note(Lost, "--connect-to", "whether it is about this URL is not known")
		return
	}
	host, port := target.Host, strconv.Itoa(int(target.EffectivePort()))
	for _, detour := range b.detours {
		if detour[0] != "" && !strings.EqualFold(detour[0], host) || detour[1] != "" && detour[1] != port {
			continue
		}
		b.dial(host+":"+port, cmp.Or(detour[2], host)+":"+cmp.Or(detour[3], port))
		b.request.Options.Network = b.options.Network
		return
	}
}

func (o *operation) dial(from, to string) {
	o.options.Network.Resolve = append(o.options.Network.Resolve, collections.Entry{Name: templated(strings.ToLower(from)), Value: value(to)})
}

// withoutProxy takes the hosts of --noproxy, which are reached without one.
func (b *builder) withoutProxy() {
	if b.noProxy == nil {
		return
	}
	target, err := httpcore.ParseURL(b.request.URL.Text)
	if err != nil {
		b.note(Lost, "--noproxy "+*b.noProxy, "whether it is about this URL is not known")
		return
	}
	rules := httpcore.Proxies{By: map[string]string{"all": "http://proxy"}, Except: strings.Split(*b.noProxy, ",")}
	if proxy, _, err := rules.For(target); err == nil && proxy == nil {
		b.request.Options.Proxy = collections.Str("")
	}
}

// curlRetries are the statuses that curl takes for transient.
var curlRetries = []int64{408, 429, 500, 502, 503, 504}

// retry takes the number of --retry: curl repeats any method, after 1 s, 2 s, 4 s and so on, at most ten minutes.
func (o *operation) retry(v string) {
	var statuses []collections.Value
	for _, status := range curlRetries {
		statuses = append(statuses, tomldoc.Int(status))
	}
	n, err := strconv.ParseInt(v, 10, 32)
	if err != nil {
		o.lost("--retry "+v, "it is no number")
		return
	}
	o.options.Retry.Total = tomldoc.Int(n)
	o.options.Retry.OnStatus = tomldoc.List(statuses...)
	o.options.Retry.Methods = tomldoc.List()
}
