package httpcore

import (
	"errors"
	"iter"
	"net/netip"
	"time"

	"parley/httpcore/body"
	"parley/httpcore/cookies"
)

// Exchange is one request with all that came of it: a hop for each redirect that was followed, and within a hop an
// attempt for each time it was sent. Its times are of the session's clock.
type Exchange struct {
	// Request is what was sent, with the secrets that its auth scheme added.
	Request *Request
	Started time.Time
	Ended   time.Time
	// Hops are in order; the last one is the answer. There is at least one once Do has been called.
	Hops []*Hop
	// Err is why there is no whole answer, or the status error that Options.Fail asks for; nil when all went well.
	Err *Error
}

// Hop is one request of an exchange: the first, or one that a redirect led to.
type Hop struct {
	// Prepared is the request as its last attempt sent it: its credentials may be made anew for each.
	Prepared *Prepared
	// Attempts are in order; the last one is the hop's outcome.
	Attempts []*Attempt
	// Dropped is what the redirect to this hop took away from the request before it, each with the reason.
	Dropped []Dropped
}

// Dropped is something of a request that a redirect did not carry on.
type Dropped struct {
	// What names it: a header's name, "body", "cookies".
	What string
	// Why is a sentence.
	Why string
}

// Attempt is one sending of a request and what came back.
type Attempt struct {
	Started time.Time
	// Repeat is why it was made, nil for the first of a hop.
	Repeat *Repeat
	// Prepared is the request as this attempt sent it; nil means that of the hop.
	Prepared *Prepared
	Sent     Sent
	// Interim are the 1xx responses, in order.
	Interim []Interim
	// Response is nil when no whole head arrived.
	Response *Response
	Timeline Timeline
	Conn     Conn
	// TLS is nil for a connection in the clear, and before the handshake is done.
	TLS *TLSInfo
	// Wire is what went over the wire, as far as Options.WireLimit keeps it; nil without.
	Wire *WireLog
	// Err is why this attempt has no whole response; nil when it has one.
	Err *Error

	recorded bool // its timeline is that of another one, see Trace.Recorded
}

// Repeat is why an attempt was made after another one.
type Repeat struct {
	// Why is what the attempt before it came to, such as "503 Service Unavailable" or "the server asks for Digest auth".
	Why string
	// Rule is what set the wait: "backoff", "Retry-After" or "after_default"; empty without one.
	Rule string
	// Wait is how long was waited before it.
	Wait time.Duration
}

// WireLog is what went over the wire during an attempt: exact bytes on HTTP/1.1, decoded frames on HTTP/2 and HTTP/3.
// Secrets in it are marked.
type WireLog struct {
	Entries []WireEntry
	// Omitted counts the bytes of each direction that are in no entry's Data: those beyond the limit, and content under a
	// content coding when there are secrets, which can't be found in it.
	OmittedSent, OmittedReceived int64
}

// WireProxy is the Frame of bytes that were exchanged with a proxy itself, before it led to the server.
const WireProxy = "proxy"

// WireEntry is one piece of a wire log.
type WireEntry struct {
	// At is counted from Attempt.Started.
	At time.Duration
	// Sent tells what left from what came.
	Sent bool
	// Frame describes a frame, such as "HEADERS stream=1 END_STREAM"; empty on HTTP/1.1, WireProxy for bytes that a proxy
	// was told or said.
	Frame string
	// Data are the bytes as they were on HTTP/1.1, and of a DATA frame; of another frame, its payload in readable form where
	// it has one: a line "name: value" for each field of HEADERS.
	Data []byte
	// Omitted counts the bytes of this piece that are not in Data.
	Omitted int64
}

// Sent is what left.
type Sent struct {
	// Head is the request line and the header section as they went out on HTTP/1.1; for HTTP/2 and HTTP/3 the same in HTTP/1.1 form.
	Head []byte
	// BodySize counts the bytes of content that were written, without chunk framing.
	BodySize int64
}

// Interim is a 1xx response.
type Interim struct {
	Status  int
	Reason  string
	Headers Fields
}

// Response is the answer to one attempt. Everything but the body, Trailers, WireSize and Codings is final when HeadReceived is heard;
// those are final when Do returns.
type Response struct {
	// Proto is "HTTP/1.1", "HTTP/1.0", "HTTP/2" or "HTTP/3".
	Proto  string
	Status int
	// Reason is the reason phrase as it came; HTTP/2 and HTTP/3 have none, and then it is empty.
	Reason   string
	Headers  Fields
	Trailers Fields
	// RawHead is the status line and header section byte for byte on HTTP/1.1; in HTTP/1.1 form for HTTP/2 and HTTP/3.
	RawHead []byte
	// Body holds the content with its codings removed. It is never nil, and grows while the response arrives.
	Body *body.Store
	// WireSize counts the bytes of content as received, codings on, transfer framing off.
	WireSize int64
	// Codings are the content codings that were removed, outermost first.
	Codings []string
	// Cookies says what the jar did with each Set-Cookie field, and why.
	Cookies []cookies.Verdict
}

