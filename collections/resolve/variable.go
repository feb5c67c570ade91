package resolve

import (
	"parley/collections"
	"parley/collections/template"
	"parley/collections/tomldoc"
)

// place is where something stands that is wrong: of what a flag was given, the flag.
func place(pos collections.Pos) template.Position {
	if collections.IsFlag(pos.File) {
		return template.Position{File: pos.File}
	}
	return template.Position(pos)
}

// where is a place that a person can look at: in a file.
func where(pos collections.Pos) template.Position {
	if collections.IsFlag(pos.File) {
		return template.Position{}
	}
	return place(pos)
}

// placeIn is the place of a value of a file; one that was edited and not saved yet has the file alone.
func placeIn(file string, pos collections.Pos) template.Position {
	if pos.File == "" {
		return template.Position{File: file}
	}
	return place(pos)
}

// variables turns a section of variables of a file into those of the template language.
func variables(file string, entries []collections.Entry) []template.Variable {
	list := make([]template.Variable, 0, len(entries))
	for _, entry := range entries {
		list = append(list, variable(file, entry.Name, entry.Value))
	}
	return list
}

// variable keeps the places of a string exact, whatever escapes its source has.
func variable(file, name string, v collections.Value) template.Variable {
	return template.Variable{
		Name:   name,
		Value:  plain(v),
		Origin: template.Origin{Position: placeIn(file, v.Pos)},
		Locate: func(offset int) template.Position { return placeIn(file, v.PosAt(offset)) },
	}
}

// plain turns a TOML value into what templates work with. Numbers keep their spelling, and dates are text.
func plain(v collections.Value) any {
	switch v.Kind {
	case tomldoc.Integer, tomldoc.Float:
		return template.Number(v.Text)
	case tomldoc.Bool:
		return v.IsTrue()
	case tomldoc.Array:
		list := make([]any, len(v.Items))
		for i, item := range v.Items {
			list[i] = plain(item)
		}
		return list
	case tomldoc.Table:
		object := make(map[string]any, len(v.Pairs))
		for _, pair := range v.Pairs {
			object[pair.Key] = plain(pair.Value)
		}
		return object
	default:
		return v.Text
	}
}
