package diff

import (
	"strings"

	"parley/httpcore/content/jsonpath"
)

// changes lists the differences with their paths.
func (s *structure) changes() []Change {
	var list []Change
	pathsA, pathsB := []string{}, []string{}
	for _, st := range s.steps {
		if st.sort == shut {
			pathsA, pathsB = pathsA[:len(pathsA)-1], pathsB[:len(pathsB)-1]
			continue
		}
		inA, inB := s.a.path(pathsA, st.a), s.b.path(pathsB, st.b)
		if st.kind != Same {
			list = append(list, s.change(st, inA, inB))
		}
		if st.sort == open {
			pathsA, pathsB = append(pathsA, inA), append(pathsB, inB)
		}
	}
	return list
}

func (s *structure) change(st step, inA, inB string) Change {
	c := Change{Kind: st.kind, Path: inB}
	if st.a >= 0 {
		n := &s.a.nodes[st.a]
		c.A, c.LineA = Range{int64(n.start), int64(n.end)}, int64(n.line)
	}
	if st.b >= 0 {
		n := &s.b.nodes[st.b]
		c.B, c.LineB = Range{int64(n.start), int64(n.end)}, int64(n.line)
	}
	switch {
	case st.b < 0:
		c.Path = inA
	case st.a >= 0 && inA != inB:
		c.From = inA
	}
	return c
}

// path is the JSONPath of a node in the last of some containers.
func (t *tree) path(in []string, n int32) string {
	if n < 0 {
		return ""
	}
	if len(in) == 0 {
		return "$"
	}
	parent := in[len(in)-1]
	if len(parent) > maxPath {
		return parent // which ends with an ellipsis
	}
	if t.nodes[n].key < 0 {
		return string(jsonpath.AppendIndex([]byte(parent), int64(t.nodes[n].pos)))
	}
	r := t.name(n)
	path := parent
	if r.End-r.Start > maxName {
		path += "['" + strings.ToValidUTF8(string(t.text[r.Start+1:r.Start+maxName]), "\ufffd") + "…']"
	} else {
		path = string(jsonpath.AppendMember([]byte(path), string(unquote(nil, t.text[r.Start:r.End]))))
	}
	if len(path) > maxPath {
		path += "…"
	}
	return path
}

// maxName is how many bytes of a name, and maxPath about how many in all, a
// path is made of: each of thousands of changes has one.
const (
	maxName = 1 << 10
	maxPath = 2 << 10
)
