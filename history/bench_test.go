package history

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"parley/collections/disk"
)

func BenchmarkAdd(b *testing.B) {
	s := open(b, b.TempDir())
	x := sample{status: 200, reply: strings.Repeat(`{"name": "GitHub"}`, 50)}.exchange(b)
	for b.Loop() {
		if _, err := s.Add(context.Background(), Meta{Request: "a"}, x); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSpool(b *testing.B) {
	spool := NewSpool(disk.OS(), b.TempDir())
	x := sample{status: 200, reply: strings.Repeat(`{"name": "GitHub"}`, 50)}.exchange(b)
	for b.Loop() {
		if err := spool.Add(Meta{Request: "a"}, x); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkList reads the newest 50 of 20,000 exchanges, and searches them for a word that all have.
func BenchmarkList(b *testing.B) {
	s := open(b, b.TempDir())
	x := sample{status: 200, reply: "common words"}.exchange(b)
	made, err := newEncoder(s.bodies, Meta{}, x).record(x)
	if err != nil {
		b.Fatal(err)
	}
	for range 20 {
		batch := make([]*record, 1000)
		for i := range batch {
			next := *made
			next.UID = fmt.Sprintf("%d-%d", b.N, time.Now().UnixNano())
			made.Started = made.Started.Add(time.Second)
			batch[i] = &next
		}
		if _, err := s.insert(context.Background(), batch); err != nil {
			b.Fatal(err)
		}
	}
	for _, query := range []string{"", "common"} {
		b.Run("query="+query, func(b *testing.B) {
			for b.Loop() {
				if found := list(b, s, query); len(found) != 50 {
					b.Fatal(len(found))
				}
			}
		})
	}
}
