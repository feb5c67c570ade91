package document

import (
	"strconv"

	"parley/httpcore/content"
)

// jsonTable shows the elements of an array, or the texts of a stream, a row
// each.
type jsonTable struct {
	*columns
	place recordPlace
}

// recordPlace is where records are: the elements of the array whose bracket is
// at array, or, of a stream, its texts.
type recordPlace struct {
	stream bool
	array  int64
	depth  int // of the elements
}

func (t *jsonTable) cuts() string {
	return strconv.FormatBool(t.place.stream) + strconv.FormatInt(t.place.array, 10)
}

func (t *jsonTable) newCutter() cutter { return newRecordCutter(t.place) }
func (t *jsonTable) header() *line     { return t.columns.header(0) }

// tellJSONTable finds the records in the first bytes of a body, and tells
// their columns.
func tellJSONTable(stream bool) func(head []byte, ended bool) shape {
	return func(head []byte, ended bool) shape {
		place, ok := findRecords(head, stream)
		if !ok {
			return nil
		}
		t := &jsonTable{columns: newColumns(), place: place}
		t.sample(head)
		if len(t.list) == 0 {
			return nil
		}
		return t
	}
}

// sample tells columns from the first records. Those of a single column may be
// wide, so widths come second.
func (t *jsonTable) sample(head []byte) {
	out := &sink{count: sampleRows}
	c := newRecordCutter(t.place)
	c.feed(head, out)
	records := make([][]byte, 0, len(out.lines))
	for i, l := range out.lines {
		end := int64(len(head))
		if i+1 < len(out.lines) {
			end = out.lines[i+1].offset
		}
		records = append(records, head[l.offset:min(end, l.offset+maxRecord)])
	}
	for _, text := range records {
		readJSONRecord(text, func(key []byte, _ jsonCell) {
			if t.at(key) < 0 {
				t.title(t.add(key), key)
			}
		})
	}
	most := t.most()
	for _, text := range records {
		readJSONRecord(text, func(key []byte, cell jsonCell) {
			if i := t.at(key); i >= 0 {
				pen := cellPen{most: most}
				t.meet(i, &pen, paintJSONCell(&pen, text, cell, 0))
			}
		})
	}
	t.fit()
}

// title names a new column after its key.
func (t *jsonTable) title(i int, key []byte) {
	if i < 0 {
		return
	}
	pen := &t.list[i].title
	switch key[0] {
	case scalarKey:
		pen.note("value", Key, 0, 0)
	case elementKey:
		pen.note(string(key[1:]), Key, 0, 0)
	default:
		paintJSONString(pen, key, Key, 0)
	}
	pen.close(0)
	for i := range pen.spans {
		pen.spans[i].Offset, pen.spans[i].Len = 0, 0 // it stands for no place of the source
	}
}

func (t *jsonTable) paint(l *line, text []byte, whole bool) {
	l.single = true
	if len(l.spans) > 0 {
		return
	}
	pens := make([]cellPen, len(t.list))
	met := make([]bool, len(t.list))
	others := 0
	complete := readJSONRecord(text, func(key []byte, cell jsonCell) {
		i := t.at(key)
		if i < 0 || met[i] {
			others++
			return
		}
		met[i] = true
		pens[i] = cellPen{most: t.list[i].width}
		paintJSONCell(&pens[i], text, cell, l.offset)
	})
	row := rowPen{columns: t.columns, line: l}
	for i := range pens {
		if !met[i] && !complete && !whole {
			pens[i].note("…", Comment, l.offset, 0) // too far behind to be looked for
		}
		row.put(i, &pens[i])
	}
	row.extra(others, !complete)
}

// paintJSONCell writes a value, and returns its role. offset is the record's.
func paintJSONCell(pen *cellPen, text []byte, cell jsonCell, offset int64) Role {
	role := roleOf[cell.kind]
	value, at := text[cell.start:cell.end], offset+int64(cell.start)
	switch cell.kind {
	case content.String:
		paintJSONString(pen, value, role, at)
	case content.BeginObject, content.BeginArray:
		paintNested(pen, value, cell, at)
	default:
		pen.text(value, role, at)
	}
	if cell.open {
		pen.over = true
	}
	pen.close(at + int64(len(value)))
	return role
}

// maxCompact is how many bytes of an object or array are shown in a cell. Of
// longer ones the size is.
const maxCompact = 24

func paintNested(pen *cellPen, value []byte, cell jsonCell, offset int64) {
	if len(value) <= maxCompact && !cell.open {
		scan := content.NewStreamScanner()
		for {
			t, _ := scan.Next(value[scan.Offset():])
			if t.Kind == content.None || t.Kind == content.Invalid {
				return
			}
			pen.text(value[t.Start:t.End], roleOf[t.Kind], offset+t.Start)
		}
	}
	items := strconv.Itoa(cell.items)
	if cell.open {
		items += "+"
	}
	if cell.kind == content.BeginObject {
		items = "{" + items + "}"
	} else {
		items = "[" + items + "]"
	}
	pen.note(items, Punctuation, offset, len(value))
}

// paintJSONString writes what a string or key says, without its quotes. An
// empty string keeps them.
func paintJSONString(pen *cellPen, quoted []byte, role Role, offset int64) {
	if string(quoted) == `""` {
		pen.note(`""`, role, offset, 2)
		return
	}
	inside := quoted[1:]
	if n := len(inside); n > 0 && inside[n-1] == '"' && !endsEscaped(inside[:n-1]) {
		inside = inside[:n-1]
	}
	offset++
	for len(inside) > 0 && !pen.full() {
		n := 0
		for n < len(inside) && inside[n] != '\\' {
			n++
		}
		if n == 0 {
			n = paintEscapes(pen, inside, role, offset)
		} else {
			pen.text(inside[:n], role, offset)
		}
		inside, offset = inside[n:], offset+int64(n)
	}
}

// endsEscaped reports whether what follows b is escaped.
func endsEscaped(b []byte) bool {
	n := 0
	for n < len(b) && b[len(b)-1-n] == '\\' {
		n++
	}
	return n%2 == 1
}
