package httpcore

import "strings"

// IsEventStream reports whether a response with these headers holds server-sent events (WHATWG HTML section 9.2). Such a
// response may be silent for as long as nothing happens, so the read timeout ends with its head.
func IsEventStream(headers Fields) bool {
	value, _ := headers.Get("Content-Type")
	essence, _, _ := strings.Cut(value, ";")
	return strings.EqualFold(strings.TrimSpace(essence), "text/event-stream")
}
