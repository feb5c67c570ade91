package widget

import (
	"strings"
	"unicode/utf8"

	"parley/ui/widget/text"
)

// joint is what a cluster is to the one after it where a line may be broken between the two.
type joint uint8

const (
	inWord joint = iota
	// closing stays in the row of what it follows: a blank, or a sign that ends something.
	closing
	// wide stands for itself, as the characters of Chinese do: a line may be broken before and after it.
	wide
)

// neverFirst are the signs that a row may end with and never begins with.
const neverFirst = " \t,;\u3000、。，．・：；？！」』）】〉》〕］｝”’…ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ"

func jointOf(s string, cells int) joint {
	switch {
	case len(s) > 1 && cells == 2 && !strings.Contains(neverFirst, s):
		return wide
	case strings.Contains(neverFirst, s):
		return closing
	}
	return inWord
}

// rowEnd returns where the row of a line that begins at a byte ends, if it has width cells: between two words, or within one
// that is longer than a row. A row has at least one cluster, whatever that takes, and tab stops are counted from its beginning.
func rowEnd(line string, from, width int) int {
	column, between, before := 0, from, inWord
	for at := from; at < len(line); {
		end, cells, now := at+1, 1, inWord
		switch c := line[at]; {
		case c < ' ' || c > '~' || end < len(line) && line[end] >= utf8.RuneSelf:
			end = text.Next(line, at)
			_, cells, _ = cluster(line[at:end], column)
			now = jointOf(line[at:end], cells)
		case c == ' ' || c == ',' || c == ';':
			now = closing
		}
		if at > from && now != closing && (before != inWord || now == wide) {
			between = at
		}
		if column+cells > width && at > from {
			if between > from {
				return between
			}
			return at
		}
		at, column, before = end, column+cells, now
	}
	return len(line)
}
