package playground

import (
	"crypto/tls"
	"time"
)

func tlsFaults() []Fault {
	return []Fault{
		{Name: "tls-garbage", Sentence: "answers the handshake with garbage", port: tlsPort, serve: func(w *wire) {
			if w.send("\x00\xff\x00\xff not TLS at all \r\n") {
				w.hang()
			}
		}},
		{Name: "tls-plain-http", Sentence: "speaks clear HTTP where TLS is expected", port: tlsPort, serve: func(w *wire) {
			if w.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n") {
				w.hang()
			}
		}},
		{Name: "tls-stall", Sentence: "never answers the handshake (connect timeout)", port: tlsPort, serve: func(w *wire) { w.stall() }},
		{Name: "tls-close", Sentence: "closes in the handshake", port: tlsPort, serve: func(w *wire) {
			_, _ = w.r.Peek(1) // waits for the client's hello, or for its going
		}},
		{Name: "tls-expired", Sentence: "has a certificate that ended yesterday", port: tlsExpired, serve: properReply},
		{Name: "tls-not-yet-valid", Sentence: "has a certificate that starts tomorrow", port: tlsNotYetValid, serve: properReply},
		{Name: "tls-wrong-host", Sentence: "has a certificate for wrong.example", port: tlsWrongHost, serve: properReply},
		{Name: "tls-untrusted", Sentence: "has a certificate that nobody vouches for", port: tlsTrusted, serve: properReply},
		{Name: "tls-truncated", Sentence: "closes without close_notify at the end of a body that the close ends (may be cut short; most clients take it)", port: tlsTrusted, serve: func(w *wire) {
			if w.head() && w.send("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"+faultBody) {
				if t, ok := w.conn.(*tls.Conn); ok {
					_ = t.NetConn().Close() // below TLS, so that no alert is sent
				}
			}
		}},
	}
}

func properReply(w *wire) {
	if w.head() && w.send(okHead+"Connection: close\r\n\r\n"+faultBody) {
		w.hang()
	}
}

// certificate is what a listener of that kind shows.
func (k portKind) certificate() (tls.Certificate, error) {
	const day = 24 * time.Hour
	now := time.Now()
	t := certTemplate{hosts: []string{"localhost", "127.0.0.1", "::1"}}
	switch k {
	case tlsExpired:
		t.notBefore, t.notAfter = now.Add(-30*day), now.Add(-day)
	case tlsNotYetValid:
		t.notBefore = now.Add(day)
	case tlsWrongHost:
		t.hosts = []string{"wrong.example"}
	}
	return selfSigned(t)
}
