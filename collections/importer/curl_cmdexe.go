package importer

import "strings"

// isWindows tells a command as browsers copy it for cmd.exe, by its carets: they stand before line ends and quotes, where
// a shell has none.
func isWindows(source string) bool {
	unified := strings.ReplaceAll(source, "\r\n", "\n")
	return strings.Contains(unified, "^\n") || strings.Contains(unified, ` ^"`)
}

// windowsArguments splits a command as cmd.exe and then the program's own C run-time do.
func windowsArguments(source string) []string {
	return splitArguments(unescapeCarets(strings.ReplaceAll(strings.TrimSpace(source), "\r\n", "\n")))
}

// unescapeCarets removes the carets that cmd.exe removes: those outside of quotes. A caret before a line end joins the
// lines, and takes the first character of the next one literally.
func unescapeCarets(s string) string {
	var out strings.Builder
	quoted := false
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '^' && !quoted && i+1 < len(s):
			i++
			if s[i] == '\n' {
				if i++; i == len(s) {
					return out.String()
				}
			}
			out.WriteByte(s[i])
		case s[i] == '"':
			quoted = !quoted
			out.WriteByte(s[i])
		default:
			out.WriteByte(s[i])
		}
	}
	return out.String()
}

// splitArguments follows the rules of CommandLineToArgvW: backslashes count only before a quote, where two are one, and
// an odd one makes the quote a character.
func splitArguments(s string) []string {
	args := []string{}
	var word strings.Builder
	quoted, started := false, false
	for i := 0; i < len(s); {
		slashes := 0
		for i < len(s) && s[i] == '\\' {
			slashes++
			i++
		}
		isQuote := i < len(s) && s[i] == '"'
		if slashes > 0 {
			started = true
			if isQuote {
				word.WriteString(strings.Repeat(`\`, slashes/2))
			} else {
				word.WriteString(strings.Repeat(`\`, slashes))
			}
		}
		switch {
		case i >= len(s):
		case isQuote && slashes%2 == 1:
			word.WriteByte('"')
			i++
		case isQuote && quoted && i+1 < len(s) && s[i+1] == '"':
			word.WriteByte('"') // a doubled quote within quotes is one
			i += 2
		case isQuote:
			quoted, started = !quoted, true
			i++
		case !quoted && strings.IndexByte(" \t\n", s[i]) >= 0:
			if started {
				args = append(args, word.String())
				word.Reset()
				started = false
			}
			i++
		default:
			word.WriteByte(s[i])
			started = true
			i++
		}
	}
	if started {
		args = append(args, word.String())
	}
	if len(args) == 0 {
		args = append(args, "")
	}
	return args
}
