package k6

import "strings"

// Marks are in characters for private use, which no honest text holds.
const (
	markSecret   = "\uE0F0"
	markCaptured = "\uE0F1"
	markResponse = "\uE0F2"
	markEnd      = "\uE0FF"
	// markCase stands before the name, and shows when a function has changed the letters.
	markCase = "aA"
)

// Secret is the mark for the value of a secret, Captured for one that an earlier step captures, Response for what
// response() asks of another request.
func Secret(name string) string { return markSecret + markCase + name + markEnd }

// Captured is the mark for a captured value.
func Captured(name string) string { return markCaptured + markCase + name + markEnd }

// Response is the mark for what another request's response would say.
func Response(path string) string { return markResponse + markCase + path + markEnd }

// mark is one that was found in a text.
type mark struct{ kind, name string }

// nextMark cuts a text at its first mark.
func nextMark(s string) (before string, found mark, after string, ok bool) {
	at := strings.IndexAny(s, markSecret+markCaptured+markResponse)
	if at < 0 {
		return s, mark{}, "", false
	}
	kind := s[at : at+len(markSecret)]
	name, after, ok := strings.Cut(s[at+len(kind):], markEnd)
	return s[:at], mark{kind, strings.TrimPrefix(name, markCase)}, after, ok
}

func hasMark(s string) bool {
	_, _, _, ok := nextMark(s)
	return ok
}

// isWhole reports whether the marks in a text are as they were made: a function that cut or changed the value has left
// something else.
func isWhole(s string) bool {
	for hasMark(s) {
		before, _, after, _ := nextMark(s)
		if strings.Contains(before, markEnd) || !strings.HasPrefix(s[len(before)+len(markSecret):], markCase) {
			return false
		}
		s = after
	}
	return !strings.ContainsAny(s, markSecret+markCaptured+markResponse+markEnd)
}
