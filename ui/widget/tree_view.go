package widget

import (
	"strings"

	"parley/themes"
)

// deepest is how far nodes are moved in; below that the label needs the room.
const deepest = 12

// View returns w by h cells.
func (t *Tree) View() string {
	if t.view != "" || t.h == 0 {
		return t.view
	}
	bar := Scrollbar{Total: int64(len(t.rows)), Top: int64(t.scroll.top), Seen: int64(t.h)}
	cells := bar.Cells(t.styles, t.on, t.h)
	if t.w == 0 {
		clear(cells)
	}
	t.view = beside(cells, func(y int) string { return t.row(y, t.w-1) })
	return t.view
}

func (t *Tree) row(y, width int) string {
	line, ok := t.scroll.at(y)
	if !ok {
		message := ""
		if len(t.rows) == 0 {
			message = t.empty
		}
		return t.blank.at(t.styles, t.on, message, y, width)
	}
	at := t.rows[line]
	row := NewRow(t.styles, cursorSurface(t.on, line == t.scroll.cursor, t.focused), width)
	cursorSign(row, line == t.scroll.cursor && t.focused)
	row.Space(2 * min(at.depth, deepest))
	t.icon(row, at.node)
	if at.node.Badge != "" {
		row.Text(at.node.BadgeRole, at.node.Badge).Space(1)
	}
	role := at.node.Role
	if role.Kind() == themes.KindSurface {
		role = themes.Text
	}
	row.Marked(role, themes.Accent, at.node.Label, t.found(at.node.Label))
	row.Right(themes.Muted, at.node.Detail)
	return row.String()
}

func (t *Tree) icon(row *Row, node *Node) {
	switch {
	case !node.Folder:
	case t.open[node.ID] || len(t.query) > 0:
		row.Text(themes.Muted, "▾ ")
	default:
		row.Text(themes.Muted, "▸ ")
	}
}

// found returns the bytes of a label that the query's words cover.
func (t *Tree) found(label string) []int {
	folded := strings.ToLower(label)
	if len(t.query) == 0 || len(folded) != len(label) {
		return nil
	}
	covered := make([]bool, len(label))
	for _, word := range t.query {
		if i := strings.Index(folded, word); i >= 0 {
			for j := i; j < i+len(word); j++ {
				covered[j] = true
			}
		}
	}
	var at []int
	for i := 0; i < len(label); i = clusterEnd(label, i) {
		if covered[i] {
			at = append(at, i)
		}
	}
	return at
}
