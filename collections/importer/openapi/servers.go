package openapi

import (
	"net/url"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// servers are those that the document, a path or an operation names, with the defaults of their variables; nil for none.
func (t *tree) servers(of *yaml.Node) []string {
	var list []string
	for _, s := range t.items(of, "servers") {
		if server, ok := t.server(s); ok && len(list) < maxServers && !slices.Contains(list, server) {
			list = append(list, server)
		}
	}
	return list
}

func (t *tree) server(s *yaml.Node) (string, bool) {
	address := t.text(s, "url")
	t.fields(t.get(s, "variables"), func(name string, v *yaml.Node) bool {
		v = t.follow(v)
		chosen := t.text(v, "default")
		if choices := t.items(v, "enum"); chosen == "" && len(choices) > 0 {
			chosen = choices[0].Value
		}
		if chosen != "" {
			address = strings.ReplaceAll(address, "{"+name+"}", chosen)
		}
		return len(address) <= maxName
	})
	return cleanServer(address)
}

// cleanServer takes an address without what is no part of every URL below it; ok is false for one that cannot be asked.
func cleanServer(address string) (string, bool) {
	u, err := url.Parse(address)
	if err != nil || len(address) > maxName || strings.ContainsAny(address, "{} ") {
		return "", false
	}
	u.User, u.RawQuery, u.Fragment = nil, "", "" // credentials are shown to nobody, and belong into a secret
	switch {
	case u.Host != "" && u.Scheme == "":
		u.Scheme = "https"
	case u.Host == "" && u.Scheme != "", u.Host != "" && u.Scheme != "http" && u.Scheme != "https":
		return "", false
	case u.Host == "" && !strings.HasPrefix(u.Path, "/"):
		u.Path = "/" + strings.TrimPrefix(u.Path, "./") // relative to a place that is not known
	}
	return strings.TrimRight(u.String(), "/"), true
}

// hosts are the servers as Swagger 2 names them: by scheme, host and path. TLS is the first choice.
func (t *tree) hosts() []string {
	host, path := t.text(t.root, "host"), t.text(t.root, "basePath")
	if path != "" && !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	var list []string
	for _, scheme := range t.items(t.root, "schemes") {
		if address, ok := cleanServer(strings.ToLower(scheme.Value) + "://" + host + path); ok && host != "" && len(list) < maxServers {
			list = append(list, address)
		}
	}
	if list == nil && host != "" {
		path = "//" + host + path
	}
	if address, ok := cleanServer(path); ok && list == nil {
		return []string{address}
	} else if list == nil {
		return []string{""}
	}
	slices.SortStableFunc(list, func(a, b string) int { return strings.Compare(b[:min(len(b), 5)], a[:min(len(a), 5)]) })
	return list
}
