package diff

import (
	"fmt"
	"strings"
	"testing"
)

// BenchmarkCompare compares two bodies of about 10 MB that differ in a few of
// their records.
func BenchmarkCompare(b *testing.B) {
	list := func(change int) string {
		var text strings.Builder
		for i := range 80000 {
			state := "paid"
			if i%change == 7 {
				state = "open"
			}
			fmt.Fprintf(&text, "{\"id\":%d,\"state\":%q,\"total\":12.50,\"customer\":{\"name\":\"Ada Lovelace\",\"email\":\"ada@acme.test\"},\"tags\":[1,2,3]},\n", i, state)
		}
		return text.String()
	}
	first, second := list(20000), list(10000)
	for _, c := range []struct{ name, begin, end string }{{"json", "[", "{}]"}, {"text", "", ""}} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(first) + len(second)))
			b.ReportAllocs()
			for b.Loop() {
				if compare(b, c.begin+first+c.end, c.begin+second+c.end, Options{}).Equal() {
					b.Fatal("they are equal")
				}
			}
		})
	}
}
