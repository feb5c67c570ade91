package widget

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sahilm/fuzzy"
)

// The ranks of what was found, the best first.
const (
	rankWhole   = iota // the query stands in the text as whole words
	rankCalled         // or among the other words for it
	rankBegins         // a word of the text begins with it
	rankSays           // its words begin words of the text or of the others, in any order
	rankHolds          // the text has it somewhere
	rankLetters        // the text has its letters
	ranks
)

// bestFirst orders what was found by rank, and adds what only has the query in its other words. Where the query begins a
// word, what is dim comes last.
func (l *List) bestFirst() {
	query := strings.ToLower(strings.TrimSpace(l.query))
	words := strings.Fields(query)
	var found [ranks][]fuzzy.Match
	fuzzily := make(map[int]bool, len(l.matches))
	for _, m := range l.matches {
		fuzzily[m.Index] = true
		rank := rankOf(strings.ToLower(m.Str), strings.ToLower(l.items[m.Index].Also), query, words)
		if rank == rankSays || rank == rankCalled {
			m.MatchedIndexes = marksOf(m.Str, words)
		}
		found[rank] = append(found[rank], m)
	}
	for i, item := range l.items {
		if fuzzily[i] {
			continue
		}
		if rank := rankOf(strings.ToLower(item.Text), strings.ToLower(item.Also), query, words); rank < rankHolds {
			found[rank] = append(found[rank], fuzzy.Match{Str: item.Text, Index: i, MatchedIndexes: marksOf(item.Text, words)})
		}
	}
	for _, rank := range []int{rankCalled, rankSays} { // of which some came late
		slices.SortFunc(found[rank], func(a, b fuzzy.Match) int { return a.Index - b.Index })
	}
	for _, matches := range found[:rankHolds] {
		slices.SortStableFunc(matches, func(a, b fuzzy.Match) int { return dim(l.items[a.Index]) - dim(l.items[b.Index]) })
	}
	l.matches = slices.Concat(found[:]...)
}

// rankOf ranks a text and the other words for it by a query and its words; all are in small letters. Words of the text are
// what blanks part: the parts of a path are none.
func rankOf(text, also, query string, words []string) int {
	switch at := strings.Index(" "+text, " "+query); {
	case at >= 0 && wordEnds(text, at+len(query)):
		return rankWhole
	case calls(also, query):
		return rankCalled
	case at >= 0:
		return rankBegins
	case saysAll(text+" "+also, words):
		return rankSays
	case strings.Contains(text, query):
		return rankHolds
	}
	return rankLetters
}

// calls reports whether other words for something have a query as whole words.
func calls(also, query string) bool {
	at := wordAt(also, query)
	return at >= 0 && wordEnds(also, at+len(query))
}

// wordEnds reports whether no word goes on at a byte of a text.
func wordEnds(text string, at int) bool {
	next, _ := utf8.DecodeRuneInString(text[at:])
	return at == len(text) || !unicode.IsLetter(next) && !unicode.IsDigit(next)
}

// saysAll reports whether each word begins one of a text; all are in small letters.
func saysAll(text string, words []string) bool {
	for _, word := range words {
		if wordAt(text, word) < 0 {
			return false
		}
	}
	return true
}

// wordAt is where a text has a word that begins like that, -1 where it has none.
func wordAt(text, begin string) int {
	for from := 0; from < len(text); {
		i := strings.Index(text[from:], begin)
		if i < 0 {
			return -1
		}
		i += from
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		if i == 0 || !unicode.IsLetter(before) && !unicode.IsDigit(before) {
			return i
		}
		from = i + len(begin)
	}
	return -1
}

// marksOf are the bytes of the characters of words in a text, as far as it has them.
func marksOf(text string, words []string) []int {
	small := strings.ToLower(text)
	if len(small) != len(text) { // then the places are others
		return nil
	}
	var marks []int
	for _, word := range words {
		if at := wordAt(small, word); at >= 0 {
			for i := range word {
				marks = append(marks, at+i)
			}
		}
	}
	slices.Sort(marks)
	return slices.Compact(marks)
}
