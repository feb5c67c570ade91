package pane

import (
	"fmt"

	"parley/httpcore/content"
	"parley/themes"
	"parley/ui/safe"
)

// note tells at the lower edge how the content is shown, and where the reader is.
func (b *bodyView) note() []Span {
	s := b.seen()
	if s == nil {
		return nil
	}
	if b.pictured() {
		return []Span{{b.image.note(), themes.Muted}}
	}
	spans := []Span{{s.document.Kind().String() + " · " + s.mode.String(), themes.Muted}}
	if b.isResult() {
		spans = append(spans, Span{" · " + b.filter.resultText(), themes.Accent})
	}
	lines, done := s.view().Lines()
	if text := lineCount(lines, done); text != "" && b.emptyText() == "" {
		spans = append(spans, Span{" · " + text, themes.Faint})
	}
	switch {
	case !done && b.pager.Following():
		spans = append(spans, Span{" · live", themes.Success})
	case !done && lines > 0:
		spans = append(spans, Span{" · live, G follows", themes.Warning})
	}
	if b.reading.Kind != content.Unknown {
		spans = append(spans, Span{" · as " + b.reading.Kind.String(), themes.Accent})
	}
	if b.reading.Charset != "" {
		spans = append(spans, Span{" · as " + b.reading.Charset, themes.Accent})
	}
	if b.pager.Wrapped() {
		spans = append(spans, Span{" · wrapped", themes.Faint})
	}
	if b.problem != "" {
		spans = append(spans, Span{" · " + shown(b.problem, 40), themes.Error})
	}
	return spans
}

func lineCount(lines int64, done bool) string {
	switch {
	case lines == 0 && !done:
		return ""
	case !done:
		return fmt.Sprintf("%d+ lines", lines)
	case lines == 1:
		return "1 line"
	default:
		return fmt.Sprintf("%d lines", lines)
	}
}

// safeWidth is how many cells foreign text takes once it is safe.
func safeWidth(text string) int { return safe.Width(safe.Line(text)) }

// leastPath is how many cells the path of a node needs to be of any use.
const leastPath = 8

// path tells where in the structure of the content the cursor is, in at most so many cells. The middle of a long one gives
// way: where it begins and where it ends say most.
func (b *bodyView) path(cells int) []Span {
	if !b.focused || cells < leastPath {
		return nil
	}
	path, ok := b.nodePath()
	if !ok {
		return nil
	}
	return []Span{{middleCut(path, cells), themes.Muted}}
}

// middleCut returns foreign text safe for one line, without its middle if it takes more cells than there are.
func middleCut(text string, cells int) string {
	// What cannot be seen is not worth measuring: a cell rarely takes more than a few bytes.
	const bytesPerCell = 16
	if len(text) <= bytesPerCell*cells {
		if line := safe.Line(text); safe.Width(line) <= cells {
			return line
		}
	}
	head := safe.Truncate(text, cells/2)
	if safe.Width(head) > 0 && head[len(head)-len("…"):] == "…" {
		head = head[:len(head)-len("…")]
	}
	return head + "…" + tail(text, cells-safe.Width(head)-1)
}

// tail returns the end of a text, in at most so many cells.
func tail(text string, cells int) string {
	runes := []rune(text[max(0, len(text)-16*cells):])
	runes = runes[max(0, len(runes)-cells):]
	for len(runes) > 0 && safe.Width(safe.Line(string(runes))) > cells {
		runes = runes[1:]
	}
	return safe.Line(string(runes))
}
