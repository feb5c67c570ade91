package httpcore

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// wireTrace returns a trace that keeps so many bytes of the wire, on a clock that moves a millisecond with each look at
// it; what is emitted is appended to events.
func wireTrace(limit int, secrets ...Secret) (trace *Trace, attempt *Attempt, events *[]WireEntry) {
	start := time.Unix(0, 0)
	now := start
	attempt, events = &Attempt{Started: start}, new([]WireEntry)
	trace = newTrace(attempt, 0, 0, func() time.Time { now = now.Add(time.Millisecond); return now }, func(event Event) {
		if wired, ok := event.(Wired); ok {
			*events = append(*events, wired.Entry)
		}
	})
	trace.logWire(&Prepared{Request: &Request{Secrets: secrets}, Options: Options{WireLimit: limit}})
	return trace, attempt, events
}

// wireText is what a log holds of one direction.
func wireText(log *WireLog, sent bool) string {
	var b strings.Builder
	for _, entry := range log.Entries {
		if entry.Sent == sent {
			b.Write(entry.Data)
		}
	}
	return b.String()
}

func TestWireKeepsBytesInOrder(t *testing.T) {
	trace, attempt, events := wireTrace(1000)
	trace.Begin(PhaseSend)
	trace.WireBytes(true, "", []byte("GET / HTTP/1.1\r\n"))
	trace.WireBytes(true, "", []byte("\r\n"))
	trace.Begin(PhaseWait)
	trace.WireBytes(false, "", []byte("HTTP/1.1 200 OK\r\n\r\na"))
	trace.Begin(PhaseReceive)
	trace.WireBytes(false, "", []byte("b"))
	trace.WireBytes(false, "", []byte("c"))
	trace.finish()
	trace.WireBytes(false, "", []byte("too late"))
	want := []WireEntry{
		{At: 2 * time.Millisecond, Sent: true, Data: []byte("GET / HTTP/1.1\r\n\r\n")},
		{At: 5 * time.Millisecond, Data: []byte("HTTP/1.1 200 OK\r\n\r\na")},
		{At: 7 * time.Millisecond, Data: []byte("bc")},
	}
	if diff := cmp.Diff(want, attempt.Wire.Entries); diff != "" {
		t.Errorf("log (-want +got):\n%s", diff)
	}
	if len(*events) != 5 || string((*events)[4].Data) != "c" {
		t.Errorf("events = %v", *events)
	}
}

func TestWireIsOffUnlessAskedFor(t *testing.T) {
	trace, attempt, events := wireTrace(0)
	trace.WireBytes(true, "", []byte("GET"))
	trace.WireFrame(true, "PING", nil)
	trace.WireData(true, "DATA", []byte("x"), 0)
	trace.finish()
	if attempt.Wire != nil || len(*events) != 0 || trace.LogsWire() {
		t.Errorf("log = %v, events = %v", attempt.Wire, *events)
	}
}

func TestWireIsBounded(t *testing.T) {
	const limit = 4000
	fill := func(tell func(trace *Trace)) *WireLog {
		trace, attempt, events := wireTrace(limit)
		for range 10_000 {
			tell(trace)
		}
		trace.WireFrame(false, "HEADERS stream=1 END_STREAM", []byte("x-sum: 42\n"))
		trace.finish()
		size, told := 0, 0
		for _, entry := range attempt.Wire.Entries {
			size += len(entry.Frame) + len(entry.Data)
		}
		for _, entry := range *events {
			told += len(entry.Data)
		}
		if size > limit || told > limit || len(*events) > limit/wireEntryCost {
			t.Errorf("%d bytes are kept, %d of %d events are told", size, told, len(*events))
		}
		return attempt.Wire
	}
	if log := fill(func(trace *Trace) { trace.WireBytes(false, "", make([]byte, 100)) }); len(wireText(log, false))+int(log.OmittedReceived) != 1_000_010 {
		t.Errorf("%d bytes are kept and %d omitted", len(wireText(log, false)), log.OmittedReceived)
	}
	for name, tell := range map[string]func(*Trace){
		"data":          func(trace *Trace) { trace.WireData(false, "DATA stream=1", make([]byte, 100), 900) },
		"window update": func(trace *Trace) { trace.WireFrame(false, "WINDOW_UPDATE stream=0 increment=1", nil) },
	} {
		log := fill(tell)
		if last := log.Entries[len(log.Entries)-1]; string(last.Data) != "x-sum: 42\n" {
			t.Errorf("%s: the trailers are lost: %+v", name, last)
		}
		if name == "data" && len(wireText(log, false))+int(log.OmittedReceived) != 10_000_010 {
			t.Errorf("%d bytes are kept and %d omitted", len(wireText(log, false)), log.OmittedReceived)
		}
	}
	fill(func(trace *Trace) { trace.WireFrame(false, "SETTINGS", []byte("INITIAL_WINDOW_SIZE = 1\n")) })
}

