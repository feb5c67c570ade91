package widget

import (
	"strings"

	"parley/themes"
	"parley/ui/document"
)

// FoldState is what a row is to the node that begins on it.
type FoldState uint8

// The states. A row on which no node begins that goes on below it can't be folded.
const (
	CantFold FoldState = iota
	Unfolded
	Folded
)

// foldMarks stand in the gutter, in these roles.
var (
	foldMarks = [...]string{CantFold: " ", Unfolded: "▾", Folded: "▸"}
	foldRoles = [...]themes.Role{CantFold: themes.Text, Unfolded: themes.Faint, Folded: themes.Accent}
)

// Folding returns what the row under the cursor is.
func (p *Pager) Folding() FoldState {
	if y := p.row(p.cursor); y >= 0 {
		return p.folding(y)
	}
	return CantFold
}

// folding tells a row from how it is laid out: a folded node says what it holds, and what is in one that is not stands
// further in. Nothing can be told of rows whose beginning is out of view.
func (p *Pager) folding(y int) FoldState {
	rows := p.window.Rows
	if p.from == nil || y >= len(rows) || p.left > 0 || rows[y].Joined || !p.from.Folds() {
		return CantFold
	}
	for _, span := range rows[y].Spans {
		if span.Role == document.Comment && span.Len == 0 {
			return Folded
		}
	}
	for _, below := range rows[y+1:] {
		if !below.Joined {
			if indent(below) > indent(rows[y]) {
				return Unfolded
			}
			return CantFold
		}
	}
	if spans := rows[y].Spans; len(spans) > 0 {
		last := spans[len(spans)-1]
		if last.Role == document.Punctuation && strings.HasSuffix(last.Text, "{") || strings.HasSuffix(last.Text, "[") {
			return Unfolded
		}
	}
	return CantFold
}

// indent is how many blanks a row begins with.
func indent(row document.Row) int {
	n := 0
	for _, span := range row.Spans {
		rest := strings.TrimLeft(span.Text, " ")
		n += len(span.Text) - len(rest)
		if rest != "" {
			break
		}
	}
	return n
}

// ToggleFold folds or unfolds the node that begins or ends under the cursor.
func (p *Pager) ToggleFold() error { return p.walk((*document.View).Toggle) }

// Fold folds it, and Unfold unfolds it.
func (p *Pager) Fold() error { return p.walk((*document.View).Fold) }

// Unfold is the way back.
func (p *Pager) Unfold() error { return p.walk((*document.View).Unfold) }

// Parent goes to the node around the one under the cursor.
func (p *Pager) Parent() error { return p.walk((*document.View).Parent) }

// Sibling goes by so many nodes on within the one around them.
func (p *Pager) Sibling(by int) error {
	return p.walk(func(v *document.View, at document.Pos) (document.Pos, error) { return v.Sibling(at, by) })
}

// walk takes a step from the line that the cursor is on, whichever of its rows.
func (p *Pager) walk(step func(*document.View, document.Pos) (document.Pos, error)) error {
	if p.from == nil {
		return nil
	}
	return p.moveTo(step(p.from, document.Pos{Line: p.cursor.Line}))
}

// FoldTo folds every node that so many others are around; below zero, none. The cursor stays at what it is on.
func (p *Pager) FoldTo(depth int) error {
	if p.from == nil {
		return nil
	}
	offset := p.Offset()
	p.from.FoldTo(depth)
	p.top = document.Pos{}
	return p.Go(offset)
}

// moveTo puts the cursor where a change of folds or a step in the structure has led.
func (p *Pager) moveTo(pos document.Pos, err error) error {
	if err != nil {
		return err
	}
	p.follow, p.seek = false, 0
	p.cursor = pos
	p.load() // before it is asked which rows there are: they may be others now
	if p.row(pos) < 0 {
		p.GoTo(pos)
		return nil
	}
	p.reveal()
	return nil
}

// clickFold toggles the node whose mark was clicked; ok is false if there is none.
func (p *Pager) clickFold(x, y int) bool {
	if x >= p.gutter() || p.folding(y) == CantFold {
		return false
	}
	p.cursor = at(p.window.Rows[y])
	if err := p.ToggleFold(); err != nil {
		p.problem = err.Error()
	}
	return true
}
