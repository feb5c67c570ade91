package httpcore

import (
	"time"

	"parley/httpcore/body"
	"parley/httpcore/cookies"
)

// Sink hears what happens while Session.Do runs. Calls come one after another, in order, from the goroutines of the
// engine: Handle must return soon and must not call back into the session. Many progress events may come per
// millisecond; a sink that draws keeps the newest and draws when it is time to.
type Sink interface {
	Handle(Event)
}

// Keeper is a Sink that may want to have the content of a response in a file of its own, from the first byte on.
type Keeper interface {
	Sink
	// Keep is asked about every response that is not provisional (see HeadReceived), right before its HeadReceived: its head
	// is there and its Body is nil. A challenge that finds no answer after all is the answer without Keep having been asked.
	// The file becomes the Body's, and is closed with it; nil leaves the choice to the session.
	Keep(r *Response) body.StoreFile
}

// SinkFunc is a function as a Sink.
type SinkFunc func(Event)

// Handle calls f.
func (f SinkFunc) Handle(event Event) { f(event) }

// Event is one of the types below.
type Event interface{ event() }

// PhaseBegan says that an attempt entered a phase.
type PhaseBegan struct {
	Hop, Attempt int // both from 0
	Phase        Phase
}

// Uploaded says how much of the request's content has been written.
type Uploaded struct {
	Bytes int64
	Total int64 // -1 when unknown
}

// HeadReceived says that a response head is there. From now on the body in it may be read while it grows.
type HeadReceived struct {
	Hop, Attempt int
	// Request knows every secret that was sent, those that its auth scheme obtained included.
	Request *Request
	// Head is the request head that it answers, as in [Sent].
	Head     []byte
	Response *Response
	// Provisional says that another response is expected to take the place of this one: it is a redirect that is followed, a
	// failure that is tried again, or a challenge that may be answered. Without it, this one is the answer for sure; with it,
	// only the end of Do tells.
	Provisional bool
}

// Downloaded says how many bytes of content have arrived, as received (codings still on).
type Downloaded struct {
	Bytes int64
	Total int64 // -1 when unknown
}

// Redirected says that a response is followed to another URL.
type Redirected struct {
	Status int
	// To is the URL, with marks in the place of secrets.
	To      string
	Dropped []Dropped
	// Cookies says of each cookie of the site whether it goes along, and why.
	Cookies []cookies.Decision
}

// Waiting says that an attempt will be made again, and when: a failure that Retry tries again, or a challenge that is
// answered.
type Waiting struct {
	// Hop and Attempt are those of the attempt to come, both from 0.
	Hop, Attempt int
	Repeat       Repeat
	// Until is by the session's clock; it is over already when Repeat.Wait is 0.
	Until time.Time
}

// Notice tells the user something that only a person can act upon, such as a page to open. It may hold line ends.
type Notice struct{ Text string }

// Wired says that bytes went over the wire, when Options.WireLimit asks for it and as far as it keeps them. Secrets in it are
// marked. It tells of each piece as it comes, where the log has one entry for those that follow one another.
type Wired struct {
	Hop, Attempt int
	Entry        WireEntry
}

func (PhaseBegan) event()   {}
func (Waiting) event()      {}
func (Notice) event()       {}
func (Wired) event()        {}
func (Uploaded) event()     {}
func (HeadReceived) event() {}
func (Downloaded) event()   {}
func (Redirected) event()   {}
