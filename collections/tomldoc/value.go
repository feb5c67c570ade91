package tomldoc

import (
	"strconv"
	"strings"
)

// Kind is the type of a value.
type Kind int

// The kinds of TOML values. Absent is the zero Value's.
const (
	Absent Kind = iota
	String
	Integer
	Float
	Bool
	Datetime
	Array
	Table
)

// String names a kind with its article, for messages.
func (k Kind) String() string {
	return [...]string{
		"nothing", "a string", "an integer", "a float", "a boolean", "a date or time", "an array", "a table",
	}[k]
}

// Value is one TOML value, as read from a file or as meant to be written to one.
type Value struct {
	Kind Kind
	// Text of a String is its content; of other scalars what the source says: 1.0 stays 1.0, 0x1F stays 0x1F.
	Text  string
	Items []Value // of an Array
	Pairs []Pair  // of a Table, in the order of the file
	// Pos is where the value begins, in a table made by headers where the first header does. It is zero for values
	// that were not read from a file.
	Pos Pos

	raw    string // of a scalar: its source text, quotes included
	blocks bool   // of an Array: see Blocks
}

// Pair is one key of a table and its value.
type Pair struct {
	Key    string
	KeyPos Pos
	Value  Value
}

// Str makes a string value.
func Str(s string) Value { return Value{Kind: String, Text: s} }

// Int makes an integer value.
func Int(n int64) Value { return Value{Kind: Integer, Text: strconv.FormatInt(n, 10)} }

// Boolean makes a boolean value.
func Boolean(b bool) Value { return Value{Kind: Bool, Text: strconv.FormatBool(b)} }

// List makes an array.
func List(items ...Value) Value { return Value{Kind: Array, Items: items} }

// TableOf makes a table.
func TableOf(pairs ...Pair) Value { return Value{Kind: Table, Pairs: pairs} }

// IsSet reports whether there is a value.
func (v Value) IsSet() bool { return v.Kind != Absent }

// IsTrue reports whether v is the boolean true.
func (v Value) IsTrue() bool { return v.Kind == Bool && v.Text == "true" }

// IsFalse reports whether v is the boolean false.
func (v Value) IsFalse() bool { return v.Kind == Bool && v.Text == "false" }

// IsScalar reports whether v is neither absent nor an array nor a table.
func (v Value) IsScalar() bool { return v.Kind != Absent && v.Kind != Array && v.Kind != Table }

// Get returns the value of a key of a table; the zero Value when there is none.
func (v Value) Get(key string) Value {
	for i := range v.Pairs {
		if v.Pairs[i].Key == key {
			return v.Pairs[i].Value
		}
	}
	return Value{}
}

// Equal compares what two values mean: kinds, texts, items, and pairs in their order. Positions do not count.
func (v Value) Equal(w Value) bool {
	if v.Kind != w.Kind || v.Text != w.Text || len(v.Items) != len(w.Items) || len(v.Pairs) != len(w.Pairs) {
		return false
	}
	for i := range v.Items {
		if !v.Items[i].Equal(w.Items[i]) {
			return false
		}
	}
	for i := range v.Pairs {
		if v.Pairs[i].Key != w.Pairs[i].Key || !v.Pairs[i].Value.Equal(w.Pairs[i].Value) {
			return false
		}
	}
	return true
}

// PosAt returns the place in the file of the byte at offset in the Text of a String, for messages about a part of it.
func (v Value) PosAt(offset int) Pos {
	p := v.Pos
	if v.Kind != String || p.Line == 0 {
		return p
	}
	i := sourceIndex(v.raw, offset)
	before := v.raw[:i]
	if nl := strings.LastIndexByte(before, '\n'); nl >= 0 {
		p.Line += strings.Count(before, "\n")
		p.Column = len([]rune(before[nl+1:])) + 1
		return p
	}
	p.Column += len([]rune(before))
	return p
}
