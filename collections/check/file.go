package check

import (
	"fmt"
	"slices"

	"parley/collections"
	"parley/collections/tomldoc"
)

// file is one file of the collection, and what is known of it.
type file struct {
	name     string
	node     *collections.Node     // of a file in the tree
	settings *collections.Settings // of collection.toml and folder.toml
	err      error                 // why there are no settings
	above    []*file               // the settings around it, the nearest first
	request  *collections.Request
	root     collections.Value // all that it says; nothing when it is no TOML
	findings []Finding
}

func (f *file) add(findings ...Finding) { f.findings = append(f.findings, findings...) }

// list finds the files of a collection.
func list(c *collections.Collection) []*file {
	files := below(c.Tree, nil)
	for _, e := range c.Environments {
		for i, name := range e.Files {
			one := &file{name: name}
			if i == 0 {
				one.findings = append(From(name, e.Err), e.Findings()...)
			}
			files = append(files, one)
		}
		if len(e.Files) == 0 && e.Err != nil {
			name := collections.EnvironmentDir + "/" + e.Name + ".toml"
			files = append(files, &file{name: name, findings: From(name, e.Err)})
		}
	}
	return files
}

func below(folder *collections.Folder, above []*file) []*file {
	var files []*file
	name := collections.CollectionFile
	if folder.Path != "" {
		name = folder.Path + "/" + collections.FolderFile
	}
	if folder.Settings() != nil || folder.Err() != nil {
		own := &file{name: name, settings: folder.Settings(), err: folder.Err(), above: above}
		files = append(files, own)
		above = append([]*file{own}, above...)
	}
	for _, n := range folder.Nodes() {
		if n.Folder != nil {
			files = append(files, below(n.Folder, above)...)
			continue
		}
		files = append(files, &file{name: n.File, node: n, above: above})
	}
	return files
}

// read takes in what a file says, and what its decoder finds.
func (k *checker) read(f *file) {
	data, err := k.collection.ReadFile(f.name)
	var doc *tomldoc.Doc
	if err == nil {
		doc, err = tomldoc.Parse(f.name, data)
	}
	if err != nil {
		f.add(From(f.name, err)...)
		return
	}
	f.root = doc.Root()
	switch {
	case f.settings != nil:
		f.add(f.settings.Findings()...)
	case f.err != nil:
		f.add(From(f.name, f.err)...)
	case f.node != nil && f.root.Get("url").IsSet():
		if f.request, err = f.node.Request(); f.request == nil {
			f.add(From(f.name, err)...)
			return
		}
		f.add(f.request.Findings()...)
	case f.node != nil:
		f.notARequest()
	}
}

// notARequest speaks up where a file without a url looks as if it was to be a request.
func (f *file) notARequest() {
	wanted := []string{"method", "params", "headers", "auth", "body", "expect", "capture"}
	for _, p := range f.root.Pairs {
		if slices.Contains(wanted, p.Key) {
			f.add(note(collections.Pos{File: f.name, Line: 1, Column: 1}, fmt.Sprintf("it has %s and no url, and is no request", p.Key), `add url = "…"`))
			return
		}
	}
}
