package document

import (
	"bytes"
	"fmt"
	"strconv"
)

// csvTable shows the records of delimited text, a row each.
type csvTable struct {
	*columns
	dialect
}

func (t *csvTable) cuts() string      { return fmt.Sprint(t.delimiter, t.from) }
func (t *csvTable) newCutter() cutter { return newCSVCutter(t.delimiter, t.from) }
func (t *csvTable) header() *line     { return t.columns.header(t.titles) }

// tellCSVTable tells the columns of a body of a type. Of plain text, which is
// sure to be none, every record must look like one.
func tellCSVTable(contentType string, sure bool) func(head []byte, ended bool) shape {
	return func(head []byte, ended bool) shape {
		d, even := tellDialect(head, ended, contentType)
		if len(bytes.TrimSpace(head)) == 0 || !sure && !even {
			return nil
		}
		t := &csvTable{columns: newColumns(), dialect: d}
		t.sample(head, ended)
		return t
	}
}

// sample tells columns from the first records.
func (t *csvTable) sample(head []byte, ended bool) {
	rows := [][]byte{}
	for text := head[t.from:]; len(rows) < sampleRows; {
		text = bytes.TrimLeft(text, "\r\n")
		if len(text) == 0 {
			break
		}
		last := ended && len(text) <= maxRecord
		n, complete := readCSVRecord(text[:min(len(text), maxRecord)], t.delimiter, last, func(csvField) {})
		rows = append(rows, text[:n])
		if text = text[n:]; !complete {
			break
		}
	}
	if t.dialect.header {
		t.title(head)
	}
	for _, row := range rows {
		t.each(row, true, func(i int, f csvField) {
			if i == len(t.list) {
				t.named(t.add(strconv.AppendInt(nil, int64(i), 10)))
			}
		})
	}
	most := t.most()
	for _, row := range rows {
		t.each(row, true, func(i int, f csvField) {
			if i >= len(t.list) || f.end == f.start {
				return
			}
			pen := cellPen{most: most}
			t.meet(i, &pen, paintField(&pen, row, f, 0))
		})
	}
	t.fit()
}

// title takes the titles of columns from the header line.
func (t *csvTable) title(head []byte) {
	text := head[t.titles:t.from]
	t.each(text, true, func(i int, f csvField) {
		if i = t.add(strconv.AppendInt(nil, int64(i), 10)); i < 0 {
			return
		}
		pen := &t.list[i].title
		paintField(pen, text, f, t.titles)
		for i := range pen.spans {
			pen.spans[i].Role = Key
		}
	})
}

// named gives a column without a title its number.
func (t *csvTable) named(i int) {
	if i >= 0 {
		t.list[i].title.note(strconv.Itoa(i+1), Comment, t.titles, 0)
	}
}

func (t *csvTable) each(text []byte, ended bool, visit func(int, csvField)) (complete bool) {
	i := 0
	_, complete = readCSVRecord(text, t.delimiter, ended, func(f csvField) {
		visit(i, f)
		i++
	})
	return complete
}

func (t *csvTable) paint(l *line, text []byte, whole bool) {
	l.single = true
	if len(l.spans) > 0 {
		return
	}
	row := rowPen{columns: t.columns, line: l}
	others := 0
	complete := t.each(text, whole, func(i int, f csvField) {
		if i >= len(t.list) {
			others++
			return
		}
		pen := cellPen{most: t.list[i].width}
		paintField(&pen, text, f, l.offset)
		row.put(i, &pen)
	})
	for i := row.next; i < len(t.list) && !complete; i++ { // too far behind to be looked for
		row.put(i, &cellPen{used: 1, spans: []Span{{Text: "…", Role: Comment, Offset: l.offset}}})
	}
	row.extra(others, !complete)
}

// paintField writes a field, and returns its role. offset is the record's.
func paintField(pen *cellPen, text []byte, f csvField, offset int64) Role {
	value, at := text[f.start:f.end], offset+int64(f.start)
	role := Plain
	if isNumber(value) {
		role = Number
	}
	if f.quoted && len(value) == 0 {
		pen.note(`""`, role, at-1, 2)
	}
	for f.quoted && len(value) > 0 && !pen.full() {
		n := bytes.IndexByte(value, '"')
		if n < 0 {
			break
		}
		pen.text(value[:n], role, at)
		pen.note(`"`, role, at+int64(n), min(2, len(value)-n))
		n = min(n+2, len(value))
		value, at = value[n:], at+int64(n)
	}
	pen.text(value, role, at)
	if f.open && f.quoted {
		pen.over = true
	}
	pen.close(offset + int64(f.end))
	return role
}
