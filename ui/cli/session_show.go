package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"parley/collections"
	"parley/collections/resolve"
	"parley/httpcore"
	"parley/ui/safe"
)

// shownSession is a session as `session show --json` prints it.
type shownSession struct {
	listedSession

	Settings []sessionSetting `json:"settings"`
	Jar      []shownCookie    `json:"jar"`
}

// sessionSetting is a default of a session, as the file says it.
type sessionSetting struct {
	Key   string `json:"key"`
	Value string `json:"value"`
	Where string `json:"where"`
}

func (p *Program) sessionShowVerb() *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "show NAME",
		Short: "Show the defaults and the cookies of a session",
		Long: `Show the defaults of a session as collection.toml has them, variables unresolved and credentials that stand there in the
clear as dots, and its cookies.`,
		Example:           "  parley session show admin\n  parley session show admin --json | jq -r '.jar[].name'",
		Args:              arguments(1, 1),
		ValidArgsFunction: p.completeSessions,
		RunE:              func(cmd *cobra.Command, args []string) error { return p.showSession(cmd, args[0], asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func (p *Program) showSession(cmd *cobra.Command, name string, asJSON bool) error {
	known, problems := p.knownSessions(cmd)
	at := slices.IndexFunc(known, func(s listedSession) bool { return s.Name == name })
	if at < 0 {
		if problems != nil {
			return problems
		}
		names := make([]string, len(known))
		for i, s := range known {
			names[i] = s.Name
		}
		return noSession(name, names)
	}
	s := shownSession{listedSession: known[at], Settings: []sessionSetting{}, Jar: []shownCookie{}}
	c, err := p.tree(p.dir(cmd))
	if err != nil {
		return err
	}
	if c != nil {
		s.Settings = append(s.Settings, settingsOf(c, name)...)
	}
	err = p.withSession(cmd, jarFlags{name}, func(session *httpcore.Session) error {
		for _, c := range session.Jar().All() {
			s.Jar = append(s.Jar, shown(c))
		}
		return nil
	})
	if err != nil {
		return err
	}
	if asJSON {
		return p.printJSON(s)
	}
	if err := p.table(func(w io.Writer) {
		for _, d := range s.Settings {
			fmt.Fprintf(w, "%s\t%s\t%s\n", safe.Line(d.Key), safe.Line(d.Value), safe.Line(d.Where))
		}
	}); err != nil {
		return err
	}
	return p.printCookies(s.Jar, false)
}

// settingsOf lists what [sessions.NAME] says.
func settingsOf(c *collections.Collection, name string) []sessionSetting {
	var list []sessionSetting
	for _, d := range c.Settings.Sessions {
		if d.Name != name {
			continue
		}
		for key, value := range d.Written() {
			list = append(list, sessionSetting{Key: key, Value: withoutCredentials(key, value.Text), Where: value.Pos.String()})
		}
	}
	return list
}

// withoutCredentials puts dots in the place of a credential that stands in the clear.
func withoutCredentials(key, text string) string {
	switch {
	case key == "options.proxy":
		return resolve.WithoutPassword(text)
	case isCredential(key) && !strings.Contains(text, "{{"):
		return "••••"
	default:
		return text
	}
}

// isCredential tells the keys that credentials stand under.
func isCredential(key string) bool {
	switch key = strings.ToLower(key); key {
	case "headers.authorization", "headers.proxy-authorization", "headers.cookie", "options.cert.password":
		return true
	case "auth.type", "auth.username":
		return false
	default:
		return strings.HasPrefix(key, "auth.") || strings.HasPrefix(key, "cookies.")
	}
}
