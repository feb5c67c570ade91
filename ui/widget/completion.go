package widget

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/sahilm/fuzzy"

	"parley/themes"
)

// Completer returns what may stand at a cursor, a byte of a line. It is asked at every key: what takes time has to be at
// hand by then.
type Completer func(line string, cursor int) Candidates

// Candidates are ways to go on with what is typed. Each takes the place of the bytes of the line from From to To; what
// stands between From and the cursor ranks them. Those that fit alike keep the order that they are given in.
type Candidates struct {
	From, To int
	List     []Candidate
	// Whole says that what is typed may well be meant as it is: tab is not for the list until one is chosen.
	Whole bool
}

// Candidate is one way to go on.
type Candidate struct {
	Lead     string // a short word before it, in the colour of LeadRole
	LeadRole themes.Role
	Text     string // what is shown, and compared with what is typed
	// Base is how many bytes at the beginning of Text may be left out when it is typed. Bare does not show them.
	Base int
	Bare bool

	Insert string // what is put in; Text when it is empty
	Detail string // a word about it, such as a value
	Kind   string // where it comes from, at the right end
	Past   string // what the cursor goes past when it stands there already
	// Of is what it stands for, for whoever listed it: more may follow when it is chosen.
	Of any
}

// shown is the part of Text that is seen.
func (c Candidate) shown() string {
	if c.Bare {
		return c.Text[c.Base:]
	}
	return c.Text
}

func (c Candidate) insert() string {
	if c.Insert != "" {
		return c.Insert
	}
	return c.Text
}

// The most candidates that are looked at, of which letters in their order count, and that are listed.
const (
	candidatesLooked = 5000
	candidatesLoose  = 1000
	candidatesListed = 200
)

// completionRows is how many candidates are seen at once.
const completionRows = 8

// ranked is a candidate with the bytes of its text that match.
type ranked struct {
	Candidate
	at []int
}

// rank returns the candidates that fit what is typed, the best first: those that are it, that begin with it, that have it
// at the beginning of a word, that hold it, that fit it piece by piece, and then those that have its letters in their
// order, from the beginning of a word on.
func rank(list []Candidate, typed string) []ranked {
	list = list[:min(len(list), candidatesLooked)]
	if typed == "" {
		out := make([]ranked, min(len(list), candidatesListed))
		for i := range out {
			out[i].Candidate = list[i]
		}
		return out
	}
	var tiers [4][]hit
	var rest []int
	folded := strings.ToLower(typed)
	for i, c := range list {
		text := strings.ToLower(c.Text)
		at := strings.Index(text, folded)
		if at > 0 && strings.HasPrefix(text[c.Base:], folded) {
			at = c.Base
		}
		switch {
		case at < 0 || len(text) != len(c.Text): // without the latter, offsets would not hold
			rest = append(rest, i)
		case (at == 0 || at == c.Base) && at+len(folded) == len(text):
			tiers[0] = append(tiers[0], hit{i, at})
		case at == 0 || at == c.Base:
			tiers[1] = append(tiers[1], hit{i, at})
		default:
			tier := 3
			if word := wordIndex(text, folded, at); word >= 0 {
				tier, at = 2, word
			}
			tiers[tier] = append(tiers[tier], hit{i, at})
		}
	}
	hits := slices.Concat(tiers[:]...)
	out := make([]ranked, 0, candidatesListed)
	for _, h := range hits[:min(len(hits), candidatesListed)] {
		out = append(out, ranked{list[h.index], run(h.from, len(folded))})
	}
	if len(out) < candidatesListed && strings.Contains(typed, "/") {
		out = append(out, piecewise(list, rest, folded)...)
	}
	if len(out) < completionRows && !strings.ContainsAny(typed, "/:{}?&= ") { // which are meant as they are
		out = append(out, loose(list, rest, typed)...)
	}
	return out[:min(len(out), candidatesListed)]
}

// hit is a candidate that holds what is typed, and where.
type hit struct{ index, from int }

// loose ranks those of a list, named by their indices, that have the letters of what is typed in their order. The first has
// to begin a word: by letters alone nearly everything long would match.
func loose(list []Candidate, rest []int, typed string) []ranked {
	of := make(candidateTexts, 0, min(len(rest), candidatesLoose))
	for _, i := range rest[:cap(of)] {
		of = append(of, list[i])
	}
	var out []ranked
	for _, m := range fuzzy.FindFrom(typed, of) {
		if beginsWord(m.Str, m.MatchedIndexes[0]) {
			out = append(out, ranked{of[m.Index], m.MatchedIndexes})
		}
	}
	return out
}

// candidateTexts lets fuzzy look at candidates.
type candidateTexts []Candidate

func (t candidateTexts) String(i int) string { return t[i].Text }
func (t candidateTexts) Len() int            { return len(t) }

// wordIndex is where typed stands at the beginning of a word, from a byte on; -1 for nowhere.
func wordIndex(s, typed string, from int) int {
	for {
		i := strings.Index(s[from:], typed)
		if i < 0 {
			return -1
		}
		if beginsWord(s, from+i) {
			return from + i
		}
		from += i + 1
	}
}

// beginsWord reports whether a byte of s begins a word, or is none of a word.
func beginsWord(s string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	here, _ := utf8.DecodeRuneInString(s[i:])
	return i == 0 || !isLetter(before) || !isLetter(here) || unicode.IsLower(before) && unicode.IsUpper(here)
}

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func run(from, n int) []int {
	at := make([]int, n)
	for i := range at {
		at[i] = from + i
	}
	return at
}

// Completion is the list of ways to go on that stands below the cursor of an editor. It comes by itself as one types, and
// takes no key that could be meant otherwise: tab takes the first or the chosen one, enter only one that was chosen with
// the arrows, and everything else goes on typing.
type Completion struct {
	rows  []ranked
	list  scroll
	typed int  // how many cells to the left of the cursor the text begins that is completed
	soft  bool // nothing was chosen yet
	whole bool // what is typed is a candidate already, so that tab is not for the list until one is chosen

	widest   [4]int // the widest text, detail, kind and lead there was, so that the list does not jump as one types
	from     int    // the byte of the line that is completed, and
	line     int    // the line
	to       int
	version  int // of the text that it is for
	cursorAt int

	drawn struct {
		width int
		key   drawnOf
		lines []string
	}
}

// Typed is how many cells left of the cursor the text begins that is completed.
func (c *Completion) Typed() int { return c.typed }

// Takes reports whether a key is for the list.
func (c *Completion) Takes(key string) bool {
	switch key {
	case "up", "down", "esc":
		return true
	case "tab":
		return !c.soft || !c.whole
	case "enter":
		return !c.soft
	default:
		return false
	}
}

// move chooses the row by places away, around the ends.
func (c *Completion) move(by int) {
	switch at := c.list.cursor + by; {
	case c.soft && by > 0:
		at = 0
		if !c.whole && len(c.rows) > 1 {
			at = 1 // the first one is what tab takes anyway
		}
		c.list.to(at)
	case at < 0:
		c.list.to(len(c.rows) - 1)
	case at >= len(c.rows):
		c.list.to(0)
	default:
		c.list.to(at)
	}
	c.soft = false
}

// Point chooses the row at a line of what [Completion.Lines] returned, and reports whether there is one.
func (c *Completion) Point(y int) bool {
	line, ok := c.list.at(y - 1)
	if ok {
		c.list.to(line)
		c.soft = false
	}
	return ok
}

// Wheel scrolls.
func (c *Completion) Wheel(msg tea.MouseWheelMsg) {
	if c.list.turn(msg) {
		c.soft = false
	}
}
