package pane

import (
	"fmt"
	"strings"

	"parley/httpcore/protocol"
	"parley/themes"
	"parley/ui/widget"
)

// eventLine is one line about a message: when, what kind, its id, its data.
func eventLine(entry protocol.Entry, timed bool) pageLine {
	line := pageLine{spans: []Span{{" ", themes.Faint}}}
	if timed {
		line.spans[0].Text += entry.At.Format("15:04:05.000") + "  "
	}
	add := func(role themes.Role, text string) { line.spans = append(line.spans, Span{text, role}) }
	switch m := entry.Message.(type) {
	case protocol.Event:
		add(themes.Key, inCells(m.Type, eventTypeCells))
		add(themes.Muted, inCells(m.ID, eventIDCells))
		data, _, more := strings.Cut(m.Data, "\n")
		add(themes.Text, shown(data, 400))
		if more {
			add(themes.Faint, " …")
		}
		line.copy, line.what = m.Data, "the event's data"
	case protocol.Comment:
		add(themes.Comment, inCells("comment", eventTypeCells+eventIDCells)+shown(m.Text, 400))
		line.copy, line.what = m.Text, "the comment"
	case protocol.RetrySet:
		add(themes.Muted, inCells("retry", eventTypeCells+eventIDCells)+"the server asks to come back after "+Duration(m.Wait))
	case protocol.Opened:
		text := "connected"
		if m.Connection > 1 {
			text = fmt.Sprintf("connected again (connection %d)", m.Connection)
		}
		add(themes.Success, "● ")
		add(themes.Success, text)
	case protocol.Lost:
		why := "the server closed the connection"
		if m.Err != nil {
			why = m.Err.Error()
		}
		add(themes.Warning, "○ ")
		add(themes.Warning, shown(why, 200))
	}
	return line
}

// inCells is text in so many cells at least, with two blanks after it.
func inCells(text string, cells int) string {
	text = shown(text, max(cells, 24))
	return text + strings.Repeat(" ", max(1, cells-columnsOf(text)))
}

// detailRows are those of the whole event and the line above it; there are none where there is no room.
func (e *events) detailRows() int {
	if e.h < 9 {
		return 0
	}
	return max(3, e.h/3)
}

// lostLine counts down to the next connection.
func (e *events) lostLine() string {
	text := "connects again in " + countdown(e.lost.Until.Sub(e.now))
	if e.lost.LastEventID != "" {
		text += ", after the event " + shown(e.lost.LastEventID, 24)
	}
	line := pageLine{spans: []Span{{" ↻ ", themes.Warning}, {text, themes.Warning}, {" · esc stops", themes.Faint}}}
	return line.draw(e.page.styles, themes.Background, e.w, nil)
}

// detail shows the whole of the event under the cursor.
func (e *events) detail() []string {
	rows := e.detailRows()
	if rows == 0 {
		return nil
	}
	out := []string{widget.NewRow(e.page.styles, themes.Background, e.w).Text(themes.Border, strings.Repeat("─", e.w)).String()}
	for _, line := range e.detailLines(rows - 1) {
		out = append(out, line.draw(e.page.styles, themes.Background, e.w, nil))
	}
	for len(out) < rows {
		out = append(out, pageLine{}.draw(e.page.styles, themes.Background, e.w, nil))
	}
	return out
}

// detailLines are at most so many lines of the data of the event under the cursor.
func (e *events) detailLines(most int) []pageLine {
	e.page.load()
	if e.page.cursor >= len(e.kept) {
		return nil
	}
	event, ok := e.kept[e.page.cursor].Message.(protocol.Event)
	if !ok {
		return nil
	}
	var lines []pageLine
	for text := range strings.SplitSeq(event.Data, "\n") {
		if len(text) > most*e.w*4 {
			text = text[:most*e.w*4]
		}
		for _, part := range pieces(text, e.w-2) {
			lines = append(lines, pageLine{spans: append([]Span{{" ", themes.Text}}, spansOfJSON(part)...)})
			if len(lines) > most {
				lines[most-1] = plainLine(themes.Faint, "… y copies all of it")
				return lines[:most]
			}
		}
	}
	if event.Omitted > 0 {
		lines = append(lines, plainLine(themes.Warning, Bytes(event.Omitted)+" more were not kept"))
	}
	return lines[:min(len(lines), most)]
}

// spansOfJSON colours a line as JSON, when it looks like that.
func spansOfJSON(line string) []Span {
	if !strings.HasPrefix(line, "{") && !strings.HasPrefix(line, "[") {
		return []Span{{line, themes.Text}}
	}
	var spans []Span
	at := 0
	for _, s := range jsonSpans(line) {
		if s.From > at {
			spans = append(spans, Span{line[at:s.From], themes.Text})
		}
		spans = append(spans, Span{line[s.From:s.To], s.Role})
		at = s.To
	}
	if at < len(line) {
		spans = append(spans, Span{line[at:], themes.Text})
	}
	return spans
}
