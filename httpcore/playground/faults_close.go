package playground

func closeFaults() []Fault {
	return []Fault{
		{Name: "close-before-head", Sentence: "takes the request and closes (connection error, worth a retry)", serve: reply("")},
		{Name: "close-mid-head", Sentence: "closes in the middle of a header line", serve: reply(okHead + "X-Never: fini")},
		{Name: "reset-before-head", Sentence: "takes the request and resets the connection", serve: func(w *wire) {
			w.head()
			w.reset()
		}},
		{Name: "reset-mid-head", Sentence: "resets the connection in the middle of a header line", serve: func(w *wire) {
			if w.head() && w.send(okHead+"X-Never: fini") {
				pause(w.ctx, w.opts.Interval)
			}
			w.reset()
		}},
		{Name: "reset-mid-body", Sentence: "resets the connection in the middle of the body (what came is kept)", serve: func(w *wire) {
			if w.head() && w.send(okHead+"\r\n"+faultBody[:20]) {
				// A reset throws away what the client has not read yet; the pause lets the first part through.
				pause(w.ctx, w.opts.Interval)
			}
			w.reset()
		}},
		{Name: "truncate-length", Sentence: "closes before Content-Length is reached (incomplete body; what came is kept)", serve: reply(okHead + "\r\n" + faultBody[:20])},
		{Name: "truncate-chunk", Sentence: "closes in the middle of a chunk (incomplete body)", serve: reply(chunkedHead + "29\r\n" + faultBody[:20])},
		{Name: "truncate-last-chunk", Sentence: "closes where the last chunk should be: every byte came, and still it is incomplete", serve: reply(chunkedHead + "29\r\n" + faultBody + "\r\n")},
		{Name: "missing-final-crlf", Sentence: "closes after the last chunk without the empty line that ends the trailers", serve: reply(chunkedHead + "29\r\n" + faultBody + "\r\n0\r\n")},
	}
}
