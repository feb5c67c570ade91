package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"parley/history"
	"parley/ui/safe"
)

func (p *Program) historyVerb() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "history",
		Short: "List, show, search and replay what was sent",
		Example: `  parley history
  parley history search status:5xx since:2h users
  parley history show --har | jq '.log.entries[0].timings'
  parley history replay m3k9x2ab --resolved`,
		Args: noVerb,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.listHistory(cmd.Context(), "", listFlags{limit: 50})
		},
	}
	cmd.AddCommand(p.historyListVerb(), p.historySearchVerb(), p.historyShowVerb(), p.replayVerb(), p.historyDiffVerb())
	return cmd
}

type listFlags struct {
	limit  int
	asJSON bool
}

func (f *listFlags) register(cmd *cobra.Command) {
	cmd.Flags().IntVarP(&f.limit, "limit", "n", 50, "`NUMBER` of exchanges to list at most")
	cmd.Flags().BoolVar(&f.asJSON, "json", false, "print JSON")
}

func (p *Program) historyListVerb() *cobra.Command {
	var f listFlags
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List the newest exchanges",
		Example: "  parley history list -n 10\n  parley history list --json | jq -r '.[].url'",
		Args:    arguments(0, 0),
		RunE:    func(cmd *cobra.Command, _ []string) error { return p.listHistory(cmd.Context(), "", f) },
	}
	f.register(cmd)
	return cmd
}

func (p *Program) historySearchVerb() *cobra.Command {
	var f listFlags
	cmd := &cobra.Command{
		Use:   "search QUERY...",
		Short: "List the exchanges that a query finds",
		Long: `List the exchanges that hold every word of the query in their URL, headers or body, newest first, and match what it says
beside words:
  method:POST   status:404, 4xx or 400-499   host:api.test   request:users/create   env:prod
  since:2h, 3d or 2026-11-22   until:...   is:failed
Double quotes keep words together.`,
		Example: `  parley history search ada status:2xx
  parley history search '"access token" host:api.test' since:1d`,
		Args: arguments(1, anyNumber),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.listHistory(cmd.Context(), strings.Join(args, " "), f)
		},
	}
	f.register(cmd)
	return cmd
}

// openHistory opens the history for a verb, with what `send` left in the spool. Close it.
func (p *Program) openHistory(ctx context.Context) (*history.Store, error) {
	folders, err := p.home()
	if err != nil {
		return nil, err
	}
	store, err := history.Open(ctx, history.Options{Dir: folders.History(), FS: p.FS})
	if err != nil {
		return nil, err
	}
	if err := store.TakeIn(ctx); err != nil {
		p.warn(err) // what is in the database can be shown all the same
	}
	return store, nil
}

// exchanged is an exchange as `history list --json` prints it.
type exchanged struct {
	ID          string  `json:"id"`
	Started     string  `json:"started"`
	Method      string  `json:"method"`
	URL         string  `json:"url"`
	Status      int     `json:"status"`
	Error       string  `json:"error,omitempty"`
	Request     string  `json:"request,omitempty"`
	Collection  string  `json:"collection,omitempty"`
	Environment string  `json:"environment,omitempty"`
	Seconds     float64 `json:"seconds"`
	Size        int64   `json:"size"`
}

func (p *Program) listHistory(ctx context.Context, query string, f listFlags) (err error) {
	if f.limit < 1 {
		return &UsageError{Message: fmt.Sprintf("--limit cannot be %d", f.limit), Advice: "it is 1 or more"}
	}
	q, err := history.ParseQuery(query, p.Now())
	if err != nil {
		return err
	}
	q.Limit = f.limit
	store, err := p.openHistory(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	found, err := store.List(ctx, q)
	if err != nil {
		return err
	}
	if f.asJSON {
		list := make([]exchanged, 0, len(found))
		for _, s := range found {
			list = append(list, exchanged{
				ID: s.ID.String(), Started: s.ID.Time().UTC().Format(time.RFC3339Nano), Method: s.Method, URL: s.URL, Status: s.Status,
				Error: string(s.ErrorKind), Request: s.Request, Collection: s.Collection, Environment: s.Environment,
				Seconds: s.Total.Seconds(), Size: s.Size,
			})
		}
		return p.printJSON(list)
	}
	return p.table(func(w io.Writer) {
		for _, s := range found {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", s.ID, s.ID.Time().Local().Format("2006-01-02 15:04:05"), outcome(s),
				safe.Line(s.Method), s.Total.Round(time.Millisecond), safe.Line(s.URL))
		}
	})
}

func outcome(s history.Summary) string {
	if s.Status == 0 {
		return string(s.ErrorKind)
	}
	return strconv.Itoa(s.Status)
}

// withEntry opens the history, gives do the exchange that args name, or the newest when they name none, and closes both.
func (p *Program) withEntry(ctx context.Context, args []string, do func(*history.Entry) error) (err error) {
	name := "last"
	if len(args) > 0 {
		name = args[0]
	}
	store, err := p.openHistory(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	id, err := store.Find(ctx, name)
	if err != nil {
		return err
	}
	entry, err := store.Get(ctx, id)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, entry.Exchange.Close()) }()
	return do(entry)
}

// completeHistory offers the newest exchanges.
func (p *Program) completeHistory(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	store, err := p.openHistory(cmd.Context())
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	defer store.Close()
	newest, err := store.List(cmd.Context(), history.Query{Limit: 50})
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var ids []string
	for _, s := range newest {
		if id := s.ID.String(); strings.HasPrefix(id, typed) {
			ids = append(ids, cobra.CompletionWithDesc(id, safe.Line(fmt.Sprintf("%s %s %s", outcome(s), s.Method, s.URL))))
		}
	}
	return ids, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
}
