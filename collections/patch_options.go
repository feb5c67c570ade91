package collections

import (
	"slices"

	"parley/collections/tomldoc"
)

// options edits the [options] section. A setting that the file says in one shape stays in it where it can.
func (p *patch) options(before, after Options) {
	p.timeout(before.Timeout, after.Timeout)
	p.shaped(retryKeys, before.Retry.values(), after.Retry.values(), "options", "retry")
	p.change(before.Redirects, after.Redirects, optionKeys, "options", "redirects")
	p.change(before.Fail, after.Fail, optionKeys, "options", "fail")
	p.change(before.Verify, after.Verify, optionKeys, "options", "verify")
	p.shaped([]string{"file", "key", "password"},
		[]Value{before.Cert.File, before.Cert.Key, before.Cert.Password},
		[]Value{after.Cert.File, after.Cert.Key, after.Cert.Password}, "options", "cert")
	p.shaped([]string{"min", "server_name", "key_log"},
		[]Value{before.TLS.Min, before.TLS.ServerName, before.TLS.KeyLog},
		[]Value{after.TLS.Min, after.TLS.ServerName, after.TLS.KeyLog}, "options", "tls")
	p.change(before.Proxy, after.Proxy, optionKeys, "options", "proxy")
	p.change(before.HTTP, after.HTTP, optionKeys, "options", "http")
	p.change(before.Path, after.Path, optionKeys, "options", "path")
	p.entries(before.Network.Resolve, after.Network.Resolve, nil, "options", "network", "resolve")
	p.change(before.Network.Unix, after.Network.Unix, nil, "options", "network", "unix")
	p.change(before.Network.Family, after.Network.Family, nil, "options", "network", "family")
	p.shaped([]string{"on", "max_size", "max_expansion"},
		[]Value{before.Decode.On, before.Decode.MaxSize, before.Decode.MaxExpansion},
		[]Value{after.Decode.On, after.Decode.MaxSize, after.Decode.MaxExpansion}, "options", "decode")
	p.change(before.Session, after.Session, optionKeys, "options", "session")
}

// shaped edits a setting that is a table, or a plain value that stands for its first key.
func (p *patch) shaped(keys []string, before, after []Value, path ...string) {
	if p.err != nil || slices.EqualFunc(before, after, Value.Equal) {
		return
	}
	there := p.doc.Get(path...)
	if there.Kind == tomldoc.Table {
		for i, key := range keys {
			p.change(before[i], after[i], keys, append(slices.Clone(path), key)...)
		}
		return
	}
	plain := there.IsSet() || path[len(path)-1] != "cert" && path[len(path)-1] != "tls"
	if plain && !slices.ContainsFunc(after[1:], Value.IsSet) {
		p.set(after[0], optionKeys, path...)
		return
	}
	p.set(tableWith(keys, after), optionKeys, path...)
}

// tableWith makes a table of the values that are set; nothing when none is.
func tableWith(keys []string, values []Value) Value {
	var v Value
	for i, key := range keys {
		if values[i].IsSet() {
			put(&v, key, values[i], true)
		}
	}
	return v
}

// timeout edits the timeouts: one value stands for connect and read.
func (p *patch) timeout(before, after Timeout) {
	old := []Value{before.Connect, before.Read, before.Total}
	now := []Value{after.Connect, after.Read, after.Total}
	if p.err != nil || slices.EqualFunc(old, now, Value.Equal) {
		return
	}
	switch there := p.doc.Get("options", "timeout"); {
	case there.Kind == tomldoc.Table:
		for i, key := range timeoutKeys {
			p.change(old[i], now[i], timeoutKeys, "options", "timeout", key)
		}
	case after.Connect.Equal(after.Read) && !after.Total.IsSet():
		p.set(after.Connect, optionKeys, "options", "timeout")
	default:
		p.set(tableWith(timeoutKeys, now), optionKeys, "options", "timeout")
	}
}
