package httpcore

import (
	"slices"
	"strings"
)

// fillPath puts the values of path into the `:name` and `{name}` places of a URL as typed, each escaped as one segment.
// `:name` is a whole segment, `{name}` stands anywhere in the path; host, query and fragment are left alone.
func fillPath(typed string, values Fields) (string, error) {
	begin, end := pathOf(typed)
	var b strings.Builder
	b.Grow(len(typed))
	b.WriteString(typed[:begin])
	path := typed[begin:end]
	for i := 0; i < len(path); {
		name, length := placeAt(path, i)
		if length == 0 {
			b.WriteByte(path[i])
			i++
			continue
		}
		value, err := pathValue(typed, path[i:i+length], name, values)
		if err != nil {
			return "", err
		}
		b.WriteString(value)
		i += length
	}
	b.WriteString(typed[end:])
	return b.String(), nil
}

// PathPlaces returns the names of the `:name` and `{name}` places in the path of a URL as typed, each once, in their order.
func PathPlaces(typed string) []string {
	begin, end := pathOf(typed)
	path := typed[begin:end]
	var names []string
	for i := 0; i < len(path); {
		name, length := placeAt(path, i)
		if length > 0 && !slices.Contains(names, name) {
			names = append(names, name)
		}
		i += max(1, length)
	}
	return names
}

// pathOf returns where the path of a URL begins and ends.
func pathOf(typed string) (begin, end int) {
	if i := strings.IndexByte(typed, ':'); i >= 0 && isScheme(typed[:i]) {
		begin = i + 1
	}
	for begin < len(typed) && isSlash(typed[begin]) {
		begin++
	}
	begin += authorityEnd(typed[begin:])
	end = begin
	for end < len(typed) && typed[end] != '?' && typed[end] != '#' {
		end++
	}
	return begin, end
}

// placeAt returns the name of the place that begins at i, and its length; 0 when none does.
func placeAt(path string, i int) (name string, length int) {
	rest := path[i+1:]
	switch {
	case path[i] == '{':
		if name, _, found := strings.Cut(rest, "}"); found && isPlaceName(name) {
			return name, len(name) + 2
		}
	case path[i] == ':' && i > 0 && isSlash(path[i-1]):
		name, _, _ := strings.Cut(rest, "/")
		if isPlaceName(name) {
			return name, len(name) + 1
		}
	}
	return "", 0
}

func isPlaceName(s string) bool {
	for i := range len(s) {
		c := s[i]
		if !isLetter(c) && c != '_' && (i == 0 || !isDigit(c) && c != '-' && c != '.') {
			return false
		}
	}
	return s != ""
}

// pathValue returns what fills a place. Names are compared exactly, unlike those of headers.
func pathValue(typed, place, name string, values Fields) (string, error) {
	for _, field := range values {
		if field.Name != name {
			continue
		}
		if field.Value == "." || field.Value == ".." {
			return "", urlError(typed, "the path value "+name+" is '"+field.Value+"', which would change the path around it", "")
		}
		return escapeSegment(field.Value), nil
	}
	return "", urlError(typed, "no value is given for "+place+" in the path",
		"give the path value "+name+"; for the characters themselves write "+escapeSegment(place[:1])+place[1:])
}
