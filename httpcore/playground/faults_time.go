package playground

func stallFaults() []Fault {
	return []Fault{
		{Name: "stall-before-head", Sentence: "takes the request and says nothing (read timeout)", serve: func(w *wire) {
			if w.head() && w.stall() {
				w.send(okHead + "\r\n" + faultBody)
			}
		}},
		{Name: "stall-mid-head", Sentence: "stops in the middle of a header line (read timeout)", serve: func(w *wire) {
			if w.head() && w.send(okHead+"X-Never: fini") && w.stall() {
				w.send("shed\r\n\r\n" + faultBody)
			}
		}},
		{Name: "stall-mid-body", Sentence: "stops in the middle of the body (read timeout; what came is kept)", serve: func(w *wire) {
			if w.head() && w.send(okHead+"\r\n"+faultBody[:20]) && w.stall() {
				w.send(faultBody[20:])
			}
		}},
		{Name: "stall-mid-chunk", Sentence: "stops in the middle of a chunk (read timeout)", serve: func(w *wire) {
			if w.head() && w.send(chunkedHead+"29\r\n"+faultBody[:20]) && w.stall() {
				w.send(faultBody[20:] + "\r\n0\r\n\r\n")
			}
		}},
		{Name: "drip-head", Sentence: "sends the head a byte at a time: never a read timeout, only a total one", serve: func(w *wire) {
			if w.head() && w.drip(okHead+"\r\n") {
				w.send(faultBody)
			}
		}},
		{Name: "drip-body", Sentence: "sends the body a byte at a time: never a read timeout, only a total one", serve: func(w *wire) {
			if w.head() && w.send(okHead+"\r\n") {
				w.drip(faultBody)
			}
		}},
		{Name: "drip-forever", Sentence: "sends a chunk of one byte at a time and never ends", serve: func(w *wire) {
			if !w.head() || !w.send(chunkedHead) {
				return
			}
			for w.send("1\r\n.\r\n") && pause(w.ctx, w.opts.Interval) {
			}
		}},
		{Name: "silent-accept", Sentence: "accepts connections, reads nothing and says nothing (read timeout)", port: ownPort, serve: func(w *wire) {
			w.stall()
		}},
	}
}
