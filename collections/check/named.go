package check

import (
	"fmt"
	"path/filepath"
	"strings"

	"parley/collections"
	"parley/collections/tomldoc"
)

// namedFiles checks that the files are there which a file names.
func (k *checker) namedFiles(f *file) {
	if r := f.request; r != nil {
		if r.Body.Kind == collections.BodyFile {
			k.named(f, r.Body.Content)
		}
		for _, part := range r.Body.Parts {
			if !part.Off {
				k.named(f, part.File)
			}
		}
		k.ofOptions(f, r.Options)
		k.hooks(f, r.Hooks)
	}
	if s := f.settings; s != nil {
		k.ofOptions(f, s.Options)
		k.hooks(f, s.Hooks)
		for _, prefix := range s.For {
			k.ofOptions(f, prefix.Options)
		}
		for _, session := range s.Sessions {
			k.ofOptions(f, session.Options)
		}
	}
}

func (k *checker) ofOptions(f *file, o collections.Options) {
	if o.Verify.Kind == tomldoc.String {
		k.named(f, o.Verify)
	}
	k.named(f, o.Cert.File)
	k.named(f, o.Cert.Key)
}

// named checks one name. What is outside of the collection may be there on another machine.
func (k *checker) named(f *file, v collections.Value) {
	if v.Text == "" || strings.Contains(v.Text, "{{") {
		return
	}
	err := k.collection.Look(f.name, v.Text)
	if err == nil {
		return
	}
	finding := fault(v.Pos, fmt.Sprintf("the file %q cannot be read: %v", v.Text, reason(err)), "a name is relative to the file that says it")
	if filepath.IsAbs(v.Text) {
		finding.Severity, finding.Advice = collections.Note, "it may be there on another machine; a file of the collection is there on all"
	}
	f.add(finding)
}

// reason is the innermost error: what stands around it names the file once more.
func reason(err error) error {
	for {
		inner, ok := err.(interface{ Unwrap() error })
		if !ok || inner.Unwrap() == nil {
			return err
		}
		err = inner.Unwrap()
	}
}

// hooks reads the files of hooks.
func (k *checker) hooks(f *file, h collections.Hooks) {
	for _, event := range collections.HookEvents() {
		hook := collections.Hook{Event: event, Value: h.Of(event)}
		name := hook.File()
		if !name.IsSet() {
			continue
		}
		if _, err := k.collection.Hook(&collections.Request{File: f.name}, hook); err != nil {
			f.add(fault(name.Pos, fmt.Sprintf("the hook %q cannot be read: %v", name.Text, reason(err)), "a name is relative to the file that says it, and stays in the collection"))
		}
	}
}
