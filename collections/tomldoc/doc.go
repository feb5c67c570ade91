// Package tomldoc reads TOML 1.1 into values that know where they stand, and edits it without touching a byte that a
// person wrote elsewhere in the file.
//
// [Parse] makes a [Doc] of a file's bytes. Edits ([Doc.Set], [Doc.Delete], [Doc.Rename], [Doc.Insert], [Doc.Remove],
// [Doc.Move]) return a new Doc: comments, order, spacing, quoting, line ends, a byte order mark and every other key
// stay byte for byte. Numbers and dates are never interpreted: their text is the one in the source.
//
// A file is accepted when both BurntSushi/toml and pelletier/go-toml accept it, each catching what the other lets
// pass. A Doc is immutable and may be used concurrently.
package tomldoc

import (
	"bytes"
	"sort"
	"unicode/utf8"
)

// Doc is a parsed TOML file.
type Doc struct {
	file  string
	src   []byte
	lines []int // offset of the first byte of each line
	body  int   // offset of the first byte after a byte order mark
	root  *node
	// sections are the root and the table headers, in file order.
	sections []*section
}

// Bytes returns the file as it stands. The caller must not change it.
func (d *Doc) Bytes() []byte { return d.src }

// File returns the name that was given to [Parse].
func (d *Doc) File() string { return d.file }

// Root returns the whole file as one table.
func (d *Doc) Root() Value { return d.value(d.root) }

// Get returns the value at a path of keys; an element of an array is named by its decimal index. The zero Value
// means that there is none.
func (d *Doc) Get(path ...string) Value {
	n := d.root.at(path)
	if n == nil {
		return Value{}
	}
	return d.value(n)
}

// Pos is a place in a file. Line and Column count from 1, columns in characters; the zero Pos is nowhere.
type Pos struct {
	File         string
	Line, Column int
}

// pos translates an offset.
func (d *Doc) pos(offset int) Pos {
	line := sort.SearchInts(d.lines, offset+1) - 1
	start := d.lines[line]
	if line == 0 {
		start = min(d.body, offset)
	}
	return Pos{File: d.file, Line: line + 1, Column: utf8.RuneCount(d.src[start:offset]) + 1}
}

func lineStarts(src []byte) []int {
	lines := make([]int, 1, bytes.Count(src, []byte{'\n'})+1)
	for i := 0; ; {
		n := bytes.IndexByte(src[i:], '\n')
		if n < 0 {
			return lines
		}
		i += n + 1
		lines = append(lines, i)
	}
}
