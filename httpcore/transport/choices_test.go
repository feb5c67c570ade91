package transport_test

import (
	"testing"

	"parley/httpcore"
	"parley/httpcore/transport"
)

// choice is what becomes of one thing that a reply can get wrong.
type choice struct {
	// fault is what the server did.
	fault string
	// reply is one with that fault, byte for byte.
	reply string
	// refused says whether the reply is an error; else it is read as if it were right.
	refused bool
	// reading says how it is read, or why it is refused.
	reading string
}

// choices are strict where two readers of the same bytes could come to different messages, and tolerant where there is
// only one thing that the server can have meant. This table is where they are written down; the reader is held to every row.
func choices() []choice {
	const ok = "HTTP/1.1 200 OK\r\n"
	return []choice{
		{"lines end in LF alone", "HTTP/1.1 200 OK\nContent-Length: 2\n\nhi", false, "RFC 9112 section 2.2 lets a recipient take LF for CRLF"},
		{"no reason phrase", "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nhi", false, "the reason is empty; nobody needs it"},
		{"HTTP/1.0", "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi", false, "the connection is not kept unless the server says keep-alive"},
		{"a folded field line", ok + "X-A: one\r\n two\r\nContent-Length: 2\r\n\r\nhi", false, "RFC 9112 section 5.2: each fold becomes one space"},
		{"the same Content-Length twice", ok + "Content-Length: 2\r\nContent-Length: 2\r\n\r\nhi", false, "RFC 9110 section 8.6: equal values count as one"},
		{"a list of equal Content-Lengths", ok + "Content-Length: 2, 2\r\n\r\nhi", false, "RFC 9110 section 8.6: equal values count as one"},
		{"Content-Length beside chunked", ok + "Content-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n", false, "RFC 9112 section 6.3: chunked wins, and the connection is not kept"},
		{"chunked in HTTP/1.0", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n", false, "RFC 9112 section 6.1: read as chunked, and the connection is not kept"},
		{"Transfer-Encoding: identity", ok + "Transfer-Encoding: identity\r\nContent-Length: 2\r\n\r\nhi", false, "a coding of RFC 2616 that changes nothing"},
		{"blanks after a chunk size", ok + "Transfer-Encoding: chunked\r\n\r\n2  \r\nhi\r\n0\r\n\r\n", false, "a common habit, with one meaning"},
		{"bytes after the content", ok + "Content-Length: 2\r\n\r\nhi, and more", false, "the content ends where it was said to, and the connection is not kept"},
		{"Content-Length on a 204", "HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\n", false, "RFC 9112 section 6.3: a 204 has no content"},

		{"no status line", "SSH-2.0-OpenSSH_9.6\r\n\r\n", true, "this is no HTTP/1.1"},
		{"another major version", "HTTP/2.0 200 OK\r\n\r\n", true, "the framing of another version is not known"},
		{"a status of two digits", "HTTP/1.1 20 OK\r\n\r\n", true, "a status code has three digits"},
		{"differing Content-Lengths", ok + "Content-Length: 2\r\nContent-Length: 3\r\n\r\nhi", true, "where the content ends is a matter of opinion: response splitting"},
		{"a list of differing Content-Lengths", ok + "Content-Length: 2, 3\r\n\r\nhi", true, "where the content ends is a matter of opinion: response splitting"},
		{"a signed Content-Length", ok + "Content-Length: +2\r\n\r\nhi", true, "a length has digits only"},
		{"a Content-Length beyond 63 bits", ok + "Content-Length: 99999999999999999999\r\n\r\nhi", true, "a length that wraps around is another length"},
		{"an unknown transfer coding", ok + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", true, "it was not asked for (no TE was sent), and can't be undone"},
		{"chunked twice", ok + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", true, "RFC 9112 section 6.1 forbids it"},
		{"a CR that ends no line", ok + "X-A: a\rX-B: b\r\n\r\n", true, "some readers end the line there"},
		{"a NUL in a value", ok + "X-A: a\x00b\r\n\r\n", true, "some readers end the value there"},
		{"a blank before the colon", ok + "Content-Length : 2\r\n\r\nhi", true, "some readers take it for another name"},
		{"a field line without a colon", ok + "X-A\r\n\r\n", true, "it has no meaning"},
		{"a name that is no token", ok + "X(A): b\r\n\r\n", true, "it has no meaning"},
		{"a fold without a field", ok + " X-A: b\r\n\r\n", true, "some readers ignore it, some take it for a field"},
		{"a chunk line that ends in LF alone", ok + "Transfer-Encoding: chunked\r\n\r\n2\nhi\r\n0\r\n\r\n", true, "some readers look for the CR further on"},
		{"a chunk longer than its size", ok + "Transfer-Encoding: chunked\r\n\r\n2\r\nhi!\r\n0\r\n\r\n", true, "what follows can't be trusted"},
		{"a chunk size that is no number", ok + "Transfer-Encoding: chunked\r\n\r\nxyz\r\nhi\r\n0\r\n\r\n", true, "what follows can't be trusted"},
		{"a chunk size beyond 63 bits", ok + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nhi\r\n0\r\n\r\n", true, "a size that wraps around is another size"},
	}
}

func TestChoices(t *testing.T) {
	for _, choice := range choices() {
		t.Run(choice.fault, func(t *testing.T) {
			x, err := do(t, newSession(t, transport.Options{}), get("http://"+replying(t, choice.reply, true)))
			if choice.refused {
				if err == nil {
					t.Fatalf("the reply was read; it is to be refused: %s", choice.reading)
				}
				e := x.Err
				if !e.Is(httpcore.KindProtocol) || e.Kind == httpcore.KindTruncated {
					t.Errorf("error = %s: %v, want one about the protocol", e.Kind, e)
				}
				return
			}
			if err != nil {
				t.Fatalf("refused with %v; it is to be read: %s", err, choice.reading)
			}
			want := "hi"
			if x.Response().Status == 204 {
				want = ""
			}
			if got := content(t, x.Response()); got != want {
				t.Errorf("body = %q, want %q", got, want)
			}
		})
	}
}
