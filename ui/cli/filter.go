package cli

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"parley/httpcore"
	"parley/httpcore/body"
	"parley/httpcore/content"
	"parley/httpcore/content/filter"
	"parley/httpcore/protocol"
	"parley/ui/document"
)

// filterFlags say what is selected from a body.
type filterFlags struct {
	expressions [3]string // in the order of filterLanguages
	raw         bool
}

// filterLanguages are those that have a flag, which is called as they are. A command needs none: there are pipes.
var filterLanguages = [3]string{filter.JQ, filter.JSONPath, filter.XPath}

// register adds the flags to a verb that has --har already.
func (f *filterFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	for i, usage := range [3]string{
		"print what the `EXPR` of jq selects from the body, one result a line",
		"print what the `EXPR` of JSONPath selects, as the body has it, one result a line",
		"print what the `EXPR` of XPath selects from XML or HTML, one result a line",
	} {
		name := filterLanguages[i]
		flags.StringVar(&f.expressions[i], name, "", usage)
		if err := cmd.RegisterFlagCompletionFunc(name, cobra.NoFileCompletions); err != nil {
			panic(err) // the flag was defined above
		}
		cmd.MarkFlagsMutuallyExclusive(name, "har")
	}
	flags.BoolVarP(&f.raw, "raw-output", "r", false, "print strings that --jq or --jsonpath select as their text, without quotes")
	cmd.MarkFlagsMutuallyExclusive(filterLanguages[:]...)
}

// selection is a filter that is ready, and what it is called.
type selection struct {
	filter.Filter
	language string
	raw      bool
}

// selection returns what the flags ask for, nil without one.
func (f *filterFlags) selection() (*selection, error) {
	for i, expression := range f.expressions {
		if expression == "" {
			continue
		}
		compiled, err := filter.Compile(filterLanguages[i], expression)
		if err != nil {
			return nil, filterError(filterLanguages[i], expression, err)
		}
		return &selection{compiled, filterLanguages[i], f.raw}, nil
	}
	if f.raw {
		return nil, &UsageError{Message: "--raw-output prints what --jq or --jsonpath selects", Advice: "give one of them"}
	}
	return nil, nil
}

func (f *filterFlags) check() error {
	_, err := f.selection()
	return err
}

func (f *filterFlags) selects() bool { return f.expressions != [3]string{} }

// filterError shows the place of an expression that cannot be.
func filterError(language, expression string, err error) error {
	syntax, ok := errors.AsType[*filter.SyntaxError](err)
	if !ok {
		return fmt.Errorf("--%s: %w", language, err)
	}
	before, after := expression[:syntax.Offset], expression[syntax.Offset:]
	return &UsageError{
		Message: fmt.Sprintf("--%s: %s", language, syntax),
		Advice:  fmt.Sprintf("it is at the mark: %s▸%s", lastRunes(before, 40), firstRunes(after, 40)),
	}
}

func firstRunes(text string, n int) string {
	if runes := []rune(text); len(runes) > n {
		return string(runes[:n]) + "…"
	}
	return text
}

func lastRunes(text string, n int) string {
	if runes := []rune(text); len(runes) > n {
		return "…" + string(runes[len(runes)-n:])
	}
	return text
}

// printSelected prints what the flags select from the body of a response, while it arrives where the language can.
func (p *Program) printSelected(ctx context.Context, r *httpcore.Response, secrets []httpcore.Secret, f outputFlags, s *selection) (err error) {
	out, err := p.open(f)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	in, err := filterInput(ctx, r, f.charset)
	if err != nil {
		return ignoreBroken(err)
	}
	in.Raw = s.raw
	if err := s.refuses(in.Kind); err != nil {
		waitForBody(ctx, r.Body)
		return err
	}
	stop := p.warnOfMemory(ctx, r, s, in.Kind)
	defer stop()
	screen := p.screen(out, f, secrets)
	if f.pretty == "" {
		screen.format = false // one result a line
	}
	err = screen.selected(ctx, in, s)
	if err = ignoreBroken(err); err != nil {
		waitForBody(ctx, r.Body)
	}
	return err
}

// refuses says why XPath has nothing to select from a body of some kind: any text makes a tree, and selecting nothing from
// one would look like an answer. The other languages find out by themselves, and say where.
func (s *selection) refuses(kind content.Kind) error {
	if s.language != filter.XPath || kind == content.Unknown || kind == content.XML || kind == content.HTML {
		return nil
	}
	return &UsageError{Message: "--xpath: the body is " + kind.String() + ", not XML or HTML", Advice: "without a filter the body is printed as it is"}
}

// filterInput looks at the first bytes of a body for what it is.
func filterInput(ctx context.Context, r *httpcore.Response, charset string) (filter.Input, error) {
	in := filter.Input{Source: r.Body, Charset: charset}
	if err := r.Body.Wait(ctx, 0); err != nil {
		return in, err
	}
	head := make([]byte, content.SniffLen)
	n, err := content.ReadAt(r.Body, head, 0)
	contentType, _ := r.Headers.Get("Content-Type")
	in.Kind = content.Sniff(contentType, head[:n])
	if detected := body.DetectCharset(contentType, head[:n]); detected.How == body.FromHeader {
		in.Charset = cmp.Or(charset, detected.Name)
	}
	return in, err
}

