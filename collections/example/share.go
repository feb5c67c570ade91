package example

import (
	"strings"

	"parley/httpcore"
)

// leftOut stands where something was that gives its owner a person's rights.
const leftOut = "{left out}"

// share masks a header. The values of cookies and credentials go whether they are known to be secret or not: that of a
// session, for one, comes from a server, and nobody has declared it.
func share(m *httpcore.Masker, f httpcore.Field) httpcore.Field {
	name := strings.ToLower(f.Name)
	f.Name, f.Value = m.String(f.Name), m.String(f.Value)
	switch name {
	case "authorization", "proxy-authorization":
		scheme, credentials, _ := strings.Cut(f.Value, " ")
		if credentials == "" {
			f.Value = hide(f.Value)
		} else {
			f.Value = scheme + " " + hide(credentials)
		}
	case "cookie":
		pairs := strings.Split(f.Value, ";")
		for i, pair := range pairs {
			pairs[i] = hideValue(pair)
		}
		f.Value = strings.Join(pairs, ";")
	case "set-cookie":
		pair, attributes, found := strings.Cut(f.Value, ";")
		f.Value = hideValue(pair)
		if found {
			f.Value += ";" + attributes
		}
	}
	return f
}

// shareSent masks a header of a request. What auth has put there is left out wherever it is, such as in X-API-Key.
func shareSent(m *httpcore.Masker, h httpcore.Header) httpcore.Field {
	f := share(m, h.Field)
	switch strings.ToLower(h.Name) {
	case "authorization", "proxy-authorization", "cookie":
	default:
		if h.Source == httpcore.SourceAuth {
			f.Value = hide(f.Value)
		}
	}
	return f
}

func hideValue(pair string) string {
	name, value, found := strings.Cut(pair, "=")
	if !found {
		return hide(pair)
	}
	return name + "=" + hide(value)
}

// hide leaves out a value, but for one that is a mark already.
func hide(value string) string {
	if value == "" || strings.HasPrefix(value, "{secret ") && strings.HasSuffix(value, "}") && strings.Count(value, "}") == 1 {
		return value
	}
	return leftOut
}
