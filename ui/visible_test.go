package ui

import (
	"net/netip"
	"testing"
	"time"

	"parley/httpcore"
	"parley/httpcore/auth"
	"parley/httpcore/body"
	"parley/httpcore/cookies"
	"parley/httpcore/protocol"
	"parley/ui/job"
)

var then0 = time.Unix(1_780_000_000, 0)

// stored is a body that is all there.
func stored(t testing.TB, content string) *body.Store {
	t.Helper()
	store := body.NewStore(body.StoreOptions{})
	if _, err := store.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
	store.Finish(nil)
	t.Cleanup(func() { store.Close() })
	return store
}

func span(phase httpcore.Phase, from, to int) httpcore.Span {
	return httpcore.Span{Phase: phase, Start: time.Duration(from) * time.Millisecond, End: time.Duration(to) * time.Millisecond}
}

func head(status string, fields ...string) []byte {
	text := "HTTP/1.1 " + status + "\r\n"
	for _, f := range fields {
		text += f + "\r\n"
	}
	return []byte(text + "\r\n")
}

func prepared(t testing.TB, method, url string, decisions ...cookies.Decision) *httpcore.Prepared {
	t.Helper()
	parsed, err := httpcore.ParseURL(url)
	if err != nil {
		t.Fatal(err)
	}
	return &httpcore.Prepared{Method: method, URL: parsed, Cookies: decisions}
}

