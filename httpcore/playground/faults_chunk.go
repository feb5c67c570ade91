package playground

import "strings"

func chunkFaults() []Fault {
	return []Fault{
		{Name: "chunk-bad-size", Sentence: "has a chunk size that is no number", serve: reply(chunkedHead + "zz\r\n" + faultBody + "\r\n0\r\n\r\n")},
		{Name: "chunk-negative-size", Sentence: "has a negative chunk size", serve: reply(chunkedHead + "-29\r\n" + faultBody + "\r\n0\r\n\r\n")},
		{Name: "chunk-huge-size", Sentence: "has a chunk size that no integer holds", serve: reply(chunkedHead + "fffffffffffffffff\r\n" + faultBody + "\r\n0\r\n\r\n")},
		{Name: "chunk-no-crlf", Sentence: "does not end a chunk's data with CRLF", serve: reply(chunkedHead + "29\r\n" + faultBody + "0\r\n\r\n")},
		{Name: "chunk-extensions", Sentence: "has chunk extensions (to be ignored)", serve: reply(chunkedHead + "29;name=value;quoted=\"a;b\"\r\n" + faultBody + "\r\n0;last\r\n\r\n")},
		{Name: "chunk-extension-flood", Sentence: "has a megabyte of extensions for each byte of body (to be refused at a bound)", serve: func(w *wire) {
			if !w.head() || !w.send(chunkedHead) {
				return
			}
			for block := strings.Repeat(";x=y", 1<<18); w.send("1" + block + "\r\n.\r\n"); {
			}
		}},
		{Name: "chunk-trailers", Sentence: "sends trailers after the last chunk (to be taken, and shown)", serve: reply(strings.TrimSuffix(chunkedHead, "\r\n") + "Trailer: X-Checksum\r\n\r\n29\r\n" + faultBody + "\r\n0\r\nX-Checksum: abc\r\n\r\n")},
		{Name: "chunk-trailer-flood", Sentence: "never stops sending trailers (to be refused at a bound)", serve: func(w *wire) {
			if !w.head() || !w.send(chunkedHead+"29\r\n"+faultBody+"\r\n0\r\n") {
				return
			}
			for block := strings.Repeat("X-Endless: and on it goes\r\n", 100); w.send(block); {
			}
		}},
		{Name: "transfer-encoding-unknown", Sentence: "has a transfer coding that nobody knows", serve: reply("HTTP/1.1 200 OK\r\nTransfer-Encoding: rot13\r\n\r\nVg vf abg gur nafjre.\n")},
	}
}
