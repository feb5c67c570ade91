package cassette

import (
	"bytes"
	"fmt"
	"io"
	"net/netip"
	"slices"
	"strings"
	"time"

	"parley/collections/har"
	"parley/httpcore"
	"parley/httpcore/body"
)

// play answers a request as it was answered then.
func play(recorded har.Entry, p *httpcore.Prepared, trace *httpcore.Trace) (*httpcore.Reply, error) {
	failure := failureOf(recorded)
	tell(recorded, p, trace)
	if recorded.Response.Status <= 0 {
		if failure == nil {
			failure = &httpcore.Error{Kind: httpcore.KindConnection, Message: "there was no response when this was recorded"}
		}
		return nil, failure
	}
	content, err := recorded.Response.Content.Bytes()
	if err != nil {
		return nil, &httpcore.Error{Kind: httpcore.KindStorage, Message: "the recording has a body that is broken: " + err.Error(), Err: err}
	}
	reply := &httpcore.Reply{
		Proto: protocol(recorded.Response.HTTPVersion), Status: int(recorded.Response.Status), Reason: recorded.Response.StatusText,
		Headers: fields(recorded.Response.Headers), Length: -1, Trailers: func() httpcore.Fields { return nil },
	}
	reply.RawHead = rawHead(reply)
	if content, err = coded(unmark(content), reply.Headers, p.Options.Decode.Off); err != nil {
		return nil, err
	}
	reply.Body = &playedBody{content: bytes.NewReader(content), failure: failure}
	return reply, nil
}

// tell tells what would be seen on the way.
func tell(recorded har.Entry, p *httpcore.Prepared, trace *httpcore.Trace) {
	conn := httpcore.Conn{Protocol: protocol(recorded.Response.HTTPVersion), ProtocolWhy: "played back from a recording"}
	if remote, err := netip.ParseAddr(strings.Trim(recorded.ServerIPAddress, "[]")); err == nil {
		conn.Remote = netip.AddrPortFrom(remote, p.URL.EffectivePort())
	}
	trace.Connected(conn)
	trace.WroteHead(p.AppendHead(nil))
	if size := int64(recorded.Request.BodySize); size > 0 {
		trace.WroteBody(size, size)
	}
	trace.Recorded(timeline(recorded.Timings, recorded.Response.Status > 0))
}

// timeline puts the recorded phases after one another.
func timeline(t har.Timings, answered bool) httpcore.Timeline {
	connect := t.Connect
	if t.SSL > 0 && connect >= t.SSL {
		connect -= t.SSL // which HAR counts in
	}
	var line httpcore.Timeline
	at := time.Duration(0)
	for _, part := range []struct {
		phase  httpcore.Phase
		length har.Number
	}{
		{httpcore.PhaseQueue, t.Blocked},
		{httpcore.PhaseDNS, t.DNS},
		{httpcore.PhaseConnect, connect},
		{httpcore.PhaseTLS, t.SSL},
		{httpcore.PhaseSend, t.Send},
		{httpcore.PhaseWait, t.Wait},
		{httpcore.PhaseReceive, t.Receive},
	} {
		if part.phase == httpcore.PhaseReceive && answered {
			part.length = max(part.length, 0) // it is by its beginning that the time to the head is known
		}
		if part.length < 0 {
			continue
		}
		end := at + time.Duration(float64(part.length)*float64(time.Millisecond))
		line = append(line, httpcore.Span{Phase: part.phase, Start: at, End: end})
		at = end
	}
	return line
}

// failureOf is why the attempt had no whole response. What follows from a whole one, such as a status error or too many
// redirects, the engine finds out again.
func failureOf(recorded har.Entry) *httpcore.Error {
	if recorded.Error == nil {
		return nil
	}
	e := &httpcore.Error{Kind: httpcore.Kind(recorded.Error.Kind), Message: recorded.Error.Message, Advice: recorded.Error.Hint}
	network := slices.ContainsFunc([]httpcore.Kind{
		httpcore.KindConnection, httpcore.KindTimeout, httpcore.KindProtocol, httpcore.KindDecoding, httpcore.KindStorage,
	}, func(kind httpcore.Kind) bool { return e.Kind.Is(kind) })
	switch {
	case network:
		return e
	case e.Kind == "": // a browser's own words
		e.Kind = httpcore.KindConnection
		return e
	case e.Kind.Is(httpcore.KindCanceled):
		return &httpcore.Error{Kind: httpcore.KindUnrecorded, Message: "this was interrupted when it was recorded", Advice: "record it again"}
	default:
		return nil
	}
}

// protocol is a protocol's name as Parley writes it.
func protocol(name string) string {
	switch strings.ToLower(name) {
	case "h2", "http/2", "http/2.0":
		return "HTTP/2"
	case "h3", "http/3", "http/3.0":
		return "HTTP/3"
	case "http/1.0":
		return "HTTP/1.0"
	default:
		return "HTTP/1.1"
	}
}

// fields drops what is not a field: HTTP/2 has its status among them.
func fields(list []har.Field) httpcore.Fields {
	var out httpcore.Fields
	for _, f := range list {
		if !strings.HasPrefix(f.Name, ":") {
			out.Add(f.Name, string(unmark([]byte(f.Value))))
		}
	}
	return out
}

func rawHead(r *httpcore.Reply) []byte {
	var head bytes.Buffer
	fmt.Fprintf(&head, "%s %d %s\r\n", r.Proto, r.Status, r.Reason)
	for _, f := range r.Headers {
		fmt.Fprintf(&head, "%s: %s\r\n", f.Name, f.Value)
	}
	head.WriteString("\r\n")
	return head.Bytes()
}

// coded puts the content codings on again that an archive has taken off, so that the head says the truth. One that is not
// known was left on.
func coded(content []byte, headers httpcore.Fields, left bool) ([]byte, error) {
	if left || len(content) == 0 {
		return content, nil
	}
	var codings []string
	for _, coding := range headers.List("Content-Encoding") {
		switch name := strings.TrimPrefix(strings.ToLower(coding), "x-"); {
		case name == "identity":
		case slices.Contains(body.Codings(), name):
			codings = append(codings, name)
		default:
			codings = nil // as the engine does: it stays on, and with it all that lies beneath
		}
	}
	payload := body.Bytes(content, "")
	for _, coding := range codings {
		var err error
		if payload, err = body.Compress(payload, coding); err != nil {
			return nil, httpcore.AsError(err, httpcore.KindStorage)
		}
	}
	opened, err := payload.Open()
	if err != nil {
		return nil, httpcore.AsError(err, httpcore.KindStorage)
	}
	defer opened.Close() // it is only read
	out, err := io.ReadAll(opened)
	return out, err
}

// playedBody ends as the recorded one did.
type playedBody struct {
	content *bytes.Reader
	failure *httpcore.Error
}

// Read implements io.Reader.
func (b *playedBody) Read(p []byte) (int, error) {
	n, err := b.content.Read(p)
	if err == io.EOF && b.failure != nil {
		return n, b.failure
	}
	return n, err
}

// Close implements io.Closer.
func (b *playedBody) Close() error { return nil }
