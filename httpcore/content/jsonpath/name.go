package jsonpath

import (
	"fmt"
	"strconv"
	"strings"
)

// AppendName appends a member's name as normalized paths write it: ['name'].
func AppendName(path []byte, name string) []byte {
	path = append(path, "['"...)
	for i := range len(name) {
		switch c := name[i]; {
		case c == '\'' || c == '\\':
			path = append(path, '\\', c)
		case c < 0x20:
			path = appendControl(path, c)
		default:
			path = append(path, c)
		}
	}
	return append(path, "']"...)
}

func appendControl(path []byte, c byte) []byte {
	if i := strings.IndexByte("\b\t\n\f\r", c); i >= 0 {
		return append(path, '\\', "btnfr"[i])
	}
	return fmt.Appendf(path, `\u%04x`, c)
}

// AppendMember appends a member's name as people write it: .name if that can be
// written without quotes, else as AppendName does.
func AppendMember(path []byte, name string) []byte {
	for i := range len(name) {
		if !inShorthand(name[i], i == 0) {
			return AppendName(path, name)
		}
	}
	if name == "" {
		return AppendName(path, name)
	}
	return append(append(path, '.'), name...)
}

// AppendIndex appends the index of an element: [0].
func AppendIndex(path []byte, index int64) []byte {
	return append(strconv.AppendInt(append(path, '['), index, 10), ']')
}
