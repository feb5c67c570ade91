package httpcore_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"parley/httpcore"
	"parley/httpcore/auth"
	"parley/httpcore/body"
	"parley/httpcore/protocol"
	"parley/httpcore/transport"
)

// followCookies has a server set a cookie, and asks in the same session what comes back.
func followCookies(t *testing.T, s *httpcore.Session, way road) echo {
	t.Helper()
	send(t, s, way.request("GET", "/cookies/set?a=1"), nil)
	return readEcho(t, send(t, s, way.request("GET", "/anything"), nil))
}

// retrying is a session that waits for nobody, and notes for how long it would have.
func retrying(t *testing.T, waits *[]time.Duration) *httpcore.Session {
	t.Helper()
	s := httpcore.NewSession(httpcore.SessionOptions{
		Transport: transport.New(transport.Options{}),
		After: func(d time.Duration) <-chan time.Time {
			*waits = append(*waits, d)
			now := make(chan time.Time, 1)
			now <- time.Now()
			return now
		},
	})
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// tries sends a request with a retry policy, and returns the exchange and the waits.
func tries(t *testing.T, r *httpcore.Request, policy httpcore.Retry) (*httpcore.Exchange, []time.Duration) {
	t.Helper()
	var waits []time.Duration
	r.Options.Retry = policy
	return send(t, retrying(t, &waits), r, nil), waits
}

func number(n int) *int { return &n }

// waitingRows are section 5: timeouts, elapsed and retries.
func waitingRows() []row {
	flaky := 0
	// failing is a path that answers 503 so many times first.
	failing := func(times int) string {
		flaky++
		return fmt.Sprintf("/flaky?fail=%d&key=semantics-%d", times, flaky)
	}
	return []row{
		{5, "timeout None", differs, "10 s to connect and 30 s between two reads, unless said otherwise", nil, func(t *testing.T) {
			equal(t, "the default", httpcore.DefaultOptions().Timeout, httpcore.Timeouts{Connect: 10 * time.Second, Read: 30 * time.Second})
		}},
		{5, "float / tuple", same, "", func(t *testing.T, way road) {
			r := way.request("GET", "/drip?duration=1500ms&numbytes=31&delay=0s")
			r.Options.Timeout.Read = 1400 * time.Millisecond // longer by far than each gap, shorter than the whole
			if x := ask(t, r); x.Err != nil {
				t.Errorf("a body that takes longer than the read timeout, with no such gap in it: %v", x.Err)
			}
			r = way.request("GET", "/delay/10")
			r.Options.Timeout.Read = 50 * time.Millisecond
			if x := ask(t, r); !fails(x, httpcore.KindReadTimeout) {
				t.Errorf("silence ends in %v", x.Err)
			}
		}, nil},
		{5, "bad values", elsewhere, "a timeout is a duration or false: collections/resolve", nil, nil},
		{5, "connect", differs, "one bound for name, TCP and TLS together, however many addresses there are", nil, func(t *testing.T) {
			r := request("GET", "http://127.0.0.1:1/")
			r.Options.Timeout.Connect = time.Second
			if x := ask(t, r); !fails(x, httpcore.KindConnect) {
				t.Errorf("a refused connection is %v", x.Err)
			}
		}},
		{5, "read timeout in body", differs, "a read timeout everywhere", func(t *testing.T, way road) {
			r := way.request("GET", "/drip?duration=20s&numbytes=2&delay=0s")
			r.Options.Timeout.Read = 700 * time.Millisecond
			x := ask(t, r)
			if !fails(x, httpcore.KindReadTimeout) || x.Response() == nil {
				t.Errorf("a body that stops: %v, with the response %v", x.Err, x.Response())
			}
		}, nil},
		{5, "elapsed", differs, "from send to headers of the last attempt; timing.total has the waits and the body", func(t *testing.T, way road) {
			x := ask(t, way.request("GET", "/drip?duration=300ms&numbytes=2&delay=0s"))
			if x.Elapsed() <= 0 || x.Total()-x.Elapsed() < 100*time.Millisecond {
				t.Errorf("elapsed %v of %v", x.Elapsed(), x.Total())
			}
		}, nil},
		{5, "Retry counters", same, "", func(t *testing.T, way road) {
			for _, c := range []struct {
				policy httpcore.Retry
				want   int
			}{
				{httpcore.Retry{Total: 2}, 3},
				{httpcore.Retry{Total: 5, Status: number(1)}, 2},
				{httpcore.Retry{Total: 1, Status: number(5)}, 2},
				{httpcore.Retry{Total: 5, Status: number(0)}, 1},
				{httpcore.Retry{Total: 5, Read: number(0), Connect: number(0), Other: number(0)}, 6},
			} {
				c.policy.OnStatus = []int{503}
				x, _ := tries(t, way.request("GET", failing(50)), c.policy)
				equal(t, fmt.Sprintf("attempts with %+v", c.policy), len(x.Hops[0].Attempts), c.want)
			}
		}, nil},
		{5, "allowed_methods", same, "", func(t *testing.T, way road) {
			for method, want := range map[string]int{"GET": 2, "HEAD": 2, "PUT": 2, "DELETE": 2, "OPTIONS": 2, "POST": 1, "PATCH": 1} {
				x, _ := tries(t, way.request(method, failing(50)), httpcore.Retry{Total: 1, OnStatus: []int{503}})
				equal(t, "attempts of "+method, len(x.Hops[0].Attempts), want)
			}
			x, _ := tries(t, way.request("POST", failing(50)), httpcore.Retry{Total: 1, OnStatus: []int{503}, Methods: []string{}})
			equal(t, "attempts of POST when any method may", len(x.Hops[0].Attempts), 2)
		}, nil},
		{5, "status_forcelist", same, "", func(t *testing.T, way road) {
			x, _ := tries(t, way.request("GET", failing(50)), httpcore.Retry{Total: 1})
			equal(t, "attempts at a plain 503", len(x.Hops[0].Attempts), 1)
			x, _ = tries(t, way.request("GET", "/response-headers?Retry-After=1"), httpcore.Retry{Total: 1})
			equal(t, "attempts at a 200 with Retry-After", len(x.Hops[0].Attempts), 1)
			x, _ = tries(t, way.request("GET", "/rate-limited?limit=0&id=semantics"), httpcore.Retry{Total: 1})
			equal(t, "attempts at a 429 with Retry-After", len(x.Hops[0].Attempts), 2)
		}, nil},
		{5, "backoff", differs, "factor·2^(n−1) for n = 1, 2, 3: 1, 2, 4, as its guides say", func(t *testing.T, way road) {
			_, waits := tries(t, way.request("GET", failing(50)), httpcore.Retry{Total: 4, OnStatus: []int{503}, Backoff: time.Second, BackoffMax: 5 * time.Second})
			equal(t, "the waits", fmt.Sprint(waits), "[1s 2s 4s 5s]")
		}, nil},
		{5, "Retry-After", differs, "at most 60 s unless said otherwise; what is neither seconds nor a date is an error, as there", func(t *testing.T, way road) {
			x, waits := tries(t, way.request("GET", "/rate-limited?limit=0&id=semantics-after"), httpcore.Retry{Total: 1, Backoff: time.Hour})
			if len(waits) != 1 || waits[0] <= 0 || waits[0] > time.Minute || x.Last().Repeat.Rule != "Retry-After" {
				t.Errorf("waited %v as %+v says", waits, x.Last().Repeat)
			}
		}, nil},
		{5, "raise_on_status / redirect", same, "the response is kept with the error", func(t *testing.T, way road) {
			x, _ := tries(t, way.request("GET", failing(50)), httpcore.Retry{Total: 1, OnStatus: []int{503}})
			if !fails(x, httpcore.KindRetry) || x.Response() == nil || x.Response().Status != 503 {
				t.Errorf("exhausted: %v with %v", x.Err, x.Response())
			}
		}, nil},
		{5, "on redirect", about, "redirects are followed by the session, as in requests", nil, nil},
		{5, "requests' default", same, "", func(t *testing.T, way road) {
			x, _ := tries(t, way.request("GET", failing(50)), httpcore.DefaultOptions().Retry)
			equal(t, "attempts by default", len(x.Hops[0].Attempts), 1)
		}, nil},
		{5, "max_retries=3", same, "", nil, func(t *testing.T) {
			for method, want := range map[string]int{"GET": 4, "POST": 1} {
				x, _ := tries(t, request(method, closing(t)), httpcore.Retry{Total: 3})
				equal(t, "attempts of "+method+" at a server that hangs up", len(x.Hops[0].Attempts), want)
			}
		}},
		{5, "exhausted", same, "", nil, func(t *testing.T) {
			x, _ := tries(t, request("GET", "http://127.0.0.1:1/"), httpcore.Retry{Total: 2})
			if !fails(x, httpcore.KindConnect) || len(x.Hops[0].Attempts) != 3 {
				t.Errorf("%d attempts end in %v", len(x.Hops[0].Attempts), x.Err)
			}
			way := roads(t)[0]
			x, _ = tries(t, way.request("GET", failing(50)), httpcore.Retry{Total: 1, OnStatus: []int{503}})
			if !strings.Contains(x.Err.Message, "too many 503 error responses") {
				t.Errorf("the sentence is %q", x.Err.Message)
			}
		}},
	}
}

// closing is a server that hangs up on every request.
func closing(t *testing.T) string {
	t.Helper()
	server := roads(t)[0]
	return server.origin + "/faults/close-before-head"
}

// responseRows are section 6.
func responseRows() []row {
	return []row{
		{6, "ok / bool", same, "options.fail and the exit code count from 400", func(t *testing.T, way road) {
			for status, failed := range map[int]bool{200: false, 304: false, 399: false, 400: true, 503: true} {
				r := way.request("GET", fmt.Sprintf("/status/%d", status))
				r.Options.Fail = true
				equal(t, fmt.Sprint("failure of ", status), fails(ask(t, r), httpcore.KindStatus), failed)
			}
		}, nil},
		{6, "raise_for_status", same, "", func(t *testing.T, way road) {
			for status, want := range map[string]string{"404": "404 Client Error: Not Found for url: ", "503": "503 Server Error: Service Unavailable for url: "} {
				r := way.request("GET", "/status/"+status)
				r.Options.Fail = true
				x := ask(t, r)
				equal(t, "the message", x.Err.Message, want+way.origin+"/status/"+status)
				equal(t, "the status of the response that is kept", fmt.Sprint(x.Response().Status), status)
			}
		}, nil},
		{6, "iter_content", same, "a body is read as it arrives, and as often as one likes", func(t *testing.T, way road) {
			x := ask(t, way.request("GET", "/gzip"))
			first, second := text(t, x), text(t, x)
			if !strings.Contains(first, `"gzipped": true`) || first != second {
				t.Errorf("the content is %q, then %q", first, second)
			}
		}, nil},
		{6, "content", about, "the content is in memory up to a bound and in a file beyond: body.Store", nil, nil},
		{6, "iter_lines", differs, "a CRLF in two pieces is one end of line", nil, func(t *testing.T) {
			lines := protocol.NewLineReader(pieces("a\r", "\nb", "\r\n", "c"), 1<<20)
			var got []string
			for {
				line, err := lines.Next()
				if err != nil {
					break
				}
				got = append(got, string(line.Text))
			}
			equal(t, "the lines", strings.Join(got, "|"), "a|b|c")
		}},
		{6, "decode_unicode", same, "", nil, func(t *testing.T) {
			r, err := body.NewUTF8Reader(pieces("\xe9", "t\xe9"), "iso-8859-1")
			if err != nil {
				t.Fatal(err)
			}
			equal(t, "the text", readAll(t, r), "été")
		}},
		{6, "error mapping while reading", same, "", nil, func(t *testing.T) {
			way := roads(t)[0]
			for fault, want := range map[string]httpcore.Kind{
				"truncate-chunk": httpcore.KindTruncated, "gzip-corrupt": httpcore.KindDecoding, "stall-mid-body": httpcore.KindReadTimeout,
			} {
				r := way.request("GET", "/faults/"+fault)
				r.Options.Timeout.Read = 50 * time.Millisecond
				if x := ask(t, r); !fails(x, want) || x.Response() == nil {
					t.Errorf("%s ends in %v, with the response %v", fault, x.Err, x.Response() != nil)
				}
			}
		}},
		{6, "encoding", differs, "header, BOM, meta, UTF-8 if valid, else a guess", nil, func(t *testing.T) {
			for _, c := range []struct{ contentType, head, want string }{
				{"text/html; charset=iso-8859-2", "\xb1", "iso-8859-2"},
				{"text/plain", "caf\u00e9", "utf-8"},
				{"text/html", "<meta charset=shift_jis>", "shift_jis"},
				{"application/json", `{"a":"é"}`, "utf-8"},
			} {
				equal(t, c.contentType+" "+c.head, body.DetectCharset(c.contentType, []byte(c.head)).Name, c.want)
			}
		}},
		{6, "text", same, "malformed text is shown with marks, never an error", nil, func(t *testing.T) {
			r, err := body.NewUTF8Reader(strings.NewReader("a\xffb"), "utf-8")
			if err != nil {
				t.Fatal(err)
			}
			equal(t, "the text", readAll(t, r), "a\uFFFDb")
		}},
		{6, "json()", same, "", nil, func(t *testing.T) {
			utf16 := "{\x00\"\x00a\x00\"\x00:\x001\x00}\x00"
			equal(t, "the charset of JSON in UTF-16", body.DetectCharset("application/json", []byte(utf16)).Name, "utf-16le")
		}},
		{6, "links", about, "Link fields are shown as any field; nothing follows them", nil, nil},
		{6, "hooks", same, "", func(t *testing.T, way road) {
			var seen []int
			r := way.request("GET", "/redirect/2")
			r.Hooks.After = []func(context.Context, *httpcore.Hop, *httpcore.Response) error{
				func(_ context.Context, _ *httpcore.Hop, r *httpcore.Response) error {
					seen = append(seen, r.Status)
					return nil
				},
			}
			ask(t, r)
			equal(t, "the statuses that the hook saw", fmt.Sprint(seen), "[302 302 200]")
		}, nil},
	}
}

// networkRows are section 7: auth, proxies and TLS.
func networkRows() []row {
	withAuth := func(kind string, pairs ...string) func(*testing.T, *httpcore.Request) echo {
		return func(t *testing.T, r *httpcore.Request) echo {
			s := httpcore.NewSession(httpcore.SessionOptions{Transport: transport.New(transport.Options{}), Schemes: auth.Schemes(auth.Environment{})})
			t.Cleanup(func() { _ = s.Close() })
			r.Auth = httpcore.Auth{Type: kind, Values: fields(pairs...)}
			return readEcho(t, send(t, s, r, nil))
		}
	}
	proxies := func(url string, by map[string]string, except ...string) string {
		u, err := httpcore.ParseURL(url)
		if err != nil {
			return err.Error()
		}
		proxy, _, err := httpcore.Proxies{By: by, Except: except}.For(u)
		if err != nil || proxy == nil {
			return fmt.Sprint(err)
		}
		return proxy.String()
	}
	return []row{
		{7, "tuple auth", differs, "UTF-8 (RFC 7617), not latin-1", func(t *testing.T, way road) {
			e := withAuth("basic", "username", "ada", "password", "p:w")(t, way.request("GET", "/anything"))
			equal(t, "Authorization", e.Headers.Get("Authorization"), "Basic YWRhOnA6dw==")
		}, nil},
		{7, "session.auth over header", differs, "credentials that are asked for take the header's place, whoever wrote it: the form says so", func(t *testing.T, way road) {
			r := way.request("GET", "/anything")
			r.Headers = fields("Authorization", "Bearer mine")
			e := withAuth("basic", "username", "a", "password", "b")(t, r)
			equal(t, "Authorization", strings.Join(e.Headers["Authorization"], ","), "Basic YTpi")
		}, nil},
		{7, "Digest", differs, "all algorithms of RFC 7616, auth-int, and state that many requests share", func(t *testing.T, way road) {
			s := httpcore.NewSession(httpcore.SessionOptions{Transport: transport.New(transport.Options{}), Schemes: auth.Schemes(auth.Environment{})})
			t.Cleanup(func() { _ = s.Close() })
			for _, algorithm := range []string{"MD5", "SHA-256"} {
				r := way.request("GET", "/digest-auth/auth/ada/secret/"+algorithm)
				r.Auth = httpcore.Auth{Type: "digest", Values: fields("username", "ada", "password", "secret")}
				x := send(t, s, r, nil)
				if x.Err != nil || x.Response().Status != http.StatusOK || len(x.Hops[0].Attempts) > 2 {
					t.Errorf("%s: %d attempts, %v", algorithm, len(x.Hops[0].Attempts), x.Err)
				}
			}
		}, nil},
		{7, "proxies", same, "", nil, func(t *testing.T) {
			by := map[string]string{"http://one.test": "http://a", "http": "http://b", "all://two.test": "http://c", "all": "http://d"}
			for url, want := range map[string]string{
				"http://one.test/": "http://a/", "http://x.test/": "http://b/", "https://two.test/": "http://c/", "https://x.test/": "http://d/",
			} {
				equal(t, "the proxy of "+url, proxies(url, by), want)
			}
		}},
		{7, "env", same, "", nil, func(t *testing.T) {
			environ := map[string]string{"http_proxy": "http://low", "HTTP_PROXY": "http://high", "ALL_PROXY": "socks5://all", "no_proxy": "x.test"}
			p := httpcore.ProxiesFromEnv(func(name string) (string, bool) { v, ok := environ[name]; return v, ok })
			equal(t, "http", p.By["http"], "http://low")
			equal(t, "all", p.By["all"], "socks5://all")
			equal(t, "no_proxy", strings.Join(p.Except, ","), "x.test")
		}},
		{7, "NO_PROXY", same, "", nil, func(t *testing.T) {
			by := map[string]string{"all": "http://p"}
			for except, hosts := range map[string]map[string]bool{
				"x.test":      {"http://x.test/": true, "http://a.x.test/": true, "http://ax.test/": false},
				" .x.test ":   {"http://a.x.test/": true},
				"x.test:81":   {"http://x.test:81/": true, "http://x.test/": false},
				"10.0.0.0/8":  {"http://10.1.2.3/": true, "http://11.1.2.3/": false},
				"*":           {"http://any.test/": true},
				"192.168.0.1": {"http://192.168.0.1/": true},
			} {
				for url, direct := range hosts {
					equal(t, url+" without a proxy, as "+except+" says", proxies(url, by, strings.Split(except, ",")...) == "<nil>", direct)
				}
			}
		}},
		{7, "proxy auth", elsewhere, "httpcore/transport", nil, nil},
		{7, "request line", elsewhere, "httpcore/transport", nil, nil},
		{7, "verify", differs, "the system's roots, not certifi's", nil, func(t *testing.T) {
			way := roads(t)[1]
			r := request("GET", way.origin+"/get")
			if x := ask(t, r); !fails(x, httpcore.KindTLS) {
				t.Errorf("an unknown authority: %v", x.Err)
			}
			r.Options.TLS.Insecure = true
			if x := ask(t, r); x.Err != nil || x.Last().TLS.Verified {
				t.Errorf("verify = false: %v", x.Err)
			}
			r.Options.TLS = httpcore.TLSOptions{CA: "/nowhere/ca.pem"}
			if x := ask(t, r); x.Err == nil || !strings.Contains(x.Err.Message, "/nowhere/ca.pem") {
				t.Errorf("a CA file that is not there: %v", x.Err)
			}
			if x := ask(t, way.request("GET", "/get")); x.Err != nil {
				t.Errorf("a CA file: %v", x.Err)
			}
		}},
		{7, "cert", same, "a password opens an encrypted key", nil, func(t *testing.T) {
			r := roads(t)[1].request("GET", "/get")
			r.Options.TLS.Cert = "/nowhere/cert.pem"
			if x := ask(t, r); x.Err == nil || !strings.Contains(x.Err.Message, "/nowhere/cert.pem") {
				t.Errorf("a certificate that is not there: %v", x.Err)
			}
		}},
	}
}

// TestSemanticsOfErrors is section 8: the tree, each of requests' classes by its kind here.
func TestSemanticsOfErrors(t *testing.T) {
	for class, kinds := range map[string][2]httpcore.Kind{
		"ProxyError is a ConnectionError":     {httpcore.KindProxy, httpcore.KindConnection},
		"SSLError is a ConnectionError":       {httpcore.KindTLS, httpcore.KindConnection},
		"ConnectTimeout is a ConnectionError": {httpcore.KindConnectTimeout, httpcore.KindConnection},
		"ConnectTimeout is a Timeout":         {httpcore.KindConnectTimeout, httpcore.KindTimeout},
		"ReadTimeout is a Timeout":            {httpcore.KindReadTimeout, httpcore.KindTimeout},
		"InvalidURL is its own":               {httpcore.KindURL, httpcore.KindRequest},
		"InvalidHeader is its own":            {httpcore.KindHeader, httpcore.KindRequest},
		"TooManyRedirects":                    {httpcore.KindTooManyRedirects, httpcore.KindRedirect},
		"ChunkedEncodingError":                {httpcore.KindChunked, httpcore.KindProtocol},
		"ContentDecodingError":                {httpcore.KindDecoding, httpcore.KindDecoding},
		"RetryError":                          {httpcore.KindRetry, httpcore.KindRetry},
		"HTTPError":                           {httpcore.KindStatus, httpcore.KindStatus},
		"UnrewindableBodyError":               {httpcore.KindUnrewindable, httpcore.KindBody},
	} {
		if !kinds[0].Is(kinds[1]) {
			t.Errorf("%s: %s is no %s", class, kinds[0], kinds[1])
		}
	}
}

// pieces reads one text after another, each in a Read of its own.
func pieces(texts ...string) io.Reader {
	readers := make([]io.Reader, len(texts))
	for i, text := range texts {
		readers[i] = strings.NewReader(text)
	}
	return io.MultiReader(readers...)
}

func readAll(t *testing.T, r io.Reader) string {
	t.Helper()
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
