package resolve_test

import (
	"context"
	"testing"

	"parley/collections"
	"parley/collections/disk"
	"parley/collections/resolve"
)

// BenchmarkResolve is the cost of a usual request: a few variables, no expression.
func BenchmarkResolve(b *testing.B) {
	dir := b.TempDir()
	c, err := collections.Open(disk.OS(), dir)
	if err != nil {
		b.Fatal(err)
	}
	r, err := collections.ParseRequest("x", []byte("method = \"POST\"\nurl = \"{{base}}/users/:id\"\n[path]\nid = \"{{id}}\"\n[vars]\nbase = \"http://h.test\"\nid = 42\n"+
		"[headers]\nAccept = \"application/json\"\nX-Team = \"{{id}}\"\n[body]\njson = '{\"id\": {{id}}}'\n"))
	if err != nil {
		b.Fatal(err)
	}
	effective, err := c.Effective(r)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := resolve.Resolve(context.Background(), resolve.Input{Request: effective, Beside: c.Beside}); err != nil {
			b.Fatal(err)
		}
	}
}
