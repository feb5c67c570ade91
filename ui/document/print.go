package document

import (
	"bytes"
	"context"
	"errors"
	"io"
	"time"

	"parley/httpcore/content"
	"parley/ui/safe"
)

// Style returns what is written before and after text of a role, SGR sequences
// for instance. Both may be empty.
type Style func(Role) (on, off string)

// NoStyle leaves every role plain.
func NoStyle(Role) (on, off string) { return "", "" }

const (
	// maxPrint is how long a body in a language may be to be printed in
	// colours, maxPrintTime how long that may hold it back.
	maxPrint     = 256 << 10
	maxPrintTime = 2 * time.Second
)

// Print copies a body from r to a terminal at w: JSON, XML and HTML laid out,
// languages highlighted, everything safe. What is laid out and plain text go
// through as they arrive, in bounded memory; what is in a language is held back
// to be lexed as a whole, up to 256 KiB, and goes through without colours beyond
// that. What was read before an error of r is printed.
func Print(w io.Writer, r io.Reader, kind content.Kind, style Style) error {
	p := newPrinter(w, style)
	switch {
	case kind == content.JSON || kind == content.NDJSON:
		return p.cut(r, newJSONCutter(kind == content.NDJSON))
	case kind == content.XML || kind == content.HTML:
		return p.cut(r, markupCutterOf(kind)())
	case lexerNames[kind] != "":
		return p.language(r, kind)
	}
	return p.plain(r)
}

// Colour is Print without laying out: lines and spaces stay as they came.
func Colour(w io.Writer, r io.Reader, kind content.Kind, style Style) error {
	switch kind {
	case content.JSON, content.NDJSON:
		return newPrinter(w, style).cut(r, newAsIs(kind == content.NDJSON))
	case content.XML, content.HTML:
		return newPrinter(w, style).cut(r, newMarkupAsIs(kind == content.HTML))
	}
	return Print(w, r, kind, style) // other kinds are not laid out
}

// plain prints text as it comes, not line by line.
func (p *printer) plain(r io.Reader) error {
	style := p.styles[Plain]
	end := &lastByte{w: p.w}
	w := safe.NewWriter(end, safe.KeepNewline|safe.KeepTab, style.markOn, style.markOff)
	_, err := io.CopyBuffer(w, onlyReader{r}, make([]byte, stride))
	if err = errors.Join(err, w.Close()); err == nil && end.last != 0 && end.last != '\n' {
		_, err = io.WriteString(p.w, "\n")
	}
	return err
}

// onlyReader hides that a reader could write by itself, in pieces of any size.
type onlyReader struct{ io.Reader }

// lastByte remembers the last byte that was written, 0 before the first.
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

// cut prints the lines that a feeder makes.
func (p *printer) cut(r io.Reader, c feeder) error {
	out := &sink{printer: p}
	buf := make([]byte, stride)
	for {
		n, err := r.Read(buf)
		c.feed(buf[:n], out)
		if err != nil {
			c.finish(out)
			out.end()
			p.end()
			if err == io.EOF {
				err = nil
			}
			return errors.Join(err, p.flush())
		}
		if err := p.flush(); err != nil {
			return err
		}
	}
}

// language prints a body in its language's colours, or plain if it is long.
func (p *printer) language(r io.Reader, kind content.Kind) error {
	head, err := io.ReadAll(io.LimitReader(r, maxPrint+1))
	if err != nil {
		return errors.Join(err, p.plain(bytes.NewReader(head)))
	}
	if len(head) > maxPrint {
		return p.plain(io.MultiReader(bytes.NewReader(head), r))
	}
	ctx, cancel := context.WithTimeout(context.Background(), maxPrintTime)
	defer cancel()
	// Where lexing fails, text without colours is still text.
	p.colours, _ = colour(ctx, kind, head, 0)
	return p.cut(bytes.NewReader(head), newRawCutter())
}

// printer writes lines in the styles of their roles.
type printer struct {
	w       io.Writer
	styles  [roles]printStyle
	colours *coloured // of a body in a language
	begun   bool
	buf     []byte
}

// printStyle is what stands around text of a role, and around a mark in it.
type printStyle struct{ on, off, markOn, markOff string }

func newPrinter(w io.Writer, style Style) *printer {
	if style == nil {
		style = NoStyle
	}
	p := &printer{w: w}
	markOn, markOff := style(Mark)
	for role := range roles {
		on, off := style(role)
		p.styles[role] = printStyle{on, off, off + markOn, markOff + on}
	}
	return p
}

// begin starts a line, or goes on in the one before. A line's end is written
// only then, since the line may go on.
func (p *printer) begin(joined bool, indent int) {
	if p.begun && !joined {
		p.buf = append(p.buf, '\n')
	}
	p.begun = true
	p.buf = append(p.buf, blanks[:indent]...)
}

// source prints text of the body.
func (p *printer) source(text []byte, role Role, offset int64) {
	for n := len(text); len(text) > 0; n = len(text) {
		if p.colours != nil {
			role, n = p.colours.at(offset, n)
		}
		p.text(text[:n], role)
		text, offset = text[n:], offset+int64(n)
	}
}

// note prints text that is not of the body.
func (p *printer) note(text string, role Role) {
	style := &p.styles[role]
	p.buf = append(p.buf, style.on...)
	p.buf = append(p.buf, text...)
	p.buf = append(p.buf, style.off...)
}

func (p *printer) text(text []byte, role Role) {
	style := &p.styles[role]
	p.buf = append(p.buf, style.on...)
	p.buf = safe.AppendMarked(p.buf, text, safe.KeepTab, style.markOn, style.markOff)
	p.buf = append(p.buf, style.off...)
}

func (p *printer) end() {
	if p.begun {
		p.buf = append(p.buf, '\n')
	}
}

func (p *printer) flush() error {
	_, err := p.w.Write(p.buf)
	p.buf = p.buf[:0]
	return err
}
