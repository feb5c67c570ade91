package playground

func lengthFaults() []Fault {
	return []Fault{
		{Name: "length-short", Sentence: "sends more than Content-Length says (the rest is not part of the body, nor of a next response)", serve: reply("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 20\r\n\r\n" + faultBody)},
		{Name: "length-long", Sentence: "sends less than Content-Length says and keeps the connection open (read timeout)", serve: func(w *wire) {
			if w.head() && w.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"+faultBody) {
				w.stall()
			}
		}},
		{Name: "length-differs", Sentence: "has two Content-Length that differ (to be refused: RFC 9112, section 6.3)", serve: reply(okHead + "Content-Length: 20\r\n\r\n" + faultBody)},
		{Name: "length-repeated", Sentence: "has Content-Length twice, the same (may be taken)", serve: reply(okHead + "Content-Length: 41\r\n\r\n" + faultBody)},
		{Name: "length-list", Sentence: "has Content-Length: 41, 41 in one line (may be taken)", serve: reply("HTTP/1.1 200 OK\r\nContent-Length: 41, 41\r\n\r\n" + faultBody)},
		{Name: "length-negative", Sentence: "has Content-Length: -1", serve: reply("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n" + faultBody)},
		{Name: "length-plus", Sentence: "has Content-Length: +41, which is no number in HTTP", serve: reply("HTTP/1.1 200 OK\r\nContent-Length: +41\r\n\r\n" + faultBody)},
		{Name: "length-huge", Sentence: "has a Content-Length that no integer holds", serve: reply("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n" + faultBody)},
		{Name: "length-and-chunked", Sentence: "has both Content-Length and Transfer-Encoding (the coding wins, the connection is not reused)", serve: reply(okHead + "Transfer-Encoding: chunked\r\n\r\n29\r\n" + faultBody + "\r\n0\r\n\r\n")},
		{Name: "body-after-204", Sentence: "sends a body with 204 (it is not part of the response)", serve: reply("HTTP/1.1 204 No Content\r\nContent-Length: 41\r\n\r\n" + faultBody)},
		{Name: "garbage-after-body", Sentence: "sends garbage after a whole response on an open connection (which must not be reused)", serve: func(w *wire) {
			if w.head() && w.send(okHead+"\r\n"+faultBody+"\x00\xff garbage \r\n\r\n") {
				w.stall()
			}
		}},
	}
}
