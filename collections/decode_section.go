package collections

import (
	"iter"
	"strings"

	"parley/collections/tomldoc"
)

// sections reads the tables of a table: [for."PREFIX"], [sessions.NAME], [secrets.NAME].
func sections[T any](d *decoder, where string, v Value, read func(where string, p tomldoc.Pair) T) []T {
	if v.Kind != tomldoc.Table {
		d.fault(v.Pos, "write ["+where+`."…"]`, "%s must be a table of tables, not %s", where, v.Kind)
		return nil
	}
	list := make([]T, 0, len(v.Pairs))
	for _, p := range v.Pairs {
		name := "[" + where + "." + p.Key + "]"
		if p.Value.Kind != tomldoc.Table {
			d.fault(p.Value.Pos, "write "+name, "%s must be a table, not %s", name, p.Value.Kind)
		}
		list = append(list, read(name, p))
	}
	return list
}

func (d *decoder) prefixed(where string, p tomldoc.Pair) Prefixed {
	f := Prefixed{Prefix: p.Key, Pos: p.KeyPos, written: p.Value}
	if !strings.Contains(p.Key, "://") && !strings.Contains(p.Key, "{{") {
		d.fault(p.KeyPos, `write one with its scheme, such as [for."https://api.test/"]`, "no URL begins with %q", p.Key)
	}
	var cert Options
	for _, key := range p.Value.Pairs {
		switch key.Key {
		case "headers":
			f.Headers = d.entries(where+".headers", key.Value, false)
		case "auth":
			f.Auth = d.auth(key.Value)
		case "options":
			f.Options = d.options(key.Value)
		case "cert":
			d.option(&cert, key)
		default:
			d.unknown(key, where, []string{"headers", "auth", "options", "cert"})
		}
	}
	if cert.Cert.File.IsSet() {
		f.Options.Cert = cert.Cert
	}
	return f
}

func (d *decoder) session(where string, p tomldoc.Pair) SessionDefaults {
	s := SessionDefaults{Name: p.Key, Pos: p.KeyPos, written: p.Value}
	for _, key := range p.Value.Pairs {
		switch key.Key {
		case "headers":
			s.Headers = d.entries(where+".headers", key.Value, false)
		case "params":
			s.Params = d.entries(where+".params", key.Value, false)
		case "cookies":
			s.Cookies = d.entries(where+".cookies", key.Value, false)
		case "auth":
			s.Auth = d.auth(key.Value)
		case "options":
			s.Options = d.options(key.Value)
			if name := s.Options.Session; name.IsSet() {
				d.fault(name.Pos, "take it out", "%s cannot choose another session", where)
			}
		default:
			d.unknown(key, where, []string{"headers", "params", "cookies", "auth", "options"})
		}
	}
	return s
}

// Written yields every value of the section as the file has it, with its key such as "headers.Accept"; a list yields each
// of its values.
func (s SessionDefaults) Written() iter.Seq2[string, Value] {
	return func(yield func(string, Value) bool) { each("", s.written, yield) }
}

// each yields the scalars in a value, and reports whether more are wanted.
func each(key string, v Value, yield func(string, Value) bool) bool {
	for _, item := range v.Items {
		if !each(key, item, yield) {
			return false
		}
	}
	for _, p := range v.Pairs {
		below := p.Key
		if key != "" {
			below = key + "." + p.Key
		}
		if !each(below, p.Value, yield) {
			return false
		}
	}
	return !v.IsScalar() || yield(key, v)
}

// secret reads the hosts of a secret: a list, or one alone. One without a host allows none: it must not come to mean that
// nothing is said of them, which allows every host.
func (d *decoder) secret(where string, p tomldoc.Pair) SecretRule {
	rule := SecretRule{Name: p.Key, Pos: p.KeyPos}
	if p.Value.Kind != tomldoc.Table {
		rule.Hosts = []Value{Str("")}
	}
	for _, key := range p.Value.Pairs {
		switch {
		case key.Key != "hosts":
			d.unknown(key, where, []string{"hosts"})
		case key.Value.Kind == tomldoc.String:
			rule.Hosts = []Value{key.Value}
		default:
			rule.Hosts = d.texts(where+".hosts", key.Value)
			if len(rule.Hosts) == 0 {
				rule.Hosts = []Value{Str("")}
			}
		}
	}
	return rule
}