// eventful is an exchange in which much has happened: a redirect to another origin, a failed attempt, a Retry-After, TLS
// that is not verified, cookies of every outcome, and a wire log.
func eventful(t testing.TB) *httpcore.Exchange {
	t.Helper()
	sent := func(line, host string) httpcore.Sent {
		return httpcore.Sent{Head: []byte(line + " HTTP/1.1\r\nHost: " + host + "\r\nUser-Agent: parley/1.0\r\nAccept: */*\r\n\r\n")}
	}
	start := then0
	first := &httpcore.Attempt{
		Started: start, Sent: sent("GET /old/orders?page=1", "shop.example"),
		Response: &httpcore.Response{
			Proto: "HTTP/1.1", Status: 302, Reason: "Found", RawHead: head("302 Found", "Location: https://api.example/orders", "Set-Cookie: visit=7; Path=/"),
			Headers: httpcore.Fields{{Name: "Location", Value: "https://api.example/orders"}, {Name: "Set-Cookie", Value: "visit=7; Path=/"}, {Name: "Set-Cookie", Value: "wide=1; Domain=example"}},
			Body:    stored(t, ""),
			Cookies: []cookies.Verdict{{Outcome: cookies.Stored}, {Outcome: cookies.Refused, Why: "the domain example is a public suffix: every site below it would get the cookie"}},
		},
		Timeline: httpcore.Timeline{
			span(httpcore.PhaseDNS, 0, 20), span(httpcore.PhaseConnect, 20, 60), span(httpcore.PhaseSend, 60, 62), span(httpcore.PhaseWait, 62, 190), span(httpcore.PhaseReceive, 190, 210),
		},
		Conn: httpcore.Conn{Protocol: "HTTP/1.1"},
	}
	second := &httpcore.Attempt{
		Started: start.Add(220 * time.Millisecond), Sent: sent("GET /orders", "api.example"),
		Err:      &httpcore.Error{Kind: httpcore.KindReadTimeout, Message: "api.example sent nothing for 500 ms", Advice: "raise options.timeout.read, or ask for less at a time"},
		Timeline: httpcore.Timeline{span(httpcore.PhaseConnect, 0, 30), span(httpcore.PhaseTLS, 30, 90), span(httpcore.PhaseSend, 90, 92), span(httpcore.PhaseWait, 92, 592)},
	}
	third := &httpcore.Attempt{
		Started: start.Add(1312 * time.Millisecond), Sent: sent("GET /orders", "api.example"),
		Repeat: &httpcore.Repeat{Why: "api.example sent nothing for 500 ms", Rule: "backoff", Wait: 500 * time.Millisecond},
		Response: &httpcore.Response{
			Proto: "HTTP/1.1", Status: 429, Reason: "Too Many Requests", RawHead: head("429 Too Many Requests", "Retry-After: 1", "RateLimit: \"default\";r=0;t=1"),
			Headers: httpcore.Fields{{Name: "Retry-After", Value: "1"}}, Body: stored(t, ""),
		},
		Timeline: httpcore.Timeline{span(httpcore.PhaseSend, 0, 2), span(httpcore.PhaseWait, 2, 90), span(httpcore.PhaseReceive, 90, 92)},
	}
	fourth := &httpcore.Attempt{
		Started: start.Add(2404 * time.Millisecond), Sent: sent("GET /orders", "api.example"),
		Repeat: &httpcore.Repeat{Why: "429 Too Many Requests", Rule: "Retry-After", Wait: time.Second},
		Response: &httpcore.Response{
			Proto: "HTTP/1.1", Status: 200, Reason: "OK",
			RawHead: head("200 OK", "Content-Type: application/json", "X-RateLimit-Limit: 60", "X-RateLimit-Remaining: 42", "X-RateLimit-Reset: 1780000032"),
			Headers: httpcore.Fields{
				{Name: "Content-Type", Value: "application/json"}, {Name: "X-RateLimit-Limit", Value: "60"}, {Name: "X-RateLimit-Remaining", Value: "42"}, {Name: "X-RateLimit-Reset", Value: "1780000032"},
			},
			Body: stored(t, `{"orders":[]}`), WireSize: 13,
		},
		Timeline: httpcore.Timeline{span(httpcore.PhaseSend, 0, 3), span(httpcore.PhaseWait, 3, 120), span(httpcore.PhaseReceive, 120, 196)},
		Conn: httpcore.Conn{
			Local: netip.MustParseAddrPort("192.0.2.7:51234"), Remote: netip.MustParseAddrPort("198.51.100.3:3128"), Reused: true, Uses: 2, Idle: 998 * time.Millisecond,
			Protocol: "HTTP/1.1", ProtocolWhy: "the server chose it when offered h2 and http/1.1",
			Proxy: "http://proxy.example:3128", ProxyWhy: "https_proxy of the environment",
		},
		TLS: &httpcore.TLSInfo{
			Version: "TLS 1.3", CipherSuite: "TLS_AES_128_GCM_SHA256", ALPN: "http/1.1", ServerName: "api.example",
			Problem: "the certificate has expired",
			Chain: []httpcore.Certificate{
				{Subject: "CN=api.example", Issuer: "CN=Example CA", Names: []string{"api.example", "www.api.example"}, NotBefore: then0.AddDate(-1, 0, 0), NotAfter: then0.AddDate(0, 0, -3), Fingerprint: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
				{Subject: "CN=Example CA", Issuer: "CN=Example CA", NotBefore: then0.AddDate(-5, 0, 0), NotAfter: then0.AddDate(0, 0, 12), Fingerprint: "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"},
			},
		},
		Wire: &httpcore.WireLog{
			Entries: []httpcore.WireEntry{
				{At: 200 * time.Microsecond, Sent: true, Data: []byte("GET /orders HTTP/1.1\r\nHost: api.example\r\nCookie: sid={secret sid}\r\n\r\n")},
				{At: 120 * time.Millisecond, Data: append(head("200 OK", "Content-Encoding: gzip", "X-Odd: \x1b[31mred\x1b[0m"), 0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0, 0, 0xff, 0xaa, 0x56, 0xca, 0x2f, 0x4a, 0x49, 0x2d, 0x2a, 0x56)},
				{At: 196 * time.Millisecond, Frame: "DATA stream=1 END_STREAM", Data: []byte(`{"orders":[]}`), Omitted: 4096},
			},
			OmittedReceived: 20_000,
		},
	}
	return &httpcore.Exchange{
		Request: &httpcore.Request{}, Started: start, Ended: start.Add(2600 * time.Millisecond),
		Hops: []*httpcore.Hop{
			{Prepared: prepared(t, "GET", "http://shop.example/old/orders?page=1"), Attempts: []*httpcore.Attempt{first}},
			{
				Prepared: prepared(t, "GET", "https://api.example/orders",
					cookies.Decision{Cookie: cookies.Cookie{Name: "sid", Value: "3f9a"}, Sent: true, Why: "api.example set it, for / and below"},
					cookies.Decision{Cookie: cookies.Cookie{Name: "admin", Value: "yes"}, Why: "its path is /admin and the request goes to /orders"},
				),
				Dropped:  []httpcore.Dropped{{What: "Authorization", Why: "the redirect leads to another origin"}},
				Attempts: []*httpcore.Attempt{second, third, fourth},
			},
		},
	}
}

// asking401 is the answer of a server that wants to know who asks.
func asking401(t testing.TB) *httpcore.Exchange {
	response := &httpcore.Response{
		Proto: "HTTP/1.1", Status: 401, Reason: "Unauthorized", Body: stored(t, `{"error":"who are you?"}`),
		Headers: httpcore.Fields{{Name: "Content-Type", Value: "application/json"}, {Name: "WWW-Authenticate", Value: `Digest realm="a", nonce="n", Basic realm="a"`}},
	}
	attempt := &httpcore.Attempt{Started: then0, Response: response, Timeline: httpcore.Timeline{span(httpcore.PhaseWait, 0, 30), span(httpcore.PhaseReceive, 30, 42)}}
	return &httpcore.Exchange{
		Request: &httpcore.Request{}, Started: then0, Ended: then0.Add(42 * time.Millisecond),
		Hops: []*httpcore.Hop{{Prepared: prepared(t, "GET", "https://api.example/orders"), Attempts: []*httpcore.Attempt{attempt}}},
	}
}

// keptTokens are three tokens, of which one is over and one has no end.
func keptTokens(now time.Time) []auth.KeptToken {
	secret := httpcore.NewSecret("access token", "eyJhbGciOi")
	return []auth.KeptToken{
		{Token: auth.Token{Access: secret, TokenURL: "https://id.example/token", ClientID: "workbench", Grant: "client_credentials", Scope: "read write", Obtained: now.Add(-time.Minute), Expiry: now.Add(58 * time.Minute)}, Refreshable: true},
		{Token: auth.Token{Access: secret, TokenURL: "https://login.example/oauth/token", ClientID: "cli", Grant: "authorization_code", Scope: "openid", Obtained: now.Add(-time.Hour), Expiry: now.Add(-time.Second)}},
		{Token: auth.Token{Access: secret, TokenURL: "https://legacy.example/token", ClientID: "old", Grant: "password", Username: "ada"}},
	}
}

// waitingState is a job that waits for its third attempt.
func waitingState() job.State {
	request := &httpcore.Request{Method: "GET", URL: "https://api.example/orders", Options: httpcore.Options{Retry: httpcore.Retry{Total: 3}}}
	first := httpcore.Repeat{Why: "503 Service Unavailable", Rule: "backoff", Wait: time.Second}
	return job.State{
		Started: then0.Add(-4 * time.Second), Request: request, SendTotal: -1, ReceiveTotal: -1,
		Trail: []job.Step{
			{Started: then0.Add(-4 * time.Second), Timeline: httpcore.Timeline{span(httpcore.PhaseConnect, 0, 100), span(httpcore.PhaseWait, 100, 400)}},
			{Attempt: 1, Started: then0.Add(-2600 * time.Millisecond), Repeat: &first, Timeline: httpcore.Timeline{span(httpcore.PhaseWait, 0, 600)}},
		},
		Waiting: &httpcore.Waiting{
			Attempt: 2, Until: then0.Add(4 * time.Second), Repeat: httpcore.Repeat{Why: "503 Service Unavailable", Rule: "Retry-After", Wait: 6 * time.Second},
		},
	}
}

// moving is a job that has received so many bytes of 10 MB, in two seconds.
func moving(t testing.TB, received int64) job.State {
	store := body.NewStore(body.StoreOptions{})
	t.Cleanup(func() { store.Close() })
	response := &httpcore.Response{
		Proto: "HTTP/1.1", Status: 200, Reason: "OK", Body: store,
		Headers: httpcore.Fields{{Name: "Content-Type", Value: "application/octet-stream"}, {Name: "Content-Length", Value: "10000000"}},
	}
	return job.State{
		Started: then0.Add(-2500 * time.Millisecond), Phase: httpcore.PhaseReceive, SendTotal: -1, Response: response,
		Received: received, ReceiveTotal: 10_000_000, Receiving: then0.Add(-2 * time.Second),
	}
}

// eventsState is a stream of events whose connection was lost.
func eventsState(t testing.TB) job.State {
	log := protocol.NewEventLog(100, 1<<20)
	response := &httpcore.Response{
		Proto: "HTTP/1.1", Status: 200, Reason: "OK", Headers: httpcore.Fields{{Name: "Content-Type", Value: "text/event-stream"}}, Body: stored(t, ""),
	}
	lost := protocol.Lost{Wait: 3 * time.Second, Until: then0.Add(2400 * time.Millisecond), LastEventID: "7"}
	for i, m := range []protocol.Message{
		protocol.Opened{Connection: 1, Response: response},
		protocol.Comment{Text: "hello \x1b[31mred"},
		protocol.RetrySet{Wait: 3 * time.Second},
		protocol.Event{Type: "order", ID: "6", Data: `{"id":6,"state":"paid"}`},
		lost,
		protocol.Opened{Connection: 2, Response: response},
		protocol.Event{Type: "message", ID: "7", Data: "two\nlines"},
		lost,
	} {
		log.Add(then0.UTC().Add(time.Duration(i)*100*time.Millisecond), m)
	}
	return job.State{Started: then0.Add(-time.Second), SendTotal: -1, ReceiveTotal: -1, Response: response, Events: log, Lost: &lost}
}

func (b *bench) running(state job.State) {
	t := b.root.tab()
	t.url.Running(state, b.now())
	t.response.Running(state, b.now())
}

// shows puts an exchange into the tab, and the response on the whole screen.
func (b *bench) shows(x *httpcore.Exchange, side string) {
	b.root.show(b.root.tab(), x, "")
	b.Press("alt+4", "alt+z")
	b.root.tab().response.ShowSide(side)
}
