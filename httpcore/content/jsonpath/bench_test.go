package jsonpath

import (
	"bytes"
	"fmt"
	"testing"

	"parley/httpcore/content"
)

// records makes an object that holds an array of records, about size bytes long.
func records(size int) []byte {
	var b bytes.Buffer
	b.WriteString(`{"items":[`)
	for i := 0; b.Len() < size; i++ {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"id":%d,"name":"Ada Lovelace","email":"ada%d@example.com","tags":["a","b","c"],"n":%d,"active":true,"note":"The quick brown fox\njumps over the lazy dog","nested":{"x":null,"y":[]}}`, i, i, i%10)
	}
	b.WriteString(`],"next":null}`)
	return b.Bytes()
}

func BenchmarkSelect(b *testing.B) {
	text := records(16 << 20)
	src := content.NewSource(bytes.NewReader(text), int64(len(text)))
	for _, expr := range []string{"$.items[*].id", "$..name", "$.items[?@.n>5].id", "$..*", "$.items[-1].id", "$['next','items']"} {
		b.Run(expr, func(b *testing.B) {
			q, err := Parse(expr)
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				n := 0
				if err := q.Select(b.Context(), src, func(Node) error { n++; return nil }); err != nil || n == 0 {
					b.Fatal(n, err)
				}
			}
		})
	}
}
