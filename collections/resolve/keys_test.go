package resolve_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"parley/collections/resolve"
	"parley/httpcore"
)

// keys are all keys of [options], with what each makes of the engine's defaults.
func keys() []struct {
	key, written string
	want         func(*httpcore.Options)
} {
	three := 3
	retry := func(change func(*httpcore.Retry)) func(*httpcore.Options) {
		return func(o *httpcore.Options) {
			o.Retry = httpcore.Retry{Total: 10, Backoff: time.Second, BackoffMax: 2 * time.Minute, RetryAfterMax: time.Minute}
			change(&o.Retry)
		}
	}
	// Those that only tune retries are tried beside a counter.
	tuned := func(change func(*httpcore.Retry)) func(*httpcore.Options) {
		return retry(func(r *httpcore.Retry) { r.Other = &three; change(r) })
	}
	type o = *httpcore.Options
	return []struct {
		key, written string
		want         func(*httpcore.Options)
	}{
		{"timeout", `"1.5s"`, func(o o) { o.Timeout.Connect, o.Timeout.Read = 1500*time.Millisecond, 1500*time.Millisecond }},
		{"timeout", `false`, func(o o) { o.Timeout = httpcore.Timeouts{} }},
		{"timeout.connect", `2`, func(o o) { o.Timeout.Connect = 2 * time.Second }},
		{"timeout.read", `"2s"`, func(o o) { o.Timeout.Read = 2 * time.Second }},
		{"timeout.total", `"1m"`, func(o o) { o.Timeout.Total = time.Minute }},
		{"redirects", `5`, func(o o) { o.Redirects = 5 }},
		{"redirects", `false`, func(o o) { o.Redirects = 0 }},
		{"fail", `true`, func(o o) { o.Fail = true }},
		{"retry", `3`, retry(func(r *httpcore.Retry) { r.Total = 3 })},
		{"retry.total", `4`, retry(func(r *httpcore.Retry) { r.Total = 4 })},
		{"retry.connect", `3`, retry(func(r *httpcore.Retry) { r.Connect = &three })},
		{"retry.read", `3`, retry(func(r *httpcore.Retry) { r.Read = &three })},
		{"retry.read", `false`, retry(func(r *httpcore.Retry) { r.Read = new(int) })},
		{"retry.redirect", `3`, retry(func(r *httpcore.Retry) { r.Redirect = &three })},
		{"retry.status", `3`, retry(func(r *httpcore.Retry) { r.Status = &three })},
		{"retry.other", `3`, tuned(func(*httpcore.Retry) {})},
		{"retry.on_status", `[500,502]`, retry(func(r *httpcore.Retry) { r.OnStatus = []int{500, 502} })},
		{"retry.on_status", `"{{statuses}}"`, retry(func(r *httpcore.Retry) { r.OnStatus = []int{500, 502} })},
		{"retry.methods", `["post"]`, tuned(func(r *httpcore.Retry) { r.Methods = []string{"post"} })},
		{"retry.methods", `[]`, tuned(func(r *httpcore.Retry) { r.Methods = []string{} })},
		{"retry.backoff", `"200ms"`, tuned(func(r *httpcore.Retry) { r.Backoff = 200 * time.Millisecond })},
		{"retry.max", `"5s"`, tuned(func(r *httpcore.Retry) { r.BackoffMax, r.RetryAfterMax = 5*time.Second, 5*time.Second })},
		{"retry.jitter", `"1s"`, tuned(func(r *httpcore.Retry) { r.Jitter = time.Second })},
		{"retry.respect_retry_after", `false`, tuned(func(r *httpcore.Retry) { r.IgnoreRetryAfter = true })},
		{"retry.after_default", `"30s"`, tuned(func(r *httpcore.Retry) { r.AfterDefault = 30 * time.Second })},
		{"verify", `false`, func(o o) { o.TLS.Insecure = true }},
		{"verify", `"/ca.pem"`, func(o o) { o.TLS.CA = "/ca.pem" }},
		{"cert", `"/both.pem"`, func(o o) { o.TLS.Cert = "/both.pem" }},
		{"cert.file", `"/me.p12"`, func(o o) { o.TLS.Cert = "/me.p12" }},
		{"cert.key", `"/me.key"`, func(o o) { o.TLS.Cert, o.TLS.Key = "/me", "/me.key" }},
		{"cert.password", `"{{secret('token')}}"`, func(o o) { o.TLS.Cert, o.TLS.Password = "/me", "s3cret-token" }},
		{"tls.min", `"1.3"`, func(o o) { o.TLS.MinVersion = "1.3" }},
		{"tls.server_name", `"sni.test"`, func(o o) { o.TLS.ServerName = "sni.test" }},
		{"tls.key_log", `"/keys"`, func(o o) { o.TLS.KeyLog = "/keys" }},
		{"proxy", `"socks5h://u:p@{{host}}:1"`, func(o o) {
			o.Network.Proxies = httpcore.Proxies{By: map[string]string{"all": "socks5h://u:p@proxy.test:1"}, Origin: "options.proxy"}
		}},
		{"proxy", `""`, func(o o) {
			o.Network.Proxies = httpcore.Proxies{By: map[string]string{"all": ""}, Origin: "options.proxy"}
		}},
		{"http", `"3"`, func(o o) { o.Protocol = httpcore.ProtocolHTTP3 }},
		{"http", `"2-prior-knowledge"`, func(o o) { o.Protocol = httpcore.ProtocolPriorKnowledge }},
		{"path", `"as-is"`, func(o o) { o.RawPath = true }},
		{"network.resolve.'api.x:443'", `"127.0.0.1:8443"`, func(o o) { o.Network.Resolve = map[string]string{"api.x:443": "127.0.0.1:8443"} }},
		{"network.unix", `"/run/x.sock"`, func(o o) { o.Network.Unix = "/run/x.sock" }},
		{"network.family", `"4"`, func(o o) { o.Network.Family = "4" }},
		{"decode", `false`, func(o o) { o.Decode.Off = true }},
		{"decode.on", `false`, func(o o) { o.Decode.Off = true }},
		{"decode.max_size", `"2MiB"`, func(o o) { o.Decode.MaxSize = 2 << 20 }},
		{"decode.max_expansion", `50`, func(o o) { o.Decode.MaxExpansion = 50 }},
	}
}