// chunked writes a message in chunks of so many bytes.
func chunked(content string, size int) string {
	var b strings.Builder
	b.WriteString("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
	for content != "" {
		n := min(size, len(content))
		fmt.Fprintf(&b, "%x\r\n%s\r\n", n, content[:n])
		content = content[n:]
	}
	return b.String() + "0\r\n\r\n"
}

func TestWireMasksSecretsHoweverTheyAreSplit(t *testing.T) {
	secret := NewSecret("pw", "hunter22&more")
	content := "a=hunter22&more, b=" + base64.StdEncoding.EncodeToString([]byte("x:hunter22&more")) + " hunter22"
	masked := NewMasker([]Secret{secret}, Mark).String(content)
	for size := 1; size < 30; size++ {
		for _, tell := range []struct {
			name string
			text string
			tell func(*Trace, []byte)
			want string
		}{
			{"bytes", "HTTP/1.1 200 OK\r\n\r\n" + content, func(trace *Trace, b []byte) { trace.WireBytes(false, "", b) }, "HTTP/1.1 200 OK\r\n\r\n" + masked},
			{"frames", content, func(trace *Trace, b []byte) { trace.WireData(false, "DATA stream=1", b, 0) }, masked},
		} {
			trace, attempt, events := wireTrace(100_000, secret)
			for rest := []byte(tell.text); len(rest) > 0; {
				n := min(size, len(rest))
				tell.tell(trace, rest[:n])
				rest = rest[n:]
			}
			trace.finish()
			told := ""
			for _, entry := range *events {
				told += string(entry.Data)
			}
			if got := wireText(attempt.Wire, false); got != tell.want || told != got {
				t.Fatalf("%s of %d bytes:\n got %q\ntold %q\nwant %q", tell.name, size, got, told, tell.want)
			}
		}
		// However it is cut into chunks, and these into pieces: the framing stays, and no half of a secret.
		for _, piece := range []int{1, 7, 1000} {
			trace, attempt, _ := wireTrace(100_000, secret)
			for rest := []byte(chunked(content, size)); len(rest) > 0; {
				n := min(piece, len(rest))
				trace.WireBytes(false, "", rest[:n])
				rest = rest[n:]
			}
			trace.finish()
			got := wireText(attempt.Wire, false)
			for line := range strings.SplitSeq(got, "\r\n") {
				if strings.HasPrefix(line, "hunt") && !strings.HasPrefix("hunter22", line) {
					t.Errorf("in chunks of %d: half a secret is left in %q", size, got)
				}
			}
			if !strings.HasSuffix(got, "\r\n0\r\n\r\n") || strings.Count(got, "{secret pw}") != 2 {
				t.Errorf("in chunks of %d and pieces of %d: %q", size, piece, got)
			}
		}
	}
}

func TestWireShowsNoBeginningOfASecretAtItsLimit(t *testing.T) {
	secret := NewSecret("pw", "hunter22&more")
	for limit := 1; limit < 40; limit++ {
		trace, attempt, _ := wireTrace(limit, secret)
		trace.WireBytes(true, "", []byte("GET /?q=hunter22&"))
		trace.WireBytes(true, "", []byte("more HTTP/1.1\r\n\r\n"))
		trace.finish()
		if got := wireText(attempt.Wire, true); strings.Contains(got, "hunt") {
			t.Errorf("with a limit of %d: %q", limit, got)
		}
	}
}

func TestWireHidesCodedContentWhenThereAreSecrets(t *testing.T) {
	const head = "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"
	for name, secrets := range map[string][]Secret{"with a secret": {NewSecret("pw", "hunter22")}, "without": nil} {
		trace, attempt, _ := wireTrace(1000, secrets...)
		trace.WireBytes(false, "", []byte(head+"packed"))
		trace.WireFrame(true, "HEADERS stream=1", []byte(":method: POST\ncontent-encoding: br\n"))
		trace.WireData(true, "DATA stream=1 END_STREAM", []byte("packed"), 0)
		trace.finish()
		wantSent, want, hidden := ":method: POST\ncontent-encoding: br\npacked", head+"packed", int64(0)
		if secrets != nil {
			wantSent, want, hidden = strings.TrimSuffix(wantSent, "packed"), head, 6
		}
		if got := wireText(attempt.Wire, false); got != want || attempt.Wire.OmittedReceived != hidden {
			t.Errorf("%s: received %q, %d omitted", name, got, attempt.Wire.OmittedReceived)
		}
		if got := wireText(attempt.Wire, true); got != wantSent || attempt.Wire.OmittedSent != hidden {
			t.Errorf("%s: sent %q, %d omitted", name, got, attempt.Wire.OmittedSent)
		}
	}
}

func TestWireEntryAsLines(t *testing.T) {
	for want, entry := range map[string]WireEntry{
		"GET / HTTP/1.1|Host: a||x":          {Data: []byte("GET / HTTP/1.1\r\nHost: a\r\n\r\nx")},
		"[PING]":                             {Frame: "PING"},
		"[DATA stream=1]|a|b|[7 more bytes]": {Frame: "DATA stream=1", Data: []byte("a\nb\n"), Omitted: 7},
	} {
		if got := strings.Join(entry.Lines(), "|"); got != want {
			t.Errorf("lines = %q, want %q", got, want)
		}
	}
}

// However often a request is sent, its logs stay within bounds together.
func TestLogsOfManyAttempts(t *testing.T) {
	attempts := 1000
	total := 0
	for n := range attempts {
		p := &Prepared{Request: &Request{}, Options: Options{WireLimit: 64 << 10}}
		trace := newTrace(&Attempt{}, 0, n, time.Now, func(Event) {})
		trace.logWire(p)
		trace.WireBytes(false, "", make([]byte, 1<<20))
		trace.finish()
		kept := 0
		for _, entry := range trace.attempt.Wire.Entries {
			kept += len(entry.Data)
		}
		if n == 0 && kept < 60<<10 || kept == 0 {
			t.Errorf("attempt %d keeps %d bytes", n, kept)
		}
		total += kept
	}
	if total > 8<<20 {
		t.Errorf("%d bytes are kept of %d attempts", total, attempts)
	}
}
