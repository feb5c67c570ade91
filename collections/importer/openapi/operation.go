package openapi

import (
	"slices"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"
)

// reader makes a document of a tree.
type reader struct {
	*tree
	old  bool // it is Swagger 2
	doc  *Document
	left int // bytes of examples that are still taken
}

// methods are the keys of a path that are operations.
var methods = [...]string{"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"}

func (r *reader) paths() {
	r.fields(r.get(r.root, "paths"), func(path string, item *yaml.Node) bool {
		item = r.follow(item)
		path, ok := cleanPath(path)
		if !ok {
			return true
		}
		r.fields(item, func(key string, op *yaml.Node) bool {
			if slices.Contains(methods[:], key) {
				r.operation(strings.ToUpper(key), path, item, r.follow(op))
			}
			return true
		})
		r.fields(r.get(item, "additionalOperations"), func(method string, op *yaml.Node) bool {
			r.operation(method, path, item, r.follow(op))
			return !r.doc.Cut
		})
		return !r.doc.Cut
	})
}

// cleanPath takes the key of a path; what begins with x- is none.
func cleanPath(path string) (string, bool) {
	if path == "" || strings.HasPrefix(path, "x-") || len(path) > maxName || strings.ContainsFunc(path, unprintable) {
		return "", false
	}
	if path[0] != '/' {
		path = "/" + path
	}
	return path, true
}

func unprintable(r rune) bool { return r == unicode.ReplacementChar || !unicode.IsPrint(r) }

func (r *reader) operation(method, path string, item, op *yaml.Node) {
	if op == nil || op.Kind != yaml.MappingNode || !isToken(method) {
		return
	}
	if len(r.doc.Operations) == maxOperations {
		r.doc.Cut = true
		return
	}
	o := Operation{
		Method: method, Path: path, ID: line(r.text(op, "operationId")), Summary: line(r.text(op, "summary")),
		Deprecated: r.is(op, "deprecated"), Servers: r.servers(op),
	}
	if o.Summary == "" {
		o.Summary = sentence(r.text(op, "description"))
	}
	if o.Servers == nil {
		o.Servers = r.servers(item)
	}
	for _, tag := range r.items(op, "tags") {
		if tag.Kind == yaml.ScalarNode && len(o.Tags) < maxParameters {
			o.Tags = append(o.Tags, line(tag.Value))
		}
	}
	list := r.parameters(item, op)
	for _, p := range list {
		if in := r.text(p, "in"); (in == "path" || in == "query") && len(o.Parameters) < maxParameters {
			o.Parameters = append(o.Parameters, r.parameter(p, in))
		}
	}
	if r.old {
		o.Bodies = r.oldBodies(op, list)
	} else {
		o.Bodies = r.bodies(r.get(op, "requestBody"))
	}
	r.doc.Operations = append(r.doc.Operations, o)
}

func isToken(method string) bool {
	return method != "" && len(method) <= 20 && strings.Trim(method, "ABCDEFGHIJKLMNOPQRSTUVWXYZ-") == ""
}

// parameters are those of a path and of an operation; one of the operation stands for the path's of the same name.
func (r *reader) parameters(item, op *yaml.Node) []*yaml.Node {
	key := func(p *yaml.Node) [2]string { return [2]string{r.text(p, "in"), r.text(p, "name")} }
	own, named := r.items(op, "parameters"), map[[2]string]bool{}
	for _, p := range own {
		named[key(p)] = true
	}
	shared := slices.DeleteFunc(r.items(item, "parameters"), func(p *yaml.Node) bool { return named[key(p)] })
	return slices.DeleteFunc(append(shared, own...), func(p *yaml.Node) bool {
		name := r.text(p, "name")
		return name == "" || len(name) > maxName || strings.ContainsFunc(name, unprintable)
	})
}

func (r *reader) parameter(p *yaml.Node, in string) Parameter {
	return Parameter{
		Name: r.text(p, "name"), In: in, Description: sentence(r.text(p, "description")),
		Required: r.is(p, "required"), Deprecated: r.is(p, "deprecated"), Values: r.valuesOf(p),
	}
}

// line makes one short line of a text.
func line(s string) string {
	s = strings.Join(strings.Fields(strings.Map(func(c rune) rune {
		if unprintable(c) {
			return ' '
		}
		return c
	}, s[:min(len(s), 8*maxText)])), " ")
	if runes := []rune(s); len(runes) > maxText {
		return strings.TrimRight(string(runes[:maxText-1]), " ") + "…"
	}
	return s
}

// sentence is the first one of a text.
func sentence(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), "\n\n")
	s = line(s)
	first, _, more := strings.Cut(s, ". ")
	if more {
		return first
	}
	return strings.TrimSuffix(s, ".")
}
