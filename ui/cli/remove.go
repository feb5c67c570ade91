package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"parley/collections"
	"parley/ui/safe"
)

// removeFlags are what `parley rm` can be told.
type removeFlags struct{ list, restore, json bool }

func (p *Program) removeVerb() *cobra.Command {
	var f removeFlags
	cmd := &cobra.Command{
		Use:   "rm PATH...",
		Short: "Put requests and folders into the trash, list it, restore from it",
		Long: `Put requests, and folders with all that is in them, into the trash in Parley's state folder. --restore brings them back to
where they were, by the path that they had (what was deleted last) or by their ID. --list tells what is there. After thirty
days it is removed for good. What speaks of a request by its path, such as response("users/create"), is said.`,
		Example: `  parley rm users/create
  parley rm users/
  parley rm --list
  parley rm --restore users/create`,
		Args: f.arguments,
		ValidArgsFunction: func(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
			if f.restore {
				return p.completeTrashed(cmd, typed)
			}
			return p.completePaths(cmd, args, typed)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case f.list:
				return p.listTrash(cmd, f.json)
			case f.restore:
				return p.eachPath(cmd, args, p.restore)
			}
			return p.eachPath(cmd, args, func(c *collections.Collection, path string) error {
				node, err := c.Node(path)
				if err != nil {
					return err
				}
				if err := p.trash(c, path); err != nil {
					return err
				}
				return p.sayReferences(cmd.Context(), c, node.Path)
			})
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.list, "list", false, "list what is in the trash")
	flags.BoolVar(&f.restore, "restore", false, "bring back what had these paths, or has these IDs")
	flags.BoolVar(&f.json, "json", false, "print JSON, with --list")
	cmd.MarkFlagsMutuallyExclusive("list", "restore")
	return cmd
}

func (f *removeFlags) arguments(cmd *cobra.Command, args []string) error {
	switch {
	case f.list:
		return arguments(0, 0)(cmd, args)
	case f.json:
		return &UsageError{Message: "--json prints a list", Advice: "add --list"}
	default:
		return arguments(1, anyNumber)(cmd, args)
	}
}

// eachPath does something with each of several paths, in the collection as the one before left it.
func (p *Program) eachPath(cmd *cobra.Command, paths []string, do func(*collections.Collection, string) error) error {
	var problems []error
	for _, path := range paths {
		c, err := p.needTree(p.dir(cmd))
		if err != nil {
			return err
		}
		problems = append(problems, do(c, path))
	}
	return errors.Join(problems...)
}

// trash puts one thing into the trash, and says how to get it back.
func (p *Program) trash(c *collections.Collection, path string) error {
	folders, err := p.home()
	if err != nil {
		return err
	}
	gone, err := c.Delete(path, folders.Trash())
	if gone == nil {
		return err
	}
	p.tell("deleted %s; `parley rm --restore %s` brings it back", gone.Path, gone.ID)
	return err
}

func (p *Program) trashed(c *collections.Collection) ([]*collections.Trashed, error) {
	folders, err := p.home()
	if err != nil {
		return nil, err
	}
	return c.Trashed(folders.Trash())
}

// restore brings back what has that ID, else what had that path and was deleted last.
func (p *Program) restore(c *collections.Collection, name string) error {
	list, err := p.trashed(c)
	if err != nil {
		return err
	}
	for _, t := range list {
		if t.ID == name || t.Path == collections.Clean(name) {
			if err := t.Restore(); err != nil {
				return err
			}
			p.tell("restored %s", t.Path)
			return nil
		}
	}
	return &UsageError{Message: fmt.Sprintf("nothing in the trash was called %q", name), Advice: "`parley rm --list` shows what is there"}
}

func (p *Program) listTrash(cmd *cobra.Command, asJSON bool) error {
	c, err := p.needTree(p.dir(cmd))
	if err != nil {
		return err
	}
	list, err := p.trashed(c)
	if err != nil {
		return err
	}
	if asJSON {
		return p.printJSON(append([]*collections.Trashed{}, list...))
	}
	return p.table(func(w io.Writer) {
		for _, t := range list {
			name := t.Path
			if t.Folder {
				name += "/"
			}
			fmt.Fprintf(w, "%s\t%s\t%s\n", safe.Line(t.ID), t.At.Local().Format(time.DateTime), safe.Line(name))
		}
	})
}

// completeTrashed offers the paths of what is in the trash.
func (p *Program) completeTrashed(cmd *cobra.Command, typed string) ([]string, cobra.ShellCompDirective) {
	var names []string
	if c, err := p.tree(p.dir(cmd)); err == nil && c != nil {
		list, _ := p.trashed(c)
		for _, t := range list {
			if strings.HasPrefix(t.Path, typed) {
				names = append(names, t.Path)
			}
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}
