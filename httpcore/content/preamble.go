package content

import (
	"bytes"
	"strings"
)

// guards are what servers put before JSON so that a page of another site that
// loads it as a script cannot read it.
var guards = [...]string{")]}'", ")]}',", "while(1);", "for(;;);"}

// MaxPreamble is how many bytes of a body [Preamble] looks at.
const MaxPreamble = len(byteOrderMark) + len("while(1);")

// Preamble tells what stands before JSON at the beginning of a body and is no
// part of it: how many bytes are a byte order mark, and how many behind it are
// a guard, such as )]}' or while(1);. More bytes may tell of more.
func Preamble(head []byte) (mark, guard int, more bool) {
	if bytes.HasPrefix(head, []byte(byteOrderMark)) {
		mark = len(byteOrderMark)
		head = head[mark:]
	} else if strings.HasPrefix(byteOrderMark, string(head[:min(len(head), len(byteOrderMark))])) {
		return 0, 0, true
	}
	for _, g := range guards {
		switch {
		case bytes.HasPrefix(head, []byte(g)):
			guard = max(guard, len(g))
		case len(head) < len(g) && strings.HasPrefix(g, string(head)):
			more = true
		}
	}
	return mark, guard, more
}

// guardedJSON is what follows a guard, if that is an object or array.
func guardedJSON(head []byte) (Kind, bool) {
	mark, guard, _ := Preamble(head)
	text := bytes.TrimLeft(head[mark+guard:], " \t\r\n")
	if guard == 0 || len(text) == 0 || text[0] != '{' && text[0] != '[' {
		return Unknown, false
	}
	kind := fromJSON(text)
	return kind, kind != Text
}
