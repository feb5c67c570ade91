package importer

import "strings"

// Files reads a file that a command names, or standard input by the name of "-".
type Files func(name string) (string, error)

// configArguments makes arguments of a file of --config: one option a line, with or without dashes, its value behind a
// blank, an equals sign or a colon, in double quotes where it has blanks.
func configArguments(text string) []string {
	var args []string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		end := strings.IndexAny(line, " \t=:")
		if end < 0 {
			end = len(line)
		}
		name, rest := line[:end], line[end:]
		if !strings.HasPrefix(name, "-") {
			name = "--" + name
		}
		args = append(args, name)
		rest = strings.TrimLeft(rest, " \t=:")
		switch {
		case strings.HasPrefix(rest, `"`):
			args = append(args, configQuoted(rest[1:]))
		case rest != "":
			value, _, _ := strings.Cut(rest, " #")
			args = append(args, strings.TrimSpace(value))
		}
	}
	return args
}

// configQuoted reads up to the closing quote; a backslash makes \t, \n, \r and \v, and keeps any other character.
func configQuoted(text string) string {
	var b strings.Builder
	for i := 0; i < len(text) && text[i] != '"'; i++ {
		c := text[i]
		if c == '\\' && i+1 < len(text) {
			i++
			c = text[i]
			if at := strings.IndexByte("tnrv", c); at >= 0 {
				c = "\t\n\r\v"[at]
			}
		}
		b.WriteByte(c)
	}
	return b.String()
}

// fileHeaders takes the lines of a file as --header does: each is a header, and one that is none is passed over.
func fileHeaders(text string) []string {
	var headers []string
	for line := range strings.Lines(text) {
		if line = strings.TrimRight(line, "\r\n"); strings.Contains(line, ":") {
			headers = append(headers, line)
		}
	}
	return headers
}
