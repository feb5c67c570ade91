package script

import (
	"bufio"
	"errors"
	"io"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"sync"
	"time"

	"parley/httpcore/content/worker"
)

// Serve makes of a program that was started to run scripts a process that does: there it does not return. Everywhere else
// it does nothing. A program whose requests have hooks calls it first of all; so does TestMain of a package whose tests do.
func Serve() {
	if !worker.Asked(workerVariable) {
		return
	}
	debug.SetMaxStack(maxStack)
	own := heap() // of the program, before any script
	debug.SetMemoryLimit(MemoryLimit + int64(own))
	s := &server{limit: MemoryLimit + own, to: os.Stdout, orders: make(chan order, 2*maxSends), programs: newPrograms()}
	go s.watchMemory(os.Getppid())
	go s.read(bufio.NewReaderSize(os.Stdin, 64<<10))
	for o := range s.orders {
		if o.Task == nil {
			continue // a reply that nobody waits for any more
		}
		ended := s.do(*o.Task)
		if err := s.say(word{Done: &ended}); err != nil {
			os.Exit(1)
		}
	}
	os.Exit(0)
}

// maxStack is enough for the calls that a script may nest.
const maxStack = 32 << 20

// server is the side of the process that does the work.
type server struct {
	mu       sync.Mutex // of to
	to       io.Writer
	orders   chan order
	programs *programs
	ids      int
	limit    uint64 // of the heap
}

// read takes orders in, so that the process that asks is never kept waiting.
func (s *server) read(from io.Reader) {
	for {
		var o order
		if err := readFrame(from, &o); err != nil {
			if errors.Is(err, io.EOF) {
				os.Exit(0)
			}
			os.Exit(1)
		}
		s.orders <- o
	}
}

func (s *server) say(said word) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return writeFrame(s.to, said)
}

// watchMemory ends the process once its heap has grown beyond the limit, or the process that asked is gone.
func (s *server) watchMemory(parent int) {
	for range time.Tick(glance / 2) {
		if os.Getppid() != parent {
			os.Exit(1)
		}
		if heap() > s.limit {
			_ = s.say(word{Done: &done{Failed: &Failed{Why: WhyMemory, Message: tooMuch()}}})
			os.Exit(1)
		}
	}
}

// heap returns how much the heap holds. The garbage in it is little, for the collector keeps to the same limit.
func heap() uint64 {
	samples := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(samples)
	return samples[0].Value.Uint64()
}
