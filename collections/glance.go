package collections

import (
	"context"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"parley/collections/disk"
	"parley/collections/tomldoc"
)

// Glance returns the collection with a glance taken at the files that nobody has looked at yet: at all of them, or at those
// of the given paths of requests and folders, with all that is in these. When there is nothing to look at, it returns c.
func (c *Collection) Glance(ctx context.Context, paths ...string) (*Collection, error) {
	if len(paths) == 0 {
		paths = []string{""}
	}
	more, wanted := false, map[*Node]bool{}
	want := func(n *Node) bool {
		if n.Kind == UnreadNode {
			wanted[n] = true
		}
		return true
	}
	for _, path := range paths {
		top := []*Node{{Folder: c.Tree}}
		if path = Clean(path); path != "" {
			top = c.at(path)
		}
		for _, n := range top {
			want(n)
			if n.Folder != nil {
				more = readBelow(ctx, n.Folder) || more
				n.Folder.each(want)
			}
		}
	}
	next, err := c.glance(ctx, func(n *Node) bool { return wanted[n] })
	if next == c && more {
		next = c.with(nil) // what reads the same now says more
	}
	return next, err
}

// glance looks at the files that were not looked at yet and are wanted. It stops when ctx is done, which is its error.
func (c *Collection) glance(ctx context.Context, wanted func(*Node) bool) (*Collection, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var unread []*Node
	c.Tree.eachRead(func(n *Node) {
		if n.Kind == UnreadNode && wanted(n) {
			unread = append(unread, n)
		}
	})
	if len(unread) == 0 {
		return c, nil
	}
	read := make([]*Node, len(unread))
	var next atomic.Int64
	var work errgroup.Group
	for range min(atATime(), len(unread)) {
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
	if !f.IsRead() {
		return f
	}
	nodes := make([]*Node, len(f.Nodes()))
	same := true
	for i, n := range f.Nodes() {
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
		same = same && n == f.Nodes()[i]
		nodes[i] = n
	}
	if same {
		return f
	}
	now := *f.contents()
	now.nodes = nodes
	return newFolder(f.Path, &now)
}

// eachRead goes through the nodes of all folders that are read.
func (f *Folder) eachRead(do func(*Node)) {
	if !f.IsRead() {
		return
	}
	for _, n := range f.Nodes() {
		do(n)
		if n.Folder != nil {
			n.Folder.eachRead(do)
		}
	}
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
