package cli

import (
	"github.com/spf13/cobra"
)

func (p *Program) doctorVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "Find out why the screen looks wrong or a key does nothing",
		Long: `Ask the terminal what it can do: colours, background, keyboard protocol, pictures, copying, how wide it draws characters;
tell what tmux, screen or SSH keep back and which setting changes that, what is wrong in config.toml, and whether your files
are yours alone. Then ask for the keys that terminals, multiplexers and systems are known to keep for themselves, one after
the other: the workbench marks those that do not come, and its footer names keys that work.

Each line begins with ✓ for what is as it should be, ✗ for what is not, and – for what is off or cannot be known. Without a
terminal nothing is asked.`,
		Example: `  parley doctor
  parley doctor > report.txt`,
		Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			folders, err := p.home()
			if err != nil {
				return err
			}
			if !p.IsTerminal(p.Stdin) || !p.IsTerminal(p.Stdout) {
				return p.Examine(cmd.Context(), folders)
			}
			return p.Doctor(cmd.Context(), folders)
		},
	}
}
