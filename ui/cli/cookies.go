package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"parley/collections/runner"
	"parley/httpcore"
	"parley/httpcore/cookies"
	"parley/ui/safe"
)

func (p *Program) cookiesVerb() *cobra.Command {
	f := &jarFlags{}
	cmd := &cobra.Command{
		Use:   "cookies",
		Short: "List, set and delete the cookies of a session",
		Long: `List, set and delete the cookies that a session of the collection keeps; outside of any collection, those of your own.

Without --session they are the workbench's: those of the session "default". A verb that sends uses them, and keeps the
cookies that it gets, when a session is named: --session default, or any other name.`,
		Example: `  parley cookies
  parley cookies list --url https://api.example.com/users   why each is sent there or not
  parley cookies set theme=dark --domain api.example.com --session admin
  parley cookies export cookies.txt && curl -b cookies.txt https://api.example.com`,
		Args: noVerb,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.listCookies(cmd, *f, cookieListFlags{}) },
	}
	flags := cmd.PersistentFlags()
	flags.StringVar(&f.session, "session", "", "`NAME` of the session; the workbench's without it")
	cmd.AddCommand(p.cookiesListVerb(f), p.cookiesSetVerb(f), p.cookiesRemoveVerb(f), p.cookiesImportVerb(f), p.cookiesExportVerb(f))
	if err := cmd.RegisterFlagCompletionFunc("session", p.completeSessions); err != nil {
		panic(err) // the flag was defined before
	}
	return cmd
}

// jarFlags say whose cookies are meant.
type jarFlags struct{ session string }

// withSession opens the session that is meant, gives it to do, and saves what that changed.
func (p *Program) withSession(cmd *cobra.Command, f jarFlags, do func(*httpcore.Session) error) (err error) {
	sessions, err := p.sessions(cmd)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, sessions.Close()) }()
	name := f.session
	if name == "" {
		name = runner.DefaultSession
	}
	session, err := sessions.Open(name)
	if err != nil {
		return err
	}
	if err := do(session); err != nil {
		return err
	}
	return sessions.Save(cmd.Context(), name)
}

type cookieListFlags struct {
	url, domain string
	asJSON      bool
}

func (p *Program) cookiesListVerb(jar *jarFlags) *cobra.Command {
	var f cookieListFlags
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the cookies of a session, values included",
		Long: `List the cookies of a session. Their values are credentials more often than not, and are shown.

With --url it lists the cookies of that site, those that are sent there first, with the reason for each.`,
		Example: `  parley cookies list --session admin
  parley cookies list --domain example.com --json | jq -r '.[].name'
  parley cookies list --url https://api.example.com/users`,
		Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error { return p.listCookies(cmd, *jar, f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.url, "url", "", "`URL` to say of each cookie whether it is sent there, and why")
	flags.StringVar(&f.domain, "domain", "", "`DOMAIN` to list alone, with the hosts below it")
	flags.BoolVar(&f.asJSON, "json", false, "print JSON")
	cmd.MarkFlagsMutuallyExclusive("url", "domain")
	return cmd
}

func (p *Program) listCookies(cmd *cobra.Command, jar jarFlags, f cookieListFlags) error {
	return p.withSession(cmd, jar, func(session *httpcore.Session) error {
		if f.url != "" {
			return p.explainCookies(cmd.Context(), session, f)
		}
		list := []shownCookie{}
		for _, c := range session.Jar().Of(f.domain) {
			list = append(list, shown(c))
		}
		return p.printCookies(list, f.asJSON)
	})
}

// explainCookies lists what would go along with a GET of the URL, and what would not.
func (p *Program) explainCookies(ctx context.Context, session *httpcore.Session, f cookieListFlags) error {
	prepared, err := session.Prepare(ctx, &httpcore.Request{URL: withScheme(f.url)})
	if err != nil {
		return err
	}
	list := []shownCookie{}
	for _, d := range prepared.Cookies {
		one := shown(d.Cookie)
		one.Sent, one.Reason, one.Why = &d.Sent, string(d.Reason), d.Why
		list = append(list, one)
	}
	return p.printCookies(list, f.asJSON)
}

// shownCookie is a cookie as `cookies list --json` prints it.
type shownCookie struct {
	Name        string    `json:"name"`
	Value       string    `json:"value"`
	Domain      string    `json:"domain"`
	HostOnly    bool      `json:"host_only"`
	Path        string    `json:"path"`
	Expires     time.Time `json:"expires,omitzero"`
	Secure      bool      `json:"secure,omitempty"`
	HTTPOnly    bool      `json:"http_only,omitempty"`
	SameSite    string    `json:"same_site,omitempty"`
	Partitioned bool      `json:"partitioned,omitempty"`
	Created     time.Time `json:"created"`
	Used        time.Time `json:"used"`
	Sent        *bool     `json:"sent,omitempty"`
	Reason      string    `json:"reason,omitempty"`
	Why         string    `json:"why,omitempty"`
}

func shown(c cookies.Cookie) shownCookie {
	return shownCookie{
		Name: c.Name, Value: c.Value, Domain: c.Domain, HostOnly: c.HostOnly, Path: c.Path, Expires: c.Expires,
		Secure: c.Secure, HTTPOnly: c.HTTPOnly, SameSite: string(c.SameSite), Partitioned: c.Partitioned,
		Created: c.Created, Used: c.Used,
	}
}

func (p *Program) printCookies(list []shownCookie, asJSON bool) error {
	if asJSON {
		return p.printJSON(list)
	}
	return p.table(func(w io.Writer) {
		for _, c := range list {
			scope := c.Domain
			if !c.HostOnly {
				scope = "." + scope
			}
			columns := []string{c.Name + "=" + c.Value, scope + c.Path, c.end(), strings.Join(c.attributes(), " ")}
			if c.Sent != nil {
				sent := "not sent"
				if *c.Sent {
					sent = "sent"
				}
				columns = append([]string{sent}, append(columns, c.Why)...)
			}
			for i := range columns {
				columns[i] = safe.Line(columns[i])
			}
			fmt.Fprintln(w, strings.Join(columns, "\t"))
		}
	})
}

// end says when a cookie ends.
func (c shownCookie) end() string {
	if c.Expires.IsZero() {
		return "session"
	}
	return c.Expires.Local().Format("2006-01-02 15:04:05")
}

func (c shownCookie) attributes() []string {
	var list []string
	for _, a := range []struct {
		name string
		set  bool
	}{{"Secure", c.Secure}, {"HttpOnly", c.HTTPOnly}, {"SameSite=" + c.SameSite, c.SameSite != ""}, {"Partitioned", c.Partitioned}} {
		if a.set {
			list = append(list, a.name)
		}
	}
	return list
}
