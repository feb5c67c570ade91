package cli

import (
	"fmt"

	mango "github.com/muesli/mango-cobra"
	"github.com/muesli/roff"
	"github.com/spf13/cobra"
)

func (p *Program) manVerb() *cobra.Command {
	return &cobra.Command{
		Use:     "man",
		Short:   "Print the manual page",
		Example: "  parley man | man -l -\n  parley man > ~/.local/share/man/man1/parley.1",
		Args:    arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			page, err := mango.NewManPage(1, cmd.Root())
			if err != nil {
				return err
			}
			_, err = fmt.Fprint(p.Stdout, page.Build(roff.NewDocument()))
			return err
		},
	}
}
