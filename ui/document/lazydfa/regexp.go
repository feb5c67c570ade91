// Package lazydfa finds the matches of regular expressions, in the syntax and
// with the meaning of package regexp, many times as fast on long text and so
// that a search can be stopped.
//
// An expression becomes two automata. One reads forward and tells where the
// leftmost match ends, the other reads back from there and tells where it
// begins. Their states are made when text first leads to them and kept, up to
// 1 MiB for each automaton, so that most bytes cost one look into a table.
// Where there are more states than that, all are forgotten and made anew: slow,
// but neither time nor memory runs away.
//
// A [Regexp] is immutable. A [Machine] holds the states and may be used by one
// goroutine at a time.
package lazydfa

import "regexp/syntax"

// Regexp is an expression made ready.
type Regexp struct {
	forward, back *program
}

// Compile makes an expression ready.
func Compile(expr string) (*Regexp, error) {
	tree, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		return nil, err
	}
	forward, err := newProgram(tree)
	if err != nil {
		return nil, err
	}
	back, err := newProgram(reversed(tree))
	if err != nil {
		return nil, err
	}
	back.longest = true
	return &Regexp{forward, back}, nil
}

// reversed returns the expression that matches the same texts read backwards.
func reversed(tree *syntax.Regexp) *syntax.Regexp {
	out := *tree
	switch tree.Op {
	case syntax.OpBeginLine:
		out.Op = syntax.OpEndLine
	case syntax.OpEndLine:
		out.Op = syntax.OpBeginLine
	case syntax.OpBeginText:
		out.Op = syntax.OpEndText
	case syntax.OpEndText:
		out.Op = syntax.OpBeginText
	case syntax.OpLiteral:
		out.Rune = make([]rune, 0, len(tree.Rune))
		for i := len(tree.Rune) - 1; i >= 0; i-- {
			out.Rune = append(out.Rune, tree.Rune[i])
		}
	}
	out.Sub = make([]*syntax.Regexp, len(tree.Sub))
	for i, sub := range tree.Sub {
		if tree.Op == syntax.OpConcat {
			i = len(tree.Sub) - 1 - i
		}
		out.Sub[i] = reversed(sub) // as deep as syntax.Parse lets trees be
	}
	return &out
}

// program is what both automata are made from.
type program struct {
	insts   []syntax.Inst
	start   uint32
	classes *classes
	// looks says that there are conditions on what stands around a place, ^
	// and \b for instance.
	looks bool
	// longest asks for the longest match that begins where the text does, else
	// for the leftmost, and the one among those that the expression prefers.
	longest bool
}

func newProgram(tree *syntax.Regexp) (*program, error) {
	prog, err := syntax.Compile(tree.Simplify())
	if err != nil {
		return nil, err
	}
	p := &program{insts: prog.Inst, start: uint32(prog.Start)}
	for i := range prog.Inst {
		p.looks = p.looks || prog.Inst[i].Op == syntax.InstEmptyWidth
	}
	p.classes = newClasses(prog.Inst, p.looks)
	return p, nil
}
