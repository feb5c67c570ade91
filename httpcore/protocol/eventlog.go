package protocol

import (
	"sync"
	"time"
)

// EventLog keeps the newest messages of a stream within bounds, and counts all of them. It is safe for concurrent use.
type EventLog struct {
	maxEntries int
	maxBytes   int64

	mu      sync.Mutex
	entries []Entry // a ring: the oldest is at first
	first   int
	size    int64 // bytes of text in entries
	total   int64 // messages there ever were
	events  int64 // events among them
}

// Entry is a message with its place in the stream.
type Entry struct {
	// Number counts the messages from 1.
	Number  int64
	At      time.Time
	Message Message
}

// NewEventLog returns a log of at most so many messages, and of about so many bytes of text; one message is always kept.
func NewEventLog(maxEntries int, maxBytes int64) *EventLog {
	return &EventLog{maxEntries: max(1, maxEntries), maxBytes: maxBytes}
}

// Add puts a message behind the others, and forgets the oldest beyond the bounds.
func (l *EventLog) Add(at time.Time, m Message) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.total++
	if _, ok := m.(Event); ok {
		l.events++
	}
	entry := Entry{l.total, at, m}
	l.size += textSize(m)
	for l.len() > 0 && (l.len() == l.maxEntries || l.size > l.maxBytes) {
		l.forget()
	}
	if l.first > 0 && l.first >= len(l.entries)/2 { // half of it is gone: close the gap
		kept := copy(l.entries, l.entries[l.first:])
		clear(l.entries[kept:])
		l.entries, l.first = l.entries[:kept], 0
	}
	l.entries = append(l.entries, entry)
}

func (l *EventLog) len() int { return len(l.entries) - l.first }

func (l *EventLog) forget() {
	l.size -= textSize(l.entries[l.first].Message)
	l.entries[l.first] = Entry{}
	l.first++
}

// Since returns the messages that are kept of those after number, oldest first.
func (l *EventLog) Since(number int64) []Entry {
	l.mu.Lock()
	defer l.mu.Unlock()
	kept := l.entries[l.first:]
	skip := max(0, number-(l.total-int64(len(kept))))
	if skip >= int64(len(kept)) {
		return nil
	}
	return append([]Entry(nil), kept[skip:]...)
}

// Counts returns how many messages and how many events there ever were, kept or not.
func (l *EventLog) Counts() (messages, events int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.total, l.events
}

func textSize(m Message) int64 {
	switch m := m.(type) {
	case Event:
		return int64(len(m.Type) + len(m.ID) + len(m.Data))
	case Comment:
		return int64(len(m.Text))
	default:
		return 0
	}
}
