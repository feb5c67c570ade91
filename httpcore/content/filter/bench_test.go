package filter

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/itchyny/gojq"

	"parley/httpcore/content"
)

// rows are records as an API answers with them, of about size bytes.
func jsonRows(size int) string {
	var b strings.Builder
	b.WriteString("[")
	for i := 0; b.Len() < size; i++ {
		if i > 0 {
			b.WriteString(",")
		}
		fmt.Fprintf(&b, `{"id":%d,"name":"user %d","email":"user%d@example.com","active":true,"tags":["a","b"],"score":%d.5}`, i, i, i, i)
	}
	b.WriteString("]")
	return b.String()
}

func markupRows(size int) string {
	var b strings.Builder
	b.WriteString("<html><body>")
	for i := 0; b.Len() < size; i++ {
		fmt.Fprintf(&b, "\n  <p id=\"%d\"><b>user %d</b><i>user%d@example.com</i></p>", i, i, i)
	}
	b.WriteString("</body></html>")
	return b.String()
}

// BenchmarkMemory measures how much the heap grows at most while a filter
// works, as a multiple of the body, beside what Filter.Memory
// expects for the first of each kind.
func BenchmarkMemory(b *testing.B) {
	const size = 8 << 20
	for _, c := range []struct {
		name, language, expression string
		kind                       content.Kind
		body                       string
	}{
		{"jq", JQ, "length", content.JSON, jsonRows(size)},
		{"jq-numbers", JQ, "length", content.JSON, "[" + strings.Repeat("1,", size/2) + "1]"},
		{"jq-objects", JQ, "length", content.JSON, "[" + strings.Repeat("{},", size/3) + "1]"},
		{"xml", XPath, "count(//b)", content.XML, markupRows(size)},
		{"xml-tags", XPath, "count(//b)", content.XML, "<a>" + strings.Repeat("<b/>", size/4) + "</a>"},
		{"html", XPath, "count(//b)", content.HTML, markupRows(size)},
	} {
		b.Run(c.name, func(b *testing.B) {
			f, err := Compile(c.language, c.expression)
			if err != nil {
				b.Fatal(err)
			}
			var code *gojq.Code
			if c.language == JQ { // where its memory can be seen
				if code, err = parseJQ(c.expression); err != nil {
					b.Fatal(err)
				}
			}
			b.SetBytes(int64(len(c.body)))
			var most int64
			in := Input{Source: content.NewSource(strings.NewReader(c.body), int64(len(c.body))), Kind: c.kind}
			for b.Loop() {
				runtime.GC()
				before, _ := heap()
				ctx, stop := context.WithCancel(b.Context())
				peak := make(chan int64)
				go func() { peak <- highest(ctx) }()
				if c.language == JQ {
					err = runHere(code, c.body, io.Discard)
				} else {
					_, err = f.Run(b.Context(), in, io.Discard)
				}
				if err != nil {
					b.Fatal(err)
				}
				stop()
				most = max(most, <-peak-before)
			}
			b.ReportMetric(float64(most)/float64(len(c.body)), "heap/byte")
			b.ReportMetric(float64(f.Memory(1)), "expected/byte")
		})
	}
}

// highest returns the most that the heap has held until ctx ends, garbage
// included.
func highest(ctx context.Context) (most int64) {
	for tick := time.Tick(time.Millisecond); ; {
		all, _ := heap()
		most = max(most, all)
		select {
		case <-ctx.Done():
			return most
		case <-tick:
		}
	}
}
