package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"path/filepath"

	"github.com/spf13/cobra"

	"parley/collections"
	"parley/collections/disk"
	"parley/collections/env"
	"parley/collections/home"
	"parley/collections/resolve"
	"parley/collections/runner"
)

// choices are the flags that say in which surroundings something is resolved and sent.
type choices struct {
	environments   []string
	variables      []string
	session        string
	allowProtected bool
	linear         bool // of the workbench
}

func (c *choices) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringArrayVar(&c.environments, "env", nil, "`NAME` of an environment; of several, later ones win")
	flags.StringArrayVar(&c.variables, "var", nil, "`NAME=VALUE` of a variable, before all others")
	flags.StringVar(&c.session, "session", "", "`NAME` of the session to send in")
	flags.BoolVar(&c.allowProtected, "allow-protected", false, "let methods that change things through to a protected environment")
}

// registerScreen adds what only the workbench asks.
func (c *choices) registerScreen(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&c.linear, "linear", false, "draw the workbench for screen readers and slow lines: one column, no frames, no signs")
}

// collection opens the collection in dir, else the one found upward from the current folder; nil when there is none.
func (p *Program) collection(dir string) (*collections.Collection, error) {
	return p.opened(dir, collections.Open)
}

// tree is collection for verbs that do not ask of every file whether it is a request: none is looked at.
func (p *Program) tree(dir string) (*collections.Collection, error) {
	return p.opened(dir, collections.OpenTree)
}

func (p *Program) opened(dir string, open func(disk.FS, string) (*collections.Collection, error)) (*collections.Collection, error) {
	if dir == "" {
		found, err := collections.Find(p.FS, p.Dir)
		if err != nil || found == "" {
			return nil, err
		}
		dir = found
	}
	return open(p.FS, dir)
}

// needCollection is collection for verbs that can do nothing without one.
func (p *Program) needCollection(dir string) (*collections.Collection, error) {
	return p.need(p.collection(dir))
}

// needTree is tree for verbs that can do nothing without a collection.
func (p *Program) needTree(dir string) (*collections.Collection, error) {
	return p.need(p.tree(dir))
}

func (p *Program) need(c *collections.Collection, err error) (*collections.Collection, error) {
	if err == nil && c == nil {
		err = &UsageError{
			Message: fmt.Sprintf("there is no collection in %s or above it", p.Dir),
			Advice:  "name one with -C DIR, or make one here with `parley new`; `parley demo` makes one to try things on",
		}
	}
	return c, err
}

// workspace returns a collection, which may be nil, with the choices that were made, for a verb that sends. Close its
// sessions, which saves them. The default session is empty and is not kept unless it is asked for by its name.
func (p *Program) workspace(c *collections.Collection, chosen choices) (*runner.Workspace, error) {
	work, err := p.lasting(c, chosen)
	if err == nil && chosen.session == "" {
		work.Sessions.Forgetful(runner.DefaultSession)
	}
	return work, err
}

// lasting is workspace with every session kept.
func (p *Program) lasting(c *collections.Collection, chosen choices) (*runner.Workspace, error) {
	flags, err := env.ParseFlags(chosen.variables)
	if err != nil {
		return nil, &UsageError{Message: err.Error(), Advice: "such as --var user=ada"}
	}
	store, err := p.sessionStore(c)
	if err != nil && chosen.session != "" {
		return nil, err
	}
	if c == nil {
		c = &collections.Collection{Root: p.Dir, Settings: &collections.Settings{}, Tree: &collections.Folder{}}
	}
	captured, err := p.capturedStore(c)
	if err != nil {
		return nil, err
	}
	host, commands := p.host(c), p.commands(c)
	var consent runner.Consent
	if a, ok := host.Ask.(asker); ok {
		consent = a.consent
	}
	return &runner.Workspace{
		Commands: commands, Consent: consent,
		Captured: captured, Collection: c, Environments: chosen.environments, Flags: flags, Host: host, Secrets: p.secrets(),
		Session: chosen.session, Sessions: runner.NewSessions(p.NewSession, store), Scripts: runner.NewScripts(), AllowProtected: chosen.allowProtected,
		Environment: resolve.Environment{Lookup: p.LookupEnv, Netrc: home.Netrc(p.env, p.FS)},
	}, nil
}

// sessionStore returns where the cookies of a collection's sessions are kept. Outside of any collection, those are the
// sessions of the user's own. The store is nil beside an error.
func (p *Program) sessionStore(c *collections.Collection) (*runner.SessionStore, error) {
	folders, err := p.home()
	if err != nil {
		return nil, err
	}
	root := folders.Collection
	if c != nil {
		root = c.Root
	}
	return runner.NewSessionStore(p.FS, folders.Sessions(), root, p.Now), nil
}

