package ui_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"
)

// large serves a hundred megabytes of JSON, of which the second half waits until it is let go.
type large struct {
	*httptest.Server
	letGo chan struct{}
}

const (
	largeRecords = 800_000
	largeHalf    = largeRecords / 2
)

func newLarge(t *testing.T) *large {
	l := &large{letGo: make(chan struct{})}
	l.Server = httptest.NewServer(http.HandlerFunc(l.serve))
	t.Cleanup(func() {
		l.CloseClientConnections()
		l.Close()
	})
	return l
}

func (l *large) serve(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	piece := make([]byte, 0, 64<<10)
	for n := range largeRecords {
		piece = appendRecord(piece, n)
		if len(piece) > 60<<10 || n == largeHalf-1 || n == largeRecords-1 {
			if _, err := w.Write(piece); err != nil {
				return
			}
			piece = piece[:0]
		}
		if n == largeHalf-1 && !l.wait(w) {
			return
		}
	}
}

// wait sends white space, so that nobody takes the server for dead, until the rest is let go or the client has gone.
func (l *large) wait(w http.ResponseWriter) bool {
	beat := time.NewTicker(100 * time.Millisecond)
	defer beat.Stop()
	for {
		_, err := w.Write([]byte("\n"))
		if err = errors.Join(err, http.NewResponseController(w).Flush()); err != nil {
			return false
		}
		select {
		case <-l.letGo:
			return true
		case <-beat.C:
		}
	}
}

// appendRecord adds a record of some 130 bytes, and what is around all of them.
func appendRecord(b []byte, n int) []byte {
	b = append(b, "[,"[min(n, 1)])
	b = strconv.AppendInt(append(b, `{"id":`...), int64(n), 10)
	b = append(append(b, `,"name":"`...), recordName(n)...)
	b = append(b, `","tags":["one","two","three"],"place":{"lat":52.520008,"lon":13.404954},"note":"a record like all the others"}`...)
	if n == largeRecords-1 {
		b = append(b, ']')
	}
	return b
}

func recordName(n int) string {
	switch n {
	case 123_456:
		return "needle"
	case 654_321:
		return "haystack"
	}
	return "record " + strconv.Itoa(n)
}

func worksOnALargeBody(t *testing.T, p program) {
	server := newLarge(t)
	d := p.open(t, "--fresh")
	d.Keys("ctrl+l")
	d.Type(server.URL)
	d.Keys("enter")
	d.Sees("200 OK", `"name": "record 0"`, " Stop")
	d.Keys("alt+4", "alt+z") // the response alone on the screen

	// All of what follows happens while the second half is still to come.
	d.Turn("pgdown")
	d.SeesNo(`"name": "record 0"`)
	d.Keys("/")
	d.Type("needle")
	d.SeesLine(`"name": "needle"`)
	d.Sees("1 so far")
	d.Keys("enter", "H") // from the name to its record
	d.SeesLine("$[123456]")
	d.Keys("enter")
	d.SeesLine("{ 5 keys, ", "}")
	d.Keys("enter")
	d.SeesLine(`"name": "needle"`)
	d.Keys("esc")
	d.SeesNo("1 so far")
	d.Keys("1")
	d.SeesLine("{ 5 keys, ", "},")
	d.Keys("0", "G")
	d.SeesLine(`"name": "record ` + strconv.Itoa(largeHalf-1) + `"`)
	d.Keys("f")
	d.Type("$[123456].place.lat")
	d.SeesLine("   1  52.520008")
	d.SeesLine("$[123456].place.lat", "running")
	d.Sees("^C Stop")
	d.Keys("esc")
	d.SeesNo("JSONPath")

	close(server.letGo)
	d.SeesNo("^C Stop")
	d.Keys("g", "/")
	d.Type("haystack")
	d.SeesLine(`"name": "haystack"`)
	d.Sees("1 hit")
	d.Keys("enter", "esc")
	d.SeesNo("1 hit")
	d.Keys("G")
	d.SeesLine(`"name": "record ` + strconv.Itoa(largeRecords-1) + `"`)
	d.Keys("f")
	d.Type("$[?@.name=='haystack'].id")
	d.SeesLine("   1  654321")
	d.SeesLine("haystack'].id", "1 result")
	if screen := d.Screen(); strings.Contains(screen, "Error") {
		t.Errorf("something went wrong:\n%s", screen)
	}
	d.Keys("esc")
	d.SeesNo("JSONPath")
	d.Keys("ctrl+c")
	d.Leaves()
}
