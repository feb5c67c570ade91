package openapi

import (
	"bytes"
	"net/url"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// tree is a file as it was parsed. JSON has the same shape as YAML, which it nearly is.
type tree struct {
	root *yaml.Node
	refs map[string]*yaml.Node // what references lead to
	work int                   // how many members were looked at
}

// maxSteps is how many references are followed one after the other, maxWork how many members are looked at in all: by
// aliases, a small file can be larger than any.
const (
	maxSteps = 20
	maxWork  = 100_000_000
	maxItems = 1000
)

func parse(data []byte) (*tree, *Error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	t := &tree{refs: map[string]*yaml.Node{}}
	if trimmed := bytes.TrimLeft(data, " \t\r\n"); len(trimmed) > 0 && trimmed[0] == '{' {
		root, err := parseJSON(data)
		t.root = root
		return t, err
	}
	var whole yaml.Node
	if err := yaml.Unmarshal(data, &whole); err != nil {
		return nil, yamlError(err)
	}
	if len(whole.Content) > 0 {
		t.root = whole.Content[0]
	}
	return t, nil
}

// value is what a mapping has under a key, as it stands there.
func (t *tree) value(n *yaml.Node, key string) *yaml.Node {
	if n == nil || n.Kind != yaml.MappingNode || t.worn() {
		return nil
	}
	t.work += len(n.Content)
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return plain(n.Content[i+1])
		}
	}
	return nil
}

// plain is the node that an alias of YAML stands for.
func plain(n *yaml.Node) *yaml.Node {
	if n != nil && n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}

// worn reports whether there was too much to look at.
func (t *tree) worn() bool { return t.work > maxWork }

// get is what a mapping has under a key, behind references; nil when there is nothing.
func (t *tree) get(n *yaml.Node, key string) *yaml.Node { return t.follow(t.value(n, key)) }

// follow goes where references lead. A circle and what lies in another file are nil.
func (t *tree) follow(n *yaml.Node) *yaml.Node {
	n = plain(n)
	for range maxSteps {
		ref := t.value(n, "$ref")
		if ref == nil || ref.Kind != yaml.ScalarNode {
			return n
		}
		n = t.pointed(ref.Value)
	}
	return nil
}

// pointed is what a JSON pointer such as "#/components/parameters/page" names.
func (t *tree) pointed(ref string) *yaml.Node {
	if n, known := t.refs[ref]; known {
		return n
	}
	n := plain(t.root)
	path, ok := strings.CutPrefix(ref, "#/")
	if !ok {
		return nil
	}
	for part := range strings.SplitSeq(path, "/") {
		if spelled, err := url.PathUnescape(part); err == nil {
			part = spelled
		}
		part = strings.NewReplacer("~1", "/", "~0", "~").Replace(part)
		if n != nil && n.Kind == yaml.SequenceNode {
			i, err := strconv.Atoi(part)
			if err != nil || i < 0 || i >= len(n.Content) {
				return nil
			}
			n = plain(n.Content[i])
			continue
		}
		if n = t.value(n, part); n == nil {
			return nil
		}
	}
	t.refs[ref] = n
	return n
}

// text is the scalar under a key; empty when there is none.
func (t *tree) text(n *yaml.Node, key string) string {
	if v := t.get(n, key); v != nil && v.Kind == yaml.ScalarNode {
		return v.Value
	}
	return ""
}

func (t *tree) is(n *yaml.Node, key string) bool { return strings.EqualFold(t.text(n, key), "true") }

// items are those of the list under a key, behind references.
func (t *tree) items(n *yaml.Node, key string) []*yaml.Node {
	list := t.get(n, key)
	if list == nil || list.Kind != yaml.SequenceNode {
		return nil
	}
	content := list.Content[:min(len(list.Content), maxItems)]
	t.work += len(content)
	items := make([]*yaml.Node, 0, len(content))
	for _, item := range content {
		if item = t.follow(item); item != nil {
			items = append(items, item)
		}
	}
	return items
}

// fields calls each with the members of a mapping, until it returns false.
func (t *tree) fields(n *yaml.Node, each func(key string, value *yaml.Node) bool) {
	if n == nil || n.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(n.Content) && !t.worn(); i += 2 {
		t.work += 2
		if !each(n.Content[i].Value, plain(n.Content[i+1])) {
			return
		}
	}
}
