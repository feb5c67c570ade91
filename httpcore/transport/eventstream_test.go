package transport_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"parley/httpcore"
	"parley/httpcore/transport"
)

// TestEventsMayBeSilent lets nothing happen for longer than the read timeout.
func TestEventsMayBeSilent(t *testing.T) {
	const short = 30 * time.Millisecond
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", r.URL.Query().Get("type"))
		w.(http.Flusher).Flush()
		time.Sleep(4 * short)
		_, _ = io.WriteString(w, "data: a\n\n") // the client may have gone
	}))
	server.EnableHTTP2 = true
	server.StartTLS()
	defer server.Close()
	for _, protocol := range []httpcore.Protocol{httpcore.ProtocolHTTP1, httpcore.ProtocolHTTP2} {
		t.Run(string(protocol), func(t *testing.T) {
			session := newSession(t, transport.Options{})
			send := func(mediaType string) error {
				request := get(server.URL)
				request.Params.Add("type", mediaType)
				request.Options.Timeout.Read = short
				request.Options.Protocol = protocol
				request.Options.TLS.Insecure = true
				_, err := do(t, session, request)
				return err
			}
			if err := send("text/event-stream; charset=utf-8"); err != nil {
				t.Errorf("events: %v", err)
			}
			if err := send("text/plain"); !errors.Is(err, httpcore.KindReadTimeout) {
				t.Errorf("other bodies: %v, want a read timeout", err)
			}
		})
	}
}
