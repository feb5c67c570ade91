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
	names := nameReader{src: src}
	for i, l := range levels {
		at, named := l.Key()
		switch {
		case named:
			name, err := names.read(at, levels[i:])
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

// nameReader reads names of members, those that lie close together at once.
type nameReader struct {
	src   Source
	buf   []byte
	start int64
}

// read reads the name whose opening quote is at offset. Those of levels may
// follow.
func (r *nameReader) read(offset int64, levels []content.Level) (string, error) {
	if offset < r.start || offset+maxName > r.start+int64(len(r.buf)) {
		most := int64(maxName)
		for _, l := range levels {
			at, named := l.Key()
			if named && at-offset+maxName > stride {
				break
			}
			if named {
				most = at - offset + maxName
			}
		}
		r.buf, r.start = make([]byte, most), offset
		n, err := content.ReadAt(r.src, r.buf, offset)
		r.buf = r.buf[:n]
		if err != nil {
			return "", err
		}
	}
	text := r.buf[offset-r.start:]
	return nameIn(text[:min(len(text), maxName)]), nil
}

// nameIn is the name that text begins with, as far as it is there.
func nameIn(text []byte) string {
	t, _ := new(content.Scanner).Next(text)
	var name string
	if json.Unmarshal(text[:t.End], &name) != nil {
		return strings.ToValidUTF8(string(text[min(1, t.End):t.End]), "�") + "…" // too long to be read whole
	}
	return name
}
