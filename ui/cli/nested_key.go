package cli

import (
	"fmt"
	"strconv"
	"strings"
)

// step is one part of a nested key: a name, an index, or [] for the end of the list.
type step struct {
	kind  stepKind
	name  string
	index int
}

type stepKind int

const (
	stepName stepKind = iota
	stepIndex
	stepEnd
)

// parseSteps reads a nested key:
//
//	key  = root { "[" [ NAME | INDEX ] "]" }
//	root = NAME | "[" [ INDEX ] "]" | nothing, which is the empty name
//
// A backslash before a bracket or a backslash makes it a part of the name; one before a number makes that a name.
func parseSteps(key string) ([]step, error) {
	words, err := splitKey(key)
	if err != nil {
		return nil, err
	}
	steps := make([]step, 0, len(words))
	for i, w := range words {
		index, isIndex := w.index()
		switch {
		case i == 0 && !w.inBrackets:
			steps = append(steps, step{kind: stepName, name: w.name()})
		case w.text == "" && !w.escaped:
			steps = append(steps, step{kind: stepEnd})
		case isIndex && index < 0:
			return nil, badKey(key, "a list has no index below 0")
		case isIndex:
			steps = append(steps, step{kind: stepIndex, index: index})
		case i == 0:
			return nil, badKey(key, "what begins with a bracket is a list: [] or [0]")
		default:
			steps = append(steps, step{kind: stepName, name: w.name()})
		}
	}
	return steps, nil
}

// word is the root of a key or what stands between two brackets. escaped says that a backslash was taken off it.
type word struct {
	text       string
	inBrackets bool
	escaped    bool
}

func (w word) index() (int, bool) {
	n, err := strconv.Atoi(w.text)
	return n, err == nil && !w.escaped
}

// name takes the backslash off that says that a number is a name.
func (w word) name() string {
	if after, ok := strings.CutPrefix(w.text, `\`); ok && !w.escaped {
		if _, err := strconv.Atoi(after); err == nil {
			return after
		}
	}
	return w.text
}

// splitKey takes the brackets of a key apart.
func splitKey(key string) ([]word, error) {
	var (
		words []word
		now   word
		text  strings.Builder
		begun = !strings.HasPrefix(key, "[") // a word is being read
	)
	end := func() {
		now.text = text.String()
		words = append(words, now)
		text.Reset()
		now, begun = word{}, false
	}
	for i := 0; i < len(key); i++ {
		switch c := key[i]; {
		case c == '\\' && i+1 < len(key) && strings.IndexByte(`[]\`, key[i+1]) >= 0:
			i++
			now.escaped = true
			if !begun {
				return nil, badKey(key, "there is text between two brackets")
			}
			text.WriteByte(key[i])
		case c == '[' && now.inBrackets:
			return nil, badKey(key, `a bracket opens within brackets; \[ is a bracket in a name`)
		case c == '[':
			if begun {
				end()
			}
			now, begun = word{inBrackets: true}, true
		case c == ']' && !now.inBrackets:
			return nil, badKey(key, `a bracket closes that was not opened; \] is a bracket in a name`)
		case c == ']':
			end()
		case !begun:
			return nil, badKey(key, "there is text behind a bracket")
		default:
			text.WriteByte(c)
		}
	}
	if now.inBrackets {
		return nil, badKey(key, "a bracket is not closed")
	}
	if begun {
		end()
	}
	return words, nil
}

func badKey(key, why string) error {
	return &UsageError{Message: fmt.Sprintf("%q is no place in a JSON body: %s", key, why), Advice: "such as user[name]=Ada, tags[]=a or items[0][id]:=1"}
}

// spell writes steps as they are typed.
func spell(path []step) string {
	if len(path) == 0 {
		return "the body"
	}
	var out strings.Builder
	for i, s := range path {
		switch {
		case s.kind == stepName && i == 0:
			out.WriteString(s.name)
		case s.kind == stepName:
			out.WriteString("[" + s.name + "]")
		case s.kind == stepIndex:
			out.WriteString("[" + strconv.Itoa(s.index) + "]")
		default:
			out.WriteString("[]")
		}
	}
	return strconv.Quote(out.String())
}
