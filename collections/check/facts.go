package check

import (
	"regexp"
	"slices"
	"strings"

	"parley/collections"
	"parley/collections/template"
	"parley/collections/tomldoc"
)

// facts are what files may know of each other.
type facts struct {
	// everywhere are the names of variables that any request may see: those of environments, captured ones, those that hooks
	// set. all has those of requests and folders as well.
	everywhere, all map[string]bool
	requests        []string
}

// setByHook finds the variables that a script sets by a name that is written out.
var setByHook = regexp.MustCompile(`\.set\(\s*["'` + "`" + `]([^"'` + "`" + `]+)["'` + "`" + `]`)

func gather(files []*file) facts {
	k := facts{everywhere: map[string]bool{}, all: map[string]bool{}}
	for _, f := range files {
		vars := names(f.root.Get("vars"))
		for _, name := range vars {
			k.all[name] = true
		}
		if f.isEnvironment() {
			mark(k.everywhere, vars)
		}
		if f.request != nil {
			k.requests = append(k.requests, f.request.Path)
			for _, entry := range f.request.Captures {
				k.everywhere[entry.Name] = true
			}
		}
		for _, hook := range f.root.Get("hooks").Pairs {
			for _, found := range setByHook.FindAllStringSubmatch(hook.Value.Text, -1) {
				k.everywhere[found[1]] = true
			}
		}
	}
	for name := range k.everywhere {
		k.all[name] = true
	}
	return k
}

func (f *file) isEnvironment() bool { return f.node == nil && f.settings == nil && f.err == nil }

func mark(set map[string]bool, names []string) {
	for _, name := range names {
		set[name] = true
	}
}

// names are those of a section of variables, in either form, that are on.
func names(section collections.Value) []string {
	var list []string
	for _, p := range section.Pairs {
		if !strings.HasPrefix(p.Key, "~") {
			list = append(list, p.Key)
		}
	}
	for _, item := range section.Items {
		if name := item.Get("name"); name.Kind == tomldoc.String && !item.Get("off").IsTrue() {
			list = append(list, name.Text)
		}
	}
	return list
}

// scope knows names of variables and not what they hold.
type scope []map[string]bool

// Lookup implements [template.Scope].
func (s scope) Lookup(name string) (template.Variable, bool) {
	for _, layer := range s {
		if layer[name] {
			return template.Variable{Name: name}, true
		}
	}
	return template.Variable{}, false
}

// Names implements [template.Scope].
func (s scope) Names() []string {
	var list []string
	for _, layer := range s {
		for name := range layer {
			list = append(list, name)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// scopeOf is what a file's templates can see. Those of settings are resolved for a request below them, and see what that does.
func (k *checker) scopeOf(f *file) scope {
	if f.request == nil {
		return scope{k.facts.all}
	}
	own := map[string]bool{}
	mark(own, names(f.root.Get("vars")))
	for _, outer := range f.above {
		mark(own, names(outer.root.Get("vars")))
	}
	return scope{own, k.facts.everywhere}
}