// selected prints results: as they are where nothing is to be done to them, else safe, masked and in colours.
func (s *screen) selected(ctx context.Context, in filter.Input, by *selection) error {
	if s.asItCame() {
		_, err := by.Run(ctx, in, s.out)
		return s.told(by.explain(err))
	}
	from, to := io.Pipe()
	failed := make(chan error, 1)
	go func() {
		_, err := by.Run(ctx, in, to)
		failed <- s.told(by.explain(err))
		to.Close()
	}()
	err := s.results(from, by)
	from.CloseWithError(err) // what runs need not go on
	return cmp.Or(err, <-failed)
}

// told is an error of a filter without the secrets of the body that it may quote: errors reach logs also where results
// do not.
func (s *screen) told(err error) error {
	if wrong, ok := errors.AsType[*UsageError](err); ok {
		return &UsageError{Message: s.masker.Shortened(wrong.Message), Advice: wrong.Advice}
	}
	return err
}

// results prints what a filter has written.
func (s *screen) results(from io.Reader, by *selection) error {
	head := make([]byte, content.SniffLen)
	n, err := readSome(from, head)
	if err == io.EOF {
		return nil
	}
	from = io.MultiReader(bytes.NewReader(head[:n]), from)
	masked := s.masker.Writer(s.out)
	look := document.Colour
	if s.format {
		look = document.Print
	}
	return errors.Join(err, look(masked, from, by.kind(head[:n]), s.style), masked.Close())
}

// kind is what results are that begin with head.
func (s *selection) kind(head []byte) content.Kind {
	switch {
	case s.raw:
		return content.Text
	case s.language != filter.XPath:
		return content.NDJSON
	case bytes.HasPrefix(head, []byte("<")):
		return cmp.Or(content.Sniff("", head), content.XML)
	}
	return content.Text
}

// explain says what else there is for a body of another kind.
func (s *selection) explain(err error) error {
	if errors.Is(err, filter.ErrTooMuch) || errors.Is(err, filter.ErrTooDeep) {
		return &UsageError{Message: fmt.Sprintf("--%s: %v", s.language, err), Advice: "select less; --jsonpath needs no memory at any size"}
	}
	if failed, ok := errors.AsType[*filter.ExpressionError](err); ok {
		return &UsageError{Message: fmt.Sprintf("--%s: %v", s.language, failed), Advice: "a ? behind what may fail passes over it, as in .items[]?"}
	}
	wrong, ok := errors.AsType[*filter.BodyError](err)
	if !ok {
		if _, ok := errors.AsType[*filter.SyntaxError](err); ok {
			return &UsageError{Message: fmt.Sprintf("--%s: %v", s.language, err), Advice: "prefixes are those of the document; *[local-name()='x'] needs none"}
		}
		return err
	}
	advice := "--xpath reads XML and HTML; without a filter the body is printed as it is"
	if wrong.Kind != content.JSON {
		advice = "--jq and --jsonpath read JSON; without a filter the body is printed as it is"
	}
	return &UsageError{Message: fmt.Sprintf("--%s: %v", s.language, wrong), Advice: advice}
}

// largeBody is from when on it is said how much memory a filter needs.
const largeBody = 16 << 20

// warnOfMemory says how much memory a filter is expected to need for a large body. What it returns ends that.
func (p *Program) warnOfMemory(ctx context.Context, r *httpcore.Response, s *selection, kind content.Kind) (stop func()) {
	if s.Memory(largeBody) == 0 || kind == content.NDJSON {
		return func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := r.Body.Wait(ctx, largeBody); err != nil || r.Body.Size() <= largeBody {
			return
		}
		p.note("parley: warning: the body has more than %d MB, of which each is expected to need %d MB of memory for --%s%s",
			largeBody>>20, s.Memory(1), s.language, insteadOf(s.language))
	}()
	return func() { cancel(); <-done }
}

func insteadOf(language string) string {
	if language == filter.JQ {
		return "; --jsonpath needs none"
	}
	return ""
}

// bodyPatience is how long the rest of a body is waited for that could not be filtered, so that history has it whole.
const bodyPatience = 5 * time.Second

func waitForBody(ctx context.Context, b *body.Store) {
	ctx, cancel := context.WithTimeout(ctx, bodyPatience)
	defer cancel()
	for {
		done, _ := b.Done()
		if done || b.Wait(ctx, b.Size()) != nil {
			return
		}
	}
}

// selectLines prints what is selected from each line of a stream that may never end. A line that cannot be filtered is
// said, and does not end it.
func (p *Program) selectLines(ctx context.Context, s *screen, from io.Reader, by *selection) error {
	values := protocol.NewValueReader(from, 0)
	kept, done := filter.Keep(by.Filter)
	defer done()
	out := &lineWriter{line: func(text []byte) error { return s.line(text, by.kind(nil)) }}
	for {
		value, err := values.Next()
		if err != nil {
			return unlessEOF(err)
		}
		p.noteOmitted(value.Omitted)
		in := filter.Input{Source: content.NewSource(bytes.NewReader(value.Text), int64(len(value.Text))), Kind: content.JSON, Raw: by.raw}
		_, err = kept.Run(ctx, in, out)
		switch {
		case out.err != nil:
			return out.err
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			out.rest = nil // of a result that is not whole
			p.note("line %d: %s", value.Number, s.masker.Shortened(err.Error()))
		}
	}
}

// lineWriter calls line with each line that is written.
type lineWriter struct {
	line func(text []byte) error
	rest []byte
	err  error
}

func (w *lineWriter) Write(p []byte) (int, error) {
	w.rest = append(w.rest, p...)
	for w.err == nil {
		text, rest, ok := bytes.Cut(w.rest, []byte("\n"))
		if !ok {
			break
		}
		w.rest, w.err = rest, w.line(text[:len(text):len(text)])
	}
	return len(p), w.err
}
