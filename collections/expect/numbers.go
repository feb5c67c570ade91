package expect

import (
	"strconv"
	"strings"

	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser/lexer"
)

// replaced is a number of the source that stands as a call in the code. All counts are of bytes.
type replaced struct{ before, was, at, now int }

// exactNumbers writes the numbers that Expr would round or refuse as calls of number().
func exactNumbers(source string) (code string, list []replaced) {
	tokens, err := lexer.Lex(file.NewSource(source))
	if err != nil {
		return source, nil // the parser says what is wrong
	}
	starts := runeStarts(source)
	var out strings.Builder
	done := 0
	for _, token := range tokens {
		if token.Kind != lexer.Number || token.From >= len(starts) || token.To > len(starts)-1 {
			continue
		}
		from, to := starts[token.From], starts[token.To]
		spelled := strings.ReplaceAll(source[from:to], "_", "")
		if _, ok := parseDecimal(spelled); !ok {
			continue
		}
		if _, long := numberFrom(spelled).(Number); !long {
			continue
		}
		out.WriteString(source[done:from])
		call := numberName + "(" + strconv.Quote(spelled) + ")"
		list = append(list, replaced{from, to - from, out.Len(), len(call)})
		out.WriteString(call)
		done = to
	}
	if list == nil {
		return source, nil
	}
	out.WriteString(source[done:])
	return out.String(), list
}

// runeStarts has the byte at which each character begins, and the end.
func runeStarts(s string) []int {
	starts := make([]int, 0, len(s)+1)
	for i := range s {
		starts = append(starts, i)
	}
	return append(starts, len(s))
}
