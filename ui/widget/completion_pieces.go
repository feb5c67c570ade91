package widget

import "strings"

// piecewise ranks those of a list, named by their indices, that are paths which fit what is typed piece by piece: each of
// its pieces begins one of the path's, in their order. A piece of a path that stands for any, `:id` or `{id}`, fits what no
// other one does. What may be left out before a path may be left out here as well.
func piecewise(list []Candidate, rest []int, folded string) []ranked {
	var out []ranked
	for _, i := range rest {
		c := list[i]
		text := strings.ToLower(c.Text)
		if len(text) != len(c.Text) {
			continue
		}
		typed := strings.TrimPrefix(folded, text[:c.Base])
		if at := pieces(text, c.Base, typed); at != nil {
			out = append(out, ranked{c, at})
		}
		if len(out) == candidatesListed {
			break
		}
	}
	return out
}

// pieces are the bytes of a path, from one on, that the pieces of what is typed match; nil when they do not, and when there
// is only one of them, which would have been found.
func pieces(path string, from int, typed string) (at []int) {
	typed = strings.Trim(typed, "/")
	if !strings.Contains(typed, "/") || strings.Contains(typed, "//") {
		return nil
	}
	for typed != "" {
		piece, rest, _ := strings.Cut(typed, "/")
		begin := pieceAt(path, from, piece)
		if begin < 0 {
			return nil
		}
		end := begin + 1 + indexOr(path[begin+1:], '/')
		matched := end - begin
		if strings.HasPrefix(path[begin:], piece) {
			matched = len(piece)
		}
		at = append(at, run(begin, matched)...)
		from, typed = end, rest
	}
	return at
}

// pieceAt is where the piece of a path begins that a piece fits; -1 for nowhere.
func pieceAt(path string, from int, piece string) int {
	for at := from; at < len(path); at += 1 + indexOr(path[at+1:], '/') {
		if path[at] == '/' && strings.HasPrefix(path[at+1:], piece) {
			return at + 1
		}
	}
	if from+1 < len(path) && path[from] == '/' && (path[from+1] == ':' || path[from+1] == '{') {
		return from + 1
	}
	return -1
}

// indexOr is where a byte stands first in s, else its length.
func indexOr(s string, b byte) int {
	if i := strings.IndexByte(s, b); i >= 0 {
		return i
	}
	return len(s)
}
