package main

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
)

// serve answers from memory, so that the server is never what is measured: /small, /bytes/N and /json/N,
// of about N bytes, and /events/N, of as many server-sent events.
func serve() http.Handler {
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
	records := []byte(strings.Repeat(record, (4<<20)/len(record)))
	mux.HandleFunc("GET /json/{n}", func(w http.ResponseWriter, r *http.Request) {
		n, _ := strconv.ParseInt(r.PathValue("n"), 10, 64)
		times := n / int64(len(records))
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.FormatInt(times*int64(len(records))+int64(len(jsonHead)+len(jsonTail)), 10))
		io.WriteString(w, jsonHead) //nolint:errcheck // the client may have gone
		for range times {
			if _, err := w.Write(records); err != nil {
				return
			}
		}
		io.WriteString(w, jsonTail) //nolint:errcheck // as above
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

// A body of /json/N, on one line.
const (
	jsonHead = `{"meta":{"version":"2.1"},"data":[`
	record   = `{"id":1,"uuid":"0b5a2b8e-3c1f-4c58-a9d1-0123456789ab","name":"alpha bravo","active":true,"score":12.5,"note":"caf\u00e9 \"quoted\"","tags":["x","y"],"address":{"city":"golf","geo":{"lat":1.5,"lng":2.5}}},`
	jsonTail = `{"last":"record"}]}`
)
