package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"parley/httpcore"
	"parley/httpcore/body"
	"parley/httpcore/content"
	"parley/ui/document"
	"parley/ui/safe"
)

// outputFlags say where a result goes and how it looks.
type outputFlags struct {
	file   string
	pretty string
	color  string
}

func (f *outputFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVarP(&f.file, "output", "o", "", "`FILE` to write the body to; - is standard output")
	flags.StringVar(&f.pretty, "pretty", "", "`HOW` to print: all, colors, format or none; on a terminal all, else none")
	flags.StringVar(&f.color, "color", "auto", "`WHEN` to use colours: auto, always or never")
	fixed := func(words ...string) cobra.CompletionFunc {
		return cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp)
	}
	for flag, words := range map[string]cobra.CompletionFunc{
		"pretty": fixed("all", "colors", "format", "none"), "color": fixed("auto", "always", "never"),
	} {
		if err := cmd.RegisterFlagCompletionFunc(flag, words); err != nil {
			panic(err) // the flag was defined above
		}
	}
}

func (f *outputFlags) check() error {
	switch f.pretty {
	case "", "all", "colors", "format", "none":
	default:
		return &UsageError{Message: fmt.Sprintf("--pretty cannot be %q", f.pretty), Advice: "it is all, colors, format or none"}
	}
	switch f.color {
	case "auto", "always", "never":
		return nil
	default:
		return &UsageError{Message: fmt.Sprintf("--color cannot be %q", f.color), Advice: "it is auto, always or never"}
	}
}

// looks is how a result is printed.
type looks struct {
	format, colors bool
	// terminal says that a terminal reads it, so that it must be safe and secrets must not show.
	terminal bool
	// anything says that somebody asked for this look, also of what is no text.
	anything bool
}

// looks decides from the flags, the environment and where stdout goes: --color before --pretty, both before NO_COLOR
// (https://no-color.org) and that before CLICOLOR_FORCE.
func (p *Program) looks(f outputFlags) looks {
	l := looks{terminal: f.toStdout() && p.IsTerminal(p.Stdout), anything: f.pretty != ""}
	l.format, l.colors = l.terminal, l.terminal && p.env("TERM") != "dumb"
	if force := p.env("CLICOLOR_FORCE"); force != "" && force != "0" && f.toStdout() {
		l.colors = true
	}
	if p.env("NO_COLOR") != "" {
		l.colors = false
	}
	switch f.pretty {
	case "all":
		l.format, l.colors = true, l.colors || p.env("NO_COLOR") == ""
	case "colors":
		l.format, l.colors = false, l.colors || p.env("NO_COLOR") == ""
	case "format":
		l.format, l.colors = true, false
	case "none":
		l.format, l.colors = false, false
	}
	switch f.color {
	case "always":
		l.colors = true
	case "never":
		l.colors = false
	}
	return l
}

func (f outputFlags) toStdout() bool { return f.file == "" || f.file == "-" }

// open returns where the result goes. Closing it leaves stdout open.
func (p *Program) open(f outputFlags) (io.WriteCloser, error) {
	if f.toStdout() {
		return keepOpen{p.Stdout}, nil
	}
	return os.Create(p.abs(f.file))
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
	charset := body.DetectCharset(contentType, head)
	if text, err := body.NewUTF8Reader(from, charset.Name); err == nil {
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

// sixteenColors draws in the terminal's own palette, which its owner has chosen to be readable on its background.
func sixteenColors(role document.Role) (on, off string) {
	code := ""
	switch role {
	case document.Key, document.Tag, document.Name:
		code = "36"
	case document.String:
		code = "32"
	case document.Number, document.Attribute:
		code = "33"
	case document.Literal, document.Keyword:
		code = "35"
	case document.Punctuation:
		code = "2"
	case document.Comment:
		code = "2;3"
	case document.Error:
		code = "31;4"
	case document.Mark:
		code = "31;7"
	default:
		return "", ""
	}
	return "\x1b[" + code + "m", "\x1b[0m"
}

// note says something on stderr that is neither a result nor an error. What it is given is made safe.
func (p *Program) note(format string, args ...any) {
	fmt.Fprintln(p.Stderr, safe.Text(fmt.Sprintf(format, args...)))
}
