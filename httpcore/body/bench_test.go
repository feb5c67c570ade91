package body

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"testing"
)

func BenchmarkDecode(b *testing.B) {
	text := prose(8 << 20)
	for _, coding := range Codings() {
		encoded := encode(b, text, coding)
		b.Run(coding, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				d, err := Decode(bytes.NewReader(encoded), []string{coding}, Limits{MaxSize: 1 << 30, MaxExpansion: 1000})
				if err != nil {
					b.Fatal(err)
				}
				if _, err := io.Copy(io.Discard, d); err != nil {
					b.Fatal(err)
				}
				d.Close()
			}
		})
	}
}

func BenchmarkUTF8Reader(b *testing.B) {
	text := prose(8 << 20)
	for _, charset := range []string{"utf-8", "windows-1252", "shift_jis"} {
		b.Run(charset, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				u, err := NewUTF8Reader(bytes.NewReader(text), charset)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := io.Copy(io.Discard, u); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkStoreWrite reports the largest heap seen beside the time: it must not grow with the body.
func BenchmarkStoreWrite(b *testing.B) {
	piece := prose(32 << 10)
	for _, size := range []int64{1 << 20, 64 << 20, 1 << 30} {
		b.Run(fmt.Sprintf("%dMiB", size>>20), func(b *testing.B) {
			b.SetBytes(size)
			b.ReportAllocs()
			var peak uint64
			for b.Loop() {
				s := newStore(b, StoreOptions{})
				for n := int64(0); n < size; n += int64(len(piece)) {
					if _, err := s.Write(piece); err != nil {
						b.Fatal(err)
					}
					if n%(16<<20) == 0 {
						var m runtime.MemStats
						runtime.ReadMemStats(&m)
						peak = max(peak, m.HeapInuse)
					}
				}
				s.Finish(nil)
				if err := s.Close(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(peak)/(1<<20), "peak-MiB")
		})
	}
}

func BenchmarkStoreReadAt(b *testing.B) {
	for _, c := range []struct {
		name string
		size int64
	}{{"memory", 4 << 20}, {"file", 256 << 20}} {
		b.Run(c.name, func(b *testing.B) {
			s := newStore(b, StoreOptions{})
			piece := prose(1 << 20)
			for range c.size / int64(len(piece)) {
				fill(b, s, piece, len(piece))
			}
			random := rand.New(rand.NewPCG(1, 2))
			p := make([]byte, 32<<10)
			b.SetBytes(int64(len(p)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := s.ReadAt(p, random.Int64N(c.size-int64(len(p)))); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
