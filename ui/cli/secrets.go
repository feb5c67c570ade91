package cli

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"parley/collections/env"
	"parley/collections/secrets"
	"parley/ui/safe"
)

// secrets returns where secrets are kept. Nothing is opened until one is asked for.
func (p *Program) secrets() *secrets.Keeper {
	if p.keeper != nil {
		return p.keeper
	}
	options := secrets.Options{
		FS: p.FS, Environ: env.Environ(p.LookupEnv), Ring: p.Ring, Ask: p.askPassphrase, Now: p.Now, After: time.After,
	}
	if folders, err := p.home(); err == nil {
		options.Dir = folders.Secrets() // without a folder there are the environment and the keyring
	}
	p.keeper = secrets.NewKeeper(options)
	return p.keeper
}

func (p *Program) secretsVerb() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "secrets",
		Short: "List, set and forget the secrets that requests use",
		Long: `List, set and forget what {{ secret("NAME") }} stands for in requests. A secret comes from the environment variable
PARLEY_SECRET_NAME, else from the keyring of this computer, else from a file that age encrypts, in the state folder. The file
has a passphrase, which is asked for once in each run; where nobody can be asked for one, it is not protected, and that is said.

Values are never printed. PARLEY_KEYRING=off does without the keyring. [secrets.NAME] hosts in collection.toml says where a
secret may be sent.`,
		Example: `  parley secrets
  parley secrets set api-token                    the value is asked for
  pass show api | parley secrets set api-token    or read from standard input
  parley secrets import .env
  parley secrets rm api-token`,
		Args: noVerb,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.listSecrets(cmd, false) },
	}
	cmd.AddCommand(p.secretsListVerb(), p.secretsSetVerb(), p.secretsRemoveVerb(), p.secretsImportVerb())
	return cmd
}

// listedSecret is a secret as `secrets list --json` prints it.
type listedSecret struct {
	Name       string             `json:"name"`
	Kept       []secrets.Place    `json:"kept"`
	Variable   string             `json:"variable"`
	File       string             `json:"file,omitempty"`
	Protection secrets.Protection `json:"protection,omitempty"`
	UsedBy     []string           `json:"used_by"`
}

func (p *Program) secretsListVerb() *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the secrets, where each is kept and what uses it",
		Long: `List the secrets that are kept, and those that the collection asks for: where each is kept, and the requests and files that
use it. Of several places the first is the one that is used. Values are not shown.`,
		Example: "  parley secrets list\n  parley secrets list --json | jq -r '.[] | select(.kept == []).name'",
		Args:    arguments(0, 0),
		RunE:    func(cmd *cobra.Command, _ []string) error { return p.listSecrets(cmd, asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func (p *Program) listSecrets(cmd *cobra.Command, asJSON bool) error {
	uses := map[string][]string{}
	c, err := p.tree(p.dir(cmd))
	if err != nil {
		return err
	}
	if c != nil {
		if uses, err = c.SecretUses(cmd.Context()); err != nil {
			return err
		}
	}
	var used []string
	for name := range uses {
		used = append(used, name)
	}
	kept, problems := p.secrets().List(cmd.Context(), used...)
	list := []listedSecret{}
	for _, k := range kept {
		list = append(list, listedSecret{
			Name: k.Name, Kept: append([]secrets.Place{}, k.In...), Variable: k.Variable, File: k.File, Protection: k.Protection,
			UsedBy: append([]string{}, uses[k.Name]...),
		})
	}
	if asJSON {
		return errors.Join(p.printJSON(list), problems)
	}
	err = p.table(func(w io.Writer) {
		for i, s := range list {
			fmt.Fprintf(w, "%s\t%s\t%s\n", safe.Line(s.Name), safe.Line(kept[i].Where()), safe.Line(strings.Join(s.UsedBy, ", ")))
		}
	})
	if slices.ContainsFunc(kept, func(k secrets.Kept) bool { return k.Protection == secrets.Unprotected }) {
		p.warnUnprotected(kept)
	}
	return errors.Join(err, problems)
}

// warnUnprotected says that whoever can read a person's files can read the secrets.
func (p *Program) warnUnprotected(kept []secrets.Kept) {
	for _, k := range kept {
		if k.Protection == secrets.Unprotected {
			p.warn(&UsageError{
				Message: k.File + " is not protected: its key lies beside it",
				Advice:  "`parley secrets set` at a terminal asks for a passphrase",
			})
			return
		}
	}
}

func (p *Program) secretsRemoveVerb() *cobra.Command {
	return &cobra.Command{
		Use:               "rm NAME...",
		Short:             "Forget secrets",
		Long:              "Forget secrets, in the keyring and in the encrypted file. What an environment variable holds stays.",
		Example:           "  parley secrets rm api-token",
		Args:              arguments(1, anyNumber),
		ValidArgsFunction: p.completeSecrets,
		RunE: func(cmd *cobra.Command, names []string) error {
			var problems error
			for _, name := range names {
				found, err := p.secrets().Remove(cmd.Context(), name)
				if err == nil && !found {
					err = &UsageError{Message: fmt.Sprintf("there is no secret %q", name), Advice: "`parley secrets` lists them"}
				}
				problems = errors.Join(problems, err)
			}
			return problems
		},
	}
}

// completeSecrets offers the names of secrets. Nobody is asked for a passphrase.
func (p *Program) completeSecrets(cmd *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	var names []string
	kept, _ := p.secrets().List(secrets.Quietly(cmd.Context()))
	for _, k := range kept {
		if strings.HasPrefix(k.Name, typed) {
			names = append(names, safe.Line(k.Name))
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}
