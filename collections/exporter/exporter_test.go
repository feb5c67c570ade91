package exporter_test

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/collections"
	"parley/collections/disk"
	"parley/collections/exporter"
	"parley/collections/importer"
	"parley/collections/resolve"
	"parley/collections/template"
	"parley/httpcore"
	"parley/httpcore/auth"
	"parley/httpcore/body"
)

func prepare(t *testing.T, r *httpcore.Request) *httpcore.Prepared {
	t.Helper()
	session := httpcore.NewSession(httpcore.SessionOptions{Schemes: auth.Schemes(auth.Environment{})})
	p, err := session.Prepare(context.Background(), r)
	if err != nil {
		t.Fatalf("%+v: %v", r, err)
	}
	return p
}

func export(t *testing.T, name string, p *httpcore.Prepared, options exporter.Options) exporter.Result {
	t.Helper()
	for _, e := range exporter.All() {
		if e.Name == name {
			result, err := e.Export(p, options)
			if err != nil {
				t.Fatal(err)
			}
			return result
		}
	}
	t.Fatalf("there is no exporter %s", name)
	return exporter.Result{}
}

func options(change func(*httpcore.Options)) httpcore.Options {
	o := httpcore.DefaultOptions()
	if change != nil {
		change(&o)
	}
	return o
}

func TestCurl(t *testing.T) {
	for _, test := range []struct {
		request httpcore.Request
		want    string
	}{
		{httpcore.Request{URL: "http://h/"}, "curl http://h/ --compressed --location"},
		{
			httpcore.Request{URL: "http://h/a?x=[1]", Headers: httpcore.Fields{{Name: "X-a", Value: "it's"}, {Name: "E", Value: ""}}, Without: []string{"User-Agent", "Accept", "Accept-Encoding"}},
			`curl 'http://h/a?x=[1]' --header "X-a: it's" --header 'E;' --header User-Agent: --header Accept: --location --globoff`,
		},
		{
			httpcore.Request{Method: "POST", URL: "http://h/", Body: body.JSON("{\"a\":\n1}"), Auth: httpcore.Auth{Type: "basic", Values: httpcore.Fields{{Name: "username", Value: "me"}, {Name: "password", Value: "p w"}}}},
			`curl http://h/ --header 'Content-Type: application/json' --user 'me:p w' --compressed --data-raw $'{"a":\n1}' --location`,
		},
		{httpcore.Request{Method: "HEAD", URL: "http://h/"}, "curl http://h/ --head --compressed --location"},
		{httpcore.Request{Method: "DELETE", URL: "http://h/", Body: body.Bytes([]byte{0, 255}, "")}, "echo AP8= | base64 -d | curl http://h/ --request DELETE --header Content-Type: --compressed --data-binary @- --location"},
		{
			httpcore.Request{URL: "https://h/%7Bx", Options: options(func(o *httpcore.Options) {
				o.Redirects, o.Fail, o.RawPath, o.Protocol = 3, true, true, httpcore.ProtocolHTTP1
				o.Timeout = httpcore.Timeouts{Connect: 1500 * time.Millisecond, Total: time.Minute}
				o.TLS = httpcore.TLSOptions{Insecure: true, CA: "ca.pem", Cert: "c:d.pem", Key: "k.pem", Password: "p w", MinVersion: "1.3"}
				o.Network = httpcore.Network{Resolve: map[string]string{"h:443": "127.0.0.1:8443"}, Unix: "/s", Family: "6"}
			})},
			`curl https://h/%7Bx --compressed --location --max-redirs 3 --fail-with-body --insecure --cacert ca.pem --cert 'c\:d.pem' --key k.pem --pass 'p w' --tlsv1.3 --http1.1 --path-as-is --connect-to h:443:127.0.0.1:8443 --unix-socket /s --ipv6 --connect-timeout 1.5 --max-time 60`,
		},
		{
			httpcore.Request{URL: "https://h/", Options: options(func(o *httpcore.Options) {
				o.Protocol = httpcore.ProtocolHTTP3
				o.Network.Proxies = httpcore.Proxies{By: map[string]string{"all": "socks5h://p:1"}}
			})},
			"curl https://h/ --compressed --location --http3-only --proxy socks5h://p:1",
		},
		{
			httpcore.Request{URL: "https://h/", Options: options(func(o *httpcore.Options) {
				o.Network.Proxies = httpcore.Proxies{By: map[string]string{"all": ""}}
			})},
			"curl https://h/ --compressed --location --noproxy '*'",
		},
		{
			httpcore.Request{URL: "https://h/", Options: options(func(o *httpcore.Options) {
				o.Network.Proxies = httpcore.ProxiesFromEnv(func(name string) (string, bool) { return "http://p", name == "all_proxy" })
			})},
			"curl https://h/ --compressed --location",
		},
	} {
		if test.request.Options.Protocol == "" {
			test.request.Options = options(nil)
		}
		result := export(t, "curl", prepare(t, &test.request), exporter.Options{})
		if got := strings.ReplaceAll(result.Text, " \\\n ", ""); got != test.want || len(result.Notes) > 0 {
			t.Errorf("got  %s\nwant %s\n%v", got, test.want, result.Notes)
		}
	}
}

