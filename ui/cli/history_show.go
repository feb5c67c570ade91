package cli

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"parley/history"
	"parley/httpcore"
	"parley/ui/safe"
)

type showFlags struct {
	outputFlags
	filterFlags
	har, bodyOnly, asJSON, check bool
}

func (p *Program) historyShowVerb() *cobra.Command {
	var f showFlags
	cmd := &cobra.Command{
		Use:   "show [ID]",
		Short: "Show one exchange, the newest without an ID",
		Long: `Show what was sent and what came back: every redirect, heads and bodies. A secret is shown as its mark, {secret NAME}, since
its value is never kept. What was expected and captured is told with it, as it was evaluated when the response came.

--check evaluates what the request expects now in its place; when something is not met, the exit code is 1.`,
		Example: `  parley history show
  parley history show m3k9x2ab --body -o answer.json
  parley history show m3k9x2ab --jq '.items[].id'
  parley history show m3k9x2ab --har
  parley history show m3k9x2ab --json | jq '.expect[] | select(.passed | not)'
  parley history show m3k9x2ab --check`,
		Args:              arguments(0, 1),
		ValidArgsFunction: p.completeHistory,
		RunE:              func(cmd *cobra.Command, args []string) error { return p.showHistory(cmd.Context(), args, f) },
	}
	f.outputFlags.register(cmd)
	cmd.Flags().BoolVar(&f.har, "har", false, "print a HAR 1.2 log of the exchange")
	cmd.Flags().BoolVar(&f.bodyOnly, "body", false, "print the body of the response alone")
	cmd.Flags().BoolVar(&f.asJSON, "json", false, "print a summary of the exchange, and what was expected and captured, as JSON")
	cmd.Flags().BoolVar(&f.check, "check", false, "run what the request expects now on the exchange; exit with 1 when it is not met")
	f.filterFlags.register(cmd)
	cmd.MarkFlagsMutuallyExclusive("har", "body", "json")
	return cmd
}

func (p *Program) showHistory(ctx context.Context, args []string, f showFlags) error {
	if err := errors.Join(f.outputFlags.check(), f.filterFlags.check()); err != nil {
		return err
	}
	return p.withEntry(ctx, args, func(entry *history.Entry) error { return p.showPart(ctx, entry, f) })
}

// showPart prints what the flags ask for of an exchange.
func (p *Program) showPart(ctx context.Context, entry *history.Entry, f showFlags) error {
	switch {
	case f.check:
		return p.showChecked(ctx, entry, f)
	case f.asJSON:
		return p.printJSON(shownOf(entry))
	case f.har:
		return p.printHAR(entry.Exchange, &entry.Meta, f.outputFlags)
	case !f.bodyOnly && !f.selects():
		return p.showEntry(ctx, entry, f.outputFlags)
	}
	r := entry.Exchange.Response()
	if r == nil {
		return &UsageError{Message: "no response came in this exchange", Advice: "`parley history show` tells why"}
	}
	by, err := f.selection()
	if err != nil {
		return err
	}
	if by == nil {
		return p.printBody(ctx, r, nil, f.outputFlags)
	}
	return p.printSelected(ctx, r, nil, f.outputFlags, by)
}

// showEntry prints every message of an exchange.
func (p *Program) showEntry(ctx context.Context, entry *history.Entry, f outputFlags) (err error) {
	out, err := p.open(f)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	fmt.Fprintf(out, "# %s  %s%s\n", entry.ID, entry.ID.Time().Local().Format("2006-01-02 15:04:05.000"), from(entry.Meta))
	l := p.looks(f)
	for hop, attempt := range entry.Exchange.Attempts() {
		fmt.Fprint(out, safe.Text(string(attempt.Sent.Head)))
		if err := showContent(out, hop.Prepared); err != nil {
			return err
		}
		r := attempt.Response
		if r != nil {
			fmt.Fprint(out, safe.Text(string(r.RawHead)))
			if err := unlessForgotten(out, p.show(out, r.Body.Reader(ctx), r, nil, l)); err != nil {
				return err
			}
			fmt.Fprintln(out)
		}
		if attempt.Err != nil {
			fmt.Fprintf(out, "# %s\n\n", safe.Text(attempt.Err.Message))
		}
	}
	showChecks(out, entry.Meta)
	return nil
}

// from tells where an exchange came from.
func from(m history.Meta) string {
	text := ""
	if m.Request != "" {
		text += "  " + safe.Line(m.Request)
	}
	for _, name := range m.Environments {
		text += "  " + safe.Line(name)
	}
	return text
}

// showContent prints the content of a request as text.
func showContent(out io.Writer, p *httpcore.Prepared) error {
	if p.Body == nil {
		return nil
	}
	content, err := p.Body.Open()
	if err != nil {
		return unlessForgotten(out, err)
	}
	guard := safe.NewWriter(out, safe.KeepNewline|safe.KeepTab, "", "")
	_, err = io.Copy(guard, content)
	_, end := io.WriteString(out, "\n\n")
	return errors.Join(err, guard.Close(), content.Close(), end)
}

// unlessForgotten says in the place of a body that it was not kept, or broke off; other errors it returns.
func unlessForgotten(out io.Writer, err error) error {
	if forgotten, ok := errors.AsType[*history.Error](err); ok {
		_, err = fmt.Fprintf(out, "# %s\n", safe.Text(forgotten.Message))
	}
	return ignoreBroken(err)
}
