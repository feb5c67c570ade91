package resolve_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"parley/collections/resolve"
	"parley/httpcore"
)

// What requests does with a session, by the names of the rows of reference/requests-semantics.md, section 2: each is the
// same in Parley, or differs. A session of requests is [sessions.NAME] here, and None is an entry that is switched off.
func TestSessionMergeAsRequests(t *testing.T) {
	const session = `[sessions.s]
headers = { X-Both = "session", x-kept = "session", X-Gone = "session" }
params = { both = "session", kept = ["1", "2"], gone = "session" }
cookies = { both = "session", kept = "session" }
auth = { type = "bearer", token = "session" }
options = { verify = "session.pem", cert = "session-cert.pem", proxy = "http://session.test:1", redirects = 3, timeout = "7s" }
`
	environment := map[string]string{
		"HTTPS_PROXY": "http://environment.test:1", "REQUESTS_CA_BUNDLE": "/environment.pem", "NETRC": "machine h.test login netrc password n",
	}
	headers := func(r *httpcore.Request) string { return fields(r.Headers) + " -" + strings.Join(r.Without, " -") }
	params := func(r *httpcore.Request) string { return fields(r.Params) }
	cookies := func(r *httpcore.Request) string { return fields(r.Cookies) }
	auth := func(r *httpcore.Request) string { return strings.TrimSpace(r.Auth.Type + " " + fields(r.Auth.Values)) }
	ca := func(r *httpcore.Request) string {
		name := r.Options.TLS.CA[strings.LastIndexByte(r.Options.TLS.CA, '/')+1:]
		if r.Options.TLS.Insecure {
			name += " insecure"
		}
		return name
	}
	proxy := func(r *httpcore.Request) string {
		u, err := r.ParsedURL()
		if err != nil {
			return err.Error()
		}
		p, _, err := r.Options.Network.Proxies.For(u)
		if err != nil || p == nil {
			return "none"
		}
		return p.Host
	}
	for _, c := range []struct {
		row         string
		collection  string // "" has the session
		request     string
		url         string // "" is https://h.test
		environment map[string]string
		what        func(*httpcore.Request) string
		want        string
	}{
		{
			row:     "merge_setting: same, request over session, switched off removes",
			request: "[headers]\nx-both = 'request'\n'~X-Gone' = ''\nOwn = '1'\n", what: headers,
			want: "x-kept=session x-both=request Own=1 -X-Gone",
		},
		{
			row:     "merge_setting: same, params by name",
			request: "[params]\nboth = 'request'\n'~gone' = ''\n", what: params, want: "kept=1 kept=2 both=request",
		},
		{
			row: "merge_setting: same, request None takes the session's", what: params, want: "both=session kept=1 kept=2 gone=session",
		},
		{
			row: "merge_setting: same, session None takes the request's", collection: "[headers]\na = 'b'\n",
			request: "[params]\nown = '1'\n", what: params, want: "own=1",
		},
		{
			row: "merge_setting: same, no mapping wins whole", request: "[options]\nredirects = false\n",
			what: func(r *httpcore.Request) string {
				return r.Options.Timeout.Read.String() + strings.Repeat("!", r.Options.Redirects)
			}, want: "7s",
		},
		{
			row:     "params as list of pairs: same, a name that stands twice makes them one",
			request: "params = [{name = 'own', value = '1'}, {name = 'x', value = '2'}, {name = 'own', value = '3'}]\n", what: params,
			want: "own=1 x=2 own=3",
		},
		{
			row:     "params as list of pairs: differs, the long form alone, which a note needs, is a mapping",
			request: "params = [{name = 'own', value = '1', note = 'why'}]\n", what: params, want: "both=session kept=1 kept=2 gone=session own=1",
		},
		{
			row:     "cookies: same, the request's over the session's",
			request: "[cookies]\nboth = 'request'\n", what: cookies, want: "kept=session both=request",
		},
		{row: "auth: same, the request's first", request: "[auth]\ntype = 'basic'\nusername = 'u'\n", environment: environment, what: auth, want: "basic username=u"},
		{row: "auth: same, then the session's", environment: environment, what: auth, want: "bearer token=session"},
		{row: "auth: same, then netrc", collection: "name = 'x'\n", environment: environment, what: auth, want: "netrc missing=ignore"},
		{row: "auth: differs, userinfo before netrc", collection: "name = 'x'\n", url: "https://u:p@h.test", environment: environment, what: auth, want: ""},
		{row: "auth: same, none switches off", request: "[auth]\ntype = 'none'\n", environment: environment, what: auth, want: ""},
		{row: "netrc: same, for the hosts that it names", collection: "name = 'x'\n", url: "https://other.test", environment: environment, what: auth, want: ""},
		{
			row: "netrc: differs, an explicit Authorization wins", collection: "name = 'x'\n",
			request: "[headers]\nauthorization = 'own'\n", environment: environment, what: auth, want: "",
		},
		{
			row: "netrc: differs, an Authorization that is switched off is left out", collection: "name = 'x'\n",
			request: "[headers]\n'~Authorization' = ''\n", environment: environment, what: auth, want: "",
		},
		{row: "netrc: same, an unreadable file is ignored", collection: "name = 'x'\n", environment: map[string]string{}, what: auth, want: ""},
		{row: "trust_env off: same, no netrc", collection: "name = 'x'\n", what: auth, want: ""},
		{row: "trust_env off: same, no proxies", collection: "name = 'x'\n", what: proxy, want: "none"},
		{row: "trust_env off: same, no CA bundle", collection: "name = 'x'\n", what: ca, want: ""},
		{row: "verify: same, the request's first", request: "[options]\nverify = 'own.pem'\n", environment: environment, what: ca, want: "own.pem"},
		{row: "verify: differs, the session's before the environment's", environment: environment, what: ca, want: "session.pem"},
		{row: "verify: same, then the environment's", collection: "name = 'x'\n", environment: environment, what: ca, want: "environment.pem"},
		{
			row: "verify: same, CURL_CA_BUNDLE second", collection: "name = 'x'\n", what: ca, want: "curl.pem",
			environment: map[string]string{"REQUESTS_CA_BUNDLE": "", "CURL_CA_BUNDLE": "/curl.pem", "SSL_CERT_FILE": "/openssl.pem"},
		},
		{
			row: "verify: differs, OpenSSL's variables too", collection: "name = 'x'\n", what: ca, want: "openssl.pem",
			environment: map[string]string{"SSL_CERT_FILE": "/openssl.pem"},
		},
		{
			row: "verify: differs, false in a file wins over the environment", collection: "[sessions.s.options]\nverify = false\n",
			environment: environment, what: ca, want: " insecure",
		},
		{row: "verify: differs, true in a file wins over the environment", request: "[options]\nverify = true\n", environment: environment, what: ca, want: ""},
		{
			row: "cert: same, the request's whole", request: "[options]\ncert = '/own.pem'\n",
			what: func(r *httpcore.Request) string { return r.Options.TLS.Cert }, want: "/own.pem",
		},
		{row: "proxies: same, the request's first", request: "[options]\nproxy = 'own.test:3128'\n", environment: environment, what: proxy, want: "own.test"},
		{row: "proxies: same, an empty one is none", request: "[options]\nproxy = ''\n", environment: environment, what: proxy, want: "none"},
		{row: "proxies: differs, the session's before the environment's", environment: environment, what: proxy, want: "session.test"},
		{row: "proxies: same, then the environment's", collection: "name = 'x'\n", environment: environment, what: proxy, want: "environment.test"},
		{row: "adapters: same, the longest prefix", collection: prefixes, url: "https://H.test/API/v2/x", what: headers, want: "X=long -"},
		{row: "adapters: same, in any case", collection: prefixes, url: "https://h.test/api", what: headers, want: "X=long -"},
		{row: "adapters: same, a shorter one", collection: prefixes, url: "https://h.test/", what: headers, want: "X=origin -"},
		{row: "adapters: same, a scheme", collection: prefixes, url: "https://h.test:444/api", what: headers, want: "X=scheme -"},
		{row: "adapters: differs, an origin is compared whole", collection: prefixes, url: "https://h.test.example.org/api", what: headers, want: "X=scheme -"},
		{row: "adapters: differs, userinfo is no part of it", collection: prefixes, url: "https://h.test@example.org/", what: headers, want: "X=scheme -"},
		{row: "adapters: differs, none is needed", collection: prefixes, url: "http://h.test/api", what: headers, want: "X=none -"},
	} {
		t.Run(c.row, func(t *testing.T) {
			collection, url := c.collection, c.url
			if collection == "" {
				collection = session
			}
			if url == "" {
				url = "https://h.test"
			}
			in := input(t, map[string]string{"collection.toml": collection, "x/r.toml": "url = '" + url + "'\n" + c.request})
			in.Session = "s"
			if c.environment != nil {
				in.Environment = resolve.Environment{
					Lookup: func(name string) (string, bool) { value, ok := c.environment[name]; return value, ok },
					Netrc: func() (string, string, error) {
						if text, ok := c.environment["NETRC"]; ok {
							return "/netrc", text, nil
						}
						return "/netrc", "", errors.New("no such file")
					},
				}
			}
			out, err := resolve.Resolve(context.Background(), in)
			if err != nil {
				t.Fatal(err)
			}
			if got := c.what(out.Request); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

const prefixes = `[headers]
X = "none"
[for."https://"]
headers.X = "scheme"
[for."https://h.test"]
headers.X = "origin"
[for."https://h.test/Api"]
headers.X = "long"
`

// TestPrefixesAgainstTheRest: a prefix is nearer than its own file's settings, and farther than the request's and a
// nearer folder's.
func TestPrefixesAgainstTheRest(t *testing.T) {
	files := map[string]string{
		"collection.toml": "[vars]\nbase = 'https://h.test/a'\n[headers]\nA = 'collection'\nB = 'collection'\nC = 'collection'\nD = 'collection'\n" +
			"[auth]\ntype = 'bearer'\ntoken = 'collection'\n[sessions.s]\nheaders = {A = 'session', E = 'session'}\n" +
			"[for.'{{base}}']\nheaders = {B = 'prefix', C = 'prefix', D = 'prefix', E = 'prefix'}\nauth = {type = 'basic', username = 'prefix', password = 'p'}\n" +
			"options = {redirects = 1, fail = true, session = 's'}\n",
		"x/folder.toml": "[headers]\nC = 'folder'\n[for.'https://h']\nheaders = {A = 'never'}\n",
		"x/r.toml":      "url = '{{base}}/b'\n[headers]\nD = 'request'\n[options]\nfail = false\n",
	}
	in := input(t, files)
	if err := in.Request.Override("auth.password=set"); err != nil {
		t.Fatal(err)
	}
	out, err := resolve.Resolve(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	r := out.Request
	if got, want := fields(r.Headers), "A=collection B=prefix E=prefix C=folder D=request"; got != want {
		t.Errorf("headers %s, want %s", got, want)
	}
	if got, want := r.Auth.Type+" "+fields(r.Auth.Values), "basic username=prefix password=set"; got != want {
		t.Errorf("auth %s, want %s", got, want)
	}
	if r.Options.Redirects != 1 || r.Options.Fail || out.Session != "s" {
		t.Errorf("options %+v, session %s", r.Options, out.Session)
	}
}

// TestWhatAPrefixSaysIsForItsOriginAlone: its headers, certificates and trust do not follow a redirect to another one.
func TestWhatAPrefixSaysIsForItsOriginAlone(t *testing.T) {
	in := input(t, map[string]string{
		"collection.toml": "[headers]\nA = '1'\n[options]\nverify = '/usual.pem'\ntls = {min = '1.3'}\n" +
			"[for.'https://h.test/']\nheaders = {X-Key = '{{key}}', B = '2'}\ncert = {file = '/me.p12', password = 'p'}\noptions = {verify = false}\n" +
			"[vars]\nkey = 'k'\n",
		"x/r.toml": "url = 'https://h.test/'\n[headers]\nB = '3'\n",
	})
	out, err := resolve.Resolve(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := asJSON(t, out.Request.Options.TLS), asJSON(t, httpcore.TLSOptions{Insecure: true, Cert: "/me.p12", Password: "p", MinVersion: "1.3"}); got != want {
		t.Errorf("TLS %s, want %s", got, want)
	}
	want := &httpcore.Elsewhere{TLS: httpcore.TLSOptions{CA: "/usual.pem", MinVersion: "1.3"}, Without: []string{"X-Key"}}
	if got, want := asJSON(t, out.Request.Elsewhere), asJSON(t, want); got != want {
		t.Errorf("elsewhere %s, want %s", got, want)
	}
	if keys := whyOf(resolve.Explain(out, nil), "options.verify"); len(keys) != 1 {
		t.Errorf("verify is explained by %q", keys)
	}
	in = input(t, map[string]string{"collection.toml": "[for.'https://other.test/']\nheaders = {X = '1'}\n", "x/r.toml": "url = 'https://h.test/'\n"})
	if out, err = resolve.Resolve(context.Background(), in); err != nil || out.Request.Elsewhere != nil {
		t.Errorf("no prefix applies, but %+v, %v", out, err)
	}
}

func TestAPrefixThatCannotBeResolvedIsSaid(t *testing.T) {
	in := input(t, map[string]string{"collection.toml": "[for.'{{nope}}']\nheaders = {A = '1'}\n", "x/r.toml": "url = 'https://h.test'\n"})
	if _, err := resolve.Resolve(context.Background(), in); err == nil || !strings.Contains(err.Error(), "collection.toml:1:") {
		t.Errorf("error %v", err)
	}
}
