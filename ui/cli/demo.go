package cli

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"parley/collections"
	"parley/collections/sample"
	"parley/httpcore/playground"
)

// firstStep is what a newcomer sees first: a request by its notes, which say what to do.
const (
	firstStep = "tour/first-get"
	firstSide = "Notes"
)

func (p *Program) demoVerb() *cobra.Command {
	fresh, chosen := false, choices{}
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Open the workbench on the playground: no network, no set-up",
		Long: `Start a server on 127.0.0.1 that answers everything, write a collection that shows every feature, and open the workbench on
both. The collection is yours to change: it is kept in the folder demo of $PARLEY_HOME, or in DIR.`,
		Example: `  parley demo
  parley demo --fresh            start again with an unchanged collection
  parley demo -C ./playground    keep the collection here`,
		Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error { return p.demo(cmd.Context(), chosen, p.dir(cmd), fresh) },
	}
	cmd.Flags().BoolVar(&fresh, "fresh", false, "move what is in the folder aside and write the collection anew")
	chosen.registerScreen(cmd)
	return cmd
}

func (p *Program) demo(ctx context.Context, chosen choices, dir string, fresh bool) (err error) {
	if err := p.needTerminal(); err != nil {
		return err // before anything is written
	}
	if dir == "" {
		folders, err := p.home()
		if err != nil {
			return err
		}
		dir = folders.Demo
	}
	if fresh {
		if err := p.putAside(dir); err != nil {
			return err
		}
	}
	var server *playground.Server
	err = p.startWorkbench(ctx, chosen, WorkbenchOptions{Start: firstStep, Side: firstSide}, func() (_ *collections.Collection, err error) {
		if server, err = p.startPlayground(dir); err != nil {
			return nil, err
		}
		if err := p.putSample(dir, server); err != nil {
			return nil, err
		}
		return collections.OpenTop(p.FS, dir)
	})
	if server != nil {
		err = errors.Join(err, server.Close())
	}
	return err
}

// startPlayground starts the playground where it was the last time: then the collection need not change, and what history
// has of earlier demos can be sent again. Where somebody else listens meanwhile, it takes any free port.
func (p *Program) startPlayground(dir string) (*playground.Server, error) {
	if was, err := sample.Where(p.FS, dir); err == nil {
		at := playground.Options{Addr: loopbackAddr(was.Clear), TLSAddr: loopbackAddr(was.TLS)}
		if server, err := playground.Start(at); err == nil {
			return server, nil
		}
	}
	return playground.Start(playground.Options{})
}

// loopbackAddr is the host and port of an origin on 127.0.0.1; of any other it is empty, since a file that anybody may
// have edited does not open a port to the outside.
func loopbackAddr(origin string) string {
	if u, err := url.Parse(origin); err == nil && u.Hostname() == "127.0.0.1" && u.Port() != "" {
		return u.Host
	}
	return ""
}

// putAside renames an earlier demo, so that nothing a person wrote is lost. A folder that is no collection is left alone.
func (p *Program) putAside(dir string) error {
	entries, err := p.FS.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := p.FS.Lstat(filepath.Join(dir, collections.CollectionFile)); err != nil {
		return &UsageError{
			Message: fmt.Sprintf("%s holds files and no collection, so that --fresh does not touch it", dir),
			Advice:  "name another folder with -C DIR",
		}
	}
	aside := fmt.Sprintf("%s.%s", dir, p.Now().Format("20060102-150405"))
	if err := p.FS.Rename(dir, aside); err != nil {
		return err
	}
	p.note("what was in %s is now in %s", dir, aside)
	sessions, err := p.sessionStore(&collections.Collection{Root: dir})
	if err != nil {
		return err
	}
	return sessions.Follow(aside)
}
