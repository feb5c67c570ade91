package batch

import (
	"fmt"
	"iter"

	"parley/collections/env"
	"parley/collections/template"
)

// Rows are rows of data, one after another, so that any number of them fits in memory; the error says why there are no
// more. They can be gone through again.
type Rows = iter.Seq2[Row, error]

// Row is a row of data: values under names, which the requests of a chain see as variables.
type Row struct {
	Names []string
	// Values are strings, template.Numbers, bools, nil, or lists and objects of these.
	Values []any
	// Where is its place in a file.
	Where template.Position
}

// layer makes variables of a row. What data holds is never read as a template.
func (r Row) layer(number int) env.Layer {
	layer := env.Layer{Name: fmt.Sprintf("row %d", number)}
	for i, name := range r.Names {
		layer.Vars = append(layer.Vars, template.Variable{
			Name: name, Value: r.Values[i], Literal: true, Origin: template.Origin{Scope: layer.Name, Position: r.Where},
		})
	}
	return layer
}

// count goes through all rows once, so that what is wrong with the last one is known before anything is sent.
func count(rows Rows) (int, error) {
	n := 0
	for _, err := range rows {
		if err != nil {
			return 0, err
		}
		n++
	}
	return n, nil
}
