package cli

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"parley/httpcore"
	"parley/httpcore/body"
	"parley/httpcore/content"
	"parley/httpcore/protocol"
	"parley/ui/document"
	"parley/ui/safe"
)

// How --stream prints a body.
const (
	streamRaw    = "raw"
	streamLines  = "lines"
	streamEvents = "events"
)

// streamFlags say how a body is printed while it arrives.
type streamFlags struct {
	stream     string
	reconnects int
}

func (f *streamFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.stream, "stream", "", "print as it arrives, `HOW`: raw, lines, or events (server-sent)")
	flags.IntVar(&f.reconnects, "reconnect", -1, "`TIMES` at most to connect again to a stream of events; below 0 always")
	words := cobra.FixedCompletions([]string{streamRaw, streamLines, streamEvents}, cobra.ShellCompDirectiveNoFileComp)
	if err := cmd.RegisterFlagCompletionFunc("stream", words); err != nil {
		panic(err) // the flag was defined above
	}
	cmd.MarkFlagsMutuallyExclusive("stream", "har")
}

func (f *streamFlags) check() error {
	switch f.stream {
	case "", streamRaw, streamLines, streamEvents:
		return nil
	default:
		return &UsageError{Message: fmt.Sprintf("--stream cannot be %q", f.stream), Advice: "it is raw, lines or events"}
	}
}

// printAnswer prints the body of a response as the flags ask.
func (p *Program) printAnswer(ctx context.Context, r *httpcore.Response, secrets []httpcore.Secret, f printFlags) (err error) {
	by, err := f.selection()
	switch {
	case err != nil:
		return err
	case f.stream == "" && by != nil:
		return p.printSelected(ctx, r, secrets, f.outputFlags, by)
	case f.stream == "":
		return p.printBody(ctx, r, secrets, f.outputFlags)
	}
	out, err := p.open(f.outputFlags)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	screen := p.screen(out, f.outputFlags, secrets)
	from := r.Body.Reader(ctx)
	if by != nil {
		return ignoreBroken(p.selectLines(ctx, screen, from, by))
	}
	if f.stream == streamLines {
		return ignoreBroken(p.printLines(screen, r, from))
	}
	return ignoreBroken(screen.raw(r, from))
}

// screen is where a stream is printed: piece by piece, safe and masked where a terminal shows it, and as it came else.
type screen struct {
	looks
	out    io.Writer
	masker *httpcore.Masker
	style  document.Style
}

func (p *Program) screen(out io.Writer, f outputFlags, secrets []httpcore.Secret) *screen {
	s := &screen{looks: p.looks(f), out: out, masker: httpcore.NewMasker(secrets, httpcore.Secret.String), style: document.NoStyle}
	if s.colors {
		s.style = sixteenColors
	}
	return s
}

// asItCame reports whether nothing is done to what is printed.
func (s *screen) asItCame() bool { return !s.terminal && !s.colors && !s.format }

// raw prints bytes as they arrive.
func (s *screen) raw(r *httpcore.Response, from io.Reader) error {
	if s.asItCame() {
		_, err := io.CopyBuffer(struct{ io.Writer }{s.out}, from, make([]byte, 64<<10))
		return err
	}
	guard := safe.NewWriter(s.out, safe.KeepNewline|safe.KeepTab, "", "")
	masked := s.masker.Writer(guard)
	_, err := io.Copy(masked, s.inUTF8(r, from))
	return errors.Join(err, masked.Close(), guard.Close())
}

// inUTF8 decodes a text by what the person, or else its head, says of the charset: a stream is not looked into first.
func (s *screen) inUTF8(r *httpcore.Response, from io.Reader) io.Reader {
	contentType, _ := r.Headers.Get("Content-Type")
	charset := cmp.Or(s.charset, body.DetectCharset(contentType, nil).Name)
	if decoded, err := body.NewUTF8Reader(from, charset); err == nil {
		return decoded
	}
	return from
}

// line prints a line of text, with its JSON in colours.
func (s *screen) line(text []byte, kind content.Kind) error {
	if s.asItCame() {
		_, err := s.out.Write(append(text, '\n'))
		return err
	}
	shown := []byte(s.masker.String(string(text)))
	if (kind == content.JSON || kind == content.NDJSON) && s.colors {
		return document.Colour(s.out, bytes.NewReader(shown), content.NDJSON, s.style)
	}
	_, err := s.out.Write(append(safe.Append(nil, shown, safe.KeepTab), '\n'))
	return err
}

// printLines prints a line as soon as it is there, without those that are blank. Lines of NDJSON are checked; one that
// is none is printed like the others, and said.
func (p *Program) printLines(s *screen, r *httpcore.Response, from io.Reader) error {
	if !s.asItCame() {
		from = s.inUTF8(r, from)
	}
	contentType, _ := r.Headers.Get("Content-Type")
	if content.Sniff(contentType, nil) == content.NDJSON {
		return p.printValues(s, from)
	}
	lines := protocol.NewLineReader(from, 0)
	for {
		line, err := lines.Next()
		if err != nil {
			return unlessEOF(err)
		}
		if len(bytes.TrimSpace(line.Text)) == 0 {
			continue
		}
		p.noteOmitted(line.Omitted)
		if err := s.line(line.Text, content.Text); err != nil {
			return err
		}
	}
}

func (p *Program) printValues(s *screen, from io.Reader) error {
	values := protocol.NewValueReader(from, 0)
	for {
		value, err := values.Next()
		if err != nil {
			return unlessEOF(err)
		}
		kind := content.JSON
		if value.Err != nil {
			kind = content.Text
			p.note("line %d is not JSON: %v", value.Number, value.Err)
		}
		p.noteOmitted(value.Omitted)
		if err := s.line(value.Text, kind); err != nil {
			return err
		}
	}
}

func (p *Program) noteOmitted(bytes int64) {
	if bytes > 0 {
		p.note("the end of this line, %d bytes, is left out; --stream raw prints it", bytes)
	}
}

func unlessEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}
