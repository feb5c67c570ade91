package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"parley/collections/disk"
	"parley/collections/runner"
	"parley/collections/runner/batch"
	"parley/ui/report"
	"parley/ui/safe"
)

// reportFlags say what is told of a run, and where.
type reportFlags struct {
	reports        []string
	record, replay string
	har            bool
	verbose        int
	color          string
}

func (f *reportFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringArrayVar(&f.reports, "report", nil, "`FORMAT[=FILE]` to report in: text, junit, html or har; several may be given")
	flags.BoolVar(&f.har, "har", false, "print a HAR 1.2 log of every exchange, as --report har")
	flags.StringVar(&f.record, "record", "", "`FILE` to keep every exchange in, for --replay")
	flags.StringVar(&f.replay, "replay", "", "`FILE` to answer from, without a network")
	flags.CountVarP(&f.verbose, "verbose", "v", "tell of every request, with what was captured and what hooks logged")
	flags.StringVar(&f.color, "color", "auto", "`WHEN` to use colours: auto, always or never")
	cmd.MarkFlagsMutuallyExclusive("record", "replay")
	words := func(list ...string) cobra.CompletionFunc {
		return cobra.FixedCompletions(list, cobra.ShellCompDirectiveNoFileComp)
	}
	err := errors.Join(
		cmd.RegisterFlagCompletionFunc("report", words(report.Formats()...)),
		cmd.RegisterFlagCompletionFunc("color", words("auto", "always", "never")),
		cmd.MarkFlagFilename("record", "har"), cmd.MarkFlagFilename("replay", "har"))
	if err != nil {
		panic(err) // the flags were defined above
	}
}

// reportTarget is a report on its way to a file, or to standard output.
type reportTarget struct {
	report report.Report
	// file takes the place of the old one when the report is whole; nil for standard output.
	file interface {
		Commit() error
		Discard() error
	}
	// toStdout says that standard output has this report, and nothing else.
	toStdout bool
}

func (t reportTarget) close(s batch.Summary) error {
	err := t.report.Close(s)
	switch {
	case t.file == nil:
		return err
	case err != nil:
		return errors.Join(err, t.file.Discard())
	default:
		return t.file.Commit()
	}
}

// openReports begins the reports that are asked for. What cannot be written is said before anything is sent.
func (p *Program) openReports(f reportFlags, about report.About) (list []reportTarget, err error) {
	defer func() {
		if err != nil {
			for _, t := range list {
				err = errors.Join(err, t.drop())
			}
		}
	}()
	if f.color != "auto" && f.color != "always" && f.color != "never" {
		return nil, &UsageError{Message: fmt.Sprintf("--color cannot be %q", f.color), Advice: "it is auto, always or never"}
	}
	wanted := slices.Clone(f.reports)
	if f.har {
		wanted = append(wanted, "har")
	}
	if f.record != "" {
		wanted = append(wanted, "har="+f.record)
	}
	for _, spec := range wanted {
		format, file, named := strings.Cut(spec, "=")
		if named && file == "" {
			return list, &UsageError{Message: fmt.Sprintf("--report %s names no file", spec), Advice: "such as --report junit=report.xml"}
		}
		if format == "text" && !named {
			continue // it is what people read on standard output anyway
		}
		target, err := p.openReport(format, file, about)
		if err != nil {
			return list, err
		}
		list = append(list, target)
		if slices.ContainsFunc(list[:len(list)-1], func(t reportTarget) bool { return t.toStdout && target.toStdout }) {
			return list, &UsageError{Message: "two reports would be mixed up on standard output", Advice: "give one of them a file: --report FORMAT=FILE"}
		}
	}
	return list, nil
}

func (t reportTarget) drop() error {
	if t.file == nil {
		return nil
	}
	return t.file.Discard()
}

func (p *Program) openReport(format, file string, about report.About) (reportTarget, error) {
	var t reportTarget
	var w io.Writer
	switch {
	case file == "" || file == "-":
		t.toStdout = true
		w = p.Stdout
		if p.IsTerminal(p.Stdout) {
			w = safe.NewWriter(p.Stdout, safe.KeepNewline|safe.KeepTab, "", "")
		}
	default:
		opened, err := p.openTarget(file)
		if err != nil {
			return t, err
		}
		t.file, w = opened, opened
	}
	var err error
	if t.report, err = report.New(format, w, about); err != nil {
		if unknown, ok := errors.AsType[*report.FormatError](err); ok {
			err = &UsageError{Message: unknown.Error(), Advice: unknown.Hint()}
		}
		return t, errors.Join(err, t.drop())
	}
	return t, nil
}

// targetFile is where a report goes.
type targetFile interface {
	io.Writer
	Commit() error
	Discard() error
}

// openTarget begins to write a file, which appears when it is whole. What is no regular file, such as a pipe, is written to
// as it is.
func (p *Program) openTarget(file string) (targetFile, error) {
	name := p.abs(file)
	if info, err := os.Stat(name); err == nil && !info.IsDir() && !info.Mode().IsRegular() {
		device, err := os.OpenFile(name, os.O_WRONLY, 0)
		if err != nil {
			return nil, disk.Wrap("write", file, err)
		}
		return streamed{device}, nil
	}
	if err := p.checkOutput(outputFlags{file: file}); err != nil {
		return nil, err
	}
	return disk.Replace(p.FS, name, 0o600)
}

// streamed is a target that has what was written to it.
type streamed struct{ *os.File }

// Commit and Discard let it go.
func (s streamed) Commit() error { return s.Close() }

// Discard lets it go as well: what has been written stays written.
func (s streamed) Discard() error { return s.Close() }

// aboutRun says what is run.
func (p *Program) aboutRun(work runner.Workspace, f runFlags) report.About {
	title := work.Collection.Settings.Name.Text
	if title == "" {
		title = filepath.Base(work.Collection.Root)
	}
	if len(f.choice.Paths) > 0 {
		title += ": " + strings.Join(f.choice.Paths, ", ")
	}
	about := report.About{Title: safe.Line(title), Version: p.Version}
	for _, name := range work.Names() {
		about.Environments = append(about.Environments, safe.Line(name))
	}
	return about
}

// runText is what people read of a run while it goes on: on stdout, or where a report has that, on stderr.
func (p *Program) runText(b *board, to []reportTarget, f reportFlags) report.Report {
	var w, stream io.Writer = p.Stdout, p.Stdout
	if slices.ContainsFunc(to, func(t reportTarget) bool { return t.toStdout }) {
		w, stream = p.Stderr, p.Stderr
	}
	options := report.TextOptions{Show: report.All, Colors: p.textColors(stream, f.color)}
	if p.IsTerminal(stream) && b != nil && !slices.Contains(f.reports, "text") {
		options.Show = report.Failures
	}
	if f.verbose > 0 {
		options.Show = report.Details
	}
	if b != nil {
		w = b.above(w)
	}
	return report.NewText(w, options)
}

// textColors decides as looks does, for text that is not a body.
func (p *Program) textColors(stream io.Writer, color string) bool {
	switch {
	case color == "always":
		return true
	case color == "never" || p.env("NO_COLOR") != "":
		return false
	case p.env("CLICOLOR_FORCE") != "" && p.env("CLICOLOR_FORCE") != "0":
		return true
	default:
		return p.IsTerminal(stream) && p.env("TERM") != "dumb"
	}
}
