package document

import (
	"context"
	"testing"
)

// rowsBody is about size bytes of records, as JSON or as CSV.
func rowsBody(size int64, csv bool) *endless {
	if !csv {
		return records(size)
	}
	piece := "1234567,Ada Lovelace,ada@example.com,99.25,true,\"The quick, brown \"\"fox\"\" jumps\",2026-01-01T00:00:00Z\n"
	n := max(size/int64(len(piece)), 1)
	e := &endless{head: "id,name,email,score,active,note,time\n", piece: piece}
	e.size = int64(len(e.head)) + n*int64(len(piece))
	return e
}

func tableOf(tb testing.TB, size int64, csv bool) *View {
	e := rowsBody(size, csv)
	tell := tellJSONTable(false)
	if csv {
		tell = tellCSVTable("text/csv", true)
	}
	s := newShaped(e.source(), tell)
	if err := s.index.build(context.Background(), func() {}); err != nil {
		tb.Fatal(err)
	}
	return &View{src: s.src, lines: always(s)}
}

// BenchmarkTable indexes rows, and looks at them at the top and in the middle.
func BenchmarkTable(b *testing.B) {
	for name, csv := range map[string]bool{"json": false, "csv": true} {
		b.Run(name+"/index/16MB", func(b *testing.B) {
			b.SetBytes(16 << 20)
			b.ReportAllocs()
			for b.Loop() {
				tableOf(b, 16<<20, csv)
			}
		})
		v := tableOf(b, 100<<20, csv)
		lines, _ := v.Lines()
		for place, at := range map[string]int64{"top": 0, "middle": lines / 2} {
			b.Run(name+"/window/"+place, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, err := v.Window(Pos{Line: at}, Layout{Width: 120, Height: 36}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
