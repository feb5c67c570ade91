package playground

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/mccutchen/go-httpbin/v2/httpbin"
)

// maxEcho bounds the request bodies that go-httpbin's endpoints hold in memory to echo, and what /bytes and its like make up.
const maxEcho = 64 << 20

// A Handler serves every endpoint and holds what they remember.
type Handler struct {
	mux   *http.ServeMux
	users *userStore
	tries *tally
	oauth *authServer
	jobs  *jobStore
	// nonces are those of Digest auth.
	nonces *nonces

	ctx    context.Context // ends with Close; faults that stall watch it
	cancel context.CancelFunc
	ports  *faultPorts
}

// NewHandler returns a playground without a listener. Close it when faults were used.
func NewHandler() *Handler {
	ctx, cancel := context.WithCancel(context.Background())
	h := &Handler{
		mux: http.NewServeMux(), users: newUserStore(), tries: newTally(), oauth: newAuthServer(), jobs: newJobStore(), nonces: newNonces(),
		ctx: ctx, cancel: cancel, ports: newFaultPorts(),
	}
	h.mux.Handle("/", httpbin.New(
		httpbin.WithMaxBodySize(maxEcho),
		httpbin.WithMaxDuration(maxPause),
		httpbin.WithHostname("playground"),
		httpbin.WithDefaultParams(httpbin.DefaultParams{
			DripDuration: 2 * time.Second, DripNumBytes: 10,
			SSECount: 10, SSEDuration: 5 * time.Second,
			JSONLCount: 10,
		}),
	))
	methods := map[string][]string{}
	for _, s := range h.sections() {
		for _, e := range s.endpoints {
			if e.serve == nil {
				continue
			}
			h.mux.HandleFunc(e.pattern, e.serve)
			if method, path, ok := strings.Cut(e.pattern, " "); ok {
				methods[path] = append(methods[path], method)
			}
		}
	}
	for path, allowed := range methods {
		slices.Sort(allowed)
		h.mux.HandleFunc(path, methodNotAllowed(allowed))
	}
	return h
}

// ServeHTTP serves one request.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) { h.mux.ServeHTTP(w, r) }

// Reset puts everything the endpoints remember back to how it was at the start.
func (h *Handler) Reset() {
	h.users.reset()
	h.tries.reset()
	h.oauth.reset()
	h.jobs.reset()
	h.nonces.reset()
}

// Close ends the faults at work and closes the ports that some of them opened.
func (h *Handler) Close() {
	h.cancel()
	h.ports.close()
}

func (h *Handler) serveReset(w http.ResponseWriter, _ *http.Request) {
	h.Reset()
	w.WriteHeader(http.StatusNoContent)
}

// pause waits for d and reports whether it passed in whole.
func pause(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
