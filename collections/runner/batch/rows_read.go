package batch

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strings"

	"parley/collections/template"
)

// ReadRows reads rows of data from a file while they are gone through: CSV with the names in its first line (with commas,
// or semicolons or tabs where that has no comma), a JSON array of objects, or an object on each line (NDJSON). A name in
// .csv says the first, every other leaves it to the first character. An error is a *RowsError, or that of open.
func ReadRows(file string, open func() (io.ReadCloser, error)) Rows {
	return func(yield func(Row, error) bool) {
		opened, err := open()
		if err != nil {
			yield(Row{}, err)
			return
		}
		defer opened.Close() //nolint:errcheck // it was only read
		from := &bounded{from: opened, left: maxRow}
		in := bufio.NewReader(from)
		d := data{file: file, in: in, fresh: func() { from.left = maxRow }, yield: yield}
		if mark, _ := in.Peek(3); bytes.Equal(mark, []byte("\uFEFF")) {
			_, _ = in.Discard(3) // it is there
		}
		switch first := firstByte(in); {
		case strings.EqualFold(path.Ext(file), ".csv"):
			err = d.csv()
		case first == '[':
			err = d.array()
		case first == '{':
			err = d.lines()
		default:
			err = d.csv()
		}
		if err != nil {
			yield(Row{}, err)
		}
	}
}

// maxRow bounds a row in bytes.
const maxRow = 16 << 20

// bounded refuses to read more than is left for a row.
type bounded struct {
	from io.Reader
	left int
}

var errLongRow = fmt.Errorf("a row is longer than %d MiB", maxRow>>20)

// Read implements io.Reader.
func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errLongRow
	}
	n, err := b.from.Read(p)
	b.left -= n
	return n, err
}

// firstByte is the first that is no white space, 0 where there is none among the first 4 KiB.
func firstByte(in *bufio.Reader) byte {
	for n := 1; n <= 4096; n++ {
		seen, err := in.Peek(n)
		if err != nil {
			return 0
		}
		if c := seen[n-1]; !bytes.ContainsRune([]byte(" \t\r\n"), rune(c)) {
			return c
		}
	}
	return 0
}

// RowsError says what is wrong with a file of data.
type RowsError struct {
	Where   template.Position
	Message string
}

// Error says where, and what.
func (e *RowsError) Error() string { return e.Where.String() + ": " + e.Message }

// Hint says what can be read.
func (e *RowsError) Hint() string {
	return "data is CSV with names in its first line, a JSON array of objects, or an object on each line"
}

// data is one file on its way.
type data struct {
	file  string
	in    *bufio.Reader
	fresh func() // before each row
	yield func(Row, error) bool
}

func (d *data) wrong(line, column int, format string, args ...any) error {
	return &RowsError{template.Position{File: d.file, Line: line, Column: column}, fmt.Sprintf(format, args...)}
}

func (d *data) csv() error {
	head, _ := d.in.Peek(min(d.in.Buffered(), 4096))
	head, _, _ = bytes.Cut(head, []byte("\n"))
	in := csv.NewReader(d.in)
	for _, separator := range ",;\t" {
		if bytes.ContainsRune(head, separator) {
			in.Comma = separator
			break
		}
	}
	names, err := in.Read()
	if err == io.EOF {
		return nil
	}
	if err != nil {
		return d.broken(err)
	}
	for i, name := range names {
		if names[i] = strings.TrimSpace(name); names[i] == "" || slices.Contains(names[:i], names[i]) {
			return d.wrong(1, 1, "column %d has no name of its own", i+1)
		}
	}
	for {
		d.fresh()
		record, err := in.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return d.broken(err)
		}
		line, _ := in.FieldPos(0)
		row := Row{Names: names, Values: make([]any, len(record)), Where: template.Position{File: d.file, Line: line, Column: 1}}
		for i, value := range record {
			row.Values[i] = value
		}
		if !d.yield(row, nil) {
			return nil
		}
	}
}

// broken is what the reader of CSV says, at its place.
func (d *data) broken(err error) error {
	if place, ok := errors.AsType[*csv.ParseError](err); ok {
		return d.wrong(place.Line, place.Column, "%v", place.Err)
	}
	return &RowsError{template.Position{File: d.file}, err.Error()}
}

func (d *data) array() error {
	in := json.NewDecoder(d.in)
	in.UseNumber()
	_, err := in.Token() // the bracket that was seen
	for number := 1; err == nil && in.More(); number++ {
		d.fresh()
		var object map[string]any
		if err = in.Decode(&object); err == nil && object == nil {
			err = errors.New("it is null")
		}
		if err != nil {
			return &RowsError{template.Position{File: d.file}, fmt.Sprintf("row %d: %s", number, jsonProblem(err))}
		}
		if !d.yield(rowOf(object, template.Position{File: d.file}), nil) {
			return nil
		}
	}
	if err == nil {
		_, err = in.Token()
	}
	if err != nil {
		return &RowsError{template.Position{File: d.file}, jsonProblem(err)}
	}
	return nil
}

func (d *data) lines() error {
	lines := bufio.NewScanner(d.in)
	lines.Buffer(nil, maxRow)
	for number := 1; lines.Scan(); number++ {
		d.fresh()
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		in := json.NewDecoder(bytes.NewReader(lines.Bytes()))
		in.UseNumber()
		var object map[string]any
		err := in.Decode(&object)
		if err == nil && (object == nil || in.More()) {
			err = errors.New("a line is one object")
		}
		if err != nil {
			return d.wrong(number, 1, "%s", jsonProblem(err))
		}
		if !d.yield(rowOf(object, template.Position{File: d.file, Line: number, Column: 1}), nil) {
			return nil
		}
	}
	if err := lines.Err(); err != nil {
		return &RowsError{template.Position{File: d.file}, err.Error()}
	}
	return nil
}

// jsonProblem says in words what a decoder says of types of Go.
func jsonProblem(err error) string {
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return "a row is an object, and this is a " + wrong.Value
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return "the file ends in the middle"
	}
	return err.Error()
}

func rowOf(object map[string]any, where template.Position) Row {
	row := Row{Names: slices.Sorted(maps.Keys(object)), Where: where}
	for _, name := range row.Names {
		row.Values = append(row.Values, spelled(object[name]))
	}
	return row
}

// spelled keeps numbers as they are written.
func spelled(value any) any {
	switch v := value.(type) {
	case json.Number:
		return template.Number(v)
	case []any:
		for i := range v {
			v[i] = spelled(v[i])
		}
	case map[string]any:
		for key, item := range v {
			v[key] = spelled(item)
		}
	}
	return value
}
