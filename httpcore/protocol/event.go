package protocol

import (
	"time"

	"parley/httpcore"
)

// Message is what a stream of server-sent events holds, and what happens to its connection: one of the types below.
type Message interface{ message() }

// Event is a server-sent event that was dispatched.
type Event struct {
	// Type is "message" unless the server names another.
	Type string
	// ID is the last event ID at that moment, of this event or of one before it.
	ID   string
	Data string
	// Omitted counts the bytes of data beyond the bound, which are not in Data.
	Omitted int64
}

// Comment is a line that begins with a colon, which servers send to keep a connection alive.
type Comment struct{ Text string }

// RetrySet says how long the server wants a client to wait before it connects again.
type RetrySet struct{ Wait time.Duration }

// Opened says that a connection brings events.
type Opened struct {
	// Connection counts from 1.
	Connection int
	Response   *httpcore.Response
}

// Lost says that a connection has ended and another one will be made.
type Lost struct {
	// Err is why; nil when the server closed it in good order.
	Err   error
	Wait  time.Duration
	Until time.Time
	// LastEventID is what the next request will say; it may be empty.
	LastEventID string
}

func (Event) message()    {}
func (Comment) message()  {}
func (RetrySet) message() {}
func (Opened) message()   {}
func (Lost) message()     {}
