package resolve

import (
	"strings"

	"parley/collections"
	"parley/collections/template"
)

// lines resolves a text of several lines, which leaves with LF and without the final newline. What a variable brings in
// is left as it is.
func (r *resolver) lines(key string, v collections.Value) string {
	if !v.IsSet() {
		return ""
	}
	result := r.expand(v)
	var out strings.Builder
	for i := range result.Pieces {
		out.WriteString(line(result.Pieces, i))
	}
	r.note(key, v, out.String(), result.Pieces)
	return out.String()
}

// line is what the i-th piece of a text of several lines becomes.
func line(pieces []template.Piece, i int) string {
	text := pieces[i].Value
	if pieces[i].IsCode {
		return text
	}
	text = strings.ReplaceAll(text, "\r\n", "\n")
	if i == len(pieces)-1 {
		text = strings.TrimSuffix(text, "\n")
	}
	return text
}

// placeAt returns the place in the file of the byte at offset in what lines made of v under that key. What a variable
// brings in is where the variable stands.
func (r *resolver) placeAt(key string, v collections.Value, offset int) template.Position {
	var pieces []template.Piece
	for _, noted := range r.out.Values {
		if noted.Key == key {
			pieces = noted.Pieces
		}
	}
	for i, piece := range pieces {
		text := line(pieces, i)
		if offset >= len(text) && i < len(pieces)-1 {
			offset -= len(text)
			continue
		}
		at := piece.Start
		if !piece.IsCode {
			// A line end may be one byte more in the file.
			before := text[:min(offset, len(text))]
			at += len(before) + min(strings.Count(before, "\n"), strings.Count(piece.Value, "\r\n"))
		}
		return place(v.PosAt(at))
	}
	return place(v.Pos)
}
