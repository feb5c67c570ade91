package cli

import (
	"math/rand/v2"
	"sync"
	"testing"

	"parley/collections"
)

// TestRequestsSideBySideDrawDifferentValues is run with the race detector too.
func TestRequestsSideBySideDrawDifferentValues(t *testing.T) {
	p := onScreen(t, nil)
	p.IsTerminal = func(any) bool { return false }
	random := rand.New(p.host(&collections.Collection{}).Random)
	const most = 4000
	drawn := make(chan uint64, most)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for range most / 4 {
				drawn <- random.Uint64()
			}
		})
	}
	group.Wait()
	close(drawn)
	seen := map[uint64]bool{}
	for value := range drawn {
		if seen[value] {
			t.Fatal("two of them drew the same")
		}
		seen[value] = true
	}
}
