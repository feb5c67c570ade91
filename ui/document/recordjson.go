package document

import (
	"strconv"

	"parley/httpcore/content"
)

// jsonCell is a value of a JSON record, as a range of the record's bytes.
type jsonCell struct {
	kind       content.TokenKind
	start, end int
	items      int  // of an object or array
	open       bool // its end was not seen
}

// jsonRecord reads the cells of one record, in order.
type jsonRecord struct {
	text  []byte
	scan  content.Scanner
	key   []byte
	index int
}

// readJSONRecord reads the value that text begins with: visit gets the members
// of an object, the elements of an array, or the value itself. The key is what
// tells a member or element from others. It returns whether all was there.
func readJSONRecord(text []byte, visit func(key []byte, cell jsonCell)) bool {
	r := &jsonRecord{text: text, scan: *content.NewStreamScanner()}
	t := r.next()
	switch t.Kind {
	case content.BeginObject:
		return r.members(visit)
	case content.BeginArray:
		return r.elements(visit)
	case content.String, content.Number, content.Literal:
		cell := r.rest(t)
		visit([]byte{scalarKey}, cell)
		return !cell.open
	}
	return false
}

// The first byte of a key says what it is of.
const (
	memberKey  = '"'
	elementKey = '['
	scalarKey  = '$'
)

func (r *jsonRecord) next() content.Token {
	t, _ := r.scan.Next(r.text[r.scan.Offset():])
	return t
}

func (r *jsonRecord) members(visit func([]byte, jsonCell)) bool {
	for {
		switch t := r.next(); t.Kind {
		case content.Key:
			r.key = r.text[t.Start:t.End]
		case content.Colon, content.Comma:
		case content.EndObject:
			return true
		case content.None, content.Invalid:
			return false
		default:
			cell := r.rest(t)
			visit(r.key, cell)
			if cell.open {
				return false
			}
		}
	}
}

func (r *jsonRecord) elements(visit func([]byte, jsonCell)) bool {
	for {
		switch t := r.next(); t.Kind {
		case content.Comma:
			r.index++
		case content.EndArray:
			return true
		case content.None, content.Invalid:
			return false
		default:
			cell := r.rest(t)
			r.key = strconv.AppendInt(append(r.key[:0], elementKey), int64(r.index), 10)
			visit(r.key, cell)
			if cell.open {
				return false
			}
		}
	}
}

// rest reads the value that begins with a token.
func (r *jsonRecord) rest(t content.Token) jsonCell {
	cell := jsonCell{kind: t.Kind, start: int(t.Start), end: int(t.End)}
	if t.Kind != content.BeginObject && t.Kind != content.BeginArray {
		cell.open = r.scan.Inside() && (t.Kind != content.Number || int(t.End) < len(r.text))
		return cell
	}
	depth := r.scan.Depth()
	for r.scan.Depth() >= depth {
		before := t.Kind
		t = r.next()
		if t.Kind == content.None || t.Kind == content.Invalid {
			cell.end, cell.open = int(t.End), true
			return cell
		}
		if r.scan.Depth() == depth && t.Kind == content.Comma {
			cell.items++
		} else if r.scan.Depth() < depth && before != cell.kind {
			cell.items++
		}
	}
	cell.end = int(t.End)
	return cell
}
