package expect

import (
	"strconv"
	"strings"
)

// member is how a name is written behind what it is a member of.
func member(name string) string {
	if name != "" && startsName(name[0]) && wordLength(name) == len(name) {
		return "." + name
	}
	return "[" + strconv.Quote(name) + "]"
}

// at is the value of the JSON that a path names; nil when there is none.
func (s Seen) at(path string) any {
	root := wordLength(path)
	if path[:root] != "json" {
		return nil
	}
	value := s.tree
	for rest := path[root:]; rest != ""; {
		name, length := pathStep(rest)
		if length == 0 {
			return nil
		}
		switch of := value.(type) {
		case map[string]any:
			value = of[name]
		case []any:
			i, err := strconv.Atoi(name)
			if i < 0 {
				i += len(of)
			}
			if err != nil || i < 0 || i >= len(of) {
				return nil
			}
			value = of[i]
		default:
			return nil
		}
		rest = rest[length:]
	}
	return value
}

// pathStep reads the first step of a path, as ".name", "?.name", "[0]" or `["name"]`, and how long it is; 0 when it is none.
func pathStep(path string) (name string, length int) {
	if after, ok := strings.CutPrefix(strings.TrimPrefix(path, "?"), "."); ok && after != "" && after[0] != '[' {
		end := wordLength(after)
		return after[:end], len(path) - len(after) + end
	}
	if path[0] != '[' {
		return "", 0
	}
	if quoted, err := strconv.QuotedPrefix(path[1:]); err == nil && strings.HasPrefix(path[1+len(quoted):], "]") {
		name, err = strconv.Unquote(quoted)
		if err != nil {
			return "", 0
		}
		return name, len(quoted) + 2
	}
	end := strings.IndexByte(path, ']')
	if end < 0 {
		return "", 0
	}
	return strings.TrimSpace(path[1:end]), end + 1
}

// openQuote returns where the string begins that the end of text is in.
func openQuote(text string) (at int, inside bool) {
	for i := 0; i < len(text); i++ {
		quote := text[i]
		if quote != '"' && quote != '\'' && quote != '`' {
			continue
		}
		at = i
		for i++; i < len(text) && text[i] != quote; i++ {
			if text[i] == '\\' && quote != '`' {
				i++
			}
		}
		if i >= len(text) {
			return at, true
		}
	}
	return 0, false
}

// pathBefore is the path that a text ends in, with the name that is being typed: `json.items[0].na`.
func pathBefore(text string) string {
	i := len(text)
	for i > 0 {
		switch c := text[i-1]; {
		case isNameByte(c), c == '.', c == '?' && i < len(text) && text[i] == '.':
			i--
		case c == ']':
			open := strings.LastIndexByte(text[:i], '[')
			if open < 0 {
				return text[i:]
			}
			i = open
		default:
			return text[i:]
		}
	}
	return text
}

func startsName(c byte) bool { return isNameByte(c) && (c < '0' || c > '9') }

func isNameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '$'
}

func wordLength(text string) int {
	n := 0
	for n < len(text) && isNameByte(text[n]) {
		n++
	}
	return n
}
