package playground

import "strings"

// ProxyFaults lists the proxies with a bad habit. They are not among Faults: the habit shows when one is used as a proxy, for
// an https URL. StartFault starts them too, and the server's URL is then the proxy's.
func ProxyFaults() []Fault {
	const established = "HTTP/1.1 200 Connection established\r\n"
	return []Fault{
		{Name: "proxy-silent", Sentence: "never answers CONNECT (connect timeout)", serve: func(w *wire) {
			if w.head() {
				w.stall()
			}
		}},
		{Name: "proxy-drip", Sentence: "answers CONNECT a byte at a time, for ever (connect timeout)", serve: func(w *wire) {
			if w.head() && w.send("HTTP/1.1 200 OK\r\nX-Slow: ") {
				for w.drip("....") {
				}
			}
		}},
		{Name: "proxy-close", Sentence: "closes when it is asked for a tunnel", serve: reply("")},
		{Name: "proxy-close-mid-head", Sentence: "closes in the middle of its answer to CONNECT", serve: reply(established + "X-Never: fini")},
		{Name: "proxy-close-after-connect", Sentence: "opens a tunnel and closes it at once", serve: func(w *wire) {
			if w.head() && w.send(established+"\r\n") {
				_, _ = w.r.Peek(1) // waits for the client's hello, so that no unread byte makes a reset of the close
			}
		}},
		{Name: "proxy-reset", Sentence: "resets the connection when it is asked for a tunnel", serve: func(w *wire) {
			w.head()
			w.reset()
		}},
		{Name: "proxy-garbage", Sentence: "answers CONNECT with garbage", serve: reply("\x00\xff\x00\xff no HTTP at all \r\n")},
		{Name: "proxy-garbage-after-connect", Sentence: "opens a tunnel and puts garbage into it", serve: reply(established + "\r\n" + faultBody)},
		{Name: "proxy-connect-with-body", Sentence: "answers CONNECT with a body, which is to be taken for the server's", serve: reply(established + "Content-Length: 41\r\n\r\n" + faultBody)},
		{Name: "proxy-endless-head", Sentence: "never stops sending headers in its answer to CONNECT (to be refused at a bound)", serve: func(w *wire) {
			if !w.head() || !w.send(established) {
				return
			}
			for block := strings.Repeat("X-Endless: and on it goes\r\n", 100); w.send(block); {
			}
		}},
		{Name: "proxy-informational-flood", Sentence: "answers CONNECT with 103 for ever (to be refused at a bound)", serve: func(w *wire) {
			if !w.head() {
				return
			}
			for w.send("HTTP/1.1 103 Early Hints\r\n\r\n") {
			}
		}},
		{Name: "proxy-407", Sentence: "answers 407 whatever it is told", serve: func(w *wire) {
			for w.head() && w.send("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n") {
				w.target = "" // the next one
			}
		}},
		{Name: "proxy-407-negotiate", Sentence: "answers 407 and takes Negotiate and NTLM only", serve: reply("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Negotiate\r\nProxy-Authenticate: NTLM\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")},
		{Name: "proxy-forbidden", Sentence: "answers CONNECT with 403 and its reason as text", serve: reply("HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nContent-Length: 33\r\n\r\nRule 7: nobody goes there. Ever.\n")},
		{Name: "proxy-forbidden-endless", Sentence: "answers CONNECT with 502 and a body without end", serve: func(w *wire) {
			if !w.head() || !w.send("HTTP/1.1 502 Bad Gateway\r\nTransfer-Encoding: chunked\r\n\r\n") {
				return
			}
			for w.send("1000\r\n" + strings.Repeat("x", 0x1000) + "\r\n") {
			}
		}},
	}
}
