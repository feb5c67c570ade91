package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"parley/collections"
	"parley/collections/exporter"
	"parley/collections/exporter/k6"
	"parley/httpcore"
	"parley/ui/safe"
)

type exportFlags struct {
	requestFlags
	bodyFlags
	as      string
	secrets bool
}

func (p *Program) exportVerb() *cobra.Command {
	var f exportFlags
	var formats []string
	for _, e := range exporter.All() {
		formats = append(formats, e.Name)
	}
	formats = append(formats, k6.Name)
	cmd := &cobra.Command{
		Use:   "export [METHOD] TARGET [ITEM...] --as FORMAT",
		Short: "Print a request as something that another program sends",
		Long: fmt.Sprintf(`Print a request, with its variables filled in, as something that another program sends. TARGET and ITEMs are those of send.
Formats: %s. Secrets are masked unless --show-secrets is given.

With k6, TARGET may be a folder, whose requests are sent in order: what one captures the next ones use. Variables and
secrets are read from k6's environment, expectations become checks. What k6 cannot do is said on stderr.`, strings.Join(formats, ", ")),
		Example: `  parley export users/create --as curl
  parley export :8080/users name=Ada --as curl
  parley export users --env dev --as k6 > users.js`,
		Args:              needTarget,
		ValidArgsFunction: p.completeSaved,
		RunE:              func(cmd *cobra.Command, args []string) error { return p.export(cmd.Context(), p.dir(cmd), args, f) },
	}
	f.requestFlags.register(cmd)
	f.shortcuts.register(cmd)
	f.bodyFlags.register(cmd)
	cmd.Flags().StringVar(&f.as, "as", "", "`FORMAT` to write: "+strings.Join(formats, ", "))
	cmd.Flags().BoolVar(&f.secrets, "show-secrets", false, "write secrets as they are")
	complete := cobra.FixedCompletions(formats, cobra.ShellCompDirectiveNoFileComp)
	if err := errors.Join(cmd.MarkFlagRequired("as"), cmd.RegisterFlagCompletionFunc("as", complete)); err != nil {
		panic(err) // the flag was defined above
	}
	p.completeChoices(cmd)
	return cmd
}

func (p *Program) export(ctx context.Context, dir string, args []string, f exportFlags) (err error) {
	if f.as == k6.Name {
		return p.exportK6(ctx, dir, args, f)
	}
	format, err := findFormat(f.as)
	if err != nil {
		return err
	}
	c, err := p.prepareOne(ctx, dir, args, f.requestFlags, f.bodyFlags)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.work.Close()) }()
	if err := p.preview(ctx, c, f.requestFlags); err != nil {
		return err
	}
	session, err := c.work.SessionFor(c.out)
	if err != nil {
		return err
	}
	prepared, err := session.Prepare(ctx, c.out.Request)
	if err != nil {
		return err
	}
	options := exporter.Options{Masker: httpcore.NewMasker(prepared.Request.Secrets, httpcore.Mark)}
	if f.secrets {
		options.Masker = nil
	}
	result, err := format.Export(prepared, options)
	if err != nil {
		return err
	}
	return p.printExport(result)
}

func (p *Program) printExport(result exporter.Result) error {
	for _, note := range result.Notes {
		p.warn(errors.New(note))
	}
	text := strings.TrimSuffix(result.Text, "\n")
	if p.IsTerminal(p.Stdout) {
		text = safe.Text(text)
	}
	_, err := fmt.Fprintln(p.Stdout, text)
	return err
}

func findFormat(name string) (exporter.Exporter, error) {
	var known []string
	for _, e := range exporter.All() {
		if e.Name == name {
			return e, nil
		}
		known = append(known, e.Name)
	}
	known = append(known, k6.Name)
	advice := "formats are " + strings.Join(known, ", ")
	if near := collections.Nearest(name, known); near != "" {
		advice = fmt.Sprintf("did you mean %s?", near)
	}
	return exporter.Exporter{}, &UsageError{Message: fmt.Sprintf("there is no export format %q", name), Advice: advice}
}
