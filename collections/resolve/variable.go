package resolve

import (
	"parley/collections"
	"parley/collections/template"
	"parley/collections/tomldoc"
)

func place(pos collections.Pos) template.Position { return template.Position(pos) }

// variables turns a section of variables into those of the template language.
func variables(entries []collections.Entry) []template.Variable {
	list := make([]template.Variable, 0, len(entries))
	for _, entry := range entries {
		list = append(list, variable(entry.Name, entry.Value))
	}
	return list
}

// variable keeps the places of a string exact, whatever escapes its source has.
func variable(name string, v collections.Value) template.Variable {
	return template.Variable{
		Name:   name,
		Value:  plain(v),
		Origin: template.Origin{Position: place(v.Pos)},
		Locate: func(offset int) template.Position { return place(v.PosAt(offset)) },
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
