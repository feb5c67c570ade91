package importer

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"

	"parley/collections"
)

// url completes the URL as curl does: a scheme, and the query of -G and --url-query before the fragment.
func (b *builder) url(target string) {
	if !strings.Contains(target, "://") {
		target = b.scheme + target
	}
	if scheme, _, _ := strings.Cut(target, "://"); !hasNames(scheme) && !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") {
		b.note(Lost, target, scheme+" is not spoken")
	}
	if !b.globOff {
		target = withoutEscapes(target)
	}
	target, fragment, hasFragment := strings.Cut(target, "#")
	target = b.takeUser(target)
	target = b.escapePlaces(target)
	b.keepSpelling(target)
	whole := templated(target)
	query := slices.Clone(b.query)
	if b.isGet && len(b.data) > 0 {
		query = append(query, b.content().template)
	}
	for _, q := range query {
		whole += separator(whole) + q
	}
	if b.upload != "" && b.upload != "-" && strings.HasSuffix(target, "/") || isBareHost(target) && b.upload != "" {
		whole = strings.TrimSuffix(whole, "/") + "/" + percentEncode(b.upload[strings.LastIndexByte(b.upload, '/')+1:])
	}
	if hasFragment {
		whole += "#" + templated(fragment)
	}
	b.request.URL = collections.Str(whole)
}

// takeUser moves the user of a URL to the scheme that was asked for; without one the URL says Basic by itself.
func (b *builder) takeUser(target string) string {
	scheme, rest, _ := strings.Cut(target, "://")
	end := strings.IndexAny(rest, "/?")
	if end < 0 {
		end = len(rest)
	}
	at := strings.LastIndexByte(rest[:end], '@')
	if at < 0 || b.authType == "" || b.user != nil {
		return target
	}
	user, err := url.PathUnescape(rest[:at])
	if err != nil {
		return target
	}
	b.urlUser = &user
	return scheme + "://" + rest[at+1:]
}

// place is what Parley would look for a path value for: `{name}` anywhere in a path and `:name` as a whole segment. It
// is compiled when it is needed: most programs that start read no curl command.
var place = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\{[A-Za-z_][A-Za-z0-9_.-]*\}|/:[A-Za-z_][A-Za-z0-9_.-]*(?:/|$)`)
})

// escapePlaces keeps a path's braces and colons from being places for values.
func (b *builder) escapePlaces(target string) string {
	begin := strings.Index(target, "://") + len("://")
	path, query, hasQuery := strings.Cut(target[begin:], "?")
	escaped := path
	for place().MatchString(escaped) { // two places may share a slash
		escaped = place().ReplaceAllStringFunc(escaped, strings.NewReplacer("{", "%7B", "}", "%7D", ":", "%3A").Replace)
	}
	if escaped == path {
		return target
	}
	b.note(Changed, "/"+path[strings.IndexByte(path, '/')+1:], "it is percent-encoded, as {name} and :name are places for path values")
	if hasQuery {
		escaped += "?" + query
	}
	return target[:begin] + escaped
}

// keepSpelling has characters sent as typed that a URL's rules would escape; curl does not.
func (b *builder) keepSpelling(target string) {
	_, rest, _ := strings.Cut(target, "://")
	slash := strings.IndexAny(rest, "/?")
	if slash >= 0 && strings.ContainsAny(rest[slash:], "\"<>`{}^\\") && !strings.Contains(rest, "/.") {
		b.request.Options.Path = collections.Str("as-is")
	}
}

func separator(target string) string {
	switch {
	case !strings.Contains(target, "?"):
		return "?"
	case strings.HasSuffix(target, "?"), strings.HasSuffix(target, "&"):
		return ""
	default:
		return "&"
	}
}

// isBareHost reports whether a URL ends with its host.
func isBareHost(target string) bool {
	_, rest, _ := strings.Cut(target, "://")
	return !strings.ContainsAny(rest, "/?")
}

// withoutEscapes removes the backslashes that keep brackets from being a range or a list.
func withoutEscapes(target string) string {
	return strings.NewReplacer(`\{`, "{", `\}`, "}", `\[`, "[", `\]`, "]").Replace(target)
}
