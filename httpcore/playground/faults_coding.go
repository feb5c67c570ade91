package playground

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
)

func codingFaults() []Fault {
	return []Fault{
		{Name: "gzip-not", Sentence: "says gzip and sends plain text (content decoding error)", serve: reply(okHead + "Content-Encoding: gzip\r\n\r\n" + faultBody)},
		{Name: "gzip-corrupt", Sentence: "sends gzip with a wrong checksum (content decoding error; what came is kept)", serve: func(w *wire) {
			body := gzipped(faultBody)
			body[len(body)-8] ^= 0xff // the first byte of the CRC-32: RFC 1952, section 2.3.1
			sendCoded(w, "gzip", body)
		}},
		{Name: "gzip-truncated", Sentence: "sends the first half of a gzip stream, with the right Content-Length for it (content decoding error)", serve: func(w *wire) {
			body := gzipped(faultBody)
			sendCoded(w, "gzip", body[:len(body)/2])
		}},
		{Name: "gzip-garbage-after", Sentence: "sends garbage after a whole gzip stream", serve: func(w *wire) {
			sendCoded(w, "gzip", append(gzipped(faultBody), "garbage"...))
		}},
		{Name: "gzip-twice", Sentence: "sends two gzip streams, one after the other (the body is both)", serve: func(w *wire) {
			sendCoded(w, "gzip", append(gzipped(faultBody), gzipped(faultBody)...))
		}},
		{Name: "gzip-empty", Sentence: "says gzip and sends no body at all (to be taken as empty)", serve: func(w *wire) { sendCoded(w, "gzip", nil) }},
		{Name: "gzip-bomb", Sentence: "sends zeros that unpack to a thousand times their size (to be stopped at a bound)", serve: gzipBomb},
		{Name: "coding-unknown", Sentence: "says Content-Encoding: rot13 (the body is shown as it came)", serve: reply(okHead + "Content-Encoding: rot13\r\n\r\n" + faultBody)},
	}
}

func gzipped(s string) []byte {
	var buf bytes.Buffer
	z := gzip.NewWriter(&buf)
	_, _ = io.WriteString(z, s) // a bytes.Buffer takes everything
	_ = z.Close()
	return buf.Bytes()
}

func sendCoded(w *wire, token string, body []byte) {
	reply(fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: %s\r\nContent-Length: %d\r\n\r\n%s", token, len(body), body))(w)
}

// gzipBomb unpacks to Size bytes; neither end needs to hold them.
func gzipBomb(w *wire) {
	if !w.head() || !w.send("HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n") {
		return
	}
	z := gzip.NewWriter(wireWriter{w})
	if _, err := io.CopyN(z, zeros{}, w.opts.Size); err == nil && z.Close() == nil {
		w.hang()
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

type wireWriter struct{ w *wire }

func (w wireWriter) Write(p []byte) (int, error) {
	if !w.w.send(string(p)) {
		return 0, io.ErrClosedPipe
	}
	return len(p), nil
}
