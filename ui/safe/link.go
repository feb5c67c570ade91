package safe

import "strings"

// linkMost bounds the addresses that are made into links; terminals give up on longer ones.
const linkMost = 2000

// LinkEnd ends what LinkStart began.
const LinkEnd = "\x1b]8;;\x1b\\"

// LinkStart makes the text that follows a hyperlink (OSC 8) in terminals that know those. It takes no cells. Only an
// absolute web address in plain ASCII becomes one: nothing else can be opened by a click, whoever has written it; for
// what is none, LinkStart is empty, and there is nothing to end.
func LinkStart(address string) string {
	if !linkable(address) {
		return ""
	}
	return "\x1b]8;;" + address + "\x1b\\"
}

func linkable(address string) bool {
	rest, ok := strings.CutPrefix(address, "https://")
	if !ok {
		rest, ok = strings.CutPrefix(address, "http://")
	}
	if !ok || rest == "" || len(address) > linkMost {
		return false
	}
	for i := range len(address) {
		if address[i] <= ' ' || address[i] > '~' {
			return false
		}
	}
	return true
}