func TestSecretsAreMasked(t *testing.T) {
	secret := httpcore.NewSecret("token", "s3cret-value")
	masker := httpcore.NewMasker([]httpcore.Secret{secret}, httpcore.Mark)
	p := prepare(t, &httpcore.Request{
		Method: "POST", URL: "http://h/?k=s3cret-value", Headers: httpcore.Fields{{Name: "X", Value: "s3cret-value"}},
		Body: body.Text("s3cret-value", ""), Options: options(nil), Secrets: []httpcore.Secret{secret},
		Auth: httpcore.Auth{Type: "basic", Values: httpcore.Fields{{Name: "username", Value: "me"}, {Name: "password", Value: "s3cret-value"}}},
	})
	for _, e := range exporter.All() {
		result := export(t, e.Name, p, exporter.Options{Masker: masker})
		if strings.Contains(result.Text, "s3cret") || strings.Count(result.Text, "{secret token}") != 4 {
			t.Errorf("%s:\n%s", e.Name, result.Text)
		}
	}
}

func TestWhatCannotBeSaidIsTold(t *testing.T) {
	p := prepare(t, &httpcore.Request{
		Method: "PUT", URL: "https://h/", Body: body.Text(strings.Repeat("x", 2<<20), ""), Options: options(func(o *httpcore.Options) {
			o.TLS.ServerName, o.Timeout.Read, o.Retry.Total = "sni", time.Second, 2
			o.Network.Proxies = httpcore.Proxies{By: map[string]string{"all": "http://p:1"}}
		}),
	})
	if notes := export(t, "curl", p, exporter.Options{}).Notes; len(notes) != 4 {
		t.Errorf("notes %v", notes)
	}
	if result := export(t, "python-requests", p, exporter.Options{}); len(result.Notes) != 2 || !strings.Contains(result.Text, `open("BODY", "rb")`) ||
		!strings.Contains(result.Text, `proxies={"http": "http://p:1", "https": "http://p:1"},`) {
		t.Errorf("%s\n%v", result.Text, result.Notes)
	}
}

func TestPythonRequests(t *testing.T) {
	p := prepare(t, &httpcore.Request{
		Method: "POST", URL: "http://h/a", Headers: httpcore.Fields{{Name: "A", Value: `"q"`}, {Name: "a", Value: "2"}},
		Body: body.JSON("{\"é\": \"\u0001\\n\"}"), Options: options(func(o *httpcore.Options) {
			o.Redirects, o.TLS.Insecure, o.TLS.Cert, o.TLS.Key, o.Timeout.Read = 0, true, "c", "k", 0
		}),
		Auth: httpcore.Auth{Type: "basic", Values: httpcore.Fields{{Name: "username", Value: "u"}, {Name: "password", Value: "p"}}},
	})
	want := `import requests

response = requests.request(
    "POST",
    "http://h/a",
    headers={
        "A": "\"q\", 2",
        "Content-Type": "application/json",
    },
    auth=("u", "p"),
    data="{\"é\": \"\x01\\n\"}".encode(),
    allow_redirects=False,
    verify=False,
    cert=("c", "k"),
    timeout=(10, None),
)
print(response.status_code)
print(response.text)
`
	result := export(t, "python-requests", p, exporter.Options{})
	if result.Text != want {
		t.Errorf("got\n%s", result.Text)
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is not installed, so that nothing compiles the program")
	}
	command := exec.Command(python, "-c", "import ast, sys; ast.parse(sys.stdin.read())")
	command.Stdin = strings.NewReader(result.Text)
	if output, err := command.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, output)
	}
}

// wire is a request as far as an export and an import keep it.
func wire(t *testing.T, p *httpcore.Prepared) string {
	t.Helper()
	var headers []string
	for _, h := range p.Headers {
		if h.Source != httpcore.SourceDefault {
			headers = append(headers, strings.ToLower(h.Name)+": "+h.Value)
		}
	}
	slices.Sort(headers)
	content := ""
	if p.Body != nil {
		opened, err := p.Body.Open()
		if err != nil {
			t.Fatal(err)
		}
		defer opened.Close()
		data, err := io.ReadAll(opened)
		if err != nil {
			t.Fatal(err)
		}
		content = string(data)
	}
	return fmt.Sprintf("%s %s%s\n%s\n\n%q", p.Method, p.URL.Origin(), p.Target, strings.Join(headers, "\n"), content)
}

