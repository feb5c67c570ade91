package cli

import (
	"github.com/spf13/cobra"
)

func (p *Program) doctorVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "Find out which keys this terminal sends",
		Long: `Ask for the keys that terminals, multiplexers and systems are known to keep for themselves, one after the other, and tell
which of them arrive and what to press instead of the others. The workbench marks those in its help, and its footer names
keys that work.`,
		Example: "  parley doctor",
		Args:    arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !p.IsTerminal(p.Stdin) || !p.IsTerminal(p.Stdout) {
				return &UsageError{Message: "doctor asks for keys, which needs a terminal", Advice: "run it where the workbench is to run"}
			}
			folders, err := p.home()
			if err != nil {
				return err
			}
			return p.Doctor(cmd.Context(), folders)
		},
	}
}
