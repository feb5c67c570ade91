package diff

import (
	"cmp"
	"slices"
	"strings"

	"parley/httpcore/content"
)

// Field is a field of a head, or what stands for one, such as a status.
type Field struct{ Name, Value string }

// Fields compares fields in any order: by their names, in which case does not
// count, and of several with one name the first with the first. The sources of
// the result are texts of a field a line, sorted by name.
func Fields(a, b []Field) *Result {
	a, b = sorted(a), sorted(b)
	r := &Result{text: &lines{a: &table{}, b: &table{}}}
	r.A, r.B = r.text.a.write(a), r.text.b.write(b)
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		order := 0
		switch {
		case i == len(a):
			order = 1
		case j == len(b):
			order = -1
		default:
			order = compareNames(a[i], b[j])
		}
		switch {
		case order < 0:
			r.text.add(Removed, i, j, 1)
			i++
		case order > 0:
			r.text.add(Added, i, j, 1)
			j++
		default:
			kind := Changed
			if a[i].Value == b[j].Value {
				kind = Same
			}
			r.text.add(kind, i, j, 1)
			i, j = i+1, j+1
		}
	}
	return r
}

func sorted(fields []Field) []Field {
	fields = slices.Clone(fields)
	slices.SortStableFunc(fields, compareNames)
	return fields
}

func compareNames(a, b Field) int {
	return cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
}

// write puts fields into the table, a line each, and returns their text.
func (t *table) write(fields []Field) content.Source {
	var text strings.Builder
	t.starts = append(t.starts, 0)
	for _, f := range fields {
		text.WriteString(f.Name + ": " + f.Value + "\n")
		t.starts = append(t.starts, int64(text.Len()))
		t.hashes = append(t.hashes, 0)
		t.ends = append(t.ends, LF)
	}
	return content.NewSource(strings.NewReader(text.String()), int64(text.Len()))
}
