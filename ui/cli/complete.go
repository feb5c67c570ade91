package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"parley/collections"
)

// What a shell completes is best effort: where something cannot be read, there is nothing to offer.

// completeSaved offers the paths of saved requests.
func (p *Program) completeSaved(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveDefault // an ITEM may name a file
	}
	return p.completeNodes(cmd, typed, func(n *collections.Node) bool { return n.Kind == collections.RequestNode })
}

func (p *Program) completeFolders(cmd *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	return p.completeNodes(cmd, typed, func(n *collections.Node) bool { return n.Kind == collections.FolderNode })
}

// completePaths offers the paths of requests and of folders.
func (p *Program) completePaths(cmd *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	return p.completeNodes(cmd, typed, func(*collections.Node) bool { return true })
}

// completeNodes looks at no other files than those in the folder that is typed already.
func (p *Program) completeNodes(cmd *cobra.Command, typed string, wanted func(*collections.Node) bool) ([]string, cobra.ShellCompDirective) {
	var names []string
	c, err := p.tree(p.dir(cmd))
	if err == nil && c != nil {
		c, err = c.Glance(cmd.Context(), typed[:strings.LastIndexByte(typed, '/')+1])
	}
	if err == nil && c != nil {
		for node := range c.All() {
			if wanted(node) && strings.HasPrefix(node.Path, typed) {
				names = append(names, node.Path)
			}
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

func (p *Program) completeEnvironments(cmd *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	var names []string
	if c, err := p.tree(p.dir(cmd)); err == nil && c != nil {
		for _, e := range c.Environments {
			if strings.HasPrefix(e.Name, typed) {
				names = append(names, e.Name)
			}
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

func (p *Program) completeThemes(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	var names []string
	set, _ := p.themes()
	for _, t := range set.List() {
		if strings.HasPrefix(t.Name, typed) {
			names = append(names, t.Name)
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// completeChoices completes the values of the flags that a verb registered with [choices].
func (p *Program) completeChoices(cmd *cobra.Command) {
	for flag, complete := range map[string]cobra.CompletionFunc{"env": p.completeEnvironments, "session": p.completeSessions} {
		if err := cmd.RegisterFlagCompletionFunc(flag, complete); err != nil {
			panic(err) // the flag was defined before
		}
	}
}