// TestEveryOption resolves each key from where it can stand: the request, the folders above it, a prefix, a session, --set.
func TestEveryOption(t *testing.T) {
	for _, test := range keys() {
		tuning := ""
		switch name, _ := strings.CutPrefix(test.key, "retry."); name {
		case "methods", "backoff", "max", "jitter", "respect_retry_after", "after_default":
			tuning = "retry.other = 3\n"
		}
		if name, ok := strings.CutPrefix(test.key, "cert."); ok && name != "file" {
			tuning = "cert.file = \"/me\"\n" // it is inherited as a whole
		}
		line := test.key + " = " + test.written
		const request, vars = "url = \"http://h.test/a\"\n", "[vars]\nhost = \"proxy.test\"\nstatuses = [500, 502]\n"
		for place, files := range map[string]map[string]string{
			"request":    {"x/r.toml": request + vars + "[options]\n" + tuning + line + "\n"},
			"folder":     {"x/r.toml": request + vars, "x/folder.toml": "[options]\n" + tuning + line + "\n"},
			"collection": {"x/r.toml": request + vars, "collection.toml": "[options]\n" + tuning + line + "\n"},
			"prefix":     {"x/r.toml": request + vars, "collection.toml": "[for.\"http://h.test\".options]\n" + tuning + line + "\n"},
			"session":    {"x/r.toml": request + vars, "collection.toml": "[sessions.own.options]\n" + tuning + line + "\n"},
			"--set":      {"x/r.toml": request + vars},
		} {
			in := input(t, files)
			in.Session = "own"
			if place == "--set" {
				for _, assignment := range []string{tuning, "options." + line} {
					assignment = strings.TrimSpace(strings.Replace(assignment, " = ", "=", 1))
					if assignment != "" && !strings.HasPrefix(assignment, "options.") {
						assignment = "options." + assignment
					}
					if assignment == "" {
						continue
					}
					if err := in.Request.Override(assignment); err != nil {
						t.Errorf("--set %s: %v", assignment, err)
					}
				}
			}
			out, err := resolve.Resolve(context.Background(), in)
			if err != nil {
				t.Errorf("%s in the %s: %v", line, place, err)
				continue
			}
			want := httpcore.DefaultOptions()
			test.want(&want)
			if got, want := asJSON(t, out.Request.Options), asJSON(t, want); got != want {
				t.Errorf("%s in the %s:\n got %s\nwant %s", line, place, got, want)
			}
			key, _, _ := strings.Cut(strings.ReplaceAll(test.key, "'", ""), " ")
			if why := whyOf(resolve.Explain(out, nil), "options."+key); len(why) == 0 || !strings.Contains(why[0].String(), map[string]string{
				"request": "(request, x/r.toml:", "folder": "(folder x, x/folder.toml:", "collection": "(collection, collection.toml:",
				"prefix": `([for."http://h.test"], collection.toml:`, "session": "([sessions.own], collection.toml:", "--set": "(--set)",
			}[place]) {
				t.Errorf("%s in the %s is explained by %q", line, place, why)
			}
		}
	}
}

