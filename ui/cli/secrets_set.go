package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"parley/collections/disk"
	"parley/collections/secrets"
	"parley/httpcore"
)

func (p *Program) secretsSetVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "set NAME",
		Short: "Keep a secret, in the place of the one of that name",
		Long: `Keep a secret. Its value is asked for without being shown; where standard input is no terminal, it is read from there, less
the line break at its end. It is never an argument, which others on the machine could see.`,
		Example:           "  parley secrets set api-token\n  pass show api | parley secrets set api-token",
		Args:              arguments(1, 1),
		ValidArgsFunction: p.completeSecrets,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := secrets.CheckName(args[0]); err != nil {
				return err
			}
			value, err := p.secretValue(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			return p.keep(cmd.Context(), httpcore.NewSecret(args[0], value))
		},
	}
}

func (p *Program) secretValue(ctx context.Context, name string) (string, error) {
	if p.IsTerminal(p.Stdin) {
		return p.readHidden(ctx, p.Stdin, fmt.Sprintf("value of %q: ", name))
	}
	data, err := p.readInput(ctx)
	return strings.TrimSuffix(strings.TrimSuffix(string(data), "\n"), "\r"), err
}

// keep keeps secrets, and says where.
func (p *Program) keep(ctx context.Context, list ...httpcore.Secret) error {
	kept, trouble, err := p.secrets().Set(ctx, list...)
	if err != nil {
		return err
	}
	if trouble != nil {
		p.warn(trouble)
	}
	for _, k := range kept {
		p.note("%s: %s", k.Name, k.Where())
	}
	p.warnUnprotected(kept)
	for _, secret := range list {
		if len(secret.Reveal()) < 6 {
			p.warn(fmt.Errorf("secret %q is shorter than 6 bytes: it cannot be masked in all its forms", secret.Name))
		}
	}
	return nil
}

func (p *Program) secretsImportVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "import FILE",
		Short: "Keep the secrets of a .env file",
		Long: `Keep what the lines NAME=VALUE of a .env file say as secrets of those names; - reads standard input. PARLEY_SECRET_ before a
name is left out. When one line cannot be read, nothing is kept. The file stays as it is.`,
		Example: "  parley secrets import .env && rm .env",
		Args:    arguments(1, 1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return nil, cobra.ShellCompDirectiveDefault
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			var data []byte
			var err error
			if args[0] == "-" {
				data, err = p.readInput(cmd.Context())
			} else {
				data, err = disk.ReadFile(p.FS, p.abs(args[0]))
			}
			if err != nil {
				return err
			}
			list, err := secrets.ReadDotenv(args[0], string(data))
			if err != nil {
				return err
			}
			if len(list) == 0 {
				return &UsageError{Message: args[0] + " holds no secrets", Advice: "lines are NAME=VALUE"}
			}
			if err := p.keep(cmd.Context(), list...); err != nil {
				return err
			}
			if args[0] != "-" {
				p.note("%s still holds the values for everyone who can read it", args[0])
			}
			return nil
		},
	}
}

// errDiffer says that a new passphrase was typed in two ways.
var errDiffer = errors.New("the two passphrases differ: nothing is kept")

// askPassphrase asks for the passphrase of the encrypted file, at the terminal that the process belongs to: standard input
// may be something else, such as the value of a secret.
func (p *Program) askPassphrase(ctx context.Context, q secrets.Question) (string, error) {
	from, done, err := p.terminalInput()
	if err != nil {
		return "", err
	}
	defer done()
	if q.Problem != "" {
		p.note("%s", q.Problem)
	}
	if !q.New {
		return p.readHidden(ctx, from, "passphrase of "+q.File+": ")
	}
	first, err := p.readHidden(ctx, from, "new passphrase for "+q.File+": ")
	if err != nil || first == "" {
		return "", err
	}
	second, err := p.readHidden(ctx, from, "once more: ")
	if err == nil && first != second {
		err = errDiffer
	}
	return first, err
}
