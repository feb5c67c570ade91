package jsonschema

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// resource is a schema that has a URI of its own, with the anchors in it.
type resource struct {
	uri     string
	file    string // that it was read from, for messages and for references beside it
	root    *node
	raw     any
	draft7  bool
	anchors map[string]*node
	dynamic map[string]*node
	places  map[string]*node // by JSON Pointer
}

// node is a schema or a part of one that is a schema itself.
type node struct {
	at     string // "user.json#/properties/name"
	home   *resource
	always *bool // true or false in the place of an object
	words  map[string]any

	one      map[string]*node
	several  map[string][]*node
	under    map[string]map[string]*node
	patterns map[string]*regexp.Regexp
	ref      *node // of $ref
	dynamic  *node // of $dynamicRef, where no outer resource has another
}

// The keywords whose values are schemas, lists of schemas, and schemas under names.
var (
	oneSchema = []string{
		"additionalItems", "additionalProperties", "contains", "else", "if", "items", "not", "propertyNames", "then",
		"unevaluatedItems", "unevaluatedProperties",
	}
	schemaLists = []string{"allOf", "anyOf", "oneOf", "prefixItems", "items"}
	schemaMaps  = []string{"$defs", "definitions", "dependencies", "dependentSchemas", "patternProperties", "properties"}
)

// spot is where a node stands in a resource around it.
type spot struct {
	in      *resource
	pointer string
}

// build makes the node of a value, and those below it.
func (r *reader) build(value any, home *resource, spots []spot, depth int) (*node, error) {
	if r.nodes++; r.nodes > maxNodes || depth > maxNesting {
		return nil, fmt.Errorf("%s is too large a schema", home.file)
	}
	n := &node{home: home, at: home.file + "#" + spots[0].pointer}
	switch v := value.(type) {
	case bool:
		n.always = &v
	case map[string]any:
		n.words = v
	default:
		return nil, fmt.Errorf("%s: a schema is an object, true or false", n.at)
	}
	if home.draft7 && n.words["$ref"] != nil { // all beside it counts for nothing
		n.words = map[string]any{"$ref": n.words["$ref"], "definitions": n.words["definitions"]}
	}
	if id, ok := n.words["$id"].(string); ok && depth > 0 && !strings.HasPrefix(id, "#") {
		inner := &resource{file: home.file, raw: value, draft7: home.draft7}
		if err := r.adopt(inner, resolveURI(home.uri, id)); err != nil {
			return nil, err
		}
		n.home, home = inner, inner
		spots = append(spots[:len(spots):len(spots)], spot{inner, ""})
		inner.root = n
	}
	for _, s := range spots {
		s.in.places[s.pointer] = n
	}
	n.name()
	r.pending = append(r.pending, n)
	return n, r.below(n, spots, depth)
}

// name registers the anchors of a node.
func (n *node) name() {
	if anchor, ok := n.words["$anchor"].(string); ok {
		n.home.anchors[anchor] = n
	}
	if anchor, ok := n.words["$dynamicAnchor"].(string); ok {
		n.home.anchors[anchor], n.home.dynamic[anchor] = n, n
	}
	if id, ok := n.words["$id"].(string); ok && strings.HasPrefix(id, "#") { // draft-07's anchor
		n.home.anchors[id[1:]] = n
	}
}

// below builds the schemas within a node.
func (r *reader) below(n *node, spots []spot, depth int) error {
	child := func(value any, path ...string) (*node, error) {
		inner := make([]spot, len(spots))
		for i, s := range spots {
			inner[i] = spot{s.in, s.pointer + "/" + strings.Join(path, "/")}
		}
		return r.build(value, n.home, inner, depth+1)
	}
	for _, word := range oneSchema {
		value := n.words[word]
		if _, isList := value.([]any); value == nil || isList {
			continue
		}
		made, err := child(value, word)
		if err != nil {
			return err
		}
		put(&n.one, word, made)
	}
	for _, word := range schemaLists {
		list, _ := n.words[word].([]any)
		for i, value := range list {
			made, err := child(value, word, strconv.Itoa(i))
			if err != nil {
				return err
			}
			put(&n.several, word, append(n.several[word], made))
		}
	}
	for _, word := range schemaMaps {
		if err := n.named(word, child); err != nil {
			return err
		}
	}
	return n.compile()
}

func (n *node) named(word string, child func(value any, path ...string) (*node, error)) error {
	object, _ := n.words[word].(map[string]any)
	for name, value := range object {
		if _, isList := value.([]any); isList { // of dependencies
			continue
		}
		made, err := child(value, word, escape(name))
		if err != nil {
			return err
		}
		if n.under[word] == nil {
			put(&n.under, word, map[string]*node{})
		}
		n.under[word][name] = made
	}
	return nil
}

func put[T any](m *map[string]T, key string, value T) {
	if *m == nil {
		*m = map[string]T{}
	}
	(*m)[key] = value
}

// compile reads the patterns.
func (n *node) compile() error {
	var texts []string
	if text, ok := n.words["pattern"].(string); ok {
		texts = append(texts, text)
	}
	for text := range n.under["patternProperties"] {
		texts = append(texts, text)
	}
	for _, text := range texts {
		pattern, err := regexp.Compile(text)
		if err != nil {
			return fmt.Errorf("%s: %w", n.at, err)
		}
		put(&n.patterns, text, pattern)
	}
	return nil
}

// escape writes a name as a part of a JSON Pointer (RFC 6901).
func escape(name string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
}

func unescape(part string) string {
	return strings.NewReplacer("~1", "/", "~0", "~").Replace(part)
}

// number returns a keyword that is a count.
func (n *node) number(word string) (int, bool) {
	text, ok := n.words[word].(json.Number)
	if !ok {
		return 0, false
	}
	f, err := text.Float64()
	return int(f), err == nil && f >= 0 && f < 1<<53
}
