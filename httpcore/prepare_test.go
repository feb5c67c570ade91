package httpcore

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/httpcore/body"
)

const automatic = "User-Agent: parley/test\r\nAccept: */*\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n"

func get(url string) *Request { return &Request{URL: url, Options: DefaultOptions()} }

// requests: models.py, PreparedRequest; it differs in that escapes in a URL stay as typed.
func TestPrepareHead(t *testing.T) {
	cases := []struct {
		name string
		r    *Request
		want string
	}{
		{"a plain GET", get("http://h/a?b=c#d"), "GET /a?b=c HTTP/1.1\r\nHost: h\r\n" + automatic},
		{
			"method upper-cased, and a length of 0 for methods other than GET and HEAD",
			&Request{Method: "post", URL: "http://h:8080"},
			"POST / HTTP/1.1\r\nHost: h:8080\r\n" + automatic + "Content-Length: 0\r\n",
		},
		{"no length for HEAD", &Request{Method: "HEAD", URL: "http://h"}, "HEAD / HTTP/1.1\r\nHost: h\r\n" + automatic},
		{
			"params repeat, are appended to the query, and keep their order",
			&Request{URL: "http://h/?z=1#f", Params: Fields{{"a", "1"}, {"a", "2 ü"}, {"b", "&="}}},
			"GET /?z=1&a=1&a=2+%C3%BC&b=%26%3D HTTP/1.1\r\nHost: h\r\n" + automatic,
		},
		{
			"path values stay one segment",
			&Request{URL: "http://h:80/:team/x/{user}.json?q=:team", Path: Fields{{"team", "a/b?c"}, {"user", "ü 1"}}},
			"GET /a%2Fb%3Fc/x/%C3%BC%201.json?q=:team HTTP/1.1\r\nHost: h\r\n" + automatic,
		},
		{
			"the user's headers in their order and case, replacing Parley's",
			&Request{URL: "http://h", Headers: Fields{{"x-LOWER", "1"}, {"accept", "text/html"}, {"x-LOWER", "2"}, {"X-Empty", ""}, {"host", "other"}}},
			"GET / HTTP/1.1\r\nUser-Agent: parley/test\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n" +
				"x-LOWER: 1\r\naccept: text/html\r\nx-LOWER: 2\r\nX-Empty: \r\nhost: other\r\n",
		},
		{
			"automatic headers switched off",
			&Request{Method: "POST", URL: "http://h", Without: []string{"user-agent", "Accept", "ACCEPT-ENCODING", "Host", "Content-Length"}},
			"POST / HTTP/1.1\r\n",
		},
		{
			"a body brings its type and length",
			&Request{Method: "PUT", URL: "http://h", Body: body.JSON(`{"a":1}`)},
			"PUT / HTTP/1.1\r\nHost: h\r\n" + automatic + "Content-Type: application/json\r\nContent-Length: 7\r\n",
		},
		{
			"an explicit Content-Type is never replaced",
			&Request{Method: "PUT", URL: "http://h", Body: body.JSON(`{}`), Headers: Fields{{"content-type", "x/y"}}},
			"PUT / HTTP/1.1\r\nHost: h\r\n" + automatic + "content-type: x/y\r\nContent-Length: 2\r\n",
		},
		{
			"a body of unknown size is chunked",
			&Request{Method: "PUT", URL: "http://h", Body: endless{}},
			"PUT / HTTP/1.1\r\nHost: h\r\n" + automatic + "Transfer-Encoding: chunked\r\n",
		},
		{
			"chunked on request",
			&Request{Method: "PUT", URL: "http://h", Body: body.Text("x", ""), Headers: Fields{{"Transfer-Encoding", "chunked"}}},
			"PUT / HTTP/1.1\r\nHost: h\r\n" + automatic + "Transfer-Encoding: chunked\r\n",
		},
		{
			"without a length it is chunked",
			&Request{Method: "PUT", URL: "http://h", Body: body.Text("x", ""), Without: []string{"Content-Length"}},
			"PUT / HTTP/1.1\r\nHost: h\r\n" + automatic + "Transfer-Encoding: chunked\r\n",
		},
		{
			"a length that is right may stand",
			&Request{Method: "PUT", URL: "http://h", Body: body.Text("abc", ""), Headers: Fields{{"Content-Length", "3"}}},
			"PUT / HTTP/1.1\r\nHost: h\r\n" + automatic + "Content-Length: 3\r\n",
		},
		{
			"cookies stand before the content, auth is last and sees the whole",
			&Request{
				Method: "POST", URL: "http://u:p@h/x", Body: body.Text("abc", "text/plain"), Headers: Fields{{"X-A", "1"}},
				Cookies: Fields{{"a", "1"}, {"b", `"2"`}}, Auth: Auth{Type: "token", Values: Fields{{"token", "T"}}},
			},
			"POST /x HTTP/1.1\r\nHost: h\r\n" + automatic + "X-A: 1\r\nCookie: a=1; b=\"2\"\r\n" +
				"Content-Type: text/plain\r\nContent-Length: 3\r\nAuthorization: Token T POST /x 3\r\n",
		},
		{
			"an explicit Cookie header wins",
			&Request{URL: "http://h", Headers: Fields{{"Cookie", "mine=1"}}, Cookies: Fields{{"a", "1"}}},
			"GET / HTTP/1.1\r\nHost: h\r\n" + automatic + "Cookie: mine=1\r\n",
		},
		{
			"user information becomes Basic",
			get("http://us%40er:p%C3%A4ss@h/"),
			"GET / HTTP/1.1\r\nHost: h\r\n" + automatic + "Authorization: Basic dXNAZXI6cMOkc3M=\r\n",
		},
		{
			"an explicit Authorization beats user information",
			&Request{URL: "http://u:p@h/", Headers: Fields{{"Authorization", "X"}}},
			"GET / HTTP/1.1\r\nHost: h\r\n" + automatic + "Authorization: X\r\n",
		},
		{
			"as it is, the target leaves as typed",
			&Request{URL: "http://h/a/../b%2f|{x}//\"?<ü>=:1", Path: Fields{{"x", "v"}}, Options: Options{RawPath: true}},
			"GET /a/../b%2f|v//\"?<ü>=:1 HTTP/1.1\r\nHost: h\r\n" + automatic,
		},
	}
	s, _ := newFake(t, nil)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p, err := s.Prepare(t.Context(), c.r)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want+"\r\n", string(p.AppendHead(nil))); diff != "" {
				t.Errorf("head (-want +got):\n%s", diff)
			}
			if strings.Contains(p.URL.String(), "@") {
				t.Errorf("the URL still holds user information: %s", p.URL)
			}
		})
	}
}

