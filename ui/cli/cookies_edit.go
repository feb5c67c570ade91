package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"parley/httpcore"
	"parley/httpcore/cookies"
	"parley/ui/safe"
)

func (p *Program) cookiesSetVerb(jar *jarFlags) *cobra.Command {
	var typed cookies.Typed
	cmd := &cobra.Command{
		Use:   "set NAME=VALUE --domain DOMAIN",
		Short: "Add a cookie, or change the one of that name, domain and path",
		Example: `  parley cookies set theme=dark --domain api.example.com
  parley cookies set id=1 --domain .example.com --path /v2 --expires 30d --secure --session admin`,
		Args: arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			var found bool
			if typed.Name, typed.Value, found = strings.Cut(args[0], "="); !found {
				return &UsageError{Message: fmt.Sprintf("%q is not NAME=VALUE", args[0]), Advice: "such as `parley cookies set theme=dark --domain api.example.com`"}
			}
			c, err := typed.Cookie(p.Now())
			if err != nil {
				return err
			}
			return p.withSession(cmd, *jar, func(session *httpcore.Session) error {
				if session.Jar().Put(c) == cookies.Deleted {
					p.note("its time is over: the cookie of that name, domain and path is deleted")
				}
				return nil
			})
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&typed.Domain, "domain", "", "`DOMAIN` that it goes to; with a dot before it, to the hosts below too")
	flags.StringVar(&typed.Path, "path", "/", "`PATH` that it goes to, and to what is below it")
	flags.StringVar(&typed.Expires, "expires", "", "`WHEN` it ends: 30d, 2h, 2026-12-31; without it, when the session is closed")
	flags.StringVar(&typed.SameSite, "same-site", "", "`None`, Lax or Strict: kept and shown")
	flags.BoolVar(&typed.Secure, "secure", false, "send it over TLS alone")
	flags.BoolVar(&typed.HTTPOnly, "http-only", false, "keep it from scripts: kept and shown")
	flags.BoolVar(&typed.Partitioned, "partitioned", false, "keep it apart by site: kept and shown")
	if err := cmd.MarkFlagRequired("domain"); err != nil {
		panic(err) // the flag was defined before
	}
	return cmd
}

type cookieRemoveFlags struct {
	domain, path string
	all          bool
}

func (p *Program) cookiesRemoveVerb(jar *jarFlags) *cobra.Command {
	var f cookieRemoveFlags
	cmd := &cobra.Command{
		Use:   "rm [NAME...]",
		Short: "Delete cookies by name, by domain, or all",
		Long: `Delete the cookies with these names. Where several have one name, --domain and --path say which, and --all means all of
them. Without a name, --domain deletes what a domain and the hosts below it have, and --all everything.`,
		Example: `  parley cookies rm theme --domain api.example.com
  parley cookies rm --domain example.com
  parley cookies rm --all --session admin`,
		Args: arguments(0, anyNumber),
		RunE: func(cmd *cobra.Command, names []string) error {
			if len(names) == 0 && (f.domain == "" || f.path != "") && !f.all {
				return &UsageError{Message: "it is not said which cookies to delete", Advice: "name them, or give --domain DOMAIN or --all"}
			}
			return p.withSession(cmd, *jar, func(session *httpcore.Session) error { return p.removeCookies(session.Jar(), names, f) })
		},
		ValidArgsFunction: func(cmd *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
			return p.completeCookies(cmd, *jar, typed)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.domain, "domain", "", "`DOMAIN` of the cookies")
	flags.StringVar(&f.path, "path", "", "`PATH` of the cookies")
	flags.BoolVar(&f.all, "all", false, "delete all that is meant, however many")
	return cmd
}

// removeCookies deletes nothing when one of the names is not clear.
func (p *Program) removeCookies(jar *cookies.Jar, names []string, f cookieRemoveFlags) error {
	if len(names) == 0 && f.path == "" {
		p.note("%d deleted", jar.Clear(f.domain))
		return nil
	}
	if len(names) == 0 {
		names = []string{""} // any name of that path
	}
	var gone []cookies.Cookie
	for _, name := range names {
		selector := cookies.Selector{Name: name, Domain: f.domain, Path: f.path}
		found := jar.Select(selector)
		if len(found) != 1 && (!f.all || len(found) == 0) {
			_, err := jar.One(selector)
			return err
		}
		gone = append(gone, found...)
	}
	for _, c := range gone {
		jar.Delete(c)
	}
	p.note("%d deleted", len(gone))
	return nil
}

func (p *Program) completeCookies(cmd *cobra.Command, f jarFlags, typed string) ([]string, cobra.ShellCompDirective) {
	var names []string
	err := p.withSession(cmd, f, func(session *httpcore.Session) error {
		for _, c := range session.Jar().All() {
			if strings.HasPrefix(c.Name, typed) {
				names = append(names, cobra.CompletionWithDesc(c.Name, safe.Line(c.Domain+c.Path)))
			}
		}
		return nil
	})
	if err != nil {
		names = nil
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}
