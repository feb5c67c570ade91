package document

import (
	"strconv"
	"strings"
)

// folder is a cutter that may make one line of a node.
type folder interface {
	// unfinished adds to the current line what is known of the node that it
	// stands for, if that has not been closed.
	unfinished(out *sink)
}

// one and many are what the parts of a node are called.
var (
	one  = [...]string{members: "key", elements: "element", children: "child"}
	many = [...]string{members: "keys", elements: "elements", children: "children"}
)

// summary says what a node holds that takes so many bytes of source:
// 1,234 elements, 3.4 MB. Where its end is not known there is a plus.
func summary(l level, size int64, state regionState) string {
	return counted(l, state) + ", " + sized(size)
}

func counted(l level, state regionState) string {
	switch {
	case state != closed:
		return grouped(l.count) + "+ " + many[l.kind]
	case l.count == 1:
		return "1 " + one[l.kind]
	}
	return grouped(l.count) + " " + many[l.kind]
}

// grouped writes a number with commas between thousands.
func grouped(n int64) string {
	digits := strconv.FormatInt(n, 10)
	var b strings.Builder
	for i, c := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(c)
	}
	return b.String()
}

// sized writes a number of bytes.
func sized(n int64) string {
	if n < 1000 {
		return strconv.FormatInt(n, 10) + " B"
	}
	size := float64(n) / 1000
	for _, unit := range []string{"KB", "MB", "GB"} {
		if size < 999.95 {
			return strconv.FormatFloat(size, 'f', 1, 64) + " " + unit
		}
		size /= 1000
	}
	return strconv.FormatFloat(size, 'f', 1, 64) + " TB"
}
