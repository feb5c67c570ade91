package cli

import (
	"fmt"

	"github.com/spf13/cobra"
)

func (p *Program) versionVerb() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print the version",
		Example: "  parley version",
		Args:    arguments(0, 0),
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintln(p.Stdout, "parley", p.Version)
			return err
		},
	}
}
