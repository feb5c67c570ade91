// Package known is what a person who writes a request may want to be told of HTTP: the names of header fields, methods,
// media types, codings, languages and authentication schemes, each with a sentence about what it means. It is data for
// completion and explanation, and rules nothing out.
package known

import "strings"

// Word is one name or value, with what it means.
type Word struct{ Text, Means string }

// Header is a header field of requests.
type Header struct {
	Name, Means string
	// Values are common ones; nil: there are none that many requests share.
	Values []Word
}

// Find returns what is known of a header, whatever the case of its name.
func Find(name string) (Header, bool) {
	for _, h := range Headers() {
		if strings.EqualFold(h.Name, name) {
			return h, true
		}
	}
	return Header{}, false
}

// Of returns what is known of a value of a header: the longest one that the value is or begins with.
func (h Header) Of(value string) (Word, bool) {
	var best Word
	value = strings.ToLower(strings.TrimSpace(value))
	for _, v := range h.Values {
		text := strings.ToLower(strings.TrimRight(v.Text, " "))
		if strings.HasPrefix(value, text) && len(text) > len(best.Text) && endsWord(value[len(text):]) {
			best = v
		}
	}
	return best, best.Text != ""
}

// endsWord reports whether what follows a word is no part of it.
func endsWord(rest string) bool {
	return rest == "" || strings.IndexByte(" ,;=", rest[0]) >= 0
}
