package cli

import (
	"fmt"
	"strings"
)

// separator is what stands between the two sides of an ITEM and says what it is. They are those of HTTPie 3.2.
type separator string

const (
	sepHeader      separator = ":"   // Header:value, and Header: for none
	sepHeaderFile  separator = ":@"  // Header:@file
	sepHeaderEmpty separator = ";"   // Header; for an empty one
	sepParam       separator = "=="  // name==value
	sepParamFile   separator = "==@" // name==@file
	sepString      separator = "="   // field=text
	sepStringFile  separator = "=@"  // field=@file
	sepRaw         separator = ":="  // field:=raw JSON
	sepRawFile     separator = ":=@" // field:=@file
	sepUpload      separator = "@"   // field@file, and @file for the whole body
)

// separators are in the order to try at one place: the longest first.
var separators = [...]separator{
	sepParamFile, sepRawFile,
	sepHeaderFile, sepParam, sepStringFile, sepRaw,
	sepHeader, sepHeaderEmpty, sepString, sepUpload,
}

// item is one ITEM taken apart.
type item struct {
	sep        separator
	key, value string
	typed      string // as it was written
}

// isBody reports whether the item is a part of the body.
func (i item) isBody() bool {
	switch i.sep {
	case sepString, sepStringFile, sepRaw, sepRawFile, sepUpload:
		return true
	default:
		return false
	}
}

// parseItem splits an ITEM at its first separator, of several at one place the longest. A backslash before a character
// of a separator makes that character an ordinary one; before any other it stands for itself.
func parseItem(typed string) (item, error) {
	var key strings.Builder
	for i := 0; i < len(typed); {
		if typed[i] == '\\' && i+1 < len(typed) {
			if !isSpecial(typed[i+1]) {
				key.WriteByte('\\')
			}
			key.WriteByte(typed[i+1])
			i += 2
			continue
		}
		if sep, ok := separatorAt(typed[i:]); ok {
			return checkItem(item{sep: sep, key: key.String(), value: unescape(typed[i+len(sep):]), typed: typed})
		}
		key.WriteByte(typed[i])
		i++
	}
	return item{}, &UsageError{
		Message: fmt.Sprintf("%q is no item", typed),
		Advice:  "write Header:value, name==param, field=text, field:=json or field@file; `parley send --help` shows all",
	}
}

func checkItem(i item) (item, error) {
	switch {
	case i.sep == sepHeaderEmpty && i.value != "":
		return item{}, &UsageError{
			Message: fmt.Sprintf("%q is no item", i.typed),
			Advice:  "`Header;` sends an empty header and has nothing behind the semicolon; `Header:value` sends one with a value",
		}
	case i.key == "" && (i.sep == sepHeader || i.sep == sepHeaderFile || i.sep == sepHeaderEmpty || i.sep == sepParam || i.sep == sepParamFile):
		return item{}, &UsageError{
			Message: fmt.Sprintf("%q has no name", i.typed),
			Advice:  fmt.Sprintf("write the name before %q", i.sep),
		}
	}
	return i, nil
}

func separatorAt(s string) (separator, bool) {
	for _, sep := range separators {
		if strings.HasPrefix(s, string(sep)) {
			return sep, true
		}
	}
	return "", false
}

func isSpecial(c byte) bool { return c == ':' || c == ';' || c == '=' || c == '@' }

// unescape takes the backslashes before characters of separators away.
func unescape(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
			if !isSpecial(s[i]) {
				out.WriteByte('\\')
			}
		}
		out.WriteByte(s[i])
	}
	return out.String()
}
