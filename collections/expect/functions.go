package expect

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"unicode/utf8"

	"parley/collections/template"
	"parley/httpcore/content/filter"
)

// checkArgument says what is wrong with a query or a pattern.
func checkArgument(function, text string) error {
	var err error
	switch function {
	case "jq", "jsonpath", "xpath":
		_, err = filter.Compile(function, text)
	case "regex":
		_, err = regexp.Compile(text)
	case numberName:
		if _, ok := parseDecimal(text); !ok {
			err = fmt.Errorf("%q is no number", text)
		}
	}
	return err
}

// textOf is an argument that must be text.
func textOf(value any) (string, error) {
	if text, ok := value.(string); ok {
		return text, nil
	}
	return "", fmt.Errorf("it takes text, not %s", Show(value))
}

// selectBy asks the body in a language of package filter. What nothing is selected by is nil, several results are a list.
func selectBy(language string) func(r *run, args []any) (any, error) {
	return func(r *run, args []any) (any, error) {
		text, err := textOf(args[0])
		if err != nil {
			return nil, err
		}
		query, err := filter.Compile(language, text)
		if err != nil {
			return nil, err
		}
		source, err := r.facts.source()
		if err != nil {
			return nil, err
		}
		if language != filter.JSONPath {
			if _, err := r.facts.raw(); err != nil {
				return nil, err
			}
		}
		kind, charset, err := r.facts.kind()
		if err != nil {
			return nil, err
		}
		ctx, cancel := bounded(r.ctx, source.Size())
		defer cancel()
		var out limitedBuffer
		result, err := query.Run(ctx, filter.Input{Source: source, Kind: kind, Charset: charset}, &out)
		switch {
		case out.full:
			return nil, tooMuch()
		case err != nil && errors.Is(err, context.DeadlineExceeded):
			return nil, context.Cause(ctx)
		case err != nil:
			return nil, err
		}
		if language == filter.XPath {
			return xpathValue(text, out.String(), result.Count), nil
		}
		list, err := parseResults(out.Bytes())
		if language == filter.JSONPath && !singular.MatchString(text) {
			return list, err
		}
		return one(list), err
	}
}

// singular matches a JSONPath that can select one value at most (RFC 9535, section 2.3.5.1).
var singular = regexp.MustCompile(`^\$(\s*(\.\s*[^\s.\[\]*?:(),'"]+|\[\s*(-?\d+|'(\\.|[^'\\])*'|"(\\.|[^"\\])*")\s*\]))*\s*$`)

// one is nil for no value, the value alone, else the list.
func one(list []any) any {
	switch len(list) {
	case 0:
		return nil
	case 1:
		return list[0]
	}
	return list
}

// parseResults reads texts of JSON that follow each other.
func parseResults(data []byte) ([]any, error) {
	list := []any{}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	for {
		var value any
		if err := decoder.Decode(&value); errors.Is(err, io.EOF) {
			return list, nil
		} else if err != nil {
			return nil, err
		}
		list = append(list, operand(value))
	}
}

// xpathValue is the text of each result; of a function that counts, a number.
func xpathValue(query, out string, count int64) any {
	out = strings.TrimSuffix(out, "\n")
	if count == 0 {
		return nil
	}
	if count > 1 {
		lines := strings.Split(out, "\n")
		list := make([]any, len(lines))
		for i, line := range lines {
			list[i] = line
		}
		return list
	}
	for _, name := range []string{"count(", "sum(", "number(", "string-length(", "floor(", "ceiling(", "round("} {
		if _, ok := parseDecimal(out); ok && strings.HasPrefix(strings.TrimSpace(query), name) {
			return numberFrom(out)
		}
	}
	return out
}

// limitedBuffer holds as much as an expression may.
type limitedBuffer struct {
	bytes.Buffer
	full bool
}

func (b *limitedBuffer) Write(p []byte) (int, error) {
	if b.Len()+len(p) > maxValue {
		b.full = true
		return 0, io.ErrShortWrite
	}
	return b.Buffer.Write(p)
}

func tooMuch() error {
	return &template.Error{Kind: template.KindLimit, Message: fmt.Sprintf("it selects more than %d MiB", maxValue>>20), Advice: "select less"}
}

// regex finds a pattern: its first group, else the match; nil when there is none.
func regex(r *run, args []any) (any, error) {
	pattern, err := textOf(args[0])
	if err != nil {
		return nil, err
	}
	text := ""
	if len(args) > 1 {
		text, err = textOf(args[1])
	} else {
		text, err = r.facts.text()
	}
	if err != nil {
		return nil, err
	}
	found, err := r.find(pattern, text)
	switch {
	case err != nil || found == nil:
		return nil, err
	case len(found) > 3 && found[2] >= 0:
		return text[found[2]:found[3]], nil
	case len(found) > 3:
		return nil, nil
	}
	return text[found[0]:found[1]], nil
}

// matches is the operator of that name.
func (r *run) matches(left, right any) (any, error) {
	text, ok := left.(string)
	pattern, isText := right.(string)
	if left == nil {
		return false, nil
	}
	if !ok || !isText {
		return nil, fmt.Errorf("matches takes a text and a pattern, not %s and %s", Show(left), Show(right))
	}
	found, err := r.find(pattern, text)
	return found != nil, err
}

func (r *run) find(pattern, text string) ([]int, error) {
	expression, err := regexp.Compile(pattern)
	if err != nil {
		return nil, err
	}
	ctx, cancel := bounded(r.ctx, int64(len(text)))
	defer cancel()
	found := expression.FindReaderSubmatchIndex(&runes{ctx: ctx, text: text})
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return found, nil
}

// runes is a text that ends with its context.
type runes struct {
	ctx  context.Context
	text string
	at   int
	read int
}

func (r *runes) ReadRune() (rune, int, error) {
	if r.read++; r.read%4096 == 0 && r.ctx.Err() != nil || r.at >= len(r.text) {
		return 0, 0, io.EOF
	}
	c, size := utf8.DecodeRuneInString(r.text[r.at:])
	r.at += size
	return c, size, nil
}

// cookie is the value that a response of the exchange gave a cookie, the last one's; nil when none did.
func cookie(r *run, args []any) (any, error) {
	name, err := textOf(args[0])
	if err != nil {
		return nil, err
	}
	var value any
	for _, attempt := range r.facts.exchange.Attempts() {
		if attempt.Response == nil {
			continue
		}
		for _, line := range attempt.Response.Headers.Values("Set-Cookie") {
			if c, err := http.ParseSetCookie(line); err == nil && c.Name == name {
				value = c.Value
			}
		}
	}
	return value, nil
}

// headerList is the values of all fields of a name.
func headerList(r *run, args []any) (any, error) {
	name, err := textOf(args[0])
	if err != nil {
		return nil, err
	}
	list := []any{}
	for _, value := range r.facts.response.Headers.Values(name) {
		list = append(list, value)
	}
	return list, nil
}

// numberOf reads a number with all its digits.
func numberOf(_ *run, args []any) (any, error) {
	if text, ok := args[0].(string); ok {
		if _, ok := parseDecimal(text); ok {
			return numberFrom(text), nil
		}
		return nil, fmt.Errorf("%s is no number", Show(text))
	}
	if _, ok := exactly(args[0]); ok {
		return args[0], nil
	}
	return nil, fmt.Errorf("it takes text, not %s", Show(args[0]))
}
