package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"parley/collections"
)

// verbs is the table of what stands behind `parley`, in the order of its help.
func (p *Program) verbs() []*cobra.Command {
	return []*cobra.Command{
		p.sendVerb(),
		p.runVerb(),
		p.benchVerb(),
		p.listVerb(),
		p.newVerb(),
		p.moveVerb(),
		p.copyVerb(),
		p.removeVerb(),
		p.exportVerb(),
		p.envVerb(),
		p.sessionVerb(),
		p.cookiesVerb(),
		p.secretsVerb(),
		p.historyVerb(),
		p.diffVerb(),
		p.demoVerb(),
		p.playgroundVerb(),
		p.themesVerb(),
		p.configVerb(),
		p.doctorVerb(),
		p.manVerb(),
		p.versionVerb(),
	}
}

func (p *Program) root() *cobra.Command {
	choices := &choices{}
	root := &cobra.Command{
		Use:   "parley",
		Short: "An HTTP workbench for the terminal",
		Long: `Parley explores HTTP APIs, keeps requests as TOML files in a folder, and replays what was ever sent.

Without a verb it opens the workbench on the collection in the current folder or above it, else on your own.
Exit codes: 0 done, 1 a check failed, 2 usage or a file that cannot be read, 3 no whole response, 130 interrupted.`,
		Example: `  parley                                open the workbench
  parley demo                           try everything without a network
  parley send :8080/users name=Ada      send one request, print the answer
  parley send users/create --env dev    send a saved request`,
		Args:          p.knownVerb,
		SilenceErrors: true,
		SilenceUsage:  true,

		PersistentPreRunE: checkFlags,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.openWorkbench(cmd.Context(), *choices, p.dir(cmd))
		},
	}
	root.SetIn(p.Stdin)
	root.SetOut(p.Stdout)
	root.SetErr(p.Stderr)
	root.SetFlagErrorFunc(flagError)
	root.PersistentFlags().StringP("collection", "C", "", "`DIR` of the collection; else the one found upward from here")
	root.CompletionOptions.SetDefaultShellCompDirective(cobra.ShellCompDirectiveNoFileComp)
	choices.register(root)
	choices.registerScreen(root)
	p.completeChoices(root)
	root.AddCommand(p.verbs()...)
	return root
}

// knownVerb refuses an argument in the place of a verb.
func (p *Program) knownVerb(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, verb := range cmd.Commands() {
		names = append(names, verb.Name())
	}
	advice := "`parley --help` lists the verbs; `parley send` sends a request"
	switch near := collections.Nearest(args[0], names); {
	case near != "":
		advice = fmt.Sprintf("did you mean `parley %s`?", near)
	case collections.LooksLikeURL(args[0]):
		advice = fmt.Sprintf("`parley send %s` sends a request there", strings.Join(args, " "))
	}
	return &UsageError{Message: fmt.Sprintf("there is no verb %q", args[0]), Advice: advice}
}

// anyNumber is no bound on the number of arguments.
const anyNumber = 1 << 30

// arguments bounds the number of a verb's arguments.
func arguments(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		advice := fmt.Sprintf("`%s`; `%s --help` explains it", cmd.UseLine(), cmd.CommandPath())
		switch {
		case len(args) < least:
			return &UsageError{Message: cmd.CommandPath() + " needs an argument", Advice: advice}
		case len(args) > most:
			return &UsageError{Message: fmt.Sprintf("%s does not take %q", cmd.CommandPath(), args[most]), Advice: advice}
		default:
			return nil
		}
	}
}

// dir returns the folder that -C names, "" without it.
func (p *Program) dir(cmd *cobra.Command) string {
	dir, err := cmd.Flags().GetString("collection")
	if err != nil || dir == "" {
		return ""
	}
	return p.abs(dir)
}
