package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"parley/collections/disk"
	"parley/httpcore"
	"parley/httpcore/cookies"
	"parley/ui/safe"
)

func (p *Program) cookiesImportVerb(jar *jarFlags) *cobra.Command {
	return &cobra.Command{
		Use:   "import FILE",
		Short: "Add the cookies of a Netscape cookies.txt",
		Long: `Add the cookies of a cookies.txt, as curl -c, wget and browsers' exports write it; - reads standard input. Cookies that the
session has by the same name, domain and path are replaced. A line that makes no cookie is said, the rest is added, and
the exit code is 1 then; it is 2 when nothing in the file is a cookie.`,
		Example: "  parley cookies import cookies.txt --session admin\n  curl -sc - https://api.example.com | parley cookies import -",
		Args:    arguments(1, 1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return nil, cobra.ShellCompDirectiveDefault
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			list, problems, err := p.readCookies(args[0])
			if err != nil {
				return err
			}
			for _, problem := range problems {
				p.warn(errors.New(problem.String()))
			}
			if len(list) == 0 && len(problems) > 0 {
				return &UsageError{Message: args[0] + " holds no cookies", Advice: "a cookies.txt has lines of 7 fields with TABs between: domain, TRUE or FALSE, path, TRUE or FALSE, seconds, name, value"}
			}
			err = p.withSession(cmd, *jar, func(session *httpcore.Session) error { return p.putCookies(session.Jar(), list) })
			if err == nil && len(problems) > 0 {
				err = &partlyError{}
			}
			return err
		},
	}
}

// partlyError says that not everything could be done that was asked for; what not has been said.
type partlyError struct{}

func (*partlyError) Error() string { return "not every line was read" }

func (p *Program) readCookies(name string) ([]cookies.Cookie, []cookies.Problem, error) {
	if name == "-" {
		return cookies.ReadNetscape(p.Stdin)
	}
	data, err := disk.ReadFile(p.FS, p.abs(name))
	if err != nil {
		return nil, nil, err
	}
	return cookies.ReadNetscape(bytes.NewReader(data))
}

func (p *Program) putCookies(jar *cookies.Jar, list []cookies.Cookie) error {
	counts := map[cookies.Outcome]int{}
	before := jar.Len()
	for _, c := range list {
		counts[jar.Put(c)]++
	}
	p.note("%d added, %d replaced, %d had ended", counts[cookies.Stored], counts[cookies.Replaced], counts[cookies.Deleted])
	if gone := before + counts[cookies.Stored] - jar.Len(); gone > 0 {
		p.warn(fmt.Errorf("a session has room for 180 cookies of a domain and 3000 in all: the %d that were not used for the longest time are gone", gone))
	}
	return nil
}

func (p *Program) cookiesExportVerb(jar *jarFlags) *cobra.Command {
	domain := ""
	cmd := &cobra.Command{
		Use:   "export [FILE]",
		Short: "Write the cookies as a Netscape cookies.txt",
		Long: `Write the cookies of a session as a cookies.txt, which curl -b, wget and many more read; without FILE to standard output. The
file holds credentials and is for you alone (0600). The format has no place for SameSite and Partitioned: what is lost is
said.`,
		Example: "  parley cookies export cookies.txt --session admin\n  parley cookies export --domain example.com | curl -b - https://example.com",
		Args:    arguments(0, 1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return nil, cobra.ShellCompDirectiveDefault
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.withSession(cmd, *jar, func(session *httpcore.Session) error {
				list := session.Jar().Of(domain)
				if len(args) == 0 || args[0] == "-" {
					return p.printNetscape(list)
				}
				var file bytes.Buffer
				if err := p.writeCookies(&file, list); err != nil {
					return err
				}
				name := p.abs(args[0])
				if err := disk.WriteFile(p.FS, name, file.Bytes(), 0o600); err != nil {
					return err
				}
				p.warnOpen(name)
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&domain, "domain", "", "`DOMAIN` to write alone, with the hosts below it")
	return cmd
}

// warnOpen says that others can read a file of credentials: one that was there before has kept its mode.
func (p *Program) warnOpen(name string) {
	if info, err := p.FS.Lstat(name); err == nil && p.OS != "windows" && info.Mode().IsRegular() && info.Mode().Perm()&0o077 != 0 {
		p.warn(fmt.Errorf("others on this machine can read %s, as they could before; `chmod 600` ends that", name))
	}
}

// printNetscape writes the cookies to stdout: as they are when it is piped, made safe for a terminal.
func (p *Program) printNetscape(list []cookies.Cookie) error {
	if !p.IsTerminal(p.Stdout) {
		return p.writeCookies(p.Stdout, list)
	}
	guard := safe.NewWriter(p.Stdout, safe.KeepNewline|safe.KeepTab, "", "")
	return errors.Join(p.writeCookies(guard, list), guard.Close())
}

func (p *Program) writeCookies(w io.Writer, list []cookies.Cookie) error {
	lost, err := cookies.WriteNetscape(w, list)
	for _, problem := range lost {
		p.warn(errors.New(problem.String()))
	}
	return err
}