func TestPrepareRefuses(t *testing.T) {
	cases := []struct {
		name string
		r    *Request
		kind Kind
		say  string
	}{
		{"no scheme", get("example.com/x"), KindURL, "Invalid URL 'example.com/x': No scheme supplied. Perhaps you meant https://example.com/x?"},
		{"a host with a port is no scheme", get("localhost:8080/x"), KindURL, "Perhaps you meant https://localhost:8080/x?"},
		{"no host", get("http://"), KindURL, "Invalid URL 'http://': No host supplied"},
		{"an unsupported scheme", get("ftp://h/"), KindURL, "No connection adapters were found for 'ftp://h/'"},
		{"a password is not quoted", get("http://me:pw@h:99999/"), KindURL, "Invalid URL 'http://h:99999/': the port '99999'"},
		{"a password that is not encoded", get("http://me:p/w@h/"), KindURL, "Invalid URL 'http://h/': what follows the colon after the host is no port"},
		{"a missing path value", get("http://h/{team}/x"), KindURL, "no value is given for {team}"},
		{"a missing path value after a colon", get("http://h/a/:team?x"), KindURL, "no value is given for :team"},
		{"a path value that climbs", &Request{URL: "http://h/a/:x", Path: Fields{{"x", ".."}}}, KindURL, "path value x"},
		{"CONNECT", &Request{Method: "connect", URL: "http://h"}, KindRequest, "CONNECT cannot be sent"},
		{"a method with a space", &Request{Method: "GET /x", URL: "http://h"}, KindRequest, "is not a token"},
		{"a header name with a colon", &Request{URL: "http://h", Headers: Fields{{"A:", "1"}}}, KindHeader, "its name is not a token"},
		{"a line break in a header", &Request{URL: "http://h", Headers: Fields{{"A", "1\r\nB: 2"}}}, KindHeader, "control character 0x0D"},
		{"NUL in a header", &Request{URL: "http://h", Headers: Fields{{"A", "\x00"}}}, KindHeader, "control character 0x00"},
		{"white space before a value", &Request{URL: "http://h", Headers: Fields{{"A", " 1"}}}, KindHeader, "begins with white space"},
		{"two hosts", &Request{URL: "http://h", Headers: Fields{{"Host", "a"}, {"host", "b"}}}, KindHeader, "twice"},
		{"a cookie that ends early", &Request{URL: "http://h", Cookies: Fields{{"a", "1; b=2"}}}, KindHeader, `holds ";"`},
		{"a length that lies", &Request{URL: "http://h", Body: body.Text("abc", ""), Headers: Fields{{"Content-Length", "5"}}}, KindHeader, "the body has 3 bytes"},
		{"a length without a body", &Request{URL: "http://h", Headers: Fields{{"Content-Length", "5"}}}, KindHeader, "the body has 0 bytes"},
		{"chunked without a body", &Request{URL: "http://h", Headers: Fields{{"Transfer-Encoding", "chunked"}}}, KindHeader, "no body"},
		{"another transfer coding", &Request{URL: "http://h", Body: body.Text("a", ""), Headers: Fields{{"Transfer-Encoding", "gzip"}}}, KindHeader, "sent as it says"},
		{
			"length and chunked", &Request{URL: "http://h", Body: body.Text("a", ""), Headers: Fields{{"Transfer-Encoding", "chunked"}, {"Content-Length", "1"}}},
			KindHeader, "disagree",
		},
		{"no way to tell the end", &Request{URL: "http://h", Body: endless{}, Without: []string{"Transfer-Encoding"}}, KindHeader, "switched off"},
		{"an unknown auth type", &Request{URL: "http://h", Auth: Auth{Type: "magic"}}, KindAuth, "'magic' is not known"},
		{"a scheme that refuses", &Request{URL: "http://h", Auth: Auth{Type: "token"}}, KindAuth, "token is missing"},
		{
			"a line break from a scheme", &Request{URL: "http://h", Auth: Auth{Type: "token", Values: Fields{{"token", "a\nb"}}}},
			KindHeader, "control character 0x0A",
		},
		{"a control character, as it is", &Request{URL: "http://h/a b", Options: Options{RawPath: true}}, KindURL, "white space"},
		{
			"a secret that is for another host", &Request{URL: "http://h", Secrets: []Secret{NewSecret("key", "hunter22", "api.test")}},
			KindRequest, "the secret key must not be sent to h",
		},
		{
			"a secret in the error", &Request{URL: "hunter22.test/", Secrets: []Secret{NewSecret("key", "hunter22")}},
			KindURL, "Invalid URL '{secret key}.test/'",
		},
	}
	s, f := newFake(t, nil)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := s.Prepare(t.Context(), c.r)
			if !errors.Is(err, c.kind) || !strings.Contains(err.Error(), c.say) {
				t.Errorf("got %v, want %s: …%s…", err, c.kind, c.say)
			}
			if _, ok := errors.AsType[*Error](err); !ok {
				t.Errorf("%T is no *Error", err)
			}
		})
	}
	if len(f.sent) > 0 {
		t.Error("something was sent")
	}
}

