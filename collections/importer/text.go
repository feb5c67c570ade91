package importer

import (
	"strconv"
	"strings"

	"parley/collections"
)

// A shell's variable travels through an import as its name between two characters of the private use area, which no
// request holds by accident, until it becomes a template.
const (
	openName  = '\uF8F0'
	closeName = '\uF8F1'
)

func placeholder(name string) string { return string(openName) + name + string(closeName) }

// piece is literal text or the name of a variable.
type piece struct {
	text   string
	isName bool
}

func split(s string) []piece {
	var pieces []piece
	for s != "" {
		start := strings.IndexRune(s, openName)
		end := strings.IndexRune(s, closeName)
		if start < 0 || end < start {
			return append(pieces, piece{text: s})
		}
		if start > 0 {
			pieces = append(pieces, piece{text: s[:start]})
		}
		name := s[start+len(string(openName)) : end]
		pieces = append(pieces, piece{text: name, isName: true})
		s = s[end+len(string(closeName)):]
	}
	return pieces
}

func hasNames(s string) bool { return strings.ContainsRune(s, openName) }

// templated makes a string of the collection: variables are read by env(), and brackets that are text stay text.
func templated(s string) string {
	var out strings.Builder
	for _, p := range split(s) {
		if p.isName {
			out.WriteString("{{env(" + strconv.Quote(p.text) + ")}}")
			continue
		}
		out.WriteString(strings.ReplaceAll(p.text, "{{", `{{"{{"}}`))
	}
	return out.String()
}

// value is templated as a Value.
func value(s string) collections.Value { return collections.Str(templated(s)) }

// expression makes an expression with the value of s.
func expression(s string) string {
	pieces := split(s)
	if len(pieces) == 0 {
		return `""`
	}
	terms := make([]string, len(pieces))
	for i, p := range pieces {
		if p.isName {
			terms[i] = "env(" + strconv.Quote(p.text) + ")"
		} else {
			terms[i] = strconv.Quote(p.text)
		}
	}
	return strings.Join(terms, " + ")
}
