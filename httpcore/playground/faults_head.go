package playground

import "strings"

func headFaults() []Fault {
	return []Fault{
		{Name: "http-0.9", Sentence: "answers as HTTP/0.9 did: a body and nothing else", serve: reply("<p>" + faultBody)},
		{Name: "status-garbage", Sentence: "has a status line that is none", serve: reply("HTTP/1.1 abc OK\r\nContent-Length: 41\r\n\r\n" + faultBody)},
		{Name: "status-no-code", Sentence: "has a status line without a code", serve: reply("HTTP/1.1\r\nContent-Length: 41\r\n\r\n" + faultBody)},
		{Name: "status-huge-code", Sentence: "has a status of four digits", serve: reply("HTTP/1.1 2000 OK\r\nContent-Length: 41\r\n\r\n" + faultBody)},
		{Name: "status-no-reason", Sentence: "has a status line that ends after the code (to be taken)", serve: reply("HTTP/1.1 200\r\nContent-Length: 41\r\n\r\n" + faultBody)},
		{Name: "status-version", Sentence: "says it speaks HTTP/9.7", serve: reply("HTTP/9.7 200 OK\r\nContent-Length: 41\r\n\r\n" + faultBody)},
		{Name: "leading-blank-lines", Sentence: "sends empty lines before the status line", serve: reply("\r\n\r\n" + okHead + "\r\n" + faultBody)},
		{Name: "header-no-colon", Sentence: "has a header line without a colon", serve: reply(okHead + "NoColonHere\r\n\r\n" + faultBody)},
		{Name: "header-space-before-colon", Sentence: "has a space between a header's name and the colon", serve: reply(okHead + "X-Space : here\r\n\r\n" + faultBody)},
		{Name: "header-no-name", Sentence: "has a header line that starts with the colon", serve: reply(okHead + ": no name\r\n\r\n" + faultBody)},
		{Name: "header-nul", Sentence: "has a NUL in a header's value", serve: reply(okHead + "X-Nul: a\x00b\r\n\r\n" + faultBody)},
		{Name: "bare-cr", Sentence: "has a carriage return alone in a header's value", serve: reply(okHead + "X-CR: a\rX-Injected: b\r\n\r\n" + faultBody)},
		{Name: "bare-lf", Sentence: "ends its lines with a line feed alone (may be taken: RFC 9112, section 2.2)", serve: reply(strings.ReplaceAll(okHead+"\r\n", "\r\n", "\n") + faultBody)},
		{Name: "obs-fold", Sentence: "folds a header over two lines", serve: reply(okHead + "X-Folded: one\r\n two\r\n\tthree\r\n\r\n" + faultBody)},
		{Name: "latin-1-header", Sentence: "has ISO 8859-1 in a header's value", serve: reply(okHead + "X-Latin: caf\xe9\r\n\r\n" + faultBody)},
		{Name: "hostile-head", Sentence: "has control characters and escape sequences in status line and headers", serve: reply("HTTP/1.1 200 \x1b[31mOK\x1b]0;pwned\x07\r\nX-Title: \x1b]0;pwned\x07\r\nX-Clear: \x1b[2J\x1b[H\r\nX-Back: admin\b\b\b\b\buser \r\nSet-Cookie: a=\x1b[8m; Path=/\r\nContent-Type: text/plain\r\nContent-Length: 41\r\n\r\n" + faultBody)},
		{Name: "header-64k", Sentence: "has one header of 64 KiB (to be taken, or refused in words)", serve: reply(okHead + "X-Long: " + strings.Repeat("x", 64<<10) + "\r\n\r\n" + faultBody)},
		{Name: "header-10000", Sentence: "has 10,000 headers", serve: reply(okHead + strings.Repeat("X-Many: 1\r\n", 10_000) + "\r\n" + faultBody)},
		{Name: "header-endless", Sentence: "never stops sending headers (to be refused at a bound)", serve: func(w *wire) {
			if !w.head() || !w.send(okHead) {
				return
			}
			for block := strings.Repeat("X-Endless: and on it goes\r\n", 100); w.send(block); {
			}
		}},
		{Name: "header-line-endless", Sentence: "never ends a header line (to be refused at a bound)", serve: func(w *wire) {
			if !w.head() || !w.send(okHead+"X-Endless: ") {
				return
			}
			for block := strings.Repeat("x", 4096); w.send(block); {
			}
		}},
		{Name: "informational", Sentence: "sends 100, 102 and 103 before the response (to be taken, and shown)", serve: reply("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n" + okHead + "\r\n" + faultBody)},
		{Name: "informational-flood", Sentence: "sends 103 for ever (to be refused at a bound)", serve: func(w *wire) {
			if !w.head() {
				return
			}
			for w.send("HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n") {
			}
		}},
		{Name: "switching-protocols", Sentence: "switches to a protocol that nobody asked for", serve: reply("HTTP/1.1 101 Switching Protocols\r\nUpgrade: gopher\r\nConnection: Upgrade\r\n\r\niHello\r\n")},
	}
}
