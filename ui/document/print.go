package document

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"math"
	"time"

	"parley/httpcore/content"
	"parley/ui/safe"
)

// Style returns what is written before and after text of a role, SGR sequences
// for instance. Both may be empty.
type Style func(Role) (on, off string)

// NoStyle leaves every role plain.
func NoStyle(Role) (on, off string) { return "", "" }

// Print copies a body from r to a terminal at w: JSON laid out, languages
// highlighted, everything safe. JSON and plain text go through as they arrive,
// in bounded memory; what is in a language is held back to be lexed as a whole,
// up to 256 KiB, and goes through without colours beyond that. The error is r's
// or w's.
func Print(w io.Writer, r io.Reader, kind content.Kind, style Style) error {
	if style == nil {
		style = NoStyle
	}
	p := &printer{w: bufio.NewWriter(w), style: style}
	var err error
	switch {
	case kind == content.JSON || kind == content.NDJSON:
		err = p.cut(r, newJSONCutter(kind == content.NDJSON), p.line)
	case lexerNames[kind] != "":
		err = p.language(r, kind)
	default:
		err = p.text(r)
	}
	return errors.Join(err, p.w.Flush())
}

type printer struct {
	w     *bufio.Writer
	style Style
	begun bool
}

// cut prints the lines that a cutter makes.
func (p *printer) cut(r io.Reader, c cutter, emit func(line) error) error {
	out := &sink{count: math.MaxInt64, emit: emit}
	buf := make([]byte, stride)
	for {
		n, err := r.Read(buf)
		c.feed(buf[:n], out)
		switch {
		case out.err != nil:
			return out.err
		case err != nil:
			c.finish(out)
			out.end()
			if p.begun {
				p.w.WriteByte('\n')
			}
			if err == io.EOF {
				err = out.err
			}
			return err
		}
		if err := p.w.Flush(); err != nil {
			return err
		}
	}
}

// line prints a line. Its end is written before the next, which may go on in
// it.
func (p *printer) line(l line) error {
	if p.begun && !l.joined {
		p.w.WriteByte('\n')
	}
	p.begun = true
	p.spans(l.spans)
	_, err := p.w.Write(nil) // bufio keeps the first error
	return err
}

func (p *printer) spans(spans []Span) {
	for _, s := range spans {
		on, off := p.style(s.Role)
		p.w.WriteString(on)
		p.w.WriteString(s.Text)
		p.w.WriteString(off)
	}
}

// text prints raw text as it comes.
func (p *printer) text(r io.Reader) error {
	on, off := p.style(Mark)
	end := &lastByte{w: p.w}
	w := safe.NewWriter(end, safe.KeepNewline|safe.KeepTab, on, off)
	buf := make([]byte, stride)
	for {
		n, err := r.Read(buf)
		if _, err := w.Write(buf[:n]); err != nil {
			return err
		}
		if err != nil {
			if err := w.Close(); err != nil {
				return err
			}
			if end.last != '\n' && end.last != 0 {
				p.w.WriteByte('\n')
			}
			if err == io.EOF {
				err = nil
			}
			return err
		}
		if err := p.w.Flush(); err != nil {
			return err
		}
	}
}

// lastByte remembers what was written last.
type lastByte struct {
	w    io.Writer
	last byte
}

func (l *lastByte) Write(p []byte) (int, error) {
	if len(p) > 0 {
		l.last = p[len(p)-1]
	}
	return l.w.Write(p)
}

const (
	// maxPrint is how long a body in a language may be to be printed in
	// colours, maxPrintTime how long that may hold it back.
	maxPrint     = 256 << 10
	maxPrintTime = 2 * time.Second
)

// language prints a body in its language's colours, or plain if it is long.
func (p *printer) language(r io.Reader, kind content.Kind) error {
	head, err := io.ReadAll(io.LimitReader(r, maxPrint+1))
	if err != nil {
		return errors.Join(p.text(bytes.NewReader(head)), err)
	}
	if len(head) > maxPrint {
		return p.text(io.MultiReader(bytes.NewReader(head), r))
	}
	ctx, cancel := context.WithTimeout(context.Background(), maxPrintTime)
	defer cancel()
	c, err := colour(ctx, kind, head, 0)
	if err != nil || c == nil {
		return p.text(bytes.NewReader(head)) // text without colours is still text
	}
	return p.cut(bytes.NewReader(head), newRawCutter(), func(l line) error {
		l.spans = c.paint(l.spans)
		return p.line(l)
	})
}
