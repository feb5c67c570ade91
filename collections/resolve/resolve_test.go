package resolve_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/collections"
	"parley/collections/disk"
	"parley/collections/env"
	"parley/collections/resolve"
	"parley/collections/template"
	"parley/httpcore"
	"parley/httpcore/body"
)

// input writes files into a folder and returns the resolving of the request x/r.
func input(t *testing.T, files map[string]string) resolve.Input {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c, err := collections.Open(disk.OS(), dir)
	if err != nil {
		t.Fatal(err)
	}
	r, err := c.Request("x/r")
	if err != nil {
		t.Fatal(err)
	}
	e, err := c.Effective(r)
	if err != nil {
		t.Fatal(err)
	}
	return resolve.Input{
		Request: e, Environments: c.Environments, Beside: c.Beside,
		Host: template.Host{
			Secret: env.NewSecrets(resolve.SecretHosts(c), env.Environ(func(name string) (string, bool) {
				value, ok := map[string]string{"PARLEY_SECRET_TOKEN": "s3cret-token", "PARLEY_SECRET_PIN": "1234"}[name]
				return value, ok
			})).Get,
		},
	}
}

func content(t *testing.T, p body.Payload) string {
	t.Helper()
	if p == nil {
		return ""
	}
	opened, err := p.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	data, err := io.ReadAll(opened)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func fields(f httpcore.Fields) string {
	var list []string
	for _, one := range f {
		list = append(list, one.Name+"="+one.Value)
	}
	return strings.Join(list, " ")
}

const whole = `method = "{{verb}}"
url = " {{base}}/teams/:team "
[vars]
verb = "PUT"
[path]
team = 42
[params]
lang = ["python", "{{other}}"]
n = 1.0
"~off" = "x"
"{{other}}" = true
[headers]
X-Own = "{{base64('a')}}"
"~User-Agent" = ""
[cookies]
theme = "dark"
[auth]
type = "bearer"
token = "{{secret('token')}}"
[body]
json = '''
{"a": "{{other}}",
 "b": 1}
'''
compress = "identity"
[options]
timeout = { read = "{{wait}}", total = 90 }
redirects = 0
fail = true
verify = "../ca.pem"
cert = { file = "me.pem", key = "/abs/key.pem" }
tls = { min = "1.3", server_name = "sni.test", key_log = "keys.log" }
http = "1.1"
path = "as-is"
network = { resolve = { "h:1" = "127.0.0.1:2" }, unix = "run.sock", family = "4" }
decode = { max_size = "2MiB", max_expansion = 100 }
session = "admin"
[capture]
id = "json.id"
`

func TestResolve(t *testing.T) {
	in := input(t, map[string]string{
		"collection.toml":       "[vars]\nbase = \"http://collection\"\nother = \"go\"\n[headers]\nAccept = \"*/*\"\n[secrets.token]\nhosts = [\"h.test\"]\n",
		"x/folder.toml":         "[vars]\nwait = \"2s\"\n[headers]\nx-own = \"outer\"\n",
		"x/r.toml":              whole,
		"environments/dev.toml": "[vars]\nbase = \"http://h.test\"\n",
	})
	out, err := resolve.Resolve(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	r := out.Request
	dir := filepath.Dir(in.Beside("x/r.toml", "r.toml"))
	for _, check := range []struct{ what, got, want string }{
		{"method", r.Method, "PUT"},
		{"url", r.URL, "http://h.test/teams/:team"},
		{"path", fields(r.Path), "team=42"},
		{"params", fields(r.Params), "lang=python lang=go n=1.0 go=true"},
		{"headers", fields(r.Headers), "Accept=*/* X-Own=YQ=="},
		{"without", strings.Join(r.Without, " "), "User-Agent"},
		{"cookies", fields(r.Cookies), "theme=dark"},
		{"auth", r.Auth.Type + " " + fields(r.Auth.Values), "bearer token=s3cret-token"},
		{"body", content(t, r.Body), "{\"a\": \"go\",\n \"b\": 1}"},
		{"type", r.Body.ContentType(), "application/json"},
		{"timeouts", fmt.Sprint(r.Options.Timeout), fmt.Sprint(httpcore.Timeouts{Connect: 10 * time.Second, Read: 2 * time.Second, Total: 90 * time.Second})},
		{"redirects", fmt.Sprint(r.Options.Redirects, r.Options.Fail, r.Options.RawPath), "0 true true"},
		{"tls", fmt.Sprintf("%+v", r.Options.TLS), fmt.Sprintf("%+v", httpcore.TLSOptions{
			CA: filepath.Join(filepath.Dir(dir), "ca.pem"), Cert: filepath.Join(dir, "me.pem"), Key: "/abs/key.pem",
			MinVersion: "1.3", ServerName: "sni.test", KeyLog: filepath.Join(dir, "keys.log"),
		})},
		{"protocol", string(r.Options.Protocol), "1.1"},
		{"network", fmt.Sprintf("%+v", r.Options.Network), fmt.Sprintf("%+v", httpcore.Network{
			Resolve: map[string]string{"h:1": "127.0.0.1:2"}, Unix: filepath.Join(dir, "run.sock"), Family: "4",
		})},
		{"decode", fmt.Sprintf("%+v", r.Options.Decode), "{Off:false MaxSize:2097152 MaxExpansion:100}"},
		{"session", out.Session, "admin"},
		{"secrets", fmt.Sprintln(len(r.Secrets), r.Secrets[0].Name, r.Secrets[0].Hosts), "1 token [h.test]\n"},
		{"warnings", fmt.Sprint(out.Warnings), "[]"},
	} {
		if check.got != check.want {
			t.Errorf("%s: %q\nwant %q", check.what, check.got, check.want)
		}
	}
	for _, v := range out.Values {
		if v.Secret != (v.Key == "auth.token") {
			t.Errorf("%s: secret %v", v.Key, v.Secret)
		}
		if v.Key == "url" && (v.Where.String() != "x/r.toml:2:7" || v.Pieces[1].Origin.String() != "environment dev, environments/dev.toml:2:8") {
			t.Errorf("url comes from %s, %s", v.Where, v.Pieces[1].Origin)
		}
	}
}

func TestBodies(t *testing.T) {
	for _, test := range []struct{ section, content, contentType string }{
		{`json = "{\"a\": 1}"`, `{"a": 1}`, "application/json"},
		{"json = '1'\ntype = \"application/problem+json\"", "1", "application/problem+json"},
		{"text = '''\na,b\n'''\ntype = \"text/csv\"", "a,b\n", "text/csv"},
		{"text = 'a'", "a", ""},
		{`form = { a = "1 2", b = ["x", "{{v}}"], "~c" = "3" }`, "a=1+2&b=x&b=v%26", "application/x-www-form-urlencoded"},
		{"file = 'data/p.csv'", "1,2\n", "text/csv"},
		{"file = '../up.bin'\ntype = \"x/y\"", "up", "x/y"},
		{
			"boundary = \"B\"\nmultipart = [{ name = \"n\", value = 1 }, { name = \"f\", file = \"data/p.csv\", type = \"x/y\", filename = \"q\" }, { name = \"o\", value = \"\", off = true }]",
			"--B\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\n1\r\n--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"q\"\r\nContent-Type: x/y\r\n\r\n1,2\n\r\n--B--\r\n",
			"multipart/form-data; boundary=B",
		},
	} {
		in := input(t, map[string]string{
			"x/r.toml": "url = \"http://h\"\n[vars]\nv = \"v&\"\n[body]\n" + test.section, "x/data/p.csv": "1,2\n", "up.bin": "up",
		})
		out, err := resolve.Resolve(context.Background(), in)
		if err != nil {
			t.Errorf("%s: %v", test.section, err)
			continue
		}
		if got := content(t, out.Request.Body); got != test.content || out.Request.Body.ContentType() != test.contentType {
			t.Errorf("%s:\n got %q %q\nwant %q %q", test.section, got, out.Request.Body.ContentType(), test.content, test.contentType)
		}
	}
}

func TestVariablesKeepTheirBytesInJSON(t *testing.T) {
	in := input(t, map[string]string{"x/r.toml": "url = \"http://h\"\n[vars]\nv = \"a\\r\\n\"\n[body]\njson = \"1\\r\\n{{v}}\"\n"})
	out, err := resolve.Resolve(context.Background(), in)
	if err != nil || content(t, out.Request.Body) != "1\na\r\n" {
		t.Errorf("%q, %v", content(t, out.Request.Body), err)
	}
}

func TestEveryErrorOfARequestIsReported(t *testing.T) {
	in := input(t, map[string]string{
		"x/r.toml": "url = \"http://{{hots}}\"\n[vars]\nhost = \"h\"\n[headers]\nA = \"x\\t{{uuid}}\"\n[body]\ntext = '''\nline\n{{nope}}'''\n" +
			"[options]\nredirects = \"{{host}}\"\nfail = \"{{host}}\"\ntimeout = \"{{host}}\"\n[options.decode]\nmax_size = \"{{host}}\"\n",
	})
	_, err := resolve.Resolve(context.Background(), in)
	list, ok := errors.AsType[template.Errors](err)
	if !ok {
		t.Fatal(err)
	}
	var got []string
	for _, e := range list {
		got = append(got, e.Position.String())
	}
	want := "x/r.toml:1:17 x/r.toml:5:11 x/r.toml:9:3 x/r.toml:13:11 x/r.toml:13:11 x/r.toml:11:13 x/r.toml:12:8 x/r.toml:15:12"
	if strings.Join(got, " ") != want {
		t.Errorf("places %s\nwant   %s\n%v", strings.Join(got, " "), want, err)
	}
}

func TestBodyFileThatIsNotThere(t *testing.T) {
	in := input(t, map[string]string{"x/r.toml": "url = \"http://h\"\n[body]\nfile = \"nope.bin\"\n"})
	_, err := resolve.Resolve(context.Background(), in)
	if err == nil || !strings.HasPrefix(err.Error(), "x/r.toml:3:8: ") || !strings.Contains(err.Error(), "nope.bin") {
		t.Errorf("error %v", err)
	}
}

func TestWarnings(t *testing.T) {
	in := input(t, map[string]string{
		"x/r.toml": "url = \"http://h?{{secret('pin')}}\"\n[body.graphql]\nquery = \"mutation { a }\"\n",
	})
	out, err := resolve.Resolve(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	all := fmt.Sprint(out.Warnings)
	for _, want := range []string{"a mutation needs", `secret "pin" is shorter`} {
		if !strings.Contains(all, want) {
			t.Errorf("no warning of %s in %s", want, all)
		}
	}
	if len(out.Warnings) != 2 {
		t.Errorf("%d warnings", len(out.Warnings))
	}
}

func TestSecretHostsThatCannotBeReadAllowNone(t *testing.T) {
	for hosts, want := range map[string]string{`["a", "b"]`: "[a b]", `"a"`: "[a]", "[]": "[]"} {
		in := input(t, map[string]string{
			"collection.toml": "[secrets.token]\nhosts = " + hosts + "\n", "x/r.toml": "url = \"http://h/{{secret('token')}}\"",
		})
		out, err := resolve.Resolve(context.Background(), in)
		if err != nil {
			t.Fatal(err)
		}
		if got := out.Request.Secrets[0].Hosts; fmt.Sprint(got) != want || len(got) == 0 {
			t.Errorf("%s: %d hosts %v", hosts, len(got), got)
		}
	}
}

func TestAnEditedValueBelongsToItsFile(t *testing.T) {
	in := input(t, map[string]string{"x/r.toml": "url = \"http://h\"\n"})
	in.Request.Request.Body = collections.Body{Kind: collections.BodyText, Content: collections.Str("{{v}}{{file('p')}}")}
	in.Request.Request.Options.Verify = collections.Str("ca.pem")
	var err error
	if in.Request, err = (&collections.Collection{Tree: &collections.Folder{}}).Effective(in.Request.Request); err != nil {
		t.Fatal(err)
	}
	in.Request.Scopes[0].Vars = []collections.Entry{{Name: "v", Value: collections.Str("{{file('q')}}")}}
	in.Host.ReadFile = func(beside, path string) ([]byte, error) { return []byte(beside + "|" + path + " "), nil }
	in.Beside = func(file, name string) string { return file + "|" + name }
	out, err := resolve.Resolve(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	if got := content(t, out.Request.Body) + out.Request.Options.TLS.CA; got != "x/r.toml|q x/r.toml|p x/r.toml|ca.pem" {
		t.Errorf("paths %s", got)
	}
}

func TestOverriddenFilesAreTheCommandLines(t *testing.T) {
	in := input(t, map[string]string{"x/r.toml": "url = \"http://h\"\n"})
	if err := in.Request.Override("options.verify=ca.pem"); err != nil {
		t.Fatal(err)
	}
	in.Beside = func(file, name string) string { return file + "|" + name }
	out, err := resolve.Resolve(context.Background(), in)
	if err != nil || out.Request.Options.TLS.CA != collections.OverrideFile+"|ca.pem" {
		t.Errorf("%+v, %v", out, err)
	}
}

// TestSecretHostsFailClosed: rules that cannot be read allow no host, also for a URL that inherits nothing else.
func TestSecretHostsFailClosed(t *testing.T) {
	for written, want := range map[string]string{
		"[secrets.token]\nhosts = true": "1 []", "[secrets]\ntoken = 'h.test'": "1 []", "[secrets.other]\nhosts = 'h'": "0 []", "[secrets.token]\nmine = 1": "0 []",
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "collection.toml"), []byte(written), 0o600); err != nil {
			t.Fatal(err)
		}
		c, err := collections.Open(disk.OS(), dir)
		if err != nil {
			t.Fatal(err)
		}
		if hosts := resolve.SecretHosts(c)("token"); fmt.Sprint(len(hosts), hosts) != want {
			t.Errorf("%s: %d hosts %q, want %s", written, len(hosts), hosts, want)
		}
	}
}
