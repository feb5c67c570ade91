package cli

import (
	"bytes"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/httpcore"
	"parley/ui/safe"
)

// watched is a progress that has heard events at moments counted from its start.
func watched(download bool, at []time.Duration, events ...httpcore.Event) (*progress, time.Time) {
	start := time.Unix(1_700_000_000, 0)
	s := &progress{download: download}
	s.restart(start)
	for i, event := range events {
		s.hear(event, start.Add(at[i]))
	}
	return s, start
}

func TestProgressTellsBytesTotalRateAndWhatIsLeft(t *testing.T) {
	head := httpcore.HeadReceived{Response: &httpcore.Response{}}
	down := func(bytes, total int64) httpcore.Event { return httpcore.Downloaded{Bytes: bytes, Total: total} }
	half := []httpcore.Event{head, down(1_000_000, 4_000_000), down(2_000_000, 4_000_000)}
	times := []time.Duration{0, time.Second, 2 * time.Second}
	for _, tc := range []struct {
		name     string
		download bool
		before   int64
		events   []httpcore.Event
		width    int
		want     string
	}{
		{"wide", true, 0, half, 100, "[====================                    ]   50%  2.0 MB of 4.0 MB  1.0 MB/s  2s left"},
		{"narrower", true, 0, half, 60, "[=======        ]   50%  2.0 MB of 4.0 MB  1.0 MB/s  2s left"},
		{"no room for a bar", true, 0, half, 45, " 50%  2.0 MB of 4.0 MB  1.0 MB/s  2s left"},
		{"no room for the time", true, 0, half, 36, " 50%  2.0 MB of 4.0 MB  1.0 MB/s"},
		{"tiny", true, 0, half, 12, " 50%  2.0 M…"},
		{"went on", true, 4_000_000, half, 45, " 75%  6.0 MB of 8.0 MB  1.0 MB/s  2s left"},
		{"total unknown", true, 0, []httpcore.Event{head, down(1_000_000, -1), down(2_500_000, -1)}, 80, "2.5 MB  1.2 MB/s"},
		{"not to a file", false, 0, half, 80, ""},
		{"upload", false, 0, []httpcore.Event{
			httpcore.PhaseBegan{Phase: httpcore.PhaseSend}, httpcore.Uploaded{Bytes: 500, Total: 1000}, httpcore.Uploaded{Bytes: 1000, Total: 1000},
		}, 40, "sent 100%  1.0 kB of 1.0 kB  500 B/s"},
		{"wait", false, 0, []httpcore.Event{head, httpcore.Waiting{
			Attempt: 1, Repeat: httpcore.Repeat{Why: "503 \x1b[2J", Rule: "Retry-After", Wait: 6 * time.Second}, Until: time.Unix(1_700_000_000, 0).Add(5300 * time.Millisecond),
		}}, 80, "retry 1 of 3 in 4s (503 ␛[2J, Retry-After)"},
		{"wait over", false, 0, []httpcore.Event{head, httpcore.Waiting{Attempt: 1}, httpcore.PhaseBegan{Phase: httpcore.PhaseConnect}}, 80, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s, start := watched(tc.download, times, tc.events...)
			s.before, s.retries = tc.before, 3
			got := s.line(start.Add(2*time.Second), tc.width)
			if got != tc.want {
				t.Errorf("got  %q\nwant %q", got, tc.want)
			}
			if safe.Width(got) > tc.width {
				t.Errorf("%d columns, and there are %d", safe.Width(got), tc.width)
			}
		})
	}
}

func TestRateIsThatOfTheLastSeconds(t *testing.T) {
	s, start := watched(true, []time.Duration{0}, httpcore.HeadReceived{Response: &httpcore.Response{}})
	for n := range 100 { // 1 kB a tenth of a second, then none
		s.hear(httpcore.Downloaded{Bytes: int64(n+1) * 1000, Total: -1}, start.Add(time.Duration(n+1)*100*time.Millisecond))
	}
	if got := s.rate(start.Add(10*time.Second), 100_000); got < 9_000 || got > 11_000 {
		t.Errorf("%.0f bytes a second while 10,000 arrive", got)
	}
	if got := s.rate(start.Add(30*time.Second), 100_000); got > 2_000 {
		t.Errorf("%.0f bytes a second after 20 s of silence", got)
	}
	if len(s.marks) > 40 {
		t.Errorf("%d marks are kept", len(s.marks))
	}
}

func TestBytesText(t *testing.T) {
	for n, want := range map[int64]string{0: "0 B", 999: "999 B", 1000: "1.0 kB", 9_949: "9.9 kB", 12_345: "12 kB", 999_499: "999 kB", 999_999: "1.0 MB", 1 << 30: "1.1 GB", 1 << 62: "4.6 EB"} {
		if got := bytesText(n); got != want {
			t.Errorf("%d is written %q, want %q", n, got, want)
		}
	}
}

// screenText is what a terminal shows after it was written to: only the newest of a line that is overwritten.
func screenText(written string) string {
	lines := strings.Split(written, "\n")
	for i, line := range lines {
		if at := strings.LastIndex(line, "\r\x1b[K"); at >= 0 {
			lines[i] = line[at+len("\r\x1b[K"):]
		}
	}
	return strings.Join(lines, "\n")
}

func TestStatusLineStaysBelowWhatIsSaid(t *testing.T) {
	var out lockedBuffer
	now := time.Unix(1_700_000_000, 0)
	line := &statusLine{out: &out, width: func() int { return 30 }, now: func() time.Time { return now }, stop: make(chan struct{})}
	line.state.restart(now)
	line.say("first\n")
	line.hear(httpcore.Waiting{Attempt: 1, Repeat: httpcore.Repeat{Why: "503", Wait: time.Second}, Until: now.Add(2 * time.Second)})
	line.draw()
	line.draw()
	if got := screenText(out.String()); got != "first\nattempt 2 in 2s (503)" {
		t.Errorf("it shows %q", got)
	}
	if strings.Count(out.String(), "attempt") != 1 {
		t.Errorf("it draws what has not changed: %q", out.String())
	}
	line.say("second\n")
	now = now.Add(time.Second)
	line.draw()
	if got := screenText(out.String()); got != "first\nsecond\nattempt 2 in 1s (503)" {
		t.Errorf("it shows %q", got)
	}
	line.close()
	line.draw()
	line.say("third\n")
	line.close()
	if got := screenText(out.String()); got != "first\nsecond\nthird\n" {
		t.Errorf("in the end it shows %q", got)
	}
}

type lockedBuffer struct {
	mu sync.Mutex
	bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.Write(p)
}

func TestTheWireIsShownSafely(t *testing.T) {
	entry := httpcore.WireEntry{At: 1234 * time.Microsecond, Data: []byte("HTTP/1.1 200 OK\r\nX: \x1b[2J\r\n"), Omitted: 3}
	want := "    1.234ms < HTTP/1.1 200 OK\n            < X: ␛[2J\n            < [3 more bytes]\n"
	if got := wireText(entry); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if got := wireText(httpcore.WireEntry{Sent: true, Frame: "PING"}); got != "    0.000ms > [PING]\n" {
		t.Errorf("got %q", got)
	}
}
