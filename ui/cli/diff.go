package cli

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"parley/httpcore/content/diff"
	"parley/httpcore/content/jsonpath"
)

// compareFlags say what counts as a difference, and how differences are shown.
type compareFlags struct {
	ignore              []string
	anyOrder            bool
	tolerance           []string
	unified, sideBySide bool
	asJSON              bool
	context             int
	color               string
}

func (f *compareFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringArrayVar(&f.ignore, "ignore", nil, "`PATH` that does not count: a JSONPath of the body, or header:NAME")
	flags.BoolVar(&f.anyOrder, "any-order", false, "let the order of elements of arrays not count")
	flags.StringArrayVar(&f.tolerance, "tolerance", nil, "how `FAR` apart values may be: 0.01 or 1% of numbers, 2s of times")
	flags.BoolVar(&f.unified, "unified", false, "show one column")
	flags.BoolVar(&f.sideBySide, "side-by-side", false, "show two columns, as on a terminal that is wide enough")
	flags.BoolVar(&f.asJSON, "json", false, "print JSON")
	flags.IntVar(&f.context, "context", 3, "`NUMBER` of lines around a change, at most 64")
	flags.StringVar(&f.color, "color", "auto", "`WHEN` to use colours: auto, always or never")
	cmd.MarkFlagsMutuallyExclusive("unified", "side-by-side", "json")
	words := cobra.FixedCompletions([]string{"auto", "always", "never"}, cobra.ShellCompDirectiveNoFileComp)
	if err := cmd.RegisterFlagCompletionFunc("color", words); err != nil {
		panic(err) // the flag was defined above
	}
}

func (f *compareFlags) check() error {
	if f.context < 0 || f.context > diff.MaxContext {
		return &UsageError{Message: fmt.Sprintf("--context cannot be %d", f.context), Advice: fmt.Sprintf("it is 0 to %d", diff.MaxContext)}
	}
	if _, err := f.rules(nil); err != nil {
		return err
	}
	return (&outputFlags{color: f.color}).check()
}

type diffFlags struct {
	requestFlags
	compareFlags
	between string
}

