package cli

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"parley/httpcore"
	"parley/httpcore/body"
	"parley/httpcore/content"
	"parley/ui/document"
	"parley/ui/safe"
)

func (f outputFlags) toStdout() bool { return f.file == "" || f.file == "-" }

// open returns where the result goes. Closing it leaves stdout open.
func (p *Program) open(f outputFlags) (io.WriteCloser, error) {
	if f.toStdout() {
		return keepOpen{p.Stdout}, nil
	}
	if err := p.checkOutput(f); err != nil {
		return nil, err
	}
	return os.Create(p.abs(f.file))
}

// checkOutput refuses a file that cannot be there, which is better said before anything is sent than after.
func (p *Program) checkOutput(f outputFlags) error {
	if f.toStdout() {
		return nil
	}
	name := p.abs(f.file)
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return &UsageError{Message: fmt.Sprintf("cannot write %s: it is a folder", f.file), Advice: "name a file in it"}
	}
	if info, err := os.Stat(filepath.Dir(name)); err != nil || !info.IsDir() {
		return &UsageError{Message: fmt.Sprintf("cannot write %s: there is no folder %s", f.file, filepath.Dir(f.file)), Advice: "make it first"}
	}
	return nil
}

type keepOpen struct{ io.Writer }

func (keepOpen) Close() error { return nil }

// printBody prints the body of a response, following it while it arrives.
func (p *Program) printBody(ctx context.Context, r *httpcore.Response, secrets []httpcore.Secret, f outputFlags) (err error) {
	l := p.looks(f)
	out, err := p.open(f)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	from := r.Body.Reader(ctx)
	if !l.terminal && !l.format && !l.colors {
		_, err := io.CopyBuffer(struct{ io.Writer }{out}, from, make([]byte, 64<<10))
		return ignoreBroken(err)
	}
	return ignoreBroken(p.show(out, from, r, secrets, l))
}

// ignoreBroken drops the error of a body that broke off: it is the exchange's to tell.
func ignoreBroken(err error) error {
	if _, ok := errors.AsType[*httpcore.Error](err); ok || errors.Is(err, context.Canceled) || errors.Is(err, body.ErrClosed) {
		return nil
	}
	return err
}

// show prints a body for people: as UTF-8, masked where a terminal shows it, laid out and coloured as asked for.
func (p *Program) show(out io.Writer, from io.Reader, r *httpcore.Response, secrets []httpcore.Secret, l looks) error {
	contentType, _ := r.Headers.Get("Content-Type")
	head := make([]byte, content.SniffLen)
	n, err := readSome(from, head)
	head = head[:n]
	if err != nil && err != io.EOF {
		from = io.MultiReader(bytes.NewReader(head), failing{err})
	} else {
		from = io.MultiReader(bytes.NewReader(head), from)
	}
	kind := content.Sniff(contentType, head)
	if l.terminal && !l.anything && (kind == content.Binary || kind == content.Image) {
		size, err := io.Copy(io.Discard, from)
		p.note("%d bytes of %s are not shown on a terminal: -o FILE saves them, --pretty none shows them with marks", size, kind)
		return err
	}
	charset := cmp.Or(l.charset, body.DetectCharset(contentType, head).Name)
	if text, err := body.NewUTF8Reader(from, charset); err == nil {
		from = text
	}
	if l.terminal {
		masked := httpcore.NewMasker(secrets, httpcore.Secret.String).Writer(out)
		return errors.Join(l.print(masked, from, kind), masked.Close())
	}
	return l.print(out, from, kind)
}

// readSome reads until there is enough to tell a body's kind, but does not wait for more of what comes in drops.
func readSome(r io.Reader, p []byte) (int, error) {
	n, err := r.Read(p)
	for n == 0 && err == nil {
		n, err = r.Read(p)
	}
	return n, err
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func (l looks) print(w io.Writer, r io.Reader, kind content.Kind) error {
	style := document.NoStyle
	if l.colors {
		style = sixteenColors
	}
	switch {
	case l.format:
		return document.Print(w, r, kind, style)
	case l.colors:
		return document.Colour(w, r, kind, style)
	default:
		out := safe.NewWriter(w, safe.KeepNewline|safe.KeepTab, "", "")
		_, err := io.Copy(out, r)
		return errors.Join(err, out.Close())
	}
}

// note says something on stderr that is neither a result nor an error. What it is given is made safe.
func (p *Program) note(format string, args ...any) {
	fmt.Fprintln(p.Stderr, safe.Text(fmt.Sprintf(format, args...)))
}
