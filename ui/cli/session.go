package cli

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"parley/collections"
	"parley/collections/runner"
	"parley/ui/safe"
)

func (p *Program) sessionVerb() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "session",
		Short: "List, show and close named sessions",
		Long: `List, show and close the sessions of the collection; outside of any collection, your own. A session has cookies, which last
until it is closed, and defaults for its requests, which [sessions.NAME] in collection.toml sets.

"parley send --session NAME" sends in one. Without a name, a verb begins with an empty session and keeps nothing; the
workbench keeps its session "default".`,
		Example: `  parley session
  parley send :8080/login user=ada --session admin && parley send :8080/me --session admin
  parley session show admin
  parley session close admin`,
		Args: noVerb,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.listSessions(cmd, false) },
	}
	cmd.AddCommand(p.sessionListVerb(), p.sessionShowVerb(), p.sessionCloseVerb())
	return cmd
}

// sessions returns those of the collection at hand, or the user's own. Close them.
func (p *Program) sessions(cmd *cobra.Command) (*runner.Sessions, error) {
	c, err := p.tree(p.dir(cmd))
	if err != nil {
		return nil, err
	}
	store, err := p.sessionStore(c)
	if err != nil {
		return nil, err
	}
	return runner.NewSessions(p.NewSession, store), nil
}

// listedSession is a session as `session list --json` prints it.
type listedSession struct {
	Name     string    `json:"name"`
	Cookies  int       `json:"cookies"`
	Saved    time.Time `json:"saved,omitzero"`
	File     string    `json:"file,omitempty"`
	Defaults string    `json:"defaults,omitempty"`
	Error    string    `json:"error,omitempty"`
}

func (p *Program) sessionListVerb() *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List the sessions that have cookies or defaults",
		Example: "  parley session list\n  parley session list --json | jq -r '.[].name'",
		Args:    arguments(0, 0),
		RunE:    func(cmd *cobra.Command, _ []string) error { return p.listSessions(cmd, asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func (p *Program) listSessions(cmd *cobra.Command, asJSON bool) (err error) {
	list, problems := p.knownSessions(cmd)
	if asJSON {
		return errors.Join(p.printJSON(list), problems)
	}
	err = p.table(func(w io.Writer) {
		for _, s := range list {
			saved := ""
			if !s.Saved.IsZero() {
				saved = "saved " + s.Saved.Local().Format("2006-01-02 15:04:05")
			}
			defaults := ""
			if s.Defaults != "" {
				defaults = "defaults in " + s.Defaults
			}
			count := "1 cookie"
			if s.Cookies != 1 {
				count = fmt.Sprintf("%d cookies", s.Cookies)
			}
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", safe.Line(s.Name), count, saved, safe.Line(defaults))
		}
	})
	return errors.Join(err, problems)
}

// knownSessions lists the sessions that are kept, and those that the collection has defaults for. The error tells of files
// that cannot be read, beside the rest.
func (p *Program) knownSessions(cmd *cobra.Command) (list []listedSession, err error) {
	sessions, err := p.sessions(cmd)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, sessions.Close()) }()
	kept, err := sessions.List()
	list = []listedSession{}
	for _, s := range kept {
		one := listedSession{Name: s.Name, Cookies: s.Cookies, Saved: s.Saved, File: s.File}
		if s.Err != nil {
			one.Error = s.Err.Error()
			err = errors.Join(err, s.Err)
		}
		list = append(list, one)
	}
	c, missing := p.tree(p.dir(cmd))
	if c == nil {
		return list, errors.Join(err, missing)
	}
	for _, d := range c.Settings.Sessions {
		at := slices.IndexFunc(list, func(s listedSession) bool { return s.Name == d.Name })
		if at < 0 {
			list = append(list, listedSession{Name: d.Name})
			at = len(list) - 1
		}
		list[at].Defaults = d.Pos.String()
	}
	slices.SortFunc(list, func(a, b listedSession) int { return strings.Compare(a.Name, b.Name) })
	return list, err
}

func (p *Program) sessionCloseVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "close NAME...",
		Short: "Forget the cookies of sessions",
		Long: `Forget the cookies of sessions, also where a workbench has one open. A file that cannot be read is put aside, and said.
Defaults that collection.toml has for it stay there.`,
		Example:           "  parley session close admin",
		Args:              arguments(1, anyNumber),
		ValidArgsFunction: p.completeSessions,
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			sessions, err := p.sessions(cmd)
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, sessions.Close()) }()
			kept, err := sessions.List()
			if err != nil {
				return err
			}
			for _, name := range args {
				if err := knownSession(name, kept); err != nil {
					return err
				}
			}
			for _, name := range args {
				aside, err := sessions.Forget(cmd.Context(), name)
				if err != nil {
					return err
				}
				if aside != "" {
					p.note("what could not be read is now in %s", aside)
				}
			}
			return nil
		},
	}
}

// knownSession refuses a name that no session has.
func knownSession(name string, kept []runner.SessionInfo) error {
	if err := runner.CheckSessionName(name); err != nil {
		return err
	}
	names := make([]string, len(kept))
	for i, s := range kept {
		names[i] = s.Name
	}
	if slices.Contains(names, name) {
		return nil
	}
	return noSession(name, names)
}

func noSession(name string, names []string) error {
	advice := "`parley session list` lists them; a session is kept once it has a cookie"
	if near := collections.Nearest(name, names); near != "" {
		advice = fmt.Sprintf("did you mean %s?", near)
	}
	return &UsageError{Message: fmt.Sprintf("there is no session %q with cookies here", name), Advice: advice}
}

// completeSessions offers the sessions that are kept or have defaults.
func (p *Program) completeSessions(cmd *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	list, _ := p.knownSessions(cmd)
	var names []string
	for _, s := range list {
		if strings.HasPrefix(s.Name, typed) {
			names = append(names, s.Name)
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}
