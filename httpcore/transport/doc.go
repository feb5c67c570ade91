// Package transport carries one prepared request to a server and brings back the reply: it is the [httpcore.Transport]
// of every session.
//
// HTTP/1.1 is its own: the head leaves exactly as [httpcore.Prepared] says, in its order and case, and the head of the
// reply is kept byte for byte beside the parsed fields. HTTP/2 comes from golang.org/x/net/http2, and HTTP/3, which is
// spoken only when it is asked for, from github.com/quic-go/quic-go/http3, both over connections that are dialled and
// secured here; neither lets a caller choose the order of header fields. What they wonder at they write to the logger of
// package log, which is the program's to silence. What a reply may get wrong, and what becomes of it, stands in one table,
// in choices_test.go.
//
// # Life cycle
//
//	key ──pool──▶ idle connection ─────────────┐
//	    └─dial──▶ DNS, TCP, TLS ───────────────┴──▶ round trip ──▶ Reply, whose Body gives the connection back at its end
//	          └─▶ DNS, TCP, (TLS,) proxy, TLS ─┘
//
// A connection is reused for requests that agree in everything that shapes one: origin, protocol, proxy, TLS and network
// options, and the affinity of auth that belongs to a connection. One that an earlier request left behind may have been
// closed by the server meanwhile; when it dies before a byte of the reply and sending again is safe (RFC 9110 section
// 9.2.2), the request goes out once more on a new one.
//
// # Proxies
//
// A SOCKS 5 proxy connects to the server. An HTTP or HTTPS proxy opens a tunnel (CONNECT) for https, for HTTP/2 by prior
// knowledge and for a server whose address is fixed; else it is sent the whole URL and passes the request on. An HTTPS
// proxy's certificate is always checked, under its own name, against the system's authorities and those of
// TLSOptions.CA. What is meant for the proxy alone, its credentials above all, never goes into a tunnel and is not told
// to a trace. A proxy that fails or refuses is an error of httpcore.KindProxy; what takes too long until the tunnel is
// there is a connect timeout.
//
// # Concurrency and ownership
//
// A [Transport] may be used from many goroutines and owns its connections. A Reply's Body belongs to one goroutine:
// read it to its end or close it. Cancelling the context of a round trip unblocks it, or the reading of its Body, at
// once, and gives an HTTP/1.1 connection up (HTTP/2 and HTTP/3: the stream). A request body is read by a goroutine of the
// transport, which may outlive RoundTrip by as long as one Read of it takes; it never touches the body after the
// stream it got from Payload.Open is closed.
package transport