func TestCurlRoundTrip(t *testing.T) {
	c, err := collections.Open(disk.OS(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(7, 7))
	for range 300 {
		original := prepare(t, randomRequest(t, random))
		command := export(t, "curl", original, exporter.Options{}).Text
		items, err := importer.Curl(command)
		if err != nil {
			t.Fatalf("%s: %v", command, err)
		}
		effective, err := c.Effective(items[0].Request)
		if err != nil {
			t.Fatal(err)
		}
		out, err := resolve.Resolve(context.Background(), resolve.Input{Request: effective, Beside: c.Beside, Host: template.Host{}})
		if err != nil {
			t.Fatalf("%s: %v", command, err)
		}
		if got, want := wire(t, prepare(t, out.Request)), wire(t, original); got != want {
			t.Fatalf("%s\n got %s\nwant %s\nnotes %v", command, got, want, items[0].Notes)
		}
	}
}

// randomRequest is any request whose body is text.
func randomRequest(t *testing.T, r *rand.Rand) *httpcore.Request {
	t.Helper()
	texts := []string{"", "a", "it's", `"q"`, "{{x}}", "a b", "é😀", "$HOME `x` \\", "@f", "~a", "a=b&c", "!x", "%41", "x;y", "<z", "-d"}
	text := func() string { return texts[r.IntN(len(texts))] + texts[r.IntN(len(texts))] }
	bodies := []func() body.Payload{
		func() body.Payload { return nil },
		func() body.Payload { return nil },
		func() body.Payload { return body.Text(text()+"\n\t"+text(), "") },
		func() body.Payload { return body.JSON(`{"a": [1, "` + "é" + `"]}`) },
		func() body.Payload { return body.JSON(text()) },
		func() body.Payload {
			return body.Form([]body.Pair{{Name: "a" + text(), Value: text()}, {Name: "b", Value: text()}})
		},
		func() body.Payload { return body.Form([]body.Pair{{Name: "a", Value: "1"}, {Name: "a", Value: "2"}}) },
		func() body.Payload {
			p, err := body.Multipart([]body.Part{{Name: "n", Value: text()}}, "B")
			if err != nil {
				t.Fatal(err)
			}
			return p
		},
	}
	request := &httpcore.Request{
		Method:  []string{"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"}[r.IntN(6)],
		URL:     "http://h.test:8080" + []string{"", "/", "/a/b", "/a%20b", "/%7Bx%7D", "/:1", "/a?b", "/a/?b=c&b=d#f"}[r.IntN(8)],
		Body:    bodies[r.IntN(len(bodies))](),
		Options: options(nil),
	}
	if r.IntN(2) == 0 {
		request.Params = httpcore.Fields{{Name: "p", Value: text()}, {Name: text(), Value: "1"}}
	}
	for range r.IntN(3) {
		request.Headers.Add(fmt.Sprintf("X-%d", r.IntN(100)), strings.TrimSpace(text()))
	}
	if r.IntN(3) == 0 {
		request.Cookies = httpcore.Fields{{Name: "c", Value: "1"}, {Name: "d", Value: "2=3"}}
	}
	switch r.IntN(4) {
	case 0:
		request.Auth = httpcore.Auth{Type: "basic", Values: httpcore.Fields{{Name: "username", Value: "u" + text()}, {Name: "password", Value: text()}}}
	case 1:
		request.Auth = httpcore.Auth{Type: "bearer", Values: httpcore.Fields{{Name: "token", Value: "t-1"}}}
	}
	if r.IntN(4) == 0 {
		request.Without = []string{"User-Agent"}
	}
	return request
}

// What another program can do by itself is left to it, and what it cannot is said.
func TestLoginsAreLeftToTheOtherProgram(t *testing.T) {
	values := httpcore.Fields{{Name: "username", Value: "me"}, {Name: "password", Value: "s3cret"}}
	answered := append(values.Clone(), httpcore.Field{Name: "nonce", Value: "n"})
	cases := []struct {
		name string
		auth httpcore.Auth
		want map[string]string
		note string
	}{
		{"digest", httpcore.Auth{Type: "digest", Values: values}, map[string]string{"curl": "--digest --user me:s3cret", "python-requests": `auth=HTTPDigestAuth("me", "s3cret")`}, ""},
		{"digest, answered", httpcore.Auth{Type: "digest", Values: answered}, map[string]string{"curl": "--digest --user me:s3cret", "python-requests": `auth=HTTPDigestAuth("me", "s3cret")`}, ""},
		{"ntlm", httpcore.Auth{Type: "ntlm", Values: values}, map[string]string{"curl": "--ntlm --user me:s3cret", "python-requests": `auth=HttpNtlmAuth("me", "s3cret")`}, ""},
		{"oauth2", httpcore.Auth{Type: "oauth2", Values: httpcore.Fields{{Name: "token_url", Value: "http://h/"}, {Name: "client_id", Value: "c"}}}, nil, "left out: the Authorization header with an OAuth 2 access token"},
	}
	for _, c := range cases {
		p := prepare(t, &httpcore.Request{URL: "http://h/", Auth: c.auth, Options: httpcore.DefaultOptions()})
		for _, format := range []string{"curl", "python-requests"} {
			got := export(t, format, p, exporter.Options{})
			if text := strings.ReplaceAll(got.Text, " \\\n ", ""); !strings.Contains(text, c.want[format]) || strings.Contains(text, "Authorization") {
				t.Errorf("%s as %s is\n%s", c.name, format, text)
			}
			if notes := strings.Join(got.Notes, "\n"); !strings.Contains(notes, c.note) {
				t.Errorf("%s as %s says %q", c.name, format, notes)
			}
		}
	}
}
