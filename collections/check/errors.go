package check

import (
	"errors"
	"strings"

	"parley/collections"
	"parley/collections/template"
	"parley/collections/tomldoc"
)

// From takes errors apart, joined ones too, into findings that are faults. Those without a place are of the file.
func From(file string, err error) []Finding {
	switch e := err.(type) {
	case nil:
		return nil
	case *collections.Finding:
		return []Finding{*e}
	case *tomldoc.Error:
		return []Finding{fault(placed(e.Pos, file), e.Message, e.Hint())}
	case *template.Error:
		return []Finding{fault(placed(collections.Pos(e.Position), file), e.Message, e.Advice)}
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var all []Finding
		for _, one := range joined.Unwrap() {
			all = append(all, From(file, one)...)
		}
		return all
	}
	if broken, ok := errors.AsType[*tomldoc.Error](err); ok {
		return From(file, broken)
	}
	hint := ""
	if hinted, ok := errors.AsType[interface {
		error
		Hint() string
	}](err); ok {
		hint = hinted.Hint()
	}
	return []Finding{fault(collections.Pos{File: file}, strings.TrimPrefix(err.Error(), file+": "), hint)}
}

func placed(pos collections.Pos, file string) collections.Pos {
	if pos.File == "" {
		pos.File = file
	}
	return pos
}
