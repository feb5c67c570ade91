package runner

import (
	"context"
	"errors"
	"io"
	"slices"
	"sync"
	"time"

	"parley/collections/expect"
	"parley/httpcore"
	"parley/httpcore/body"
)

// Bounds of what is kept for response().
const (
	maxResponses     = 64
	maxResponseBytes = 64 << 20
	maxResponseBody  = 16 << 20 // more is not read whole by expressions
)

// Responses are the newest answers of saved requests in this process, for response(): at most 64, and at most 64 MiB of
// content. They are copies, so that whoever sends closes exchanges as ever. It may be used from many goroutines. A nil one
// keeps nothing. Close it to let go of what it keeps.
type Responses struct {
	now func() time.Time

	mu   sync.Mutex
	kept []*keptResponse // the oldest first
	size int64
}

// keptResponse is an answer. Who reads it keeps it from being closed.
type keptResponse struct {
	key      string
	at       time.Time
	exchange *httpcore.Exchange
	size     int64
	readers  int
	gone     bool
}

// NewResponses returns one that holds nothing; now is the clock, by which answers age.
func NewResponses(now func() time.Time) *Responses { return &Responses{now: now} }

// KeepResponse takes a copy of an exchange of the saved request at path that is over and still open, for response(), in the
// place of an earlier one in the same environments and session. What has no whole response is no answer, and neither is a
// body of more than 16 MiB: expressions do not read it.
func (w Workspace) KeepResponse(ctx context.Context, path string, x *httpcore.Exchange) {
	if path != "" {
		w.Responses.keep(ctx, w.responseKey(path), x)
	}
}

// responseKey tells the answers of a request apart.
func (w Workspace) responseKey(path string) string {
	return capturedPlace(w.Names(), w.Session) + "\n" + path
}

func (s *Responses) keep(ctx context.Context, key string, x *httpcore.Exchange) {
	if s == nil || !expect.Answered(x) || x.Response().Body.Size() > maxResponseBody {
		return
	}
	copied, err := copyOf(ctx, x)
	if err != nil {
		return // it is sent again when somebody asks for it
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.drop(func(k *keptResponse) bool { return k.key == key })
	s.kept = append(s.kept, &keptResponse{key: key, at: s.now(), exchange: copied, size: copied.Response().Body.Size()})
	s.size += copied.Response().Body.Size()
	for len(s.kept) > maxResponses || s.size > maxResponseBytes {
		oldest := s.kept[0]
		s.drop(func(k *keptResponse) bool { return k == oldest })
	}
}

// Close forgets everything.
func (s *Responses) Close() {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.drop(func(*keptResponse) bool { return true })
}

// drop forgets answers.
func (s *Responses) drop(these func(*keptResponse) bool) {
	s.kept = slices.DeleteFunc(s.kept, func(k *keptResponse) bool {
		if !these(k) {
			return false
		}
		s.size -= k.size
		k.gone = true
		k.free()
		return true
	})
}

func (k *keptResponse) free() {
	if k.gone && k.readers == 0 {
		_ = k.exchange.Close() // a temporary file that is still there harms nobody
	}
}

// read hands the answer under a key to use, if there is one that is no older than maxAge; a negative one means any.
func (s *Responses) read(key string, maxAge time.Duration, use func(*httpcore.Exchange)) bool {
	s.mu.Lock()
	at := slices.IndexFunc(s.kept, func(k *keptResponse) bool {
		return k.key == key && (maxAge < 0 || s.now().Sub(k.at) <= maxAge)
	})
	if at < 0 {
		s.mu.Unlock()
		return false
	}
	found := s.kept[at]
	found.readers++
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		found.readers--
		found.free()
	}()
	use(found.exchange)
	return true
}

// copyOf copies what expressions see of an exchange, and of its bodies that of the answer alone.
func copyOf(ctx context.Context, x *httpcore.Exchange) (*httpcore.Exchange, error) {
	content := body.NewStore(body.StoreOptions{})
	if _, err := io.Copy(content, x.Response().Body.Reader(ctx)); err != nil {
		return nil, errors.Join(err, content.Close())
	}
	content.Finish(nil)
	copied := *x
	copied.Hops = make([]*httpcore.Hop, len(x.Hops))
	for i, hop := range x.Hops {
		same := *hop
		same.Attempts = make([]*httpcore.Attempt, len(hop.Attempts))
		for j, attempt := range hop.Attempts {
			same.Attempts[j] = headOf(attempt)
		}
		copied.Hops[i] = &same
	}
	copied.Response().Body = content
	return &copied, nil
}

// headOf is an attempt without what its response held.
func headOf(a *httpcore.Attempt) *httpcore.Attempt {
	head := *a
	head.Wire = nil
	if a.Response != nil {
		response := *a.Response
		response.Body = body.NewStore(body.StoreOptions{})
		response.Body.Finish(nil)
		head.Response = &response
	}
	return &head
}
