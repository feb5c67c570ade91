package filter

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"parley/httpcore/content"
	"parley/httpcore/content/jsonpath"
)

// pathFilter is a query of JSONPath. What it selects is written as the source
// has it.
type pathFilter struct{ query *jsonpath.Query }

func compileJSONPath(expression string) (Filter, error) {
	query, err := jsonpath.Parse(expression)
	if syntax, ok := errors.AsType[*jsonpath.SyntaxError](err); ok {
		return nil, &SyntaxError{syntax.Offset, syntax.Msg}
	}
	if err != nil {
		return nil, err
	}
	return &pathFilter{query}, nil
}

func (*pathFilter) Memory(int64) int64 { return 0 }

// Run writes each value that the query selects, while the body arrives.
func (f *pathFilter) Run(ctx context.Context, in Input, w io.Writer) (Result, error) {
	s := &cutouts{ctx: ctx, src: in.Source, to: w, raw: in.Raw, buf: make([]byte, pieceSize)}
	err := f.query.Select(ctx, unhurried{in.Source, s.flush}, func(n jsonpath.Node) error { return s.write(n.Start, n.End) })
	if syntax, ok := errors.AsType[*content.SyntaxError](err); ok {
		err = &BodyError{content.JSON, syntax.Offset, syntax.Msg}
	}
	if done, broken := in.Source.Done(); done && broken != nil && ctx.Err() == nil {
		err = broken // which explains why it ends within a value
	}
	flushed := s.flush()
	return Result{s.count, jsonKind(s.count, in.Raw)}, cmp.Or(err, flushed)
}

// unhurried is a source that has what is found written before it waits for more.
type unhurried struct {
	content.Source
	flush func() error
}

func (u unhurried) Wait(ctx context.Context, size int64) error {
	if done, _ := u.Done(); !done && u.Size() <= size {
		if err := u.flush(); err != nil {
			return err
		}
	}
	return u.Source.Wait(ctx, size)
}

// cutouts writes ranges of a source, each on one line.
type cutouts struct {
	ctx   context.Context
	src   content.Source
	to    io.Writer
	raw   bool
	buf   []byte // what is read
	out   []byte // what is not written yet
	sent  time.Time
	count int64
	line  oneLine
}

func (s *cutouts) write(start, end int64) error {
	s.count++
	copying := s.copyTokens
	if n, err := content.ReadAt(s.src, s.buf[:1], start); err != nil {
		return err
	} else if s.raw && n == 1 && s.buf[0] == '"' {
		start, end, copying = start+1, end-1, s.copyText
	}
	for start < end {
		n, err := content.ReadAt(s.src, s.buf[:min(int64(len(s.buf)), end-start)], start)
		if err != nil {
			return err
		}
		if n == 0 {
			return io.ErrUnexpectedEOF // the source has shrunk
		}
		used, err := copying(s.buf[:n], start+int64(n) == end)
		if err != nil {
			return err
		}
		start += int64(used)
		if len(s.out) >= pieceSize {
			if err := s.flush(); err != nil {
				return err
			}
		}
	}
	s.out = append(s.out, '\n')
	s.line = oneLine{}
	if time.Since(s.sent) < patience {
		return nil
	}
	return s.flush()
}

func (s *cutouts) copyTokens(text []byte, _ bool) (int, error) {
	s.out = s.line.append(s.out, text)
	return len(text), nil
}

// copyText copies the inside of a string without its escapes, up to one that
// may not be whole.
func (s *cutouts) copyText(text []byte, last bool) (int, error) {
	n := len(text)
	if !last {
		n = wholeEscapes(text)
	}
	quoted := append(append([]byte{'"'}, text[:n]...), '"')
	var plain string
	if err := json.Unmarshal(quoted, &plain); err != nil {
		return 0, err
	}
	s.out = append(s.out, plain...)
	return n, nil
}

// wholeEscapes returns how much of the inside of a string can be taken without
// cutting an escape, a pair of them or a character.
func wholeEscapes(text []byte) int {
	const pair = len(`\ud800\udc00`)
	end := 0 // of the last escape
	for {
		i := bytes.IndexByte(text[end:], '\\')
		if i < 0 {
			break
		}
		if i += end; i+pair > len(text) {
			return i
		}
		end = i + escapeLen(text[i:])
	}
	for n := len(text) - 1; n >= max(len(text)-utf8.UTFMax, end, 1); n-- {
		if utf8.RuneStart(text[n]) {
			return n
		}
	}
	return len(text)
}

// escapeLen is how long the escape is that text begins with, or the two of a
// surrogate pair.
func escapeLen(text []byte) int {
	const one = len(`\ud800`)
	switch {
	case text[1] != 'u':
		return len(`\n`)
	case isSurrogate(text, "89abAB") && isSurrogate(text[one:], "cdefCDEF"):
		return 2 * one
	}
	return one
}

// isSurrogate reports whether text begins with the escape of a surrogate whose
// second digit is one of some.
func isSurrogate(text []byte, second string) bool {
	return text[0] == '\\' && text[1] == 'u' && (text[2] == 'd' || text[2] == 'D') && strings.IndexByte(second, text[3]) >= 0
}

func (s *cutouts) flush() error {
	s.sent = time.Now()
	if len(s.out) == 0 {
		return nil
	}
	if err := s.ctx.Err(); err != nil {
		return err
	}
	_, err := s.to.Write(s.out)
	s.out = s.out[:0]
	return err
}

// oneLine leaves out line breaks between the tokens of JSON, with the white
// space around them. The text may come in pieces.
type oneLine struct {
	inString, escaped bool
	broken            bool // the white space has a line break
	space             []byte
}

// maxSpace is how much white space is kept that has no line break.
const maxSpace = 1024

func (l *oneLine) append(out, text []byte) []byte {
	for _, c := range text {
		switch {
		case l.escaped:
			l.escaped = false
		case l.inString:
			l.escaped, l.inString = c == '\\', c != '"'
		case c == '\n' || c == '\r':
			l.broken = true
			continue
		case c == ' ' || c == '\t':
			if len(l.space) < maxSpace {
				l.space = append(l.space, c)
			}
			continue
		default:
			if !l.broken {
				out = append(out, l.space...)
			}
			l.space, l.broken, l.inString = l.space[:0], false, c == '"'
		}
		out = append(out, c)
	}
	return out
}
