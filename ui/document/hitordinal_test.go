package document

import (
	"strings"
	"testing"

	"parley/httpcore/content"
)

// Of hits in several segments, each knows which it is.
func TestHitsAreNumbered(t *testing.T) {
	text := strings.Repeat(strings.Repeat("-", 997)+"aba\n", 300)
	d := Open(content.NewSource(strings.NewReader(text), int64(len(text))), Options{Kind: content.Text})
	t.Cleanup(d.Close)
	search, err := d.Search(Raw, Query{Text: "a"})
	if err != nil {
		t.Fatal(err)
	}
	defer search.Close()
	var from int64
	for want := range int64(600) {
		hit, err := search.Next(t.Context(), from)
		if err != nil {
			t.Fatal(err)
		}
		n, known, err := search.Ordinal(t.Context(), hit)
		if _, done, _ := search.Count(); err != nil || known && n != want+1 || done && !known {
			t.Fatalf("the hit at %d is number %d (known: %v, %v), want %d", hit.Start, n, known, err, want+1)
		}
		from = hit.End
	}
}
