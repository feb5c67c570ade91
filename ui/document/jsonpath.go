package document

import (
	"encoding/json"
	"strings"

	"parley/httpcore/content"
	"parley/httpcore/content/jsonpath"
)

// maxName is how many bytes of a member's name go into a path.
const maxName = 1 << 10

// jsonPath is the JSONPath (RFC 9535) of the value that levels lead to. Names
// that can be are written after a dot, others as normalized paths write them.
func jsonPath(src Source, levels []content.Level) (string, error) {
	path := []byte{'$'}
	for _, l := range levels {
		at, named := l.Key()
		switch {
		case named:
			name, err := memberName(src, at)
			if err != nil {
				return "", err
			}
			path = jsonpath.AppendMember(path, name)
		case !l.IsObject():
			path = jsonpath.AppendIndex(path, l.Index())
		}
	}
	return string(path), nil
}

// memberName reads the name whose opening quote is at offset.
func memberName(src Source, offset int64) (string, error) {
	buf := make([]byte, maxName)
	n, err := content.ReadAt(src, buf, offset)
	if err != nil {
		return "", err
	}
	t, _ := new(content.Scanner).Next(buf[:n])
	var name string
	if json.Unmarshal(buf[:t.End], &name) != nil {
		return strings.ToValidUTF8(string(buf[1:t.End]), "�") + "…", nil // too long to be read whole
	}
	return name, nil
}
