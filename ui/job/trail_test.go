package job

import (
	"testing"
	"time"

	"parley/httpcore"
	"parley/httpcore/protocol"
)

func TestTheTrailTellsOfEveryAttempt(t *testing.T) {
	now := time.Unix(1_780_000_000, 0)
	j := &Job{now: func() time.Time { return now }, dirty: make(chan struct{}, 1)}
	hear := func(after time.Duration, e httpcore.Event) {
		now = now.Add(after)
		j.Handle(e)
	}
	request := &httpcore.Request{URL: "https://a.example/"}
	j.Resolved(request)
	hear(0, httpcore.PhaseBegan{Phase: httpcore.PhaseConnect})
	before := j.State().Trail[0].Timeline
	hear(10*time.Millisecond, httpcore.PhaseBegan{Phase: httpcore.PhaseWait})
	hear(20*time.Millisecond, httpcore.HeadReceived{Head: []byte("GET"), Response: &httpcore.Response{Status: 503}})
	hear(0, httpcore.Waiting{Attempt: 1, Repeat: httpcore.Repeat{Why: "503", Rule: "backoff"}, Until: now.Add(time.Second)})
	if s := j.State(); s.Waiting == nil || len(s.Trail) != 1 {
		t.Fatalf("while it waits: %+v", s)
	}
	hear(time.Second, httpcore.PhaseBegan{Attempt: 1, Phase: httpcore.PhaseSend})
	hear(0, httpcore.Wired{Attempt: 1, Entry: httpcore.WireEntry{Sent: true, Data: []byte("GET")}})
	hear(0, httpcore.Redirected{To: "https://b.example/", Dropped: []httpcore.Dropped{{What: "Cookie"}}})
	hear(0, httpcore.PhaseBegan{Hop: 1, Phase: httpcore.PhaseDNS})

	s := j.State()
	if len(s.Trail) != 3 || s.Waiting != nil || s.Request != request {
		t.Fatalf("%+v", s)
	}
	first, second, third := s.Trail[0], s.Trail[1], s.Trail[2]
	if got := first.Timeline; len(got) != 2 || got[0].End != 10*time.Millisecond || got[1].End != 30*time.Millisecond || first.Response.Status != 503 {
		t.Errorf("the first: %+v", first)
	}
	if len(before) != 1 || before[0].End != 0 {
		t.Errorf("a timeline that was handed out has changed: %v", before)
	}
	if second.Repeat == nil || second.Repeat.Rule != "backoff" || len(second.Wire) != 1 || second.Started.Sub(first.Started) != 1030*time.Millisecond {
		t.Errorf("the second: %+v", second)
	}
	if third.Hop != 1 || third.To != "https://b.example/" || len(third.Dropped) != 1 {
		t.Errorf("the third: %+v", third)
	}
}

func TestAStreamThatIsLostBeginsATrailAnew(t *testing.T) {
	j := &Job{now: time.Now, dirty: make(chan struct{}, 1)}
	j.Handle(httpcore.PhaseBegan{Phase: httpcore.PhaseConnect})
	for _, m := range []protocol.Message{protocol.Opened{Connection: 1}, protocol.Event{Data: "a"}, protocol.Lost{}} {
		if err := j.Hear(m); err != nil {
			t.Fatal(err)
		}
	}
	s := j.State()
	if _, events := s.Events.Counts(); s.Lost == nil || len(s.Trail) != 0 || events != 1 {
		t.Errorf("%+v", s)
	}
	j.Handle(httpcore.PhaseBegan{Phase: httpcore.PhaseConnect})
	if s := j.State(); s.Lost != nil || len(s.Trail) != 1 {
		t.Errorf("connected again: %+v", s)
	}
	x := &httpcore.Exchange{}
	j.Over(x)
	if over := j.take(); len(over) != 1 || over[0] != x || len(j.take()) != 0 {
		t.Error("an exchange is handed out once")
	}
}
