package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"parley/collections"
	"parley/ui/safe"
)

// listed is a request as `list --json` prints it.
type listed struct {
	Path   string `json:"path"`
	Method string `json:"method"`
	URL    string `json:"url,omitempty"`
	File   string `json:"file"`
	Error  string `json:"error,omitempty"`
}

func (p *Program) listVerb() *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "list [FOLDER]",
		Short: "List the collection's requests",
		Long: `List the requests of the collection, or of one of its folders, with their URLs as they are written.
A file that cannot be read is listed with the reason.`,
		Example: `  parley list
  parley list users --json | jq -r '.[].path'`,
		Args:              arguments(0, 1),
		ValidArgsFunction: p.completeFolders,
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := p.needTree(p.dir(cmd))
			if err != nil {
				return err
			}
			below := ""
			if len(args) == 1 {
				folder, err := c.Folder(args[0])
				if err != nil {
					return err
				}
				below = folder.Path
			}
			if c, err = c.Glance(cmd.Context(), below); err != nil {
				return err
			}
			return p.list(c, below, asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func (p *Program) list(c *collections.Collection, below string, asJSON bool) error {
	requests := []listed{}
	var problems []error
	for node := range c.All() {
		if below != "" && !strings.HasPrefix(node.Path, below+"/") {
			continue
		}
		if node.Kind != collections.RequestNode && node.Kind != collections.BrokenNode {
			continue
		}
		one := listed{Path: node.Path, Method: node.Method, File: node.File}
		request, err := node.Request()
		if err != nil {
			one.Error = err.Error()
			problems = append(problems, err)
		} else {
			one.URL = request.URL.Text
		}
		requests = append(requests, one)
	}
	if asJSON {
		return errors.Join(append(problems, p.printJSON(requests))...)
	}
	err := p.table(func(w io.Writer) {
		for _, r := range requests {
			fmt.Fprintf(w, "%s\t%s\t%s\n", safe.Line(r.Method), safe.Line(r.Path), safe.Line(r.URL))
		}
	})
	return errors.Join(append(problems, err)...)
}

// table prints columns that are parted by tabs. What goes into them must be safe.
func (p *Program) table(rows func(io.Writer)) error {
	w := tabwriter.NewWriter(p.Stdout, 0, 0, 2, ' ', 0)
	rows(w)
	return w.Flush()
}
