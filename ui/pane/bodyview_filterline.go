package pane

import (
	"fmt"
	"strings"

	"parley/themes"
	"parley/ui/widget"
)

// filterRows is how many lines the filter takes: one, and one more to say what is wrong or to be agreed to.
func (b *bodyView) filterRows() int {
	switch f := &b.filter; {
	case !f.open:
		return 0
	case f.problem != "" || f.wants != "":
		return 2
	}
	return 1
}

// filterLead is what stands before the expression.
func (b *bodyView) filterLead() string {
	language, _ := b.languageOf(b.filter.input.Text())
	return language.Title + " › "
}

// filterRoom is how many cells the expression has.
func (b *bodyView) filterRoom() int {
	return max(0, b.w-safeWidth(b.filterLead())-safeWidth(b.filterStatus())-1)
}

// filterLines returns the lines of the filter.
func (b *bodyView) filterLines() []string {
	f := &b.filter
	if !f.open {
		return nil
	}
	lead, room, status := b.filterLead(), b.filterRoom(), b.filterStatus()
	role := themes.Muted
	if f.language != "" {
		role = themes.Accent
	}
	f.input.SetSize(room, 1)
	line := b.styles.Paint(role, themes.Background, lead) + f.input.View() +
		widget.NewRow(b.styles, themes.Background, b.w-safeWidth(lead)-room).Right(themes.Muted, status).String()
	lines := []string{line}
	switch {
	case f.problem != "":
		lines = append(lines, b.caretLine(safeWidth(lead)))
	case f.wants != "":
		lines = append(lines, widget.NewRow(b.styles, themes.Background, b.w).Space(safeWidth(lead)).
			Text(themes.Warning, f.wants).Right(themes.Faint, "esc leaves").String())
	}
	return lines
}

// filterStatus tells at the end of the line what has come of the filter.
func (b *bodyView) filterStatus() string {
	f := &b.filter
	switch {
	case f.run == nil && f.from != nil && f.typing:
		return "as it was before "
	case f.run == nil:
		return ""
	case !f.run.over():
		return "running… "
	case f.run.err != nil || f.from != f.run:
		return ""
	}
	return counted(f.run.result.Count) + " "
}

func counted(results int64) string {
	switch results {
	case 0:
		return "no result"
	case 1:
		return "1 result"
	}
	return fmt.Sprintf("%d results", results)
}

// caretLine says what is wrong with the expression, at its place below it.
func (b *bodyView) caretLine(lead int) string {
	f := &b.filter
	row := widget.NewRow(b.styles, themes.Background, b.w)
	if f.caret < 0 {
		return row.Space(lead).Text(themes.Error, f.problem).String()
	}
	column := max(0, min(lead+b.caretColumn(), b.w-2))
	if told := safeWidth(f.problem); column+2+told > b.w && told+1 <= column {
		return row.Space(column-told-1).Text(themes.Error, f.problem+" ^").String()
	}
	return row.Space(column).Text(themes.Error, "^ "+f.problem).String()
}

// caretColumn is the cell of the line at which the expression goes wrong, as far as the line is scrolled.
func (b *bodyView) caretColumn() int {
	f := &b.filter
	text := f.input.Text()
	cells := func(bytes int) int { return safeWidth(text[:max(0, min(bytes, len(text)))]) }
	x, _, ok := f.input.Cursor()
	if !ok {
		return cells(f.caret)
	}
	return cells(f.caret) - (cells(f.input.Offset()) - x)
}

// filterMemoryOf is what a request was filtered by before, the newest last, and where in it one is.
type filterMemoryOf struct {
	list  []string
	at    int    // from the end; 0: at what is typed
	typed string // before one went back
}

// filtersMost is how many filters are kept for a request.
const filtersMost = 20

func (m *filterMemoryOf) begin() { m.at, m.typed = 0, "" }

// add keeps an expression, once.
func (m *filterMemoryOf) add(typed string) {
	typed = strings.TrimSpace(typed)
	if typed == "" || len(typed) > 1000 {
		return
	}
	kept := make([]string, 0, len(m.list)+1)
	for _, old := range m.list {
		if old != typed {
			kept = append(kept, old)
		}
	}
	kept = append(kept, typed)
	m.list = kept[max(0, len(kept)-filtersMost):]
	m.at = 0
}

// recall goes by so many expressions back; ok is false where there are no more.
func (m *filterMemoryOf) recall(typed string, by int) (string, bool) {
	at := m.at + by
	if at < 0 || at > len(m.list) {
		return "", false
	}
	if m.at == 0 {
		m.typed = typed
	}
	m.at = at
	if at == 0 {
		return m.typed, true
	}
	return m.list[len(m.list)-at], true
}
