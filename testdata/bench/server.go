package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// serve answers from memory, so that the server is never what is measured: /small, /bytes/N, /json/N on one line and
// /laid/N with a line a member, of about N bytes, and /events/N, of as many server-sent events. JSON comes slower with
// ?rate=BYTES, that many a second; begun learns when it begins to.
func serve(begun *atomic.Int64) http.Handler {
	noise := make([]byte, 4<<20)
	random := rand.New(rand.NewPCG(1, 2))
	for i := range noise {
		noise[i] = byte(random.Uint32())
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /small", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		io.WriteString(w, `{"id": 1, "name": "small", "tags": ["a", "b"]}`) //nolint:errcheck // the client may have gone
	})
	mux.HandleFunc("GET /bytes/{n}", func(w http.ResponseWriter, r *http.Request) {
		n, _ := strconv.ParseInt(r.PathValue("n"), 10, 64)
		w.Header().Set("Content-Length", strconv.FormatInt(n, 10))
		for n > 0 {
			part := noise[:min(n, int64(len(noise)))]
			if _, err := w.Write(part); err != nil {
				return
			}
			n -= int64(len(part))
		}
	})
	mux.HandleFunc("GET /json/{n}", func(w http.ResponseWriter, r *http.Request) {
		sendJSON(w, r, oneLine, begun)
	})
	laid := oneLine.laidOut()
	mux.HandleFunc("GET /laid/{n}", func(w http.ResponseWriter, r *http.Request) {
		sendJSON(w, r, laid, begun)
	})
	mux.HandleFunc("GET /events/{n}", func(w http.ResponseWriter, r *http.Request) {
		n, _ := strconv.Atoi(r.PathValue("n"))
		w.Header().Set("Content-Type", "text/event-stream")
		if r.Header.Get("Last-Event-ID") != "" {
			w.WriteHeader(http.StatusNoContent) // all have been there
			return
		}
		buffered := bufio.NewWriterSize(w, 64<<10)
		defer buffered.Flush() //nolint:errcheck // the client may have gone
		for i := range n {
			if _, err := fmt.Fprintf(buffered, "id: %d\ndata: {\"n\":%[1]d}\n\n", i); err != nil {
				return
			}
		}
	})
	return mux
}

// text is JSON of any size: a record, over and over.
type text struct{ head, record, tail string }

var oneLine = text{
	head:   `{"meta":{"version":"2.1"},"data":[`,
	record: `{"id":1,"uuid":"0b5a2b8e-3c1f-4c58-a9d1-0123456789ab","name":"alpha bravo","active":true,"score":12.5,"note":"caf\u00e9 \"quoted\"","tags":["x","y"],"address":{"city":"golf","geo":{"lat":1.5,"lng":2.5}}},`,
	tail:   `{"last":"record"}]}`,
}

// laidOut has a line for each member.
func (t text) laidOut() text {
	var laid bytes.Buffer
	// The text is valid, as every run shows.
	_ = json.Indent(&laid, []byte(strings.TrimSuffix(t.record, ",")), "  ", "  ")
	return text{t.head + "\n", "  " + laid.String() + ",\n", "  " + t.tail + "\n"}
}

// times is how often the record is there in about n bytes.
func (t text) times(n int64) int64 { return max(n/int64(len(t.record)), 1) }

func (t text) size(n int64) int64 {
	return t.times(n)*int64(len(t.record)) + int64(len(t.head)+len(t.tail))
}

// bytes is a body of about n bytes.
func (t text) bytes(n int64) []byte {
	return []byte(t.head + strings.Repeat(t.record, int(t.times(n))) + t.tail)
}

// sendJSON answers with about as many bytes as the request asks for.
func sendJSON(w http.ResponseWriter, r *http.Request, t text, begun *atomic.Int64) {
	n, _ := strconv.ParseInt(r.PathValue("n"), 10, 64)
	rate, _ := strconv.ParseInt(r.FormValue("rate"), 10, 64)
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.FormatInt(t.size(n), 10))
	block := max(1, 256<<10/int64(len(t.record)))
	records := strings.Repeat(t.record, int(block))
	start := time.Now()
	begun.Store(start.UnixNano())
	sent, err := io.WriteString(w, t.head)
	for left := t.times(n); left > 0 && err == nil; left -= block {
		part, _ := io.WriteString(w, records[:min(left, block)*int64(len(t.record))])
		if sent += part; rate > 0 {
			err = http.NewResponseController(w).Flush()
			time.Sleep(time.Until(start.Add(time.Duration(float64(sent) / float64(rate) * float64(time.Second)))))
		}
		if part == 0 {
			return // the client has gone
		}
	}
	io.WriteString(w, t.tail) //nolint:errcheck // the client may have gone
}
