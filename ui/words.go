package ui

import (
	"errors"
	"strings"
)

// words divides a command line as a shell does that expands nothing: blanks divide, quotes keep together, a backslash
// takes the next character as it is. On Windows a backslash is one.
func words(line string, windows bool) ([]string, error) {
	var (
		list  []string
		word  strings.Builder
		in    bool // a word, which may be empty
		quote rune
		plain bool // the next character is taken as it is
	)
	for _, c := range line {
		switch {
		case plain:
			if quote == '"' && !strings.ContainsRune("\"\\$`", c) {
				word.WriteByte('\\')
			}
			word.WriteRune(c)
			plain = false
		case c == '\\' && !windows && quote != '\'':
			plain, in = true, true
		case quote != 0:
			if c == quote {
				quote = 0
			} else {
				word.WriteRune(c)
			}
		case c == '"' || c == '\'' && !windows:
			quote, in = c, true
		case c == ' ' || c == '\t' || c == '\n':
			if in {
				list = append(list, word.String())
				word.Reset()
				in = false
			}
		default:
			word.WriteRune(c)
			in = true
		}
	}
	if quote != 0 || plain {
		return nil, errors.New("a quote in it is not closed")
	}
	if in {
		list = append(list, word.String())
	}
	return list, nil
}
