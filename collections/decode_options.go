package collections

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"parley/collections/tomldoc"
)

var optionKeys = []string{
	"timeout", "retry", "redirects", "fail", "verify", "cert", "tls", "proxy", "http", "path", "network", "decode",
	"session",
}

func (d *decoder) options(v Value) Options {
	var o Options
	if v.Kind != tomldoc.Table {
		d.fault(v.Pos, "write a table: [options]", "options must be a table, not %s", v.Kind)
		return o
	}
	plain := map[string]field{
		"redirects": {&o.Redirects, aCount},
		"fail":      {&o.Fail, aBoolean},
		"verify":    {&o.Verify, aFlagOrStr},
		"proxy":     {&o.Proxy, aString},
		"http":      {&o.HTTP, aString},
		"path":      {&o.Path, aString},
		"session":   {&o.Session, aString},
	}
	for _, p := range v.Pairs {
		if f, ok := plain[p.Key]; ok {
			d.set("options."+p.Key, p.Value, f)
			continue
		}
		d.option(&o, p)
	}
	d.checkOptions(&o)
	return o
}

func (d *decoder) option(o *Options, p tomldoc.Pair) {
	v := p.Value
	switch p.Key {
	case "timeout":
		d.timeout(&o.Timeout, v)
	case "cert":
		if v.Kind == tomldoc.String { // one PEM file with both, as `requests` and curl take it
			o.Cert.File = v
			return
		}
		d.fields("options.cert", v, map[string]field{
			"file": {&o.Cert.File, aString}, "key": {&o.Cert.Key, aString}, "password": {&o.Cert.Password, aString},
		})
	case "tls":
		d.fields("options.tls", v, map[string]field{
			"min": {&o.TLS.Min, aString}, "server_name": {&o.TLS.ServerName, aString},
			"key_log": {&o.TLS.KeyLog, aString},
		})
	case "network":
		d.network(&o.Network, v)
	case "decode":
		if v.Kind != tomldoc.Table {
			d.set("options.decode", v, field{&o.Decode.On, aBoolean})
			return
		}
		size := []tomldoc.Kind{tomldoc.Integer, tomldoc.String}
		d.fields("options.decode", v, map[string]field{
			"on": {&o.Decode.On, aBoolean}, "max_size": {&o.Decode.MaxSize, size},
			"max_expansion": {&o.Decode.MaxExpansion, aNumber},
		})
	case "retry":
		d.retry(&o.Retry, v)
	default:
		d.unknown(p, "[options]", optionKeys)
	}
}

func (d *decoder) timeout(t *Timeout, v Value) {
	if v.Kind != tomldoc.Table {
		d.set("options.timeout", v, field{&t.Connect, aDuration})
		t.Read = t.Connect
		return
	}
	d.fields("options.timeout", v, map[string]field{
		"connect": {&t.Connect, aDuration}, "read": {&t.Read, aDuration}, "total": {&t.Total, aDuration},
	})
}

func (d *decoder) network(n *Network, v Value) {
	if v.Kind != tomldoc.Table {
		d.fault(v.Pos, "write a table: { … }", "options.network must be a table, not %s", v.Kind)
		return
	}
	for _, p := range v.Pairs {
		switch p.Key {
		case "resolve":
			n.Resolve = d.entries("options.network.resolve", p.Value, false)
		case "unix":
			d.set("options.network.unix", p.Value, field{&n.Unix, aString})
		case "family":
			d.set("options.network.family", p.Value, field{&n.Family, aString})
		default:
			d.unknown(p, "options.network", []string{"resolve", "unix", "family"})
		}
	}
}

func (d *decoder) checkOptions(o *Options) {
	seen := Value{}
	for _, v := range []Value{o.Timeout.Connect, o.Timeout.Read, o.Timeout.Total} {
		if v.IsSet() && v.Pos != seen.Pos {
			d.checkDuration(v)
		}
		seen = v
	}
	for _, v := range []Value{o.Retry.Backoff, o.Retry.Max, o.Retry.Jitter, o.Retry.AfterDefault} {
		if v.IsSet() {
			d.checkDuration(v)
		}
	}
	d.checkProxy(o.Proxy)
	d.oneOf("options.tls.min", o.TLS.Min, "1.0", "1.1", "1.2", "1.3")
	d.oneOf("options.http", o.HTTP, "auto", "1.1", "2", "2-prior-knowledge", "3")
	d.oneOf("options.path", o.Path, "normal", "as-is")
	d.oneOf("options.network.family", o.Network.Family, "auto", "4", "6")
	if v := o.Redirects; v.IsTrue() || v.Kind == tomldoc.Integer && strings.HasPrefix(v.Text, "-") {
		d.fault(v.Pos, "write how many to follow, or false", "options.redirects cannot be %s", v.Text)
	}
}

func (d *decoder) checkDuration(v Value) {
	if strings.Contains(v.Text, "{{") || v.IsFalse() {
		return
	}
	if _, err := ParseDuration(v.Text); err != nil {
		d.fault(v.Pos, `write a duration such as "1.5s" or "300ms", or false to wait for ever`, "%q is not a duration", v.Text)
	}
}

func (d *decoder) oneOf(where string, v Value, allowed ...string) {
	if !v.IsSet() || strings.Contains(v.Text, "{{") || slices.Contains(allowed, v.Text) {
		return
	}
	d.fault(v.Pos, "write one of "+strings.Join(allowed, ", "), "%s cannot be %q", where, v.Text)
}

// ParseDuration reads a duration of the format: Go's notation, or a bare number of seconds. Negative ones and those
// that overflow are refused.
func ParseDuration(s string) (time.Duration, error) {
	d, err := time.ParseDuration(s)
	if err != nil {
		if _, nerr := strconv.ParseFloat(s, 64); nerr != nil {
			return 0, err
		}
		if d, err = time.ParseDuration(strings.ReplaceAll(s, "_", "") + "s"); err != nil {
			return 0, err
		}
	}
	if d < 0 {
		return 0, strconv.ErrRange
	}
	return d, nil
}
