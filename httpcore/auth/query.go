package auth

import (
	"net/url"
	"slices"
	"strings"

	"parley/httpcore"
)

// encode percent-encodes all but the unreserved characters of RFC 3986, as RFC 5849 section 3.6 and AWS ask for.
func encode(s string) string {
	return strings.ReplaceAll(url.QueryEscape(s), "+", "%20")
}

// decode undoes encode and, as forms have it, takes a "+" for a space. What is no valid encoding stays as it is.
func decode(s string) string {
	if decoded, err := url.QueryUnescape(s); err == nil {
		return decoded
	}
	return s
}

// pairs decodes a query, or a form.
func pairs(query string) httpcore.Fields {
	var list httpcore.Fields
	for pair := range strings.SplitSeq(query, "&") {
		if pair != "" {
			name, value, _ := strings.Cut(pair, "=")
			list.Add(decode(name), decode(value))
		}
	}
	return list
}

// canonical joins pairs as both OAuth and AWS sign them: encoded, and sorted by name and then by value.
func canonical(params httpcore.Fields) string {
	encoded := make([]httpcore.Field, len(params))
	for i, param := range params {
		encoded[i] = httpcore.Field{Name: encode(param.Name), Value: encode(param.Value)}
	}
	slices.SortFunc(encoded, func(a, b httpcore.Field) int {
		if order := strings.Compare(a.Name, b.Name); order != 0 {
			return order
		}
		return strings.Compare(a.Value, b.Value)
	})
	joined := make([]string, len(encoded))
	for i, param := range encoded {
		joined[i] = param.Name + "=" + param.Value
	}
	return strings.Join(joined, "&")
}

// without removes the pairs of those names from a query, or a form; the rest stays as it is spelled.
func without(query string, isOurs func(name string) bool) string {
	if query == "" {
		return ""
	}
	return strings.Join(slices.DeleteFunc(strings.Split(query, "&"), func(pair string) bool {
		name, _, _ := strings.Cut(pair, "=")
		return isOurs(decode(name))
	}), "&")
}

// setQuery gives p another query.
func setQuery(p *httpcore.Prepared, query string) {
	u := *p.URL
	u.Query, u.HasQuery = query, query != "" || u.HasQuery && u.Query == ""
	p.URL, p.Target = &u, u.RequestTarget()
}