func TestSecretsMayGoToTheirHosts(t *testing.T) {
	s, _ := newFake(t, nil)
	for _, c := range []struct {
		url, host string
		may       bool
	}{
		{"http://api.test:8080/", "api.test", true},
		{"http://api.test:8080/", "API.test", true},
		{"http://api.test:8080/", "api.test:8080", true},
		{"http://api.test:8080/", "api.test:80", false},
		{"http://api.test/", "api.test:80", true},
		{"https://api.test/", "api.test:80", false},
		{"http://api.test/", "test", false},
		{"http://my.api.test/", "api.test", false},
		{"http://xn--bcher-kva.test/", "bücher.test", true},
		{"http://bücher.test/", "BÜCHER.test", true},
		{"http://[::1]:8080/", "::1", true},
		{"http://[::1]:8080/", "[0::1]:8080", true},
		{"http://[::1]:8080/", "[::1]:81", false},
		{"http://api.test/", "api.test@evil.test", false},
		{"http://evil.test/", "api.test@evil.test:x", false},
	} {
		r := get(c.url)
		r.Secrets = []Secret{NewSecret("key", "hunter22", "else", c.host)}
		if _, err := s.Prepare(t.Context(), r); (err == nil) != c.may {
			t.Errorf("%s, for %s: %v", c.url, c.host, err)
		}
	}
}

func TestHeaderSources(t *testing.T) {
	s, _ := newFake(t, nil)
	p, err := s.Prepare(t.Context(), &Request{
		Method: "POST", URL: "http://u:p@h", Headers: Fields{{"X-A", "1"}}, Cookies: Fields{{"a", "1"}}, Body: body.JSON("{}"),
	})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]Source{
		"Host": SourceURL, "Accept": SourceDefault, "X-A": SourceRequest, "Cookie": SourceCookies,
		"Content-Type": SourceBody, "Content-Length": SourceBody, "Authorization": SourceURL,
	}
	for _, h := range p.Headers {
		if source, ok := want[h.Name]; ok && h.Source != source {
			t.Errorf("%s is from %s, want %s", h.Name, h.Source, source)
		}
	}
}

func TestSetParamReplaces(t *testing.T) {
	s, _ := newFake(t, nil)
	p, err := s.Prepare(t.Context(), get("http://h/?a=1&key=old&b=%20&k%65y=x"))
	if err != nil {
		t.Fatal(err)
	}
	p.SetParam("key", "n&w")
	if p.Target != "/?a=1&b=%20&key=n%26w" || p.URL.RequestTarget() != p.Target {
		t.Errorf("target %q, URL %s", p.Target, p.URL)
	}
}

// endless is a body whose size nobody knows.
type endless struct{}

func (endless) ContentType() string          { return "" }
func (endless) Size() int64                  { return -1 }
func (endless) Open() (io.ReadCloser, error) { return nil, errors.New("it was opened") }
