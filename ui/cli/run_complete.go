package cli

import (
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"parley/collections"
)

// completeTree offers requests and folders that are not named yet.
func (p *Program) completeTree(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	return p.completeNodes(cmd, typed, func(n *collections.Node) bool {
		return (n.Kind == collections.RequestNode || n.Kind == collections.FolderNode) && !slices.Contains(args, n.Path)
	})
}

// maxCompleted is how many files are read for a completion, which has to come at once.
const maxCompleted = 2000

// completeTags offers the tags of the collection.
func (p *Program) completeTags(cmd *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	tags := map[string]bool{}
	read := 0
	c, err := p.collection(p.dir(cmd))
	if err != nil || c == nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	for node := range c.All() {
		if node.Kind != collections.RequestNode || read >= maxCompleted {
			continue
		}
		read++
		request, err := node.Request()
		if err != nil {
			continue
		}
		for _, tag := range request.Tags {
			if strings.HasPrefix(tag.Text, typed) {
				tags[tag.Text] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(tags)), cobra.ShellCompDirectiveNoFileComp
}
