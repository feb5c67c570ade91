package pane

import (
	"errors"
	"strings"

	"parley/collections/expect"
	"parley/collections/template"
	"parley/themes"
	"parley/ui/widget"
)

// exprWord tells what Expr reads as something else than a name.
func exprWord(word string) (themes.Role, bool) {
	switch word {
	case "true", "false", "nil":
		return themes.Literal, true
	case "and", "or", "not", "in", "matches", "contains", "startsWith", "endsWith", "let", "if", "else":
		return themes.Keyword, true
	}
	return 0, false
}

const (
	nameStart = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$"
	nameBytes = nameStart + "0123456789"
)

// expressionSpans colours an expression in Expr.
func expressionSpans(line string) []widget.Span { return codeSpans(line, exprWord) }

// codeSpans colours a line of code, with words that are more than names. It knows nothing of the lines before.
func codeSpans(line string, wordRole func(string) (themes.Role, bool)) []widget.Span {
	var spans []widget.Span
	for i := 0; i < len(line); {
		end, role := i+1, themes.Role(0)
		switch c := line[i]; {
		case strings.HasPrefix(line[i:], "//"):
			end, role = len(line), themes.Comment
		case c == '"' || c == '\'' || c == '`':
			end, role = quoteEnd(line, i), themes.String
		case c >= '0' && c <= '9':
			end, role = i+runOf(line[i:], "0123456789.eExXabcdefABCDEF_"), themes.Number
		case strings.IndexByte(nameStart, c) >= 0:
			end = i + runOf(line[i:], nameBytes)
			if known, ok := wordRole(line[i:end]); ok {
				role = known
			} else if strings.HasPrefix(strings.TrimLeft(line[end:], " "), "(") {
				role = themes.Function
			}
		case strings.IndexByte("=!<>&|?:+-*/%^#", c) >= 0:
			role = themes.Operator
		case strings.IndexByte("()[]{},.;", c) >= 0:
			role = themes.Punctuation
		}
		if role != 0 {
			spans = append(spans, widget.Span{From: i, To: end, Role: role})
		}
		i = end
	}
	return spans
}

// quoteEnd returns the end of the string that begins at i, or that of the line when it is not closed.
func quoteEnd(line string, i int) int {
	for quote := line[i]; ; {
		i++
		switch {
		case i >= len(line):
			return len(line)
		case line[i] == '\\' && quote != '`':
			i++
		case line[i] == quote:
			return i + 1
		}
	}
}

// checkedLength is up to which length an expression is compiled as one types. What is longer is when it is sent.
const checkedLength = 4 << 10

// complaint is what is wrong with an expression, and which bytes of it that is about.
type complaint struct {
	from, to int
	text     string
}

// complaints remembers what is wrong with the expressions that are seen: they are drawn far more often than changed.
type complaints struct{ known map[string]*complaint }

// of returns what is wrong with an expression; nil for nothing.
func (c *complaints) of(expression string) *complaint {
	if found, ok := c.known[expression]; ok {
		return found
	}
	const most = 200
	if len(c.known) >= most || c.known == nil {
		c.known = map[string]*complaint{}
	}
	found := complain(expression)
	c.known[expression] = found
	return found
}

func complain(expression string) *complaint {
	if len(expression) > checkedLength {
		return nil
	}
	// The columns that come back are offsets, counted from 1.
	locate := func(offset int) template.Position { return template.Position{Line: 1, Column: offset + 1} }
	err := expect.Compile(nil, []expect.Rule{{Expression: expression, Locate: locate}}).Err()
	problems, ok := errors.AsType[template.Errors](err)
	if !ok || len(problems) == 0 {
		return nil
	}
	p := problems[0]
	text := p.Message
	if p.Advice != "" {
		text += ": " + p.Advice
	}
	from := max(0, min(p.Position.Column-1, len(expression)))
	to := from + runOf(expression[from:]+" ", nameBytes)
	if from == len(expression) && from > 0 { // it ends too early
		from--
	}
	return &complaint{from: from, to: min(to, len(expression)), text: text}
}

// checkedSpans colours an expression, and marks what is wrong with it.
func (c *complaints) checkedSpans(expression string) []widget.Span {
	spans := expressionSpans(expression)
	if wrong := c.of(expression); wrong != nil && wrong.to > wrong.from {
		return overlay(spans, []widget.Span{{From: wrong.from, To: wrong.to, Role: themes.Invalid}})
	}
	return spans
}

// Saw says what there is to name of the response that is shown: expressions are completed with it.
func (r *Request) Saw(seen expect.Seen) {
	for _, s := range r.sections {
		if rules, ok := s.(*rules); ok {
			rules.seen = seen
		}
	}
}

// HasExpressions reports whether the side that is shown is one of expressions.
func (r *Request) HasExpressions() bool {
	_, ok := r.current().(*rules)
	return ok
}

// completeExpression is the completion of a cell with an expression.
func (r *rules) completeExpression(column widget.Column, _ widget.Entry, cell string, cursor int) widget.Candidates {
	if column != widget.ColumnValue {
		return widget.Candidates{From: cursor, To: cursor}
	}
	var variables []string
	if r.scope != nil {
		variables = r.scope.Names()
	}
	found := r.seen.Complete(cell, cursor, variables)
	out := widget.Candidates{From: found.From, To: found.To}
	for _, c := range found.Candidates {
		out.List = append(out.List, widget.Candidate{Text: c.Text, Insert: c.Insert, Detail: c.Detail})
	}
	return out
}
