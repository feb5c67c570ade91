package lazydfa

import (
	"regexp/syntax"
	"slices"
	"sort"
	"unicode"
	"unicode/utf8"
)

// classes are sets of characters that a program does not tell apart.
type classes struct {
	ascii  [utf8.RuneSelf]uint32
	starts []rune   // where ranges of characters of one class start
	of     []uint32 // the class of each range
	runes  []rune   // one character of each class; none for the last, the end of the text
}

// end is the class of the end of the text.
func (c *classes) end() int { return len(c.runes) }

// count is how many classes there are.
func (c *classes) count() int { return len(c.runes) + 1 }

// class returns the class of a character.
func (c *classes) class(r rune) int {
	if r < utf8.RuneSelf {
		return int(c.ascii[r])
	}
	i := sort.Search(len(c.starts), func(i int) bool { return c.starts[i] > r })
	return int(c.of[i-1])
}

// maxMerging bounds the work spent on finding ranges that are one class. Above
// it each is one, which costs memory in tables, and nothing else.
const maxMerging = 4 << 20

func newClasses(insts []syntax.Inst, looks bool) *classes {
	c := &classes{starts: borders(insts, looks)}
	tests := tests(insts)
	known := map[string]uint32{}
	for i, r := range c.starts {
		var key []byte
		if len(c.starts)*len(tests) <= maxMerging {
			key = signature(tests, r, looks)
		} else {
			key = []byte{byte(i), byte(i >> 8), byte(i >> 16)}
		}
		class, ok := known[string(key)]
		if !ok {
			class = uint32(len(c.runes))
			known[string(key)] = class
			c.runes = append(c.runes, r)
		}
		c.of = append(c.of, class)
	}
	for r := range rune(utf8.RuneSelf) {
		i := sort.Search(len(c.starts), func(i int) bool { return c.starts[i] > r })
		c.ascii[r] = c.of[i-1]
	}
	return c
}

// borders are the characters before which something changes.
func borders(insts []syntax.Inst, looks bool) []rune {
	at := []rune{0}
	add := func(lo, hi rune) { at = append(at, lo, hi+1) }
	for i := range insts {
		in := &insts[i]
		switch in.Op {
		case syntax.InstRuneAnyNotNL:
			add('\n', '\n')
		case syntax.InstRune1:
			add(in.Rune[0], in.Rune[0])
		case syntax.InstRune:
			if len(in.Rune) == 1 {
				add(in.Rune[0], in.Rune[0])
				if syntax.Flags(in.Arg)&syntax.FoldCase != 0 {
					for r := unicode.SimpleFold(in.Rune[0]); r != in.Rune[0]; r = unicode.SimpleFold(r) {
						add(r, r)
					}
				}
				continue
			}
			for j := 0; j+1 < len(in.Rune); j += 2 {
				add(in.Rune[j], in.Rune[j+1])
			}
		}
	}
	if looks {
		for _, r := range [][2]rune{{'\n', '\n'}, {'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}} {
			add(r[0], r[1])
		}
	}
	slices.Sort(at)
	return slices.Compact(at)
}

// tests are the instructions that take a character.
func tests(insts []syntax.Inst) []*syntax.Inst {
	var out []*syntax.Inst
	for i := range insts {
		switch insts[i].Op {
		case syntax.InstRune, syntax.InstRune1, syntax.InstRuneAny, syntax.InstRuneAnyNotNL:
			out = append(out, &insts[i])
		}
	}
	return out
}

// signature tells what a program can know of a character.
func signature(tests []*syntax.Inst, r rune, looks bool) []byte {
	key := make([]byte, 0, len(tests)/8+2)
	bits, n := byte(0), 0
	for _, in := range tests {
		bits <<= 1
		if in.MatchRune(r) {
			bits |= 1
		}
		if n++; n%8 == 0 {
			key = append(key, bits)
			bits = 0
		}
	}
	key = append(key, bits)
	if looks {
		key = append(key, byte(contextOf(r)))
	}
	return key
}

// context is what a condition can see of the character beside it.
type context uint8

const (
	other context = iota
	edge          // the text begins or ends
	newline
	word
)

func contextOf(r rune) context {
	switch {
	case r < 0:
		return edge
	case r == '\n':
		return newline
	case syntax.IsWordChar(r):
		return word
	}
	return other
}

// rune is a character that is seen as c.
func (c context) rune() rune { return [...]rune{' ', -1, '\n', 'a'}[c] }