func sent(o *resolve.Output) string {
	if o.Request.Body == nil {
		return "no body"
	}
	opened, err := o.Request.Body.Open()
	if err != nil {
		return err.Error()
	}
	defer opened.Close()
	data, err := io.ReadAll(opened)
	if err != nil {
		return err.Error()
	}
	return string(data)
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestRetryIsOff: nothing is tried again unless it is asked for, whatever the waits are.
func TestRetryIsOff(t *testing.T) {
	for _, options := range []string{
		"", "retry = 0", "retry = false", "retry = { backoff = \"2s\", methods = [] }", "retry = { total = false, connect = 3 }",
	} {
		in := input(t, map[string]string{"x/r.toml": "url = \"http://h\"\n[options]\n" + options, "collection.toml": "[options.retry]\nmax = \"9s\"\n"})
		out, err := resolve.Resolve(context.Background(), in)
		if err != nil {
			t.Fatal(err)
		}
		if got := out.Request.Options.Retry; asJSON(t, got) != asJSON(t, httpcore.Retry{}) {
			t.Errorf("%s: %+v", options, got)
		}
	}
}

// TestOverrideSetsEveryKey lays each key outside of [options] over a request by --set.
func TestOverrideSetsEveryKey(t *testing.T) {
	file := `method = "PUT"
url = "http://h.test/:id"
[path]
id = 1
[body]
graphql = { query = "{ a }", variables = '{"n": 1}', operation = "A" }
`
	for _, test := range []struct {
		assignments string // with | between them
		what        func(*resolve.Output) string
		want        string
	}{
		{"method=GET", func(o *resolve.Output) string { return o.Request.Method + " " + fields(o.Request.Params) }, `GET query={ a } variables={"n": 1} operationName=A`},
		{"url=http://x/?a=b", func(o *resolve.Output) string { return o.Request.URL }, "http://x/?a=b"},
		{"vars.v=2|url=http://x/{{v}}", func(o *resolve.Output) string { return o.Request.URL }, "http://x/2"},
		{"path.id=9", func(o *resolve.Output) string { return fields(o.Request.Path) }, "id=9"},
		{"params.a=1|params.b=[1, \"x y\"]", func(o *resolve.Output) string { return fields(o.Request.Params) }, "a=1 b=1 b=x y"},
		{"headers.X-A=1", func(o *resolve.Output) string { return fields(o.Request.Headers) }, "X-A=1"},
		{"headers.~Accept=", func(o *resolve.Output) string { return strings.Join(o.Request.Without, " ") }, "Accept"},
		{"cookies.c=1", func(o *resolve.Output) string { return fields(o.Request.Cookies) }, "c=1"},
		{"auth.type=basic|auth.username=u|auth.password=012", func(o *resolve.Output) string { return o.Request.Auth.Type + " " + fields(o.Request.Auth.Values) }, "basic username=u password=012"},
		{"body.json=[1]", sent, "[1]"},
		{"body.text=5", sent, "5"},
		{"body.text=true|body.type=text/csv", func(o *resolve.Output) string { return o.Request.Body.ContentType() }, "text/csv"},
		{"body.form.a=1|body.form.b=2", sent, "a=1&b=2"},
		{"body.form={a=1}", sent, "a=1"},
		{`body.multipart=[{name="n",value="v"}]|body.boundary=B`, sent, "--B\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\nv\r\n--B--\r\n"},
		{"body.file=/etc/hostname.none", sent, ""},
		{"body.graphql.query={ b }", sent, `{"query":"{ b }","variables":{"n": 1},"operationName":"A"}`},
		{`body.graphql.variables={"n": 1.50}`, sent, `{"query":"{ a }","variables":{"n": 1.50},"operationName":"A"}`},
		{"body.graphql.operation=B", sent, `{"query":"{ a }","variables":{"n": 1},"operationName":"B"}`},
		{"body.text=a|body.compress=identity", sent, "a"},
		{"options.session=s", func(o *resolve.Output) string { return o.Session }, "s"},
		{"options.session=1", func(o *resolve.Output) string { return o.Session }, "1"},
		{"options.http=2", func(o *resolve.Output) string { return string(o.Request.Options.Protocol) }, "2"},
		{"options.tls.min=1.3", func(o *resolve.Output) string { return o.Request.Options.TLS.MinVersion }, "1.3"},
		{"record=false", func(o *resolve.Output) string { return fmt.Sprint(o.Record) }, "none"},
		{"record=no-body", func(o *resolve.Output) string { return fmt.Sprint(o.Record) }, "no-body"},
		{"notes=n|tags=[\"a\"]", func(o *resolve.Output) string { return fmt.Sprint(o.Record) }, "all"},
	} {
		in := input(t, map[string]string{"x/r.toml": file})
		if err := in.Request.Override(strings.Split(test.assignments, "|")...); err != nil {
			t.Errorf("%s: %v", test.assignments, err)
			continue
		}
		out, err := resolve.Resolve(context.Background(), in)
		if strings.HasPrefix(test.assignments, "body.file") {
			if err == nil || !strings.Contains(err.Error(), "hostname.none") {
				t.Errorf("%s: %v", test.assignments, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", test.assignments, err)
			continue
		}
		if got := test.what(out); got != test.want {
			t.Errorf("%s: %q, want %q", test.assignments, got, test.want)
		}
	}
}
