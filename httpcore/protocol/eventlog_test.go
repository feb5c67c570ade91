package protocol

import (
	"strings"
	"testing"
	"time"
)

func TestEventLogKeepsTheNewest(t *testing.T) {
	log := NewEventLog(3, 1<<20)
	for n := range 1000 {
		log.Add(time.Time{}, Event{Data: strings.Repeat("x", n%7)})
		log.Add(time.Time{}, Comment{"c"})
	}
	if messages, events := log.Counts(); messages != 2000 || events != 1000 {
		t.Errorf("%d messages, %d events", messages, events)
	}
	got := log.Since(0)
	if len(got) != 3 || got[0].Number != 1998 || got[2].Number != 2000 {
		t.Errorf("kept %+v", got)
	}
	if got := log.Since(1999); len(got) != 1 || got[0].Number != 2000 {
		t.Errorf("after 1999: %+v", got)
	}
	if got := log.Since(2000); got != nil {
		t.Errorf("after all: %+v", got)
	}
	if cap(log.entries) > 16 {
		t.Errorf("it holds on to %d entries", cap(log.entries))
	}
}

func TestEventLogBoundsItsBytes(t *testing.T) {
	log := NewEventLog(1000, 100)
	for range 50 {
		log.Add(time.Time{}, Event{Data: strings.Repeat("x", 30)})
	}
	if got := log.Since(0); len(got) != 3 {
		t.Errorf("%d events of 30 bytes in a log of 100", len(got))
	}
	log.Add(time.Time{}, Event{Data: strings.Repeat("x", 300)})
	if got := log.Since(0); len(got) != 1 || got[0].Number != 51 {
		t.Errorf("one that is larger than the log: %d kept", len(got))
	}
}
