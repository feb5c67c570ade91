package known

import (
	"regexp"
	"strings"
	"testing"
)

func TestHeadersAreExplained(t *testing.T) {
	token := regexp.MustCompile("^[!#$%&'*+.^_`|~0-9A-Za-z-]+$")
	seen := map[string]bool{}
	for _, h := range Headers() {
		folded := strings.ToLower(h.Name)
		if seen[folded] || !token.MatchString(h.Name) {
			t.Errorf("%s is there twice, or is no name of a header", h.Name)
		}
		seen[folded] = true
		explained(t, h.Name, h.Means)
		unique(t, h.Name, h.Values)
	}
	if len(seen) < 80 {
		t.Errorf("%d headers are known", len(seen))
	}
	for name, words := range map[string][]Word{
		"methods": Methods(), "media types": MediaTypes(), "codings": Codings(), "languages": Languages(), "schemes": AuthSchemes(),
	} {
		unique(t, name, words)
		for _, w := range words {
			explained(t, w.Text, w.Means)
		}
	}
}

func unique(t *testing.T, where string, words []Word) {
	t.Helper()
	seen := map[string]bool{}
	for _, w := range words {
		if seen[w.Text] || w.Text == "" {
			t.Errorf("%s: %q is there twice, or empty", where, w.Text)
		}
		seen[w.Text] = true
	}
}

// explained checks that a sentence fits behind a name, on a line of a terminal.
func explained(t *testing.T, name, means string) {
	t.Helper()
	if means == "" || len(means) > 90 || strings.HasSuffix(means, ".") {
		t.Errorf("%s means %q", name, means)
	}
}

func TestWhatAValueMeans(t *testing.T) {
	for _, c := range []struct{ name, value, want string }{
		{"accept", "application/json", "JSON"},
		{"Content-Type", "application/json; charset=utf-8", "JSON"},
		{"Authorization", "bearer abc", "a token (RFC 6750)"},
		{"Authorization", "Bearerabc", ""},
		{"Cache-Control", "no-cache", "ask the server again before answering from a cache"},
		{"Accept", "application/jsonx", ""},
		{"X-Unheard-Of", "1", ""},
	} {
		h, _ := Find(c.name)
		if got, _ := h.Of(c.value); got.Means != c.want {
			t.Errorf("%s: %s means %q, want %q", c.name, c.value, got.Means, c.want)
		}
	}
}
