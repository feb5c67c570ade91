package report

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"parley/collections/runner/batch"
	"parley/httpcore"
	"parley/httpcore/body"
	"parley/httpcore/content"
	"parley/ui/safe"
)

// detail is one attempt: the heads, and the beginnings of the bodies.
type detail struct {
	// Title says what was sent where and what came, Why why it was sent again.
	Title, Why, Error      string
	Sent, SentBody         string
	Received, ReceivedBody string
	Phases                 []phase
	// Connection tells of the connection and its TLS.
	Connection string
}

const (
	// maxAttempts bounds the attempts of a step that are shown.
	maxAttempts = 10
	// maxBody bounds what is shown of a body, in bytes.
	maxBody = 4 << 10
	// maxSecret is how long a secret may be that begins in it.
	maxSecret = 16 << 10
)

// detailsOf tells of the attempts of a result; of many, the first ones and the last one.
func detailsOf(r *batch.Result) []detail {
	if r.Exchange == nil {
		return nil
	}
	w := words{httpcore.NewMasker(secretsOf(r), httpcore.Mark)}
	var list []detail
	skipped := 0
	for hop, attempt := range r.Exchange.Attempts() {
		if len(list) >= maxAttempts && attempt != r.Exchange.Last() {
			skipped++
			continue
		}
		list = append(list, detailOf(hop, attempt, w))
	}
	if skipped > 0 {
		last := &list[len(list)-1]
		last.Why = fmt.Sprintf("%s are not shown before this one. %s", plural(skipped, "attempt"), last.Why)
	}
	return list
}

func detailOf(hop *httpcore.Hop, attempt *httpcore.Attempt, w words) detail {
	p := hop.Request(attempt)
	d := detail{
		Title: w.line(p.Method + " " + p.URL.Redacted()), Sent: w.text(unixLines(attempt.Sent.Head)),
		SentBody: sentBody(p, w), Connection: connection(attempt),
	}
	if len(attempt.Sent.Head) == 0 {
		d.Sent = w.text(unixLines(p.AppendHead(nil)))
	}
	for _, span := range attempt.Timeline {
		d.Phases = append(d.Phases, phase{string(span.Phase), span.Start, max(span.Start, span.End)})
	}
	if attempt.Repeat != nil {
		d.Why = w.line(attempt.Repeat.Why)
	}
	if attempt.Err != nil {
		d.Error = w.text(attempt.Err.Error())
	}
	if r := attempt.Response; r != nil {
		d.Received, d.ReceivedBody = w.text(unixLines(r.RawHead)), receivedBody(r, w)
	}
	return d
}

func unixLines(head []byte) string {
	return strings.TrimRight(strings.ReplaceAll(string(head), "\r\n", "\n"), "\n")
}

func connection(attempt *httpcore.Attempt) string {
	conn := attempt.Conn
	if !conn.Remote.IsValid() {
		return ""
	}
	parts := []string{conn.Remote.String(), conn.Protocol}
	if conn.Reused {
		parts = append(parts, "reused")
	}
	if attempt.TLS != nil {
		parts = append(parts, attempt.TLS.Version, attempt.TLS.CipherSuite)
		if attempt.TLS.Problem != "" {
			parts = append(parts, "not trusted: "+attempt.TLS.Problem)
		}
	}
	return safe.Line(strings.Join(parts, ", "))
}

func sentBody(p *httpcore.Prepared, w words) string {
	if p.Body == nil {
		return ""
	}
	opened, err := w.masker.Open(p.Body)
	if err != nil {
		return "(" + w.line(err.Error()) + ")"
	}
	defer opened.Close() // it was only read
	contentType, _ := p.Header("Content-Type")
	return beginning(opened, contentType, p.Body.Size(), words{})
}

func receivedBody(r *httpcore.Response, w words) string {
	contentType, _ := r.Headers.Get("Content-Type")
	return beginning(io.NewSectionReader(r.Body, 0, r.Body.Size()), contentType, r.Body.Size(), w)
}

// beginning shows the first bytes of a body of so many (-1: unknown), as text.
func beginning(from io.Reader, contentType string, size int64, w words) string {
	head := make([]byte, maxBody+maxSecret) // what lies beyond what is shown completes a secret at its end
	n, err := io.ReadFull(from, head)
	head = head[:n]
	if n == 0 {
		return ""
	}
	kind := content.Sniff(contentType, head)
	if kind == content.Binary || kind == content.Image {
		return fmt.Sprintf("(%s of %s)", bytesText(size), kind)
	}
	whole := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
	text := string(head)
	if utf8, err := body.NewUTF8Reader(strings.NewReader(text), body.DetectCharset(contentType, head).Name); err == nil {
		if read, err := io.ReadAll(utf8); err == nil {
			text = string(read)
		}
	}
	if text = w.begin(text, whole); whole && len(text) <= maxBody {
		return safe.Text(text)
	}
	shown := safe.Text(strings.ToValidUTF8(text[:min(len(text), maxBody)], ""))
	if size < 0 {
		return shown + "\n… and more"
	}
	return shown + fmt.Sprintf("\n… of %s", bytesText(size))
}

// begin masks the beginning of a text, without what may be the first part of a secret at its end.
func (w words) begin(text string, whole bool) string {
	if whole || w.masker == nil {
		return w.masker.String(text)
	}
	var out strings.Builder
	masked := w.masker.Writer(&out)
	_, _ = masked.Write([]byte(text)) // a strings.Builder takes all; not closed, so that what is held back stays there
	return out.String()
}

// bytesText writes a number of bytes in steps of 1,000.
func bytesText(n int64) string {
	switch {
	case n < 0:
		return "an unknown number of bytes"
	case n < 1000:
		return fmt.Sprintf("%d B", n)
	case n < 1_000_000:
		return fmt.Sprintf("%.3g kB", float64(n)/1e3)
	case n < 1_000_000_000:
		return fmt.Sprintf("%.3g MB", float64(n)/1e6)
	default:
		return fmt.Sprintf("%.3g GB", float64(n)/1e9)
	}
}
