package httpcore

import "time"

// Options say how a request is sent. They are plain data.
type Options struct {
	Timeout Timeouts
	// Redirects is the largest number of redirects to follow; 0 follows none, and the redirect is the answer.
	Redirects int
	// Fail makes a status of 400 or more an error of KindStatus, as raise_for_status does in requests. The Exchange is whole.
	Fail bool
	// Retry says which failures are tried again.
	Retry    Retry
	Protocol Protocol
	// RawPath sends the request target exactly as typed, without the normalisation that WHATWG asks for.
	RawPath bool
	// WithoutJar neither sends the session's cookies nor stores what the reply sets: a replay sends what was sent then.
	WithoutJar bool
	TLS        TLSOptions
	Network    Network
	Decode     Decode
	// WireLimit is how many bytes of the wire log an attempt keeps in each direction, fewer after many attempts; 0 keeps none.
	WireLimit int
}

// DefaultOptions are what a request is sent with when nobody says otherwise.
func DefaultOptions() Options {
	return Options{
		Timeout:   Timeouts{Connect: 10 * time.Second, Read: 30 * time.Second},
		Redirects: 30,
		Protocol:  ProtocolAuto,
	}
}

// Timeouts are limits on waiting; 0 waits for ever.
type Timeouts struct {
	// Connect bounds the making of one connection: name, TCP and TLS together.
	Connect time.Duration
	// Read is the longest gap between two reads of the reply, not a bound on the whole of it. It does not apply to the body
	// of a stream of events, see IsEventStream.
	Read time.Duration
	// Total bounds the whole exchange, redirects and body included.
	Total time.Duration
}

// Protocol is the version of HTTP to speak.
type Protocol string

// The protocols that can be asked for. Auto offers HTTP/2 and HTTP/1.1 over TLS and lets the server choose (ALPN), and
// speaks HTTP/1.1 in the clear.
const (
	ProtocolAuto           Protocol = "auto"
	ProtocolHTTP1          Protocol = "1.1"
	ProtocolHTTP2          Protocol = "2"
	ProtocolPriorKnowledge Protocol = "2-prior-knowledge"
	ProtocolHTTP3          Protocol = "3"
)

// TLSOptions are the choices for a TLS connection. The zero value verifies against the system's roots.
type TLSOptions struct {
	// Insecure accepts any certificate. It is only ever set by an explicit choice, and shown in red.
	Insecure bool
	// CA is a PEM file or a folder of them, trusted instead of the system's roots; empty for the system's.
	CA string
	// Cert is the file of a client certificate: PEM, or PKCS#12 with its key. Key is the PEM file of its key, and may be
	// empty when Cert holds both.
	Cert, Key string
	// Password opens an encrypted key or a PKCS#12 file.
	Password string
	// MinVersion is "1.0" to "1.3"; empty means 1.2, since what is older is no longer safe.
	MinVersion string
	// ServerName replaces the URL's host in SNI and in the check of the certificate.
	ServerName string
	// KeyLog is a file that session keys are appended to in NSS format, for a packet analyser.
	KeyLog string
}

// Network says which way to a host.
type Network struct {
	// Proxies are asked anew for every hop.
	Proxies Proxies
	// Resolve maps "host:port" to the "address:port" to dial instead, as curl's --resolve does.
	Resolve map[string]string
	// Unix is the path of a unix socket that every connection goes to.
	Unix string
	// Family is "4", "6", or "auto" (also when empty).
	Family string
}

// Decode says what becomes of content codings (gzip, deflate, br, zstd).
type Decode struct {
	// Off leaves the body as it came.
	Off bool
	// MaxSize bounds the decoded size in bytes; 0 means no bound.
	MaxSize int64
	// MaxExpansion bounds decoded bytes per received byte; 0 means the engine's default, which no honest body reaches.
	MaxExpansion int64
}
