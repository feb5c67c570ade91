package pane

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/safe"
	"parley/ui/style"
)

// strip is the row of titles in the upper edge of a pane, of which one is shown.
type strip struct {
	titles, counts []string
	at             int
	// active says that the pane has focus, focused that keys move along the strip.
	active, focused bool
	// pane names what the titles belong to where they are not drawn beside each other, but said.
	pane  string
	shape style.Shape
	// spots are where the titles stood when they were drawn last.
	spots []spot
}

type spot struct{ index, from, to int }

const between = "  "

// seeMore says that there are titles which have no room, fewer that they stand before the first.
const (
	seeMore = " ›"
	fewer   = "‹ "
)

// spans writes the titles into at most width cells; those before the chosen one give way when there is no room.
func (s *strip) spans(width int) []Span {
	if s.shape == style.Linear && s.pane != "" {
		return s.said()
	}
	last := len(s.titles) - 1
	if s.measure(0, last) > width {
		width -= safe.Width(seeMore)
	}
	first := 0
	for first < s.at && s.measure(first, s.at) > width {
		if first == 0 {
			width -= safe.Width(fewer)
		}
		first++
	}
	s.spots = s.spots[:0]
	spans := make([]Span, 0, 4*len(s.titles)+1) // title, count and what is between
	x := 0
	if first > 0 {
		spans, x = append(spans, Span{fewer, themes.Muted}), safe.Width(fewer)
	}
	for i := first; i <= last; i++ {
		if i > first {
			if s.measure(first, i) > width {
				return append(spans, Span{seeMore, themes.Muted})
			}
			spans = append(spans, Span{between, themes.Faint})
			x += safe.Width(between)
		}
		spans = s.one(spans, i)
		w := s.measure(i, i)
		s.spots = append(s.spots, spot{i, x, x + w})
		x += w
	}
	return spans
}

// said is the chosen title as the heading of a linear screen, such as "Request, Headers side, 2 rows".
func (s *strip) said() []Span {
	s.spots = s.spots[:0]
	role := themes.Title
	if s.focused {
		role = themes.Active
	}
	heading := s.pane + ", " + s.titles[s.at] + " side"
	unit := " row"
	if s.titles[s.at] == "Notes" {
		unit = " line"
	}
	switch count := s.count(s.at); {
	case count == "":
	case count == "1":
		heading += ", 1" + unit
	case count[0] >= '0' && count[0] <= '9':
		heading += ", " + count + unit + "s"
	default:
		heading += ", " + strings.TrimSpace(count)
	}
	return []Span{{heading, role}}
}

// one appends a title and its count.
func (s *strip) one(spans []Span, i int) []Span {
	title, count := themes.Muted, themes.Faint
	switch {
	case i == s.at && s.focused:
		title, count = themes.Active, themes.Active
	case i == s.at:
		title, count = themes.Title, themes.Muted
		if s.active {
			title = themes.Accent
		}
	}
	spans = append(spans, Span{s.titles[i], title})
	if c := s.count(i); c != "" {
		spans = append(spans, Span{" ", count}, Span{c, count})
	}
	return spans
}

// beside returns the title by places away; after the last one comes the first.
func (s *strip) beside(by int) int { return (s.at + by + len(s.titles)) % len(s.titles) }

func (s *strip) count(i int) string {
	if i < len(s.counts) {
		return s.counts[i]
	}
	return ""
}

// jumps returns the titles as places in the upper edge of a pane: the cells before them, so that they stay readable.
func (s *strip) jumps(choose func(int)) []Spot {
	spots := make([]Spot, len(s.spots))
	for i, at := range s.spots {
		spots[i] = Spot{X: at.from + stripStart - 1, Go: func() tea.Cmd {
			choose(at.index)
			return nil
		}}
	}
	return spots
}

// stripStart is the first cell of a strip in the upper edge of a frame.
const stripStart = 3

// measure is the width of the titles from one to another, both included.
func (s *strip) measure(from, to int) int {
	total := 0
	for i := from; i <= to; i++ {
		if i > from {
			total += safe.Width(between)
		}
		total += safe.Width(s.titles[i])
		if c := s.count(i); c != "" {
			total += 1 + safe.Width(c)
		}
	}
	return total
}

// hit returns the title at a cell of the strip.
func (s *strip) hit(x int) (index int, ok bool) {
	for _, spot := range s.spots {
		if x >= spot.from && x < spot.to {
			return spot.index, true
		}
	}
	return 0, false
}
