package collections

import (
	"context"
	"runtime"
	"strings"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"parley/collections/disk"
	"parley/collections/tomldoc"
)

// Glance returns the collection with a glance taken at the files that nobody has looked at yet: at all of them, or at those
// of the given paths of requests and folders, with all that is in these. When there is nothing to look at, it returns c.
func (c *Collection) Glance(ctx context.Context, paths ...string) (*Collection, error) {
	return c.glance(ctx, func(n *Node) bool {
		for _, path := range paths {
			if rest, ok := strings.CutPrefix(n.Path, Clean(path)); ok && (rest == "" || rest[0] == '/' || Clean(path) == "") {
				return true
			}
		}
		return len(paths) == 0
	})
}

// glance looks at the files that were not looked at yet and are wanted. It stops when ctx is done, which is its error.
func (c *Collection) glance(ctx context.Context, wanted func(*Node) bool) (*Collection, error) {
	var unread []*Node
	for n := range c.All() {
		if n.Kind == UnreadNode && wanted(n) {
			unread = append(unread, n)
		}
	}
	if len(unread) == 0 {
		return c, nil
	}
	read := make([]*Node, len(unread))
	var next atomic.Int64
	var work errgroup.Group
	for range min(2*runtime.GOMAXPROCS(0), len(unread)) { // more than cores: half of the time is waiting for the disk
		work.Go(func() error {
			for i := int(next.Add(1)) - 1; i < len(unread); i = int(next.Add(1)) - 1 {
				if err := ctx.Err(); err != nil {
					return err
				}
				read[i] = unread[i].seen()
			}
			return nil
		})
	}
	if err := work.Wait(); err != nil {
		return nil, err
	}
	replaced := make(map[*Node]*Node, len(unread))
	for i, n := range unread {
		replaced[n] = read[i]
	}
	return c.with(replaced), nil
}

// with returns the collection with other nodes in the places of some.
func (c *Collection) with(replaced map[*Node]*Node) *Collection {
	next := *c
	next.Tree = c.Tree.with(replaced)
	return &next
}

// with copies a folder, and those in it, as far as nodes are replaced.
func (f *Folder) with(replaced map[*Node]*Node) *Folder {
	next := *f
	next.Nodes = make([]*Node, len(f.Nodes))
	same := true
	for i, n := range f.Nodes {
		switch {
		case replaced[n] != nil:
			n = replaced[n]
		case n.Folder != nil:
			if below := n.Folder.with(replaced); below != n.Folder {
				folder := *n
				folder.Folder = below
				n = &folder
			}
		}
		same = same && n == f.Nodes[i]
		next.Nodes[i] = n
	}
	if same {
		return f
	}
	return &next
}

// seen returns the node, after a glance at its file if there was none: it tells whether that is a request, and its method.
func (n *Node) seen() *Node {
	if n.Kind != UnreadNode {
		return n
	}
	seen := *n
	seen.Kind, seen.Method, seen.Err = n.look()
	return &seen
}

func (n *Node) look() (NodeKind, string, error) {
	if n.link {
		if err := n.files.inside(n.File); err != nil {
			return BrokenNode, "", err
		}
	}
	data, err := disk.ReadFile(n.files.fsys, n.files.Abs(n.File))
	if err != nil {
		return BrokenNode, "", err
	}
	keys, err := tomldoc.Peek(n.File, data, "url", "method")
	switch {
	case err != nil:
		return BrokenNode, "", err
	case !keys[0].IsSet():
		return OtherNode, "", nil
	case keys[1].Text == "":
		return RequestNode, "GET", nil
	default:
		return RequestNode, keys[1].Text, nil
	}
}
