package transport

import "sync"

// muxStreams knows which exchange each stream of a connection belongs to: the libraries do not tell. Streams are numbered
// from 1, those of HTTP/3 as h3Stream says.
type muxStreams struct {
	mu   sync.Mutex
	next *muxExchange // whose stream is about to be opened
	of   map[uint64]*muxExchange
}

func newMuxStreams() *muxStreams { return &muxStreams{of: map[uint64]*muxExchange{}} }

// opens says that the next stream to be opened is that of an exchange. The library says so, with a lock of its own held,
// when it encodes the header fields.
func (s *muxStreams) opens(x *muxExchange) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.next = x
}

// opened notes whose stream a HEADERS frame opens.
func (s *muxStreams) opened(stream uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.of[stream] == nil && s.next != nil {
		s.next.stream = stream
		s.of[stream], s.next = s.next, nil
	}
}

// exchange returns that of a stream; nil when it is over, or there never was one.
func (s *muxStreams) exchange(stream uint64) *muxExchange {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.of[stream]
}

// alone returns the one exchange that has a stream; nil when there are none or more.
func (s *muxStreams) alone() *muxExchange {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.of) == 1 {
		for _, x := range s.of {
			return x
		}
	}
	return nil
}

// streamOf returns the stream of an exchange; 0 while it has none.
func (s *muxStreams) streamOf(x *muxExchange) uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return x.stream
}

// ends forgets an exchange.
func (s *muxStreams) ends(x *muxExchange) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.of, x.stream)
	if s.next == x {
		s.next = nil
	}
}
