package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"parley/collections"
	"parley/collections/har"
	"parley/collections/runner"
	"parley/history"
	"parley/ui/safe"
)

// checkEntry runs what the request of an exchange expects now, in the place of what was recorded. The error is what is not
// met.
func (p *Program) checkEntry(ctx context.Context, entry *history.Entry) (unmetNow, err error) {
	collection, err := p.collectionOf(entry.Meta)
	if err != nil {
		return nil, err
	}
	request, err := requestOf(collection, entry.Meta)
	if err != nil {
		return nil, err
	}
	if collection == nil {
		collection = &collections.Collection{Root: p.Dir, Settings: &collections.Settings{}, Tree: &collections.Folder{}}
	}
	// As it was sent then, as far as there still are such environments.
	work := runner.Workspace{Collection: collection, Session: entry.Meta.Session}
	for _, name := range entry.Meta.Environments {
		if _, err := collection.Environment(name); err == nil {
			work.Environments = append(work.Environments, name)
		}
	}
	verdict, err := work.Check(ctx, request, entry.Exchange)
	if err != nil {
		return nil, err
	}
	entry.Meta.Captured, entry.Meta.Expect = verdict.Captured, verdict.Expect
	return unmet(verdict, entry.Exchange), nil
}

// requestOf finds the request that an exchange was of: as its file has it, or as it was written if it was never saved.
func requestOf(collection *collections.Collection, m history.Meta) (*collections.Request, error) {
	switch {
	case m.Request != "" && collection != nil:
		return collection.Request(m.Request)
	case m.Written == "":
		return nil, &UsageError{Message: "how this request was written is not known", Advice: "name an exchange of a saved request"}
	default:
		_, request, err := collections.Draft{Text: []byte(m.Written)}.Requests()
		return request, err
	}
}

// showChecks prints what came of a response.
func showChecks(out io.Writer, m history.Meta) {
	if len(m.Expect) > 0 {
		fmt.Fprintln(out, "# expected")
	}
	for _, e := range m.Expect {
		fmt.Fprintf(out, "#   %s %s: %s\n", signOf(e.Passed), safe.Line(e.Name), safe.Line(e.Expression))
		for _, line := range e.Explanation {
			fmt.Fprintf(out, "#       %s\n", safe.Line(line))
		}
	}
	if len(m.Captured) > 0 {
		fmt.Fprintln(out, "# captured")
	}
	for _, c := range m.Captured {
		text := c.Value
		if c.Error != "" {
			text = c.Error
		}
		fmt.Fprintf(out, "#   %s %s: %s\n", signOf(c.Error == ""), safe.Line(c.Name), safe.Line(text))
	}
}

func signOf(met bool) string {
	if met {
		return "✓"
	}
	return "✗"
}

// shownEntry is an exchange as `history show --json` prints it: what `history list --json` says of it, and what came of it.
type shownEntry struct {
	exchanged
	Session  string         `json:"session,omitempty"`
	Captured []har.Captured `json:"captured,omitempty"`
	Expect   []har.Expect   `json:"expect,omitempty"`
}

func shownOf(entry *history.Entry) shownEntry {
	x, m := entry.Exchange, entry.Meta
	s := shownEntry{
		exchanged: exchanged{
			ID: entry.ID.String(), Started: entry.ID.Time().UTC().Format(time.RFC3339Nano), Method: x.Request.Method, URL: x.Request.URL,
			Request: m.Request, Collection: m.Collection,
			Environment: strings.Join(m.Environments, ","), Seconds: x.Total().Seconds(),
		},
		Session: m.Session, Captured: m.Captured, Expect: m.Expect,
	}
	if s.Method == "" {
		s.Method = "GET"
	}
	if len(x.Hops) > 0 {
		first := x.Hops[0].Prepared
		s.Method, s.URL = first.Method, first.URL.Redacted()
	}
	if r := x.Response(); r != nil {
		s.Status, s.Size = r.Status, r.Body.Size()
	}
	if x.Err != nil {
		s.Error = string(x.Err.Kind)
	}
	return s
}

// showChecked is showPart of an exchange whose expectations are run again. What is printed comes first, as it does when
// a request is sent.
func (p *Program) showChecked(ctx context.Context, entry *history.Entry, f showFlags) error {
	unmetNow, err := p.checkEntry(ctx, entry)
	if err != nil {
		return err
	}
	f.check = false
	return errors.Join(p.showPart(ctx, entry, f), unmetNow)
}
