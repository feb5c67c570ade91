package resolve

import (
	"fmt"
	"net"
	"strconv"
	"strings"
	"time"

	"parley/collections"
	"parley/collections/tomldoc"
	"parley/httpcore"
)

// options reads [options] over the engine's defaults.
func (r *resolver) options(o collections.Options) httpcore.Options {
	options := httpcore.DefaultOptions()
	r.duration("options.timeout.connect", o.Timeout.Connect, &options.Timeout.Connect)
	r.duration("options.timeout.read", o.Timeout.Read, &options.Timeout.Read)
	r.duration("options.timeout.total", o.Timeout.Total, &options.Timeout.Total)
	r.redirects(o.Redirects, &options.Redirects)
	r.flag("options.fail", o.Fail, &options.Fail)
	r.verify(o.Verify, &options.TLS)
	r.tls(o, &options.TLS)
	r.protocol(o.HTTP, &options.Protocol)
	options.RawPath = r.text("options.path", o.Path) == "as-is"
	options.Network = r.network(o.Network)
	options.Network.Proxies = r.proxies(o.Proxy)
	options.Decode = r.decode(o.Decode)
	options.Retry = r.retry(o.Retry)
	return options
}

func (r *resolver) duration(key string, v collections.Value, into *time.Duration) {
	if !v.IsSet() {
		return
	}
	text := r.text(key, v)
	if text == "false" {
		*into = 0
		return
	}
	d, err := collections.ParseDuration(text)
	if err != nil {
		r.unless(text, v, fmt.Sprintf("%q is not a duration", text), `write one such as "1.5s" or "300ms", or false to wait for ever`)
		return
	}
	*into = d
}

func (r *resolver) redirects(v collections.Value, into *int) {
	if !v.IsSet() {
		return
	}
	text := r.text("options.redirects", v)
	if text == "false" {
		*into = 0
		return
	}
	n, err := strconv.ParseUint(text, 0, 31)
	if err != nil {
		r.unless(text, v, fmt.Sprintf("options.redirects cannot be %q", text), "write how many to follow, or false")
		return
	}
	*into = int(n)
}

func (r *resolver) flag(key string, v collections.Value, into *bool) {
	if !v.IsSet() {
		return
	}
	switch text := r.text(key, v); text {
	case "true":
		*into = true
	case "false":
		*into = false
	default:
		r.unless(text, v, fmt.Sprintf("%s cannot be %q", key, text), "write true or false")
	}
}

// verify takes true, false, or a CA file or folder.
func (r *resolver) verify(v collections.Value, into *httpcore.TLSOptions) {
	if !v.IsSet() {
		r.verifyByEnvironment(into)
		return
	}
	switch text := r.text("options.verify", v); text {
	case "", "true":
	case "false":
		into.Insecure = true
	default:
		into.CA = r.beside(v, text)
	}
}

func (r *resolver) tls(o collections.Options, into *httpcore.TLSOptions) {
	into.Cert = r.beside(o.Cert.File, r.text("options.cert.file", o.Cert.File))
	into.Key = r.beside(o.Cert.Key, r.text("options.cert.key", o.Cert.Key))
	into.Password = r.hidden("options.cert.password", o.Cert.Password)
	for _, v := range []collections.Value{o.Cert.Key, o.Cert.Password} {
		if !v.IsSet() || o.Cert.File.IsSet() {
			continue
		}
		r.fault(v, "options.cert has no file", "name the certificate, cert = { file, key, password }; a PEM file may hold its key too")
	}
	into.MinVersion = r.text("options.tls.min", o.TLS.Min)
	into.ServerName = r.text("options.tls.server_name", o.TLS.ServerName)
	into.KeyLog = r.beside(o.TLS.KeyLog, r.text("options.tls.key_log", o.TLS.KeyLog))
}

func (r *resolver) protocol(v collections.Value, into *httpcore.Protocol) {
	text := r.text("options.http", v)
	switch p := httpcore.Protocol(text); p {
	case "":
	case httpcore.ProtocolAuto, httpcore.ProtocolHTTP1, httpcore.ProtocolHTTP2, httpcore.ProtocolPriorKnowledge, httpcore.ProtocolHTTP3:
		*into = p
	default:
		r.unless(text, v, fmt.Sprintf("options.http cannot be %q", text), "write auto, 1.1, 2, 2-prior-knowledge or 3")
	}
}

func (r *resolver) network(n collections.Network) httpcore.Network {
	network := httpcore.Network{
		Unix:   r.beside(n.Unix, r.text("options.network.unix", n.Unix)),
		Family: r.text("options.network.family", n.Family),
	}
	for _, entry := range n.Resolve {
		if entry.Off {
			continue
		}
		if network.Resolve == nil {
			network.Resolve = map[string]string{}
		}
		from := r.name(entry)
		if _, _, err := net.SplitHostPort(from); err != nil {
			r.unless(from, entry.Value, fmt.Sprintf("options.network.resolve has %q, which is no host with a port", from),
				`write "host:port" = "address:port", such as "api.test:443" = "127.0.0.1:8443"`)
		}
		network.Resolve[from] = r.text("options.network.resolve."+entry.Name, entry.Value)
	}
	return network
}

func (r *resolver) decode(d collections.Decode) httpcore.Decode {
	on := true
	r.flag("options.decode.on", d.On, &on)
	decode := httpcore.Decode{Off: !on}
	r.size("options.decode.max_size", d.MaxSize, &decode.MaxSize)
	r.size("options.decode.max_expansion", d.MaxExpansion, &decode.MaxExpansion)
	return decode
}

// size reads a number of bytes, with a unit if there is one: 10MB, 64KiB.
func (r *resolver) size(key string, v collections.Value, into *int64) {
	if !v.IsSet() {
		return
	}
	text := r.text(key, v)
	digits := strings.TrimRight(text, "BbKkMmGgIi ")
	unit, ok := units[strings.ToLower(strings.TrimSpace(text[len(digits):]))]
	n, err := strconv.ParseFloat(strings.ReplaceAll(digits, "_", ""), 64)
	if !ok || err != nil || n < 0 || n*unit > 1<<62 {
		r.unless(text, v, fmt.Sprintf("%q is not a size", text), `write a number of bytes, or one with a unit such as "64MiB"`)
		return
	}
	*into = int64(n * unit)
}

var units = map[string]float64{
	"": 1, "b": 1, "k": 1 << 10, "kb": 1e3, "kib": 1 << 10, "m": 1 << 20, "mb": 1e6, "mib": 1 << 20, "g": 1 << 30, "gb": 1e9, "gib": 1 << 30,
}

// unless reports a fault, but not on top of a {{ }} that could not be resolved.
func (r *resolver) unless(text string, v collections.Value, message, hint string) {
	if text == "" && v.Kind == tomldoc.String && v.Text != "" {
		return
	}
	r.fault(v, message, hint)
}
