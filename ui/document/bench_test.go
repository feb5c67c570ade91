package document

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"testing"
	"time"

	"parley/httpcore/content"
)

// endless is a body of any size that takes no memory: a piece, over and over.
type endless struct {
	head, piece, tail string
	size              int64
}

// records is an array of records on one line, about size bytes long.
func records(size int64) *endless {
	e := &endless{
		head:  "[",
		piece: `{"id":1234567,"name":"Ada Lovelace","email":"ada@example.com","tags":["a","b","c"],"score":99.25,"active":true,"note":"The quick brown fox\njumps over the lazy dog","nested":{"x":null,"y":[]}},`,
		tail:  "0]",
	}
	n := max(size/int64(len(e.piece)), 1)
	e.size = int64(len(e.head)) + n*int64(len(e.piece)) + int64(len(e.tail))
	return e
}

func (e *endless) ReadAt(p []byte, off int64) (int, error) {
	n := 0
	for n < len(p) && off < e.size {
		var k int
		switch body := off - int64(len(e.head)); {
		case body < 0:
			k = copy(p[n:], e.head[off:])
		case off >= e.size-int64(len(e.tail)):
			k = copy(p[n:], e.tail[int64(len(e.tail))-(e.size-off):])
		default:
			k = copy(p[n:], e.piece[body%int64(len(e.piece)):])
		}
		n += k
		off += int64(k)
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func (e *endless) source() Source { return content.NewSource(e, e.size) }

func jsonLines() cutter { return newJSONCutter(false) }

func indexedRecords(tb testing.TB, size int64, newCutter func() cutter) (*View, *endless) {
	e := records(size)
	x := newIndexed(e.source(), newCutter)
	if err := x.build(context.Background(), func() {}); err != nil {
		tb.Fatal(err)
	}
	return &View{src: x.src, lines: always(x)}, e
}

var sizes = []struct {
	name string
	size int64
}{{"1MB", 1 << 20}, {"100MB", 100 << 20}}

// BenchmarkIndex compares pretty with json.Valid, and raw with counting
// newlines, of what is in memory.
func BenchmarkIndex(b *testing.B) {
	e := records(10 << 20)
	body := make([]byte, e.size)
	if _, err := e.ReadAt(body, 0); err != nil {
		b.Fatal(err)
	}
	against := map[string]time.Duration{
		"pretty": timed(func() { json.Valid(body) }),
		"raw":    timed(func() { bytes.Count(body, []byte("\n")) }),
	}
	for mode, newCutter := range map[string]func() cutter{"pretty": jsonLines, "raw": newRawCutter} {
		for _, s := range sizes {
			b.Run(mode+"/"+s.name, func(b *testing.B) {
				b.SetBytes(s.size)
				b.ReportAllocs()
				for b.Loop() {
					indexedRecords(b, s.size, newCutter)
				}
				speed := float64(s.size) * float64(b.N) / b.Elapsed().Seconds()
				b.ReportMetric(speed*against[mode].Seconds()/float64(e.size), map[string]string{"pretty": "x-json.Valid", "raw": "x-bytes.Count"}[mode])
			})
		}
	}
}

// BenchmarkIndexMarkup indexes 16 MB of elements on one line.
func BenchmarkIndexMarkup(b *testing.B) {
	piece := `<item id="1234567"><name>Ada Lovelace</name><email>ada@example.com</email><score>99.25</score><note>The quick brown fox jumps over the lazy dog</note><x/></item>`
	e := &endless{head: "<r>", piece: piece, tail: "</r>"}
	e.size = int64(len(e.head) + len(e.tail) + len(piece)*(16<<20/len(piece)))
	for _, kind := range []content.Kind{content.XML, content.HTML} {
		b.Run(kind.String(), func(b *testing.B) {
			b.SetBytes(e.size)
			b.ReportAllocs()
			for b.Loop() {
				x := newIndexed(e.source(), markupCutterOf(kind))
				if err := x.build(b.Context(), func() {}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkScroll(b *testing.B) {
	for _, s := range sizes {
		b.Run(s.name, func(b *testing.B) {
			v, _ := indexedRecords(b, s.size, jsonLines)
			lines, _ := v.Lines()
			b.ReportAllocs()
			at := int64(0)
			for b.Loop() {
				at = (at + 7919) % lines
				if _, err := v.Window(Pos{Line: at}, Layout{Width: 120, Height: 36}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkJump goes to lines, offsets, parts and the end of a long body.
func BenchmarkJump(b *testing.B) {
	v, e := indexedRecords(b, 1<<30, jsonLines)
	lines, _ := v.Lines()
	layout := Layout{Width: 120, Height: 36}
	random := rand.New(rand.NewPCG(1, 2))
	for _, jump := range []struct {
		name string
		to   func() (Pos, error)
	}{
		{"line", func() (Pos, error) { return v.AtNumber(random.Int64N(lines)) }},
		{"offset", func() (Pos, error) { return v.AtOffset(random.Int64N(e.size), layout) }},
		{"percent", func() (Pos, error) { return v.AtPercent(100*random.Float64(), layout) }},
		{"end", func() (Pos, error) { return v.End(layout) }},
	} {
		b.Run(jump.name, func(b *testing.B) {
			for b.Loop() {
				at, err := jump.to()
				if err == nil {
					_, err = v.Window(at, layout)
				}
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkPrint compares with encoding/json, which also needs all in memory.
func BenchmarkPrint(b *testing.B) {
	e := records(10 << 20)
	style := func(Role) (on, off string) { return "\x1b[31m", "\x1b[m" }
	b.Run("Print", func(b *testing.B) {
		b.SetBytes(e.size)
		b.ReportAllocs()
		for b.Loop() {
			if err := Print(io.Discard, io.NewSectionReader(e, 0, e.size), content.JSON, style); err != nil {
				b.Fatal(err)
			}
		}
	})
	body := make([]byte, e.size)
	if _, err := e.ReadAt(body, 0); err != nil {
		b.Fatal(err)
	}
	b.Run("json.Indent", func(b *testing.B) {
		b.SetBytes(e.size)
		for b.Loop() {
			var out bytes.Buffer
			if err := json.Indent(&out, body, "", "  "); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// timed is how long something takes.
func timed(do func()) time.Duration {
	start := time.Now()
	do()
	return time.Since(start)
}

// BenchmarkSearch compares with bytes.Contains, which needs all in memory.
func BenchmarkSearch(b *testing.B) {
	e := records(100 << 20)
	body := make([]byte, e.size)
	if _, err := e.ReadAt(body, 0); err != nil {
		b.Fatal(err)
	}
	contains := timed(func() { bytes.Contains(body, []byte("no such needle")) })
	for _, q := range []Query{{Text: "no such needle"}, {Text: "NO SUCH NEEDLE", Fold: true}, {Text: `\d+needle`, Regexp: true}, {Text: `[0-9]{9}`, Regexp: true}, {Text: `[a-z]+\d{4}`, Regexp: true}, {Text: `"(id|name)":\s*\d+`, Regexp: true}, {Text: `"active": true, "note": "x`}, {Text: "ada"}, {Text: "ada", Fold: true}} {
		b.Run(fmt.Sprintf("%s/regexp=%v/fold=%v", q.Text, q.Regexp, q.Fold), func(b *testing.B) {
			b.SetBytes(e.size)
			p, err := compile(q, true)
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if err := newSearch(b.Context(), e.source(), p, segmentSize, batchSize).run(func() {}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(contains.Seconds()*float64(b.N)/b.Elapsed().Seconds(), "x-bytes.Contains")
		})
	}
}

// TestIndexesStaySmall opens all views of a long body, whose indexes must fit
// in 16 MiB for 1 GiB, and in as much for their size before marks are thinned.
func TestIndexesStaySmall(t *testing.T) {
	const size = int64(128 << 20)
	before := heap()
	d := Open(records(size).source(), Options{Kind: content.JSON})
	defer d.Close()
	for _, mode := range d.Modes() {
		v := d.View(mode)
		until(t, d, func() bool { _, done := v.Lines(); return done })
	}
	if used := heap() - before; used > 16<<20*size>>30+1<<19 {
		t.Errorf("the indexes of %d bytes in %v take %d", size, d.Modes(), used)
	}
	runtime.KeepAlive(d)
}

func heap() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// BenchmarkFold looks into the middle of a long body, folded and not: times do
// not grow with its size.
func BenchmarkFold(b *testing.B) {
	l := Layout{Width: 120, Height: 36}
	for _, s := range sizes {
		v, _ := indexedRecords(b, s.size, jsonLines)
		x := v.lines().(*indexed)
		v.build = func(*indexed) context.CancelFunc { return func() {} }
		lines, _ := v.Lines()
		at, err := v.Parent(Pos{Line: lines / 2})
		if err != nil {
			b.Fatal(err)
		}
		if at.Line == 0 { // it was a record's line
			at = Pos{Line: lines / 2}
		}
		tree := &View{src: v.src, lines: always(&branch{of: x, depth: -1})}
		for _, does := range []struct {
			name string
			do   func() error
		}{
			{"Toggle", func() error { _, err := v.Toggle(at); return err }},
			{"ToggleAll", func() error { _, err := v.Toggle(Pos{}); return err }},
			{"FoldTo", func() error { v.FoldTo(1); v.FoldTo(-1); return nil }},
			{"Parent", func() error { _, err := v.Parent(at); return err }},
			{"Sibling", func() error { _, err := v.Sibling(at, 1); return err }},
			{"Window", func() error {
				if _, err := v.Fold(Pos{Line: at.Line}); err != nil {
					return err
				}
				_, err := v.Window(at, l)
				return err
			}},
			{"TreeWindow", func() error {
				n, _ := tree.Lines()
				_, err := tree.Window(Pos{Line: n / 2}, l)
				return err
			}},
		} {
			b.Run(does.name+"/"+s.name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if err := does.do(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
