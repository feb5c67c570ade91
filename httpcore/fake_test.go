package httpcore

import (
	"bytes"
	"context"
	"io"
	"strings"
	"sync"
	"testing"
)

// fakeTransport answers from memory, and keeps what was sent to it.
type fakeTransport struct {
	answer func(*sentRequest) *fakeReply

	mu   sync.Mutex
	sent []*sentRequest
}

type sentRequest struct {
	*Prepared
	ctx  context.Context
	body string
}

type fakeReply struct {
	status  int
	headers Fields
	body    io.Reader
	err     error
}

func reply(status int, headers ...string) *fakeReply {
	r := &fakeReply{status: status, body: strings.NewReader("")}
	for i := 0; i < len(headers); i += 2 {
		r.headers.Add(headers[i], headers[i+1])
	}
	return r
}

func (r *fakeReply) with(body io.Reader) *fakeReply {
	r.body = body
	return r
}

func (f *fakeTransport) RoundTrip(ctx context.Context, p *Prepared, trace *Trace) (*Reply, error) {
	sent := &sentRequest{Prepared: p, ctx: ctx}
	trace.Begin(PhaseSend)
	trace.WroteHead(p.AppendHead(nil))
	if p.Body != nil {
		content, err := p.Body.Open()
		if err != nil {
			return nil, AsError(err, KindBody)
		}
		data, err := io.ReadAll(content)
		if err != nil {
			return nil, AsError(err, KindBody)
		}
		sent.body = string(data)
		trace.WroteBody(int64(len(data)), p.Body.Size())
	}
	f.mu.Lock()
	f.sent = append(f.sent, sent)
	f.mu.Unlock()
	trace.Begin(PhaseWait)
	answer := f.answer(sent)
	if answer.err != nil {
		return nil, NetworkError(PhaseWait, p.URL.HostPort(), answer.err)
	}
	trace.Begin(PhaseReceive)
	return &Reply{
		Proto: "HTTP/1.1", Status: answer.status, Headers: answer.headers, Length: -1,
		Body: io.NopCloser(answer.body), Trailers: func() Fields { return nil },
	}, nil
}

func (f *fakeTransport) Close() error { return nil }

// heads returns the request lines that were sent, with their hosts.
func (f *fakeTransport) heads() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var lines []string
	for _, sent := range f.sent {
		lines = append(lines, sent.Method+" "+sent.URL.String())
	}
	return lines
}

// newFake returns a session over a transport that answers with answer.
func newFake(t *testing.T, answer func(*sentRequest) *fakeReply) (*Session, *fakeTransport) {
	t.Helper()
	f := &fakeTransport{answer: answer}
	s := NewSession(SessionOptions{Transport: f, Schemes: []Scheme{tokenScheme{}}, UserAgent: "parley/test", BodyDir: t.TempDir()})
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s, f
}

// do prepares and sends r.
func do(t *testing.T, s *Session, r *Request, sink Sink) *Exchange {
	t.Helper()
	p, err := s.Prepare(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	x, _ := s.Do(t.Context(), p, sink)
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	return x
}

// contentOf returns the body of a response as far as it is there.
func contentOf(t *testing.T, r *Response) string {
	t.Helper()
	if r == nil {
		t.Fatal("there is no response")
	}
	var b bytes.Buffer
	if _, err := io.Copy(&b, io.NewSectionReader(r.Body, 0, r.Body.Size())); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// tokenScheme is an auth scheme that signs the finished head.
type tokenScheme struct{}

func (tokenScheme) Type() string          { return "token" }
func (tokenScheme) Title() string         { return "Token" }
func (tokenScheme) Fields() []SchemeField { return nil }
func (tokenScheme) Authorizer(values Fields) (Authorizer, error) {
	token, ok := values.Get("token")
	if !ok {
		return nil, &Error{Kind: KindAuth, Message: "token is missing"}
	}
	return tokenAuthorizer(token), nil
}

type tokenAuthorizer string

func (a tokenAuthorizer) Authorize(_ context.Context, p *Prepared) error {
	length, _ := p.Header("Content-Length")
	p.SetHeader(SourceAuth, "Authorization", "Token "+string(a)+" "+p.Method+" "+p.Target+" "+length)
	return nil
}
