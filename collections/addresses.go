package collections

import (
	"context"

	"parley/collections/disk"
	"parley/collections/tomldoc"
)

// Address is the URL of a saved request, as its file has it.
type Address struct{ Path, Method, URL string }

// Addresses reads the URLs of at most that many requests, in the order of the tree. What is no request, and what cannot
// be read, is left out. When ctx is done it returns what it has.
func (c *Collection) Addresses(ctx context.Context, most int) []Address {
	var list []Address
	for n := range c.All() {
		if len(list) >= most || ctx.Err() != nil {
			break
		}
		if n.Kind != RequestNode && n.Kind != UnreadNode {
			continue
		}
		if address, ok := n.address(); ok {
			list = append(list, address)
		}
	}
	return list
}

func (n *Node) address() (Address, bool) {
	if n.link && n.files.inside(n.File) != nil {
		return Address{}, false
	}
	data, err := disk.ReadFile(n.files.fsys, n.files.Abs(n.File))
	if err != nil {
		return Address{}, false
	}
	keys, err := tomldoc.Peek(n.File, data, "url", "method")
	if err != nil || keys[0].Text == "" {
		return Address{}, false
	}
	method := keys[1].Text
	if method == "" {
		method = "GET"
	}
	return Address{n.Path, method, keys[0].Text}, true
}
