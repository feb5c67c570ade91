package collections_test

import (
	"testing"

	"parley/collections"
)

func TestLikelyScheme(t *testing.T) {
	for host, want := range map[string]string{
		"api.example.com": "https", "API.Example.com:443": "https", "example.com:8443": "https", "example.com:8080": "http",
		"localhost": "http", "app.localhost": "http", "printer.local": "http", "10.1.2.3": "http", "10.1.2.3:443": "http",
		"[::1]": "http", "[::1]:8443": "http", "intranet": "http", "me:pw@example.com": "https", "example.com:{{port}}": "http",
		"api.{{domain}}": "https", "": "http",
	} {
		if got := collections.LikelyScheme(host); got != want {
			t.Errorf("%s is asked by %s, want %s", host, got, want)
		}
	}
}

// Who guesses by host is asked only where there is a host without a scheme.
func TestWithScheme(t *testing.T) {
	asked := ""
	guess := func(host string) string {
		asked = host
		return "guessed"
	}
	for typed, want := range map[string][2]string{
		"api.test/x?y#z":  {"guessed://api.test/x?y#z", "api.test"},
		"api.test?a=b/c":  {"guessed://api.test?a=b/c", "api.test"},
		"://api.test/x":   {"guessed://api.test/x", "api.test"},
		":8080/x":         {"http://localhost:8080/x", ""},
		"/x":              {"http://localhost/x", ""},
		"ftp://api.test":  {"ftp://api.test", ""},
		"{{base}}/x":      {"{{base}}/x", ""},
		"fe80::1":         {"http://[fe80::1]", ""},
		"localhost:80/ä?": {"guessed://localhost:80/ä?", "localhost:80"},
	} {
		asked = ""
		if got := collections.WithScheme(typed, guess); got != want[0] || asked != want[1] {
			t.Errorf("%q becomes %q by asking for %q, want %q", typed, got, asked, want)
		}
	}
}
