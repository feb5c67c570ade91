package collections_test

import (
	"fmt"
	"testing"

	"parley/collections"
	"parley/collections/disk"
)

// large makes a collection of 500 folders with 20 requests each, as many people's largest are.
func large(b *testing.B) string {
	files := map[string]string{"collection.toml": "name = \"large\"\n"}
	for i := range 10_000 {
		files[fmt.Sprintf("folder-%03d/request-%02d.toml", i/20, i%20)] = create
	}
	return write(b, files)
}

// BenchmarkOpen10000 reads 10,000 requests.
func BenchmarkOpen10000(b *testing.B) {
	dir := large(b)
	b.ReportAllocs()
	for b.Loop() {
		c, err := collections.Open(disk.OS(), dir)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := c.Folder("folder-499"); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFind10000 searches the text of 10,000 requests for what is in each of them, and for what is in none.
func BenchmarkFind10000(b *testing.B) {
	c, err := collections.OpenTree(disk.OS(), large(b))
	if err != nil {
		b.Fatal(err)
	}
	for name, text := range map[string]string{"everywhere": "url", "nowhere": "no file has this"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				search, found := c.Find(text), 0
				for done := false; !done; {
					var hits []collections.Hit
					hits, done = search.Next(b.Context())
					found += len(hits)
				}
				if (found > 0) != (name == "everywhere") {
					b.Fatalf("%q is found %d times", text, found)
				}
			}
		})
	}
}

// BenchmarkOpenTree10000 reads the folders alone.
func BenchmarkOpenTree10000(b *testing.B) {
	dir := large(b)
	b.ReportAllocs()
	for b.Loop() {
		c, err := collections.OpenTree(disk.OS(), dir)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := c.Request("folder-499/request-19"); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCheck10000 reads 10,000 requests whole.
func BenchmarkCheck10000(b *testing.B) {
	c, err := collections.Open(disk.OS(), large(b))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if c.Check() != c {
			b.Fatal("something is broken")
		}
	}
}

// BenchmarkReload10000 reads one of 10,000 requests again.
func BenchmarkReload10000(b *testing.B) {
	c, err := collections.Open(disk.OS(), large(b))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if c, err = c.Reload("folder-100/request-10.toml"); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSave saves a request, fsync included.
func BenchmarkSave(b *testing.B) {
	c, err := collections.Open(disk.OS(), write(b, map[string]string{"create.toml": create}))
	if err != nil {
		b.Fatal(err)
	}
	r, err := c.Request("create")
	if err != nil {
		b.Fatal(err)
	}
	for i := 0; b.Loop(); i++ {
		edited := r.Clone()
		edited.Method = collections.Str(fmt.Sprint("M", i))
		if r, err = c.Save(r, edited); err != nil {
			b.Fatal(err)
		}
	}
}
