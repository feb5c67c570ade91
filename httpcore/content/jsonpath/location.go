package jsonpath

import (
	"strings"

	"parley/httpcore/content"
)

// maxLocation is how long a name in a location may be.
const maxLocation = 64 << 10

// Location is the normalized path of the node: where it is in its text. It can
// be asked for only until the found function that was given the node returns.
func (n Node) Location() (string, error) {
	path := []byte{'$'}
	for _, s := range n.run.path {
		if s >= 0 {
			path = AppendIndex(path, int64(s))
			continue
		}
		name, err := readName(n.run.pages.src, int64(^s))
		if err != nil {
			return "", err
		}
		path = AppendName(path, name)
	}
	return string(path), nil
}

// readName reads the name whose opening quote is at offset.
func readName(src content.Source, offset int64) (string, error) {
	for size := 256; ; size *= 16 {
		buf := make([]byte, size)
		n, err := content.ReadAt(src, buf, offset)
		if err != nil {
			return "", err
		}
		var scan content.Scanner
		t, _ := scan.Next(buf[:n])
		if !scan.Inside() {
			return strings.ToValidUTF8(string(unquote(nil, buf[:t.End])), "\ufffd"), nil
		}
		if size >= maxLocation {
			return "", &TooLargeError{offset, "the name of a member", maxLocation}
		}
	}
}
