package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"parley/collections/sample"
	"parley/httpcore/playground"
)

func (p *Program) playgroundVerb() *cobra.Command {
	var addr, dir string
	cmd := &cobra.Command{
		Use:   "playground",
		Short: "Serve the playground: an HTTP server to try things on",
		Long: `Serve the playground until interrupted. It prints "listening on http://HOST:PORT" when it is ready, and the address of its
TLS port, which has a self-signed certificate and speaks HTTP/3 as well. / lists every endpoint.`,
		Example: `  parley playground
  parley playground --addr 127.0.0.1:8080
  parley playground --collection ./playground`,
		Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error { return p.playground(cmd.Context(), addr, dir) },
	}
	cmd.Flags().StringVar(&addr, "addr", "127.0.0.1:0", "`HOST:PORT` to listen on; port 0 takes a free one")
	cmd.Flags().StringVar(&dir, "collection", "", "`DIR` to write the sample collection to, or to point at this playground")
	return cmd
}

func (p *Program) playground(ctx context.Context, addr, dir string) (err error) {
	server, err := playground.Start(playground.Options{Addr: addr})
	if err != nil {
		return &UsageError{Message: err.Error(), Advice: "choose another address with --addr, or port 0 for a free one"}
	}
	defer func() { err = errors.Join(err, server.Close()) }()
	if dir != "" {
		if err := p.putSample(p.abs(dir), server); err != nil {
			return err
		}
	}
	if _, err := fmt.Fprintf(p.Stdout, "listening on %s\nlistening on %s\n", server.URL, server.TLSURL); err != nil {
		return err
	}
	<-ctx.Done()
	return nil
}

// putSample writes the sample collection, or points one that was written before at a playground that has moved.
func (p *Program) putSample(dir string, server *playground.Server) error {
	at := sample.Addresses{Clear: server.URL, TLS: server.TLSURL}
	err := sample.Write(p.FS, dir, at)
	if errors.Is(err, sample.ErrNotEmpty) {
		return sample.Point(p.FS, dir, at)
	}
	return err
}
