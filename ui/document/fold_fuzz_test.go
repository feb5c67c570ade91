package document

import (
	"context"
	"strings"
	"testing"
)

// obviousFolds is all the lines of a body and which nodes among them are
// folded.
type obviousFolds struct {
	lines  []line
	nodes  []obviousNode
	inside []int // of each line, the innermost node it is in, -1 for none
	folded map[int]bool
}

type obviousNode struct {
	first, last, depth, count int
	closed                    bool
}

func newObviousFolds(lines []line) *obviousFolds {
	o := &obviousFolds{lines: lines, folded: map[int]bool{}}
	var stack []int
	for i, l := range lines {
		text := strings.TrimLeft(lineText(l), " ")
		role := Plain
		for _, s := range l.spans {
			if s.Len > 0 || s.Role == Error {
				role = s.Role
				break
			}
		}
		top := len(stack) - 1
		switch {
		case role == Error:
			for _, n := range stack {
				o.nodes[n].last = i - 1
			}
			stack = nil
		case role == Punctuation && strings.ContainsAny(text[:1], "]}") && !l.joined:
			o.nodes[stack[top]].last, o.nodes[stack[top]].closed = i, true
			stack = stack[:top]
		case top >= 0 && !l.joined:
			o.nodes[stack[top]].count++
		}
		o.inside = append(o.inside, -1)
		if len(stack) > 0 {
			o.inside[i] = stack[len(stack)-1]
		}
		if last := len(l.spans) - 1; last >= 0 && l.spans[last].Role == Punctuation && strings.ContainsAny(l.spans[last].Text, "[{") && l.spans[last].Len == 1 {
			stack = append(stack, len(o.nodes))
			o.nodes = append(o.nodes, obviousNode{first: i, depth: len(stack) - 1})
		}
	}
	return o
}

// on is the node that opens or closes on a line, -1 if there is none.
func (o *obviousFolds) on(line int) int {
	for i, n := range o.nodes {
		if n.last > n.first && (n.first == line || n.closed && n.last == line) {
			return i
		}
	}
	return -1
}

// visible are the lines that are shown.
func (o *obviousFolds) visible() []int {
	var shown []int
	for i := 0; i < len(o.lines); i++ {
		shown = append(shown, i)
		if n := o.on(i); n >= 0 && o.folded[n] {
			i = o.nodes[n].last
		}
	}
	return shown
}

// text is what a line shows if it is not hidden, or how it begins if that
// depends on how an error is told.
func (o *obviousFolds) text(i int) (text string, all bool) {
	n := o.on(i)
	if n < 0 || !o.folded[n] {
		return lineText(o.lines[i]), true
	}
	node := o.nodes[n]
	if !node.closed {
		return lineText(o.lines[i]) + " ", false
	}
	first, last := o.lines[node.first], o.lines[node.last]
	l := level{count: int64(node.count), kind: members}
	if strings.HasPrefix(strings.TrimLeft(lineText(last), " "), "]") {
		l.kind = elements
	}
	return lineText(first) + " " + summary(l, last.offset+1-first.spans[len(first.spans)-1].Offset, closed) + " " + strings.TrimLeft(lineText(last), " "), true
}

// do does what op says with the shown line, and returns where it is then.
func (o *obviousFolds) do(op byte, line, depth int) int {
	own := o.on(line)
	switch {
	case op == 0 && own >= 0:
		o.folded[own] = !o.folded[own]
	case op == 1 && own >= 0 && !o.folded[own]:
		o.folded[own] = true
	case op == 1 && o.inside[line] >= 0:
		own = o.inside[line]
		o.folded[own] = true
	case op == 2 && own >= 0 && o.folded[own]:
		o.folded[own] = false
	case op == 3:
		o.folded = map[int]bool{}
		for i, n := range o.nodes {
			o.folded[i] = n.depth == depth
		}
		return 0
	case op == 4:
		for i, n := range o.nodes {
			if line > n.first && (line < n.last || line == n.last && !n.closed) {
				o.folded[i] = false
			}
		}
		if own := o.on(line); own >= 0 && o.folded[own] {
			return o.nodes[own].first // its end is shown there
		}
		return line
	default:
		return line
	}
	return o.nodes[own].first
}