func (p *Program) diffVerb() *cobra.Command {
	var f diffFlags
	cmd := &cobra.Command{
		Use:   "diff A B",
		Short: "Compare two responses: of history, or of requests sent now",
		Long: `Compare the status, the headers and the bodies of two responses.

A and B are exchanges of the history, as ` + "`history show`" + ` takes them (an id, last, ~2), or saved requests and URLs, which are
sent now. --between sends one request in two environments.

Headers are compared in any order, JSON by what it means: members by their names, elements by an id that each of them has or
by what is in them, numbers by value. Everything else is compared line by line, and so is JSON of more than 16 MB. The marks
are + added, - removed, ~ changed and > moved.

What --ignore and the request's [compare] name does not count. Exit code 1 says that the two differ.`,
		Example: `  parley diff ~2 last
  parley diff users/list last --ignore '$..updated_at' --ignore header:Date
  parley diff users/list --between dev,prod
  parley diff ~2 last --json | jq -r '.body.changes[].path'`,
		ValidArgsFunction: p.completeDiff,
		Args: func(cmd *cobra.Command, args []string) error {
			if f.between != "" {
				return arguments(1, 1)(cmd, args)
			}
			return arguments(2, 2)(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error { return p.diff(cmd.Context(), p.dir(cmd), args, f) },
	}
	f.requestFlags.register(cmd)
	f.compareFlags.register(cmd)
	cmd.Flags().StringVar(&f.between, "between", "", "`ENV,ENV` to send the one request in")
	cmd.MarkFlagsMutuallyExclusive("between", "env")
	p.completeChoices(cmd)
	return cmd
}

func (p *Program) historyDiffVerb() *cobra.Command {
	var f compareFlags
	cmd := &cobra.Command{
		Use:               "diff A B",
		Short:             "Compare the responses of two exchanges",
		Long:              "Compare the responses of two exchanges, as `parley diff` does, whose help says how.",
		Example:           "  parley history diff ~2 last\n  parley history diff m3k9x2ab last --any-order",
		Args:              arguments(2, 2),
		ValidArgsFunction: p.completeDiff,
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.diffHistory(cmd.Context(), args, f)
		},
	}
	f.register(cmd)
	return cmd
}

// completeDiff offers the newest exchanges for either side, and saved requests where they can be sent.
func (p *Program) completeDiff(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 1 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	list, directive := p.completeHistory(cmd, nil, typed)
	if cmd.Flags().Lookup("between") != nil {
		saved, _ := p.completeSaved(cmd, nil, typed)
		list = append(list, saved...)
	}
	return list, directive
}

// differsError says that two responses differ, which is no failure and yet an exit code of its own.
type differsError struct{ a, b string }

func (e *differsError) Error() string { return fmt.Sprintf("%s and %s differ", e.a, e.b) }

// rules reads the flags, and what saved requests ignore beside them.
func (f *compareFlags) rules(saved []string) (diff.Rules, error) {
	r := diff.Rules{Options: diff.Options{AnyOrder: f.anyOrder}}
	for i, text := range append(append([]string{}, f.ignore...), saved...) {
		if err := r.Leave(text); err != nil {
			return r, badRule(text, err, i >= len(f.ignore))
		}
	}
	for _, text := range f.tolerance {
		if !tolerate(&r.Tolerance, text) {
			return r, &UsageError{Message: fmt.Sprintf("--tolerance cannot be %q", text), Advice: "it is a number, a percentage such as 1%, or a duration such as 2s"}
		}
	}
	return r, nil
}

func badRule(text string, err error, saved bool) error {
	message := fmt.Sprintf("%q cannot be ignored: %v", text, err)
	if bad, ok := errors.AsType[*jsonpath.SyntaxError](err); ok {
		message = fmt.Sprintf("%q cannot be ignored: %s at byte %d", text, bad.Msg, bad.Offset)
	}
	if saved {
		message = "in [compare]: " + message
	}
	return &UsageError{Message: message, Advice: "write a JSONPath such as $.updated_at, or header:Date"}
}

func tolerate(t *diff.Tolerance, text string) bool {
	positive := func(s string) (float64, bool) {
		n, err := strconv.ParseFloat(s, 64)
		return n, err == nil && n >= 0 && !math.IsInf(n, 0)
	}
	if n, ok := positive(text); ok {
		t.Absolute = n
		return true
	}
	if share, is := strings.CutSuffix(text, "%"); is {
		n, ok := positive(share)
		t.Relative = n / 100
		return ok
	}
	d, err := time.ParseDuration(text)
	t.Time = d
	return err == nil && d >= 0
}

func (p *Program) diff(ctx context.Context, dir string, args []string, f diffFlags) (err error) {
	if err := f.check(); err != nil {
		return err
	}
	first, second := f.requestFlags, f.requestFlags
	if f.between != "" {
		one, other, ok := strings.Cut(f.between, ",")
		if !ok || one == "" || other == "" || strings.Contains(other, ",") {
			return &UsageError{Message: fmt.Sprintf("--between cannot be %q", f.between), Advice: "name two environments, such as --between dev,prod"}
		}
		first.environments, second.environments = []string{one}, []string{other}
		args = []string{args[0], args[0]}
	}
	a, err := p.side(ctx, dir, args[0], first)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	b, err := p.side(ctx, dir, args[1], second)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.Close()) }()
	if f.between != "" {
		a.name, b.name = first.environments[0], second.environments[0]
	}
	return p.compare(ctx, a, b, f.compareFlags)
}

func (p *Program) diffHistory(ctx context.Context, args []string, f compareFlags) (err error) {
	if err := f.check(); err != nil {
		return err
	}
	a, err := p.past(ctx, args[0])
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	b, err := p.past(ctx, args[1])
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.Close()) }()
	return p.compare(ctx, a, b, f)
}
