package filter

import (
	"encoding/json"
	"os"
	"runtime/metrics"
	"time"
)

const (
	// spare is how much memory a filter may take beside four times what is expected,
	// which the worst of bodies needs.
	spare = 256 << 20
	// glance is how often the memory is looked at.
	glance = 10 * time.Millisecond
)

// watchMemory ends the process once its heap has grown by far more than
// expected, or the process that asked is gone. jq cannot count what it
// allocates; what lives on counts, and garbage does not.
func (s *server) watchMemory(parent int) {
	for range time.Tick(glance) {
		if os.Getppid() != parent {
			os.Exit(1)
		}
		limit := 4*jqFactor*s.read.Load() + spare
		if all, live := heap(); all > limit && (live > limit/2 || all > 2*limit) {
			text, err := json.Marshal(report{TooMuch: true})
			if err != nil || s.send(reportFrame, text) != nil {
				os.Exit(1)
			}
			os.Exit(0)
		}
	}
}

// heap returns how much the heap holds, and what of it was alive when garbage
// was collected last.
func heap() (all, live int64) {
	samples := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/gc/heap/live:bytes"}}
	metrics.Read(samples)
	return int64(samples[0].Value.Uint64()), int64(samples[1].Value.Uint64())
}
