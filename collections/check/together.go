package check

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"parley/collections"
	"parley/collections/tomldoc"
)

// settings checks the names that a file of settings says.
func (k *checker) settings(f *file) {
	s := f.settings
	if name := s.Environment; f.name == collections.CollectionFile && name.Text != "" {
		var known []string
		for _, e := range k.collection.Environments {
			known = append(known, e.Name)
		}
		if !slices.Contains(known, name.Text) {
			f.add(fault(name.Pos, fmt.Sprintf("there is no environment %q", name.Text), nearest(name.Text, known, "`parley env list` shows what there is")))
		}
	}
	folder, err := k.collection.Folder(strings.TrimSuffix(path.Dir(f.name), "."))
	if err != nil {
		return
	}
	var known []string
	for _, n := range folder.Nodes() {
		known = append(known, n.Name)
	}
	for _, name := range s.Order {
		if !slices.Contains(known, name.Text) {
			f.add(note(name.Pos, fmt.Sprintf("order names %q, which is not in this folder", name.Text), nearest(name.Text, known, "take it out")))
		}
	}
}

// together checks what several files say of the same.
func together(c *collections.Collection, files []*file) []Finding {
	return slices.Concat(paths(c), captures(files), circles(files), orphans(c))
}

// paths checks the names of files and folders.
func paths(c *collections.Collection) []Finding {
	var all []Finding
	seen := map[string]string{}
	for n := range c.All() {
		at := collections.Pos{File: n.File}
		if err := collections.CheckPath(n.Path); err != nil {
			finding := From(n.File, err)[0]
			finding.Severity = collections.Note
			all = append(all, finding)
		}
		folded := strings.ToLower(n.File)
		if other, twice := seen[folded]; twice {
			all = append(all, note(at, fmt.Sprintf("it differs from %s in case only", other), "macOS and Windows take both for the same file"))
		}
		seen[folded] = n.File
	}
	return all
}

// orphans finds snapshots and examples of requests that are not there any more.
func orphans(c *collections.Collection) []Finding {
	var all []Finding
	for _, request := range c.Snapshots() {
		if !c.Has(request) {
			all = append(all, note(collections.Pos{File: path.Join(collections.SnapshotDir, request)}, "these are snapshots of no request", "delete them, or give them the path of their request"))
		}
	}
	all = append(all, orphansIn(c, c.Tree)...)
	for n := range c.All() {
		if n.Folder != nil {
			all = append(all, orphansIn(c, n.Folder)...)
		}
	}
	return all
}

func orphansIn(c *collections.Collection, f *collections.Folder) []Finding {
	var all []Finding
	for _, request := range f.Examples() {
		if !c.Has(request) {
			all = append(all, note(collections.Pos{File: request + ".examples"}, "these are examples of no request", "delete them, or give them the path of their request"))
		}
	}
	return all
}

// captures finds names that are captured in ways that get in each other's way.
func captures(files []*file) []Finding {
	var all []Finding
	first := map[string]collections.Entry{}
	for _, f := range files {
		if f.request == nil {
			continue
		}
		own := map[string]bool{}
		for _, entry := range f.request.Captures {
			switch before, again := first[entry.Name]; {
			case entry.Off:
				continue
			case own[entry.Name]:
				all = append(all, fault(entry.Pos, fmt.Sprintf("%q is captured twice", entry.Name), "give one of them another name"))
			case again && isSecret(before) != isSecret(entry):
				all = append(all, note(entry.Pos, fmt.Sprintf("%q is captured as a secret here or in %s, and not in the other", entry.Name, before.Pos.File), "write { expr = '…', secret = true } in both"))
			}
			own[entry.Name] = true
			if first[entry.Name].Name == "" {
				first[entry.Name] = entry
			}
		}
		for _, name := range names(f.root.Get("vars")) {
			if own[name] {
				all = append(all, note(f.root.Get("vars").Pos, fmt.Sprintf("%q is a variable of the request and captured by it: once captured, the variable is never seen", name), "give one of them another name"))
			}
		}
	}
	return all
}

func isSecret(e collections.Entry) bool {
	_, secret := e.Capture()
	return secret
}

// circles finds requests that need each other's responses.
func circles(files []*file) []Finding {
	needs := map[string][]string{}
	for _, f := range files {
		if f.request != nil {
			needs[f.request.Path] = responsesIn(f.root, nil)
		}
	}
	var all []Finding
	done := map[string]bool{}
	for _, f := range files {
		if f.request == nil || done[f.request.Path] {
			continue
		}
		if way := circle(needs, []string{f.request.Path}, done); way != nil {
			all = append(all, fault(collections.Pos{File: f.name, Line: 1, Column: 1}, "response() leads in a circle: "+strings.Join(way, " → "), "break it in one of them"))
			mark(done, way)
		}
	}
	return all
}

// circle follows what requests need, from the last of way, and returns the way round. done are those that lead to none.
func circle(needs map[string][]string, way []string, done map[string]bool) []string {
	last := way[len(way)-1]
	for _, next := range needs[last] {
		if i := slices.Index(way, next); i >= 0 {
			return append(slices.Clone(way[i:]), next)
		}
		if done[next] {
			continue
		}
		if found := circle(needs, append(way, next), done); found != nil {
			return found
		}
	}
	done[last] = true
	return nil
}

// responsesIn lists the requests whose responses a value asks for.
func responsesIn(v collections.Value, list []string) []string {
	if v.Kind == tomldoc.String && strings.Contains(v.Text, "{{") {
		for _, found := range responseCall.FindAllStringSubmatch(v.Text, -1) {
			list = append(list, collections.Clean(found[1]))
		}
	}
	for _, item := range v.Items {
		list = responsesIn(item, list)
	}
	for _, p := range v.Pairs {
		list = responsesIn(p.Value, list)
	}
	return list
}