// checkFolds folds and unfolds as ops say, and compares what is shown with all
// lines of which some are left out.
func checkFolds(t *testing.T, x *indexed, all []line, ops []byte) {
	v := &View{src: x.src, lines: always(x), build: func(x *indexed) context.CancelFunc {
		if err := x.build(context.Background(), func() {}); err != nil {
			t.Fatal(err)
		}
		return func() {}
	}}
	if !v.Folds() || len(all) > 500 {
		return
	}
	o := newObviousFolds(all)
	for ; len(ops) >= 2; ops = ops[2:] {
		op, arg := ops[0]%5, int(ops[1])
		shown := o.visible()
		if len(shown) == 0 {
			return
		}
		row := arg % len(shown)
		line := shown[row]
		if l := o.lines[line]; l.spans == nil || l.number == 0 && op != 3 || l.spans[len(l.spans)-1].Role == Plain {
			continue // what is no node
		}
		var at Pos
		var err error
		switch op {
		case 0:
			at, err = v.Toggle(Pos{Line: int64(row)})
		case 1:
			at, err = v.Fold(Pos{Line: int64(row)})
		case 2:
			at, err = v.Unfold(Pos{Line: int64(row)})
		case 3:
			v.FoldTo(arg%4 - 1)
		case 4:
			line = arg % len(o.lines)
			if n, err := x.lineAt(o.lines[line].offset); err != nil || n != int64(line) {
				continue // another line, or none, shows that byte
			}
			at, err = v.Reveal(o.lines[line].offset)
		}
		if err != nil {
			t.Fatal(err)
		}
		now := o.do(op, line, arg%4-1)
		checkShown(t, v, o)
		if shown = o.visible(); shown[at.Line] != now && op != 3 {
			t.Fatalf("%d of line %d led to line %d, not %d", op, line, shown[at.Line], now)
		}
	}
}

func checkShown(t *testing.T, v *View, o *obviousFolds) {
	t.Helper()
	shown := o.visible()
	if n, done := v.Lines(); n != int64(len(shown)) || !done {
		t.Fatalf("%d lines, done %v, of %d", n, done, len(shown))
	}
	got, err := v.shown().lines(0, int64(len(shown))+1)
	if err != nil || len(got) != len(shown) {
		t.Fatalf("%d lines of %d, %v", len(got), len(shown), err)
	}
	for row, i := range shown {
		want := o.lines[i]
		text, all := o.text(i)
		if lineText(got[row]) != text && (all || !strings.HasPrefix(lineText(got[row]), text)) || got[row].number != want.number || got[row].index != int64(row) {
			t.Fatalf("row %d is %+v, not %q with number %d", row, got[row], text, want.number)
		}
		if one, err := v.shown().lines(int64(row), 1); err != nil || len(one) != 1 || lineText(one[0]) != lineText(got[row]) {
			t.Fatalf("row %d alone is %+v, not %+v (%v)", row, one, got[row], err)
		}
		if want.number == 0 {
			continue
		}
		if at, err := v.AtNumber(want.number); err != nil || at.Line != int64(row) {
			t.Fatalf("line number %d is %v, not row %d (%v)", want.number, at, row, err)
		}
		if at, err := v.shown().lineAt(want.offset); err != nil || at != int64(row) && end(want) > want.offset && want.offset >= int64(len(byteOrderMark)) {
			t.Fatalf("byte %d is in row %d, not %d (%v)", want.offset, at, row, err)
		}
	}
}

// checkTree expands all nodes of a tree, which has a line for each line of the
// pretty view that begins a node or tells an error.
func checkTree(t *testing.T, x *indexed, all []line, stream bool) {
	var want []line
	for _, l := range all {
		begins := false
		for _, s := range l.spans {
			if s.Len > 0 || s.Role == Error {
				begins = s.Role != Plain && s.Role != Comment && s.Role != Mark && (s.Role != Punctuation || !strings.ContainsAny(s.Text[:1], "]}"))
				break
			}
		}
		if begins && !l.joined {
			want = append(want, l)
		}
	}
	if len(want) > 200 {
		return
	}
	v := &View{src: x.src, lines: always(&branch{of: x, depth: -1, stream: stream})}
	for i := 0; ; i++ {
		row, err := v.shown().lines(int64(i), 1)
		if err != nil {
			t.Fatal(err)
		}
		if len(row) == 0 {
			if i != len(want) {
				t.Fatalf("%d rows of %d", i, len(want))
			}
			break
		}
		if i >= len(want) || row[0].offset != want[i].offset || row[0].number != want[i].number {
			t.Fatalf("row %d is %+v, want those of %+v", i, row[0], want)
		}
		if at, err := v.shown().lineAt(want[i].offset); want[i].number > 0 && (err != nil || at != int64(i)) {
			t.Fatalf("byte %d is in row %d, not %d (%v)", want[i].offset, at, i, err)
		}
		if strings.HasPrefix(strings.TrimLeft(lineText(row[0]), " "), "▸") {
			if at, err := v.Toggle(Pos{Line: int64(i)}); err != nil || at.Line != int64(i) {
				t.Fatal(at, err)
			}
		}
	}
	if n, done := v.Lines(); n != int64(len(want)) || !done {
		t.Fatalf("%d rows, done %v, of %d", n, done, len(want))
	}
}
