package httpcore

import (
	"strings"
	"testing"
)

func TestPlacesInThePath(t *testing.T) {
	values := Fields{{"a", "1"}, {"b_c", "2"}, {"v1.x", "3"}}
	for typed, want := range map[string]string{
		"http://h/:a":              "http://h/1",
		"http://h/:a/:b_c?:a#:a":   "http://h/1/2?:a#:a",
		"http://h/x{a}y{b_c}":      "http://h/x1y2",
		"http://h/{v1.x}":          "http://h/3",
		"http://u:a@h:80/p:a":      "http://u:a@h:80/p:a", // a password, a port, and a colon within a segment
		"http://h/{\"a\":1}/{}/{a": "http://h/{\"a\":1}/{}/{a",
		"http://h/:/:8/v1:batch":   "http://h/:/:8/v1:batch",
		"http://h?q={a}":           "http://h?q={a}",
		"localhost:80/:a":          "localhost:80/1",
		"/:a":                      "/:a", // a host is missing, so this is one
	} {
		if got, err := fillPath(typed, values); err != nil || got != want {
			t.Errorf("%s became %s, want %s (%v)", typed, got, want, err)
		}
	}
}

// pathValues are values that try to be more than one segment.
var pathValues = []string{"a", "", "a/b", "..", "%2e%2E", "?x#y", "{a}", ":a", "ü", "\x00\r\n \xff", `\`}

// checkPathValue: whatever a value holds, it stays one segment, and the server decodes it to what was given.
func checkPathValue(t *testing.T, value string) {
	t.Helper()
	for _, raw := range []bool{false, true} {
		u, err := requestURL(&Request{URL: "http://h/a/:v/c{v}?q", Path: Fields{{"v", value}}, Options: Options{RawPath: raw}})
		if err != nil {
			if value != "." && value != ".." {
				t.Errorf("%q: %v", value, err)
			}
			continue
		}
		segments := strings.Split(u.Path, "/")
		if len(segments) != 4 || unescape(segments[2]) != value || unescape(segments[3]) != "c"+value || u.Query != "q" {
			t.Errorf("%q leads to %s", value, u)
		}
	}
}
