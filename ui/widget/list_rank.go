package widget

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sahilm/fuzzy"
)

// bestFirst orders what was found: first what has the query as it was typed at the beginning of a word; then what has its
// words in any order, in the text or among the other words for it; then what has it anywhere; then what only has its
// letters. Of the first two what is dim comes last.
func (l *List) bestFirst() {
	query := strings.ToLower(strings.TrimSpace(l.query))
	words := strings.Fields(query)
	var begins, says, holds, others []fuzzy.Match
	fuzzily := make(map[int]bool, len(l.matches))
	for _, m := range l.matches {
		fuzzily[m.Index] = true
		switch text := strings.ToLower(m.Str); {
		case strings.HasPrefix(text, query), strings.Contains(text, " "+query):
			begins = append(begins, m)
		case saysAll(text+" "+strings.ToLower(l.items[m.Index].Also), words):
			m.MatchedIndexes = marksOf(m.Str, words)
			says = append(says, m)
		case strings.Contains(text, query):
			holds = append(holds, m)
		default:
			others = append(others, m)
		}
	}
	for i, item := range l.items {
		if !fuzzily[i] && saysAll(strings.ToLower(item.Text+" "+item.Also), words) {
			says = append(says, fuzzy.Match{Str: item.Text, Index: i, MatchedIndexes: marksOf(item.Text, words)})
		}
	}
	slices.SortFunc(says, func(a, b fuzzy.Match) int {
		if d := dim(l.items[a.Index]) - dim(l.items[b.Index]); d != 0 {
			return d
		}
		return a.Index - b.Index
	})
	slices.SortStableFunc(begins, func(a, b fuzzy.Match) int { return dim(l.items[a.Index]) - dim(l.items[b.Index]) })
	l.matches = slices.Concat(begins, says, holds, others)
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
