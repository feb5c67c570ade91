package cli

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"strings"

	"github.com/spf13/cobra"

	"parley/collections"
	"parley/ui/safe"
)

func (p *Program) moveVerb() *cobra.Command {
	force := false
	cmd := &cobra.Command{
		Use:   "mv PATH... TO",
		Short: "Move or rename requests and folders",
		Long: `Move a request or a folder to another path, or several of them into the folder TO, which is also what a TO with a slash
at its end means. Folders on the way are made. The order that a folder.toml gives goes with a new name; files that a request
names (a body, certificates, hooks) stay the same ones.

What speaks of a request by its path, such as response("users/create"), is not changed, but said.
Nothing is overwritten; with --force what is in the way goes to the trash (` + "`parley rm --list`" + `).`,
		Example: `  parley mv users/create users/add
  parley mv users/ people
  parley mv login logout auth/`,
		Args:              arguments(2, anyNumber),
		ValidArgsFunction: p.completePaths,
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.bring(cmd, args, force, func(c *collections.Collection, from, to string) error {
				moved, err := c.Move(from, to)
				if moved == nil {
					return err
				}
				p.tell("moved %s to %s", moved.From, moved.To)
				p.sayLinks(moved)
				return errors.Join(err, p.sayReferences(cmd.Context(), c, moved.From))
			})
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, "put what is in the way into the trash")
	return cmd
}

func (p *Program) copyVerb() *cobra.Command {
	force := false
	cmd := &cobra.Command{
		Use:   "cp PATH... TO",
		Short: "Copy requests and folders",
		Long: `Copy a request or a folder to another path, or several of them into the folder TO, which is also what a TO with a slash
at its end means. A copy has every byte of what it was made from; files that a request names (a body, certificates, hooks)
stay the same ones.

Nothing is overwritten; with --force what is in the way goes to the trash (` + "`parley rm --list`" + `).`,
		Example: `  parley cp users/create users/create-admin
  parley cp users/ people`,
		Args:              arguments(2, anyNumber),
		ValidArgsFunction: p.completePaths,
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.bring(cmd, args, force, func(c *collections.Collection, from, to string) error {
				copied, err := c.Copy(from, to)
				if copied == nil {
					return err
				}
				p.tell("copied %s to %s", copied.From, copied.To)
				p.sayLinks(copied)
				return err
			})
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, "put what is in the way into the trash")
	return cmd
}

// bring moves or copies what the arguments but the last name to what the last names.
func (p *Program) bring(cmd *cobra.Command, args []string, force bool, do func(c *collections.Collection, from, to string) error) error {
	sources, target := args[:len(args)-1], args[len(args)-1]
	if target == "" {
		return collections.CheckPath(target) // "/" and "." are the collection itself, and nothing is a mistake
	}
	var problems []error
	for _, from := range sources {
		c, err := p.needTree(p.dir(cmd)) // as the one before left it
		if err != nil {
			return err
		}
		to := target
		if len(sources) > 1 || strings.HasSuffix(target, "/") || into(c, target) {
			to = path.Join(collections.Clean(target), path.Base(collections.Clean(from)))
		}
		problems = append(problems, p.bringOne(c, from, to, force, do))
	}
	return errors.Join(problems...)
}

// into reports whether a target is a folder that is there, to put things into.
func into(c *collections.Collection, target string) bool {
	_, err := c.Folder(target)
	return err == nil
}

func (p *Program) bringOne(c *collections.Collection, from, to string, force bool, do func(c *collections.Collection, from, to string) error) error {
	node, err := c.Node(from)
	if err != nil {
		return err
	}
	if force && !around(from, to) && !around(to, from) {
		if err := p.clear(c, node, to); err != nil {
			return err
		}
	}
	err = do(c, from, to)
	switch {
	case errors.Is(err, fs.ErrExist) && around(to, from):
		return &UsageError{Message: to + " is there already, and has " + from + " in it", Advice: "choose another name"}
	case errors.Is(err, fs.ErrExist) && !force:
		return &UsageError{Message: to + " is there already", Advice: "choose another name, or --force puts it into the trash"}
	}
	return err
}

// around reports whether a path is that of another, or of a folder that the other is in: one cannot be removed for the other.
func around(path, other string) bool {
	return strings.HasPrefix(collections.Clean(other)+"/", collections.Clean(path)+"/")
}

// clear puts what has the path that something is to get into the trash. A folder is in the way of a folder, and a request
// in that of a request.
func (p *Program) clear(c *collections.Collection, comes *collections.Node, path string) error {
	if comes.Kind == collections.FolderNode {
		path += "/"
	}
	there, err := c.Node(path)
	if err != nil || (there.Kind == collections.FolderNode) != (comes.Kind == collections.FolderNode) {
		return nil // there is nothing in the way
	}
	return p.trash(c, path)
}

// tell tells a person what was done. It is safe for a terminal.
func (p *Program) tell(format string, args ...any) {
	for i, arg := range args {
		if text, ok := arg.(string); ok {
			args[i] = safe.Line(text)
		}
	}
	p.note(format, args...)
}

func (p *Program) sayLinks(moved *collections.Moved) {
	for _, link := range moved.Relinks {
		p.tell("%s", link.String())
	}
}

// sayReferences tells what still speaks of a request or folder that has gone.
func (p *Program) sayReferences(ctx context.Context, c *collections.Collection, gone string) error {
	now, err := c.Reload()
	if err != nil {
		return err
	}
	list, err := now.References(ctx, gone)
	for _, reference := range list {
		p.tell("%s still names it", reference.String())
	}
	return err
}
