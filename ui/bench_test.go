package ui

import (
	"testing"

	"parley/ui/uitest"
)

// BenchmarkView draws the whole screen at 200x60 after one pane has changed. performance.md asks for 300 µs and 200
// allocations at most.
func BenchmarkView(b *testing.B) {
	w := open(b, 200, 60)
	w.send("200 OK")
	w.Press("alt+4")
	for _, c := range []struct{ name, key, back string }{
		{"body", "j", "k"}, {"url", "x", "backspace"}, {"tree", "j", "k"},
	} {
		switch c.name {
		case "url":
			w.Press("alt+2")
		case "tree":
			w.Press("alt+1")
		}
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for i := range b.N {
				b.StopTimer()
				key := c.key
				if i%2 == 1 {
					key = c.back
				}
				w.root.Update(uitest.Key(key))
				b.StartTimer()
				_ = w.root.View()
			}
		})
	}
}