// commands returns what remembers the commands that were allowed; nil where there is no place for that.
func (p *Program) commands(c *collections.Collection) *runner.Commands {
	folders, err := p.home()
	if err != nil {
		return nil
	}
	return runner.NewCommands(p.FS, folders.Commands(), c.Root)
}

// capturedStore returns where the values of earlier responses are kept; nil where there is no place for them, or no
// collection.
func (p *Program) capturedStore(c *collections.Collection) (*runner.CapturedStore, error) {
	folders, err := p.home()
	if _, homeless := errors.AsType[*home.NoHomeError](err); homeless {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return runner.NewCapturedStore(p.FS, folders.Captured(), c.Root), nil
}

// openWorkbench starts the workbench on the collection in dir, else on the one at hand, else on the user's own.
func (p *Program) openWorkbench(ctx context.Context, chosen choices, dir string) error {
	if err := p.needTerminal(); err != nil {
		return err
	}
	if _, err := env.ParseFlags(chosen.variables); err != nil {
		return &UsageError{Message: err.Error(), Advice: "such as --var user=ada"}
	}
	if dir != "" {
		// A folder that is not there is said before the screen is taken.
		if _, err := p.FS.ReadDir(dir); err != nil {
			_, err := collections.OpenTree(p.FS, dir)
			return err
		}
	}
	return p.startWorkbench(ctx, chosen, WorkbenchOptions{}, func() (*collections.Collection, error) {
		c, err := p.opened(dir, collections.OpenTop)
		if err != nil || c != nil {
			return c, err
		}
		folders, err := p.home()
		if err != nil {
			return nil, err
		}
		return p.ownCollection(folders.Collection)
	})
}

// needTerminal refuses to open the workbench where nobody could see or leave it.
func (p *Program) needTerminal() error {
	if p.IsTerminal(p.Stdin) && p.IsTerminal(p.Stdout) {
		return nil
	}
	return &UsageError{Message: "the workbench needs a terminal", Advice: "`parley send` and the other verbs work without one"}
}

// startWorkbench runs the workbench on what open opens while the terminal starts; first says what is seen first.
func (p *Program) startWorkbench(ctx context.Context, chosen choices, first WorkbenchOptions, open func() (*collections.Collection, error)) (err error) {
	folders, err := p.home()
	if err != nil {
		return err
	}
	var work *runner.Workspace
	err = p.Workbench(ctx, WorkbenchOptions{Home: folders, Start: first.Start, Side: first.Side, Linear: chosen.linear, Open: func() (*runner.Workspace, error) {
		c, err := open()
		if err != nil {
			return nil, err
		}
		if work, err = p.lasting(c, chosen); err != nil {
			return nil, err
		}
		// A file that cannot be read is said when something is to be sent in that session.
		_, _ = work.Sessions.Open(work.SessionName(""))
		work.Responses = runner.NewResponses(p.Now)
		work.Host.Ask, work.Consent = nil, nil // the terminal belongs to the workbench
		work.Host.Command = func(ctx context.Context, line string) (string, error) { return p.command(ctx, c.Root, line, nil) }
		work.Secrets.AskWith(nil)
		return work, nil
	}})
	if work != nil {
		err = errors.Join(err, work.Close())
	}
	return err
}

// ownCollection opens the collection of a person who works outside of any, and makes it at first use.
func (p *Program) ownCollection(dir string) (*collections.Collection, error) {
	if err := disk.MkdirAll(p.FS, dir, 0o700); err != nil {
		return nil, err
	}
	settings := filepath.Join(dir, collections.CollectionFile)
	err := disk.CreateFile(p.FS, settings, []byte("name = \"My requests\"\n"), 0o600)
	if known, ok := errors.AsType[*disk.Error](err); err != nil && (!ok || known.Kind != disk.KindExists) {
		return nil, err
	}
	return collections.OpenTop(p.FS, dir)
}

// addresses reads the HOST:PORT:ADDR of --resolve, as curl has it.
func addresses(list []string) (map[string]string, error) {
	table := map[string]string{}
	for _, entry := range list {
		host, port, address, ok := cutAddress(entry)
		if !ok {
			return nil, &UsageError{Message: fmt.Sprintf("%q is not HOST:PORT:ADDR", entry), Advice: "such as --resolve api.test:443:127.0.0.1"}
		}
		table[net.JoinHostPort(host, port)] = net.JoinHostPort(address, port)
	}
	return table, nil
}
