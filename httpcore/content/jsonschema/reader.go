package jsonschema

import (
	"errors"
	"fmt"
	"net/url"
	"path"
	"strconv"
	"strings"
)

// reader reads files and finds what references lead to.
type reader struct {
	load      Loader
	documents map[string]*resource // by file
	resources map[string]*resource // by URI
	pending   []*node              // whose references are not followed yet
	nodes     int
}

// document reads a file once.
func (r *reader) document(name string) (*resource, error) {
	name = path.Clean(name)
	if known := r.documents[name]; known != nil {
		return known, nil
	}
	if len(r.documents) >= maxFiles {
		return nil, fmt.Errorf("the schema has more than %d files", maxFiles)
	}
	data, err := r.load(name)
	if err != nil {
		return nil, err
	}
	if len(data) > maxFile {
		return nil, fmt.Errorf("%s is larger than %d MiB", name, maxFile>>20)
	}
	raw, err := parse(data)
	switch {
	case err != nil:
	case nestsTooDeep(raw, maxNesting):
		err = fmt.Errorf("it has more than %d levels", maxNesting)
	default:
		err = checkKeywords(data)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	document := &resource{file: name, raw: raw}
	r.documents[name] = document
	uri := (&url.URL{Scheme: "file", Path: "/" + name}).String()
	object, _ := raw.(map[string]any)
	if draft, _ := object["$schema"].(string); strings.Contains(draft, "draft-07") || strings.Contains(draft, "draft-06") {
		document.draft7 = true
	}
	if id, ok := object["$id"].(string); ok && !strings.HasPrefix(id, "#") {
		r.resources[uri] = document // by its file too
		uri = resolveURI(uri, id)
	}
	if err := r.adopt(document, uri); err != nil {
		return nil, err
	}
	document.root, err = r.build(raw, document, []spot{{document, ""}}, 0)
	return document, err
}

func (r *reader) adopt(one *resource, uri string) error {
	uri, _, _ = strings.Cut(uri, "#")
	one.uri = uri
	one.anchors, one.dynamic, one.places = map[string]*node{}, map[string]*node{}, map[string]*node{}
	if r.resources[uri] != nil {
		return fmt.Errorf("%s: two schemas have the $id %s", one.file, uri)
	}
	r.resources[uri] = one
	return nil
}

func resolveURI(base, reference string) string {
	b, err := url.Parse(base)
	if err != nil {
		return reference
	}
	u, err := b.Parse(reference)
	if err != nil {
		return reference
	}
	return u.String()
}

// link follows the references of a node.
func (r *reader) link(n *node) (err error) {
	if text, ok := n.words["$ref"].(string); ok {
		if n.ref, err = r.find(n, text); err != nil {
			return err
		}
	}
	if text, ok := n.words["$dynamicRef"].(string); ok {
		n.dynamic, err = r.find(n, text)
	}
	return err
}

// find returns what a reference leads to.
func (r *reader) find(n *node, reference string) (*node, error) {
	uri, fragment, _ := strings.Cut(resolveURI(n.home.uri, reference), "#")
	target := r.resources[uri]
	if target == nil {
		var err error
		if target, err = r.beside(n, uri, reference); err != nil {
			return nil, err
		}
	}
	fragment, err := url.PathUnescape(fragment)
	if err != nil {
		return nil, fmt.Errorf("$ref %q: %w", reference, err)
	}
	switch found := target.anchors[fragment]; {
	case fragment == "":
		return target.root, nil
	case found != nil:
		return found, nil
	case target.places[fragment] != nil:
		return target.places[fragment], nil
	case !strings.HasPrefix(fragment, "/"):
		return nil, fmt.Errorf("$ref %q: there is no anchor %q", reference, fragment)
	}
	return r.elsewhere(target, reference, fragment)
}

// beside reads a schema that is a file beside the one that refers to it. That one may have an $id which is on the web:
// its neighbours are files all the same.
func (r *reader) beside(n *node, uri, reference string) (*resource, error) {
	if u, err := url.Parse(uri); err == nil && u.Scheme == "file" && u.Host == "" {
		return r.document(strings.TrimPrefix(u.Path, "/"))
	}
	if u, err := url.Parse(reference); err == nil && u.Scheme == "" && u.Host == "" && u.Path != "" && !path.IsAbs(u.Path) {
		return r.document(path.Join(path.Dir(n.home.file), u.Path))
	}
	return nil, fmt.Errorf("$ref %q: nothing is read from the network; put the schema into a file", reference)
}

// elsewhere makes the schema at a place that no keyword says is one, such as #/components/schemas/User.
func (r *reader) elsewhere(in *resource, reference, pointer string) (*node, error) {
	value := in.raw
	for part := range strings.SplitSeq(pointer[1:], "/") {
		switch v := value.(type) {
		case map[string]any:
			value = v[unescape(part)]
		case []any:
			if i, err := strconv.Atoi(part); err == nil && i >= 0 && i < len(v) {
				value = v[i]
				continue
			}
			value = nil
		default:
			value = nil
		}
	}
	if value == nil {
		return nil, fmt.Errorf("$ref %q: there is no %s in %s", reference, pointer, in.file)
	}
	return r.build(value, in, []spot{{in, pointer}}, 1)
}

var errDeep = errors.New("the schema and the value nest too deeply, or the schema refers to itself without an end")
