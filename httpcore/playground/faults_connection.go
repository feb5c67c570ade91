package playground

func connectionFaults() []Fault {
	return []Fault{
		{Name: "idle-close", Sentence: "says keep-alive and closes the connection right after each response", serve: func(w *wire) {
			if w.head() && w.send(okHead+"Connection: keep-alive\r\n\r\n"+faultBody) {
				w.hang()
			}
		}},
		{Name: "reuse-close", Sentence: "answers the first request of a connection and closes at the second (a client that reuses it sends again on a new one)", serve: func(w *wire) {
			if w.head() && w.send(okHead+"Connection: keep-alive\r\n\r\n"+faultBody) {
				w.nextHead()
			}
		}},
		{Name: "reuse-reset", Sentence: "the same, with a reset", serve: func(w *wire) {
			if w.head() && w.send(okHead+"Connection: keep-alive\r\n\r\n"+faultBody) {
				w.nextHead()
			}
			w.reset()
		}},
		{Name: "answer-first", Sentence: "answers before the request is read (which a client notices on a fresh connection)", port: ownPort, serve: func(w *wire) {
			if w.send(okHead + "Connection: close\r\n\r\n" + faultBody) {
				w.hang()
			}
		}},
		{Name: "answer-mid-upload", Sentence: "answers 413 after the head, without reading the body, and closes", serve: func(w *wire) {
			if w.head() && w.send("HTTP/1.1 413 Content Too Large\r\nContent-Type: text/plain\r\nContent-Length: 10\r\nConnection: close\r\n\r\ntoo large\n") {
				w.hang()
			}
		}},
		{Name: "close-mid-upload", Sentence: "resets the connection after the head, without reading the body", serve: func(w *wire) {
			w.head()
			w.reset()
		}},
	}
}