// Timeline says when each phase of an attempt began and ended, counted from Attempt.Started. Phases that did not happen
// (a reused connection needs no DNS) are not in it. A phase that was cut off ends where it was cut.
type Timeline []Span

// Span is one phase in time.
type Span struct {
	Phase      Phase
	Start, End time.Duration
}

// Phase is a part of what an attempt does, in the order of the constants.
type Phase string

// The phases. Wait lasts from the last byte sent to the first byte of the head; Receive from there to the end of the body.
const (
	PhaseQueue   Phase = "queue"
	PhaseDNS     Phase = "dns"
	PhaseConnect Phase = "connect"
	PhaseTLS     Phase = "tls"
	PhaseSend    Phase = "send"
	PhaseWait    Phase = "wait"
	PhaseReceive Phase = "receive"
)

// Of returns the span of a phase, and whether it happened.
func (t Timeline) Of(phase Phase) (Span, bool) {
	for _, span := range t {
		if span.Phase == phase {
			return span, true
		}
	}
	return Span{}, false
}

// Conn tells about the connection that carried an attempt.
type Conn struct {
	Local, Remote netip.AddrPort
	// Reused says that the connection had carried Uses requests before, and was Idle for that long.
	Reused bool
	Uses   int
	Idle   time.Duration
	// Protocol is "HTTP/1.1", "HTTP/2" or "HTTP/3".
	Protocol string
	// ProtocolWhy says why that one was spoken, as a sentence without a full stop.
	ProtocolWhy string
	// Proxy is the URL of the proxy on the way, without credentials; empty without one. ProxyWhy says where that choice
	// comes from, or why there is none although proxies are set.
	Proxy, ProxyWhy string
}

// TLSInfo tells about the TLS of a connection.
type TLSInfo struct {
	Version     string // "TLS 1.3"
	CipherSuite string // IANA name
	ALPN        string
	ServerName  string
	// Verified says that the chain was checked and found good; false only with TLSOptions.Insecure.
	Verified bool
	// Problem is what the check would have said, when it was switched off and would have failed.
	Problem string
	// Warning is what a person should know of a chain that was accepted: that it ends soon, or is over. Else it is empty.
	Warning string
	// Chain is the peer's, leaf first.
	Chain []Certificate
}

// Certificate is what a person wants to know of one.
type Certificate struct {
	Subject, Issuer     string
	Names               []string // DNS names and addresses it is for
	NotBefore, NotAfter time.Time
	Fingerprint         string // SHA-256 of the DER, lower-case hex
}

// Request returns what an attempt of the hop sent.
func (h *Hop) Request(a *Attempt) *Prepared {
	if a.Prepared != nil {
		return a.Prepared
	}
	return h.Prepared
}

// Last returns the final attempt, or nil when nothing was tried.
func (x *Exchange) Last() *Attempt {
	if len(x.Hops) == 0 {
		return nil
	}
	attempts := x.Hops[len(x.Hops)-1].Attempts
	if len(attempts) == 0 {
		return nil
	}
	return attempts[len(attempts)-1]
}

// Response returns the response of the final attempt, or nil when there is none.
func (x *Exchange) Response() *Response {
	if last := x.Last(); last != nil {
		return last.Response
	}
	return nil
}

// Attempts yields every attempt of every hop, in the order they were made.
func (x *Exchange) Attempts() iter.Seq2[*Hop, *Attempt] {
	return func(yield func(*Hop, *Attempt) bool) {
		for _, hop := range x.Hops {
			for _, attempt := range hop.Attempts {
				if !yield(hop, attempt) {
					return
				}
			}
		}
	}
}

// Elapsed is the time from the start of the last attempt to its response head; 0 without one.
func (x *Exchange) Elapsed() time.Duration {
	last := x.Last()
	if last == nil || last.Response == nil {
		return 0
	}
	span, _ := last.Timeline.Of(PhaseReceive)
	return span.Start
}

// end is when an exchange ended that is over now. Where its attempts are played back, it took as long as they and the waits
// between them did.
func (x *Exchange) end(now time.Time) time.Time {
	took, played := time.Duration(0), false
	for _, attempt := range x.Attempts() {
		if !attempt.recorded {
			return now
		}
		played = true
		if attempt.Repeat != nil {
			took += attempt.Repeat.Wait
		}
		if n := len(attempt.Timeline); n > 0 {
			took += attempt.Timeline[n-1].End
		}
	}
	if !played {
		return now
	}
	return x.Started.Add(took)
}

// Total is the time the whole exchange took, redirects, waits and body included.
func (x *Exchange) Total() time.Duration { return x.Ended.Sub(x.Started) }

// Close frees the bodies of all responses. Nothing may read them afterwards.
func (x *Exchange) Close() error {
	var problems []error
	for _, attempt := range x.Attempts() {
		if attempt.Response != nil {
			problems = append(problems, attempt.Response.Body.Close())
		}
	}
	return errors.Join(problems...)
}
