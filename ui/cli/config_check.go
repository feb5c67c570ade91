package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"parley/collections"
	"parley/collections/check"
	"parley/collections/home"
	"parley/themes"
	"parley/ui/safe"
)

func (p *Program) configCheckVerb() *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "check [PATH...]",
		Short: "Check every file of the collection, and your config.toml",
		Long: `Check every file of the collection, your config.toml and your themes: broken TOML, unknown keys, values of the wrong type,
templates and expressions that cannot be read, files, requests and environments that are named and not there, captures that
clash, links that lead outside, names that another system cannot store; keys of yours that clash or that no terminal sends. With PATHs, tell what is in those requests, folders
or files.

A warning is worth a look: an unknown key is kept and not used, and a variable that no file has may come from --var, a row of
data or a hook. The exit code is 2 when there is an error.`,
		Example: `  parley config check
  parley config check users environments/dev.toml
  parley config check --json | jq '.[] | select(.severity == "error")'`,
		Args:              arguments(0, anyNumber),
		ValidArgsFunction: p.completeFolders,
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.configCheck(cmd.Context(), p.dir(cmd), args, asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// checked is a finding as `config check --json` prints it.
type checked struct {
	File     string `json:"file"`
	Line     int    `json:"line,omitempty"`
	Column   int    `json:"column,omitempty"`
	Severity string `json:"severity"`
	Message  string `json:"message"`
	Hint     string `json:"hint,omitempty"`
}

// faultyError says that there are errors, which were printed.
type faultyError struct{ errors, warnings int }

// Error counts them.
func (e *faultyError) Error() string {
	return counted(e.errors, "error") + ", " + counted(e.warnings, "warning")
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func (p *Program) configCheck(ctx context.Context, dir string, args []string, asJSON bool) error {
	c, err := p.collection(dir)
	if err != nil {
		return err
	}
	if c == nil && len(args) > 0 {
		_, err := p.needCollection(dir)
		return err
	}
	var findings []check.Finding
	if c != nil {
		wanted, err := wantedFiles(c, args)
		if err != nil {
			return err
		}
		if findings, err = check.Collection(ctx, c, check.Options{Schemes: p.Schemes}); err != nil {
			return err
		}
		findings = slices.DeleteFunc(findings, func(f check.Finding) bool { return !wanted(f.Pos.File) })
	}
	if len(args) == 0 {
		findings = append(findings, p.checkOwn()...)
	}
	return p.tellFindings(findings, asJSON)
}

// wantedFiles tells the files that PATHs mean; without any, all of them.
func wantedFiles(c *collections.Collection, args []string) (func(file string) bool, error) {
	var exact, below []string
	for _, arg := range args {
		name := filepath.ToSlash(filepath.Clean(arg))
		folder, err := c.Folder(name)
		switch {
		case err == nil && folder.Path == "":
			return func(string) bool { return true }, nil
		case err == nil:
			below = append(below, folder.Path+"/")
		case c.Has(name):
			exact = append(exact, collections.Clean(name)+".toml")
		case c.Look("", filepath.Join(c.Root, name)) == nil:
			exact, below = append(exact, name), append(below, name+"/")
		default:
			return nil, err
		}
	}
	return func(file string) bool {
		return len(args) == 0 || slices.Contains(exact, file) ||
			slices.ContainsFunc(below, func(dir string) bool { return strings.HasPrefix(file, dir) })
	}, nil
}

// checkOwn checks the person's own files.
func (p *Program) checkOwn() []check.Finding {
	folders, err := p.home()
	if err != nil {
		return check.From("", err)
	}
	_, broken := home.Load(p.FS, folders.ConfigFile())
	_, themes := p.themes()
	var all []check.Finding
	for _, err := range append(each(broken), each(themes)...) {
		all = append(all, ofOwn(folders.ConfigFile(), err)...)
	}
	return append(all, p.CheckKeys(folders)...)
}

// ofOwn is what is wrong with a file beside the collection.
func ofOwn(file string, err error) []check.Finding {
	one := check.Finding{Severity: collections.Fault}
	if wrong, ok := errors.AsType[*home.ConfigError](err); ok {
		one.Pos, one.Message, one.Advice = wrong.Pos, wrong.Message, wrong.Advice
		return []check.Finding{one}
	}
	if wrong, ok := errors.AsType[*themes.FileError](err); ok {
		one.Pos = collections.Pos{File: "themes/" + wrong.File, Line: wrong.Line, Column: wrong.Column}
		one.Message, one.Advice = wrong.Message, wrong.Advice
		return []check.Finding{one}
	}
	return check.From(file, err)
}

// tellFindings prints them, and is an error when one of them is.
func (p *Program) tellFindings(findings []check.Finding, asJSON bool) error {
	list := []checked{}
	sum := &faultyError{}
	for _, f := range findings {
		one := checked{File: f.Pos.File, Line: f.Pos.Line, Column: f.Pos.Column, Severity: "warning", Message: f.Message, Hint: f.Advice}
		if f.Severity == collections.Fault {
			one.Severity = "error"
			sum.errors++
		} else {
			sum.warnings++
		}
		list = append(list, one)
		if !asJSON {
			p.printFinding(f.Pos, one)
		}
	}
	if asJSON {
		if err := p.printJSON(list); err != nil {
			return err
		}
	}
	if sum.errors > 0 {
		return sum
	}
	if sum.warnings > 0 && !asJSON {
		p.note("%s", sum)
	}
	return nil
}

func (p *Program) printFinding(at collections.Pos, one checked) {
	fmt.Fprintf(p.Stdout, "%s: %s: %s\n", safe.Line(at.String()), one.Severity, safe.Line(one.Message))
	if one.Hint != "" {
		fmt.Fprintf(p.Stdout, "  hint: %s\n", safe.Line(one.Hint))
	}
}
