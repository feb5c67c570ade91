package importer_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/collections"
	"parley/collections/importer"
	"parley/collections/importer/openapi"
)

// describe shows what matters of a request in a line.
func describe(r *collections.Request) string {
	var parts []string
	add := func(format string, args ...any) { parts = append(parts, fmt.Sprintf(format, args...)) }
	if r.Method.IsSet() {
		add("%s", r.Method.Text)
	}
	add("%s", r.URL.Text)
	list := func(what string, entries []collections.Entry) {
		for _, e := range entries {
			off := ""
			if e.Off {
				off = "~"
			}
			add("%s[%s%s=%s]", what, off, e.Name, e.Value.Text)
		}
	}
	list("h", r.Headers)
	list("c", r.Cookies)
	if r.Auth.IsSet() {
		add("auth %s", r.Auth.Type.Text)
		list("a", r.Auth.Fields)
	}
	if b := r.Body; b.Kind != collections.BodyNone {
		add("%s(%s)%s", b.Kind, b.Content.Text, b.Type.Text)
		list("f", b.Form)
		for _, p := range b.Parts {
			add("part[%s=%s%s %s %s]", p.Name.Text, p.Value.Text, p.File.Text, p.Type.Text, p.Filename.Text)
		}
	}
	o := r.Options
	for _, v := range []struct {
		name string
		v    collections.Value
	}{
		{"redirects", o.Redirects},
		{"fail", o.Fail},
		{"verify", o.Verify},
		{"cert", o.Cert.File},
		{"password", o.Cert.Password},
		{"min", o.TLS.Min},
		{"proxy", o.Proxy},
		{"http", o.HTTP},
		{"path", o.Path},
		{"unix", o.Network.Unix},
		{"family", o.Network.Family},
		{"connect", o.Timeout.Connect},
		{"total", o.Timeout.Total},
	} {
		if v.v.IsSet() && (v.name != "redirects" || v.v.Text != "false") {
			add("%s=%s", v.name, v.v.Text)
		}
	}
	list("resolve", o.Network.Resolve)
	return strings.Join(parts, " ")
}

func TestCurl(t *testing.T) {
	for command, want := range map[string]string{
		"curl h.test":                                 "http://h.test",
		"$ curl 'https://h/a b'":                      "https://h/a b",
		"/usr/bin/curl -sSLfk https://h":              "https://h redirects=50 fail=true verify=false",
		"curl --max-redirs 3 -L h":                    "http://h redirects=3",
		"curl --sil --no-insecure --insec h":          "http://h verify=false",
		"curl -XPUT h -d@- <<< 'a'":                   "PUT http://h text(a)application/x-www-form-urlencoded",
		"curl h -d a=1 -d 'b=x%20y'":                  "POST http://h text(a=1&b=x%20y)application/x-www-form-urlencoded",
		"curl h -d a=1 -d 'b=x+y'":                    "POST http://h form() f[a=1] f[b=x y]",
		"curl h -d 'a=1&a=2'":                         "POST http://h text(a=1&a=2)application/x-www-form-urlencoded",
		"curl h -d ''":                                "POST http://h text()application/x-www-form-urlencoded",
		"curl h -d '~a=1'":                            "POST http://h text(~a=1)application/x-www-form-urlencoded",
		"curl h --data-binary @f":                     "POST http://h file(f)application/x-www-form-urlencoded",
		"curl h --data-binary @-":                     "POST http://h file(/dev/stdin)application/x-www-form-urlencoded",
		"curl h --data-binary @- < f":                 "POST http://h file(f)application/x-www-form-urlencoded",
		"curl h -d @f":                                `POST http://h text({{replace(replace(file("f"), "\r", ""), "\n", "")}})application/x-www-form-urlencoded`,
		"curl h --data-urlencode 'q=a b/' ":           "POST http://h text(q=a%20b%2F)application/x-www-form-urlencoded",
		"curl h --data-urlencode q@f":                 `POST http://h text(q={{urlencode(file("f"))}})application/x-www-form-urlencoded`,
		"curl h -G -d a=1 --data-urlencode 'b= '":     "http://h?a=1&b=%20",
		"curl 'h?x#f' -G -d a=1":                      "http://h?x&a=1#f",
		"curl h --json '{\"a\":1}'":                   `POST http://h h[Content-Type=application/json] h[Accept=application/json] json({"a":1})`,
		"curl h -d '{{x}}' -H 'A: {{y}}'":             `POST http://h h[A={{"{{"}}y}}] text({{"{{"}}x}})application/x-www-form-urlencoded`,
		"curl h -H 'Content-Type: a/json' -d '{}'":    "POST http://h h[Content-Type=a/json] json({})",
		"curl h -H 'Content-Type: a/json' -d '{'":     "POST http://h h[Content-Type=a/json] text({)",
		"curl h -H 'A: 1' -H 'B;' -H 'C:' -A '' -e x": "http://h h[A=1] h[B=] h[~C=] h[~User-Agent=] h[Referer=x]",
		"curl h -b 'a=1; b=2'":                        "http://h c[a=1] c[b=2]",
		"curl h -b 'a=1;b=2'":                         "http://h h[Cookie=a=1;b=2]",
		"curl h -b a=1 -H 'Cookie: z=1'":              "http://h h[Cookie=z=1]",
		"curl h -u me:a:b":                            "http://h auth basic a[username=me] a[password=a:b]",
		"curl h -u me":                                `http://h auth basic a[username=me] a[password={{prompt("Password of me")}}]`,
		"curl h -u me:p --digest":                     "http://h auth digest a[username=me] a[password=p]",
		"curl 'http://me:p%40@h/' --digest":           "http://h/ auth digest a[username=me] a[password=p@]",
		"curl h --oauth2-bearer t":                    "http://h auth bearer a[token=t]",
		"curl h -u k:s --aws-sigv4 aws:amz:eu:s3":     "http://h auth aws-sigv4 a[access_key=k] a[secret_key=s] a[region=eu] a[service=s3]",
		"curl h -n":                                   "http://h auth netrc a[missing=ignore]",
		"curl h --ntlm -u 'D\\u:p'":                   "http://h auth ntlm a[username=D\\u] a[password=p]",
		"curl h --negotiate -u :":                     "http://h",
		"curl h -F a=1 -F 'f=@x.png;type=a/b;filename=\"q\\\"\"' -F 'g=<y'": `POST http://h multipart() part[a=1  ] part[f=x.png a/b q"] part[g={{file("y")}}  ]`,
		"curl h --form-string 'a=@b;type=c'":                                "POST http://h multipart() part[a=@b;type=c  ]",
		"curl h -F 'a=x;type=text/html;charset=utf-8;filename=n'":           "POST http://h multipart() part[a=x text/html;charset=utf-8 n]",
		"curl h/d/ -T a/f.txt":                                              "PUT http://h/d/f.txt h[~Content-Type=] file(a/f.txt)",
		"curl h -I":                                                         "HEAD http://h",
		"curl h -r 0-9":                                                     "http://h h[Range=bytes=0-9]",
		"curl h --connect-timeout 1.5 -m 20":                                "http://h connect=1.5s total=20s",
		"curl h -x p:1 -U u:p@":                                             "http://h proxy=http://u:p%40@p:1",
		"curl h --socks5-hostname p:1":                                      "http://h proxy=socks5h://p:1",
		"curl h -E c.pem:pw --cacert ca.pem":                                "http://h verify=ca.pem cert=c.pem password=pw",
		"curl h --resolve h:80:::1 -4":                                      "http://h family=4 resolve[h:80=[::1]:80]",
		"curl h --connect-to [::1]:80:i:81 --connect-to ::j:":               "http://h resolve[h:80=j:80]",
		"curl h --connect-to h:80:i:81":                                     "http://h resolve[h:80=i:81]",
		"curl h --unix-socket /s --http1.1":                                 "http://h http=1.1 unix=/s",
		"curl 'h/{x}' -g":                                                   "http://h/%7Bx%7D",
		`curl 'h/\{x\}'`:                                                    "http://h/%7Bx%7D",
		"curl 'h/:x/:y?:z'":                                                 "http://h/%3Ax/%3Ay?:z",
		`curl 'h/\{\}'`:                                                     "http://h/{} path=as-is",
		"curl --url-query a=b h?c":                                          "http://h?c&a=b",
		`curl $'h/\u00e9' -d $'a\nb'`:                                       "POST http://h/é text(a\nb)application/x-www-form-urlencoded",
		`curl h -H "Authorization: Bearer $TOKEN" -d "$A"`:                  `POST http://h h[Authorization=Bearer {{env("TOKEN")}}] text({{env("A")}})application/x-www-form-urlencoded`,
		`curl h --data-urlencode "q=x $A"`:                                  `POST http://h text(q={{urlencode("x " + env("A"))}})application/x-www-form-urlencoded`,
		"curl h \\\n  -H 'A: b'":                                            "http://h h[A=b]",
		"curl h -d @- <<EOF\nline $X\nEOF":                                  `POST http://h text(line {{env("X")}})application/x-www-form-urlencoded`,
		"curl ^\"https://h/?a=1^&b=2^\" ^\r\n  -H ^\"A: b^\" ^\r\n  --data-raw ^\"^{^\\^\"a^\\^\": 1^}^\"": `POST https://h/?a=1&b=2 h[A=b] text({"a": 1})application/x-www-form-urlencoded`,
		"curl \"https://h\" ^\r\n -H \"A: ^b\" -d \"x\"\"y\"":                                              `POST https://h h[A=^b] text(x"y)application/x-www-form-urlencoded`,
	} {
		items, err := importer.Curl(command)
		if err != nil {
			t.Errorf("%s: %v", command, err)
			continue
		}
		if got := describe(items[0].Request); len(items) != 1 || got != want {
			t.Errorf("%s\n got %s (%d items)\nwant %s", command, got, len(items), want)
		}
		if got := describe(saved(t, items[0].Request)); got != want {
			t.Errorf("%s\nis saved as %s\n    though %s", command, got, want)
		}
	}
}

// saved writes a request as a file and reads it again.
func saved(t *testing.T, r *collections.Request) *collections.Request {
	t.Helper()
	text, err := collections.Encode(r)
	if err != nil {
		t.Fatal(err)
	}
	again, err := collections.ParseRequest("x", text)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	for _, f := range again.Findings() {
		t.Errorf("%v in\n%s", f.Message, text)
	}
	return again
}

// update writes what the importers make of testdata/import into it.
var update = flag.Bool("update", false, "write the expected files of testdata/import")

func TestImportedFiles(t *testing.T) {
	sources, err := filepath.Glob("../../testdata/import/curl/*.sh")
	if err != nil || len(sources) == 0 {
		t.Fatalf("no sources: %v", err)
	}
	for _, path := range sources {
		source, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		items, err := importer.Curl(string(source))
		if err != nil {
			t.Fatal(err)
		}
		got, err := collections.Encode(items[0].Request)
		if err != nil {
			t.Fatal(err)
		}
		for _, note := range items[0].Notes {
			got = fmt.Appendf(got, "# %s: %s: %s\n", note.Outcome, note.What, note.Why)
		}
		expected := strings.TrimSuffix(path, ".sh") + ".toml"
		if *update {
			if err := os.WriteFile(expected, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(expected)
		if err != nil || string(got) != string(want) {
			t.Errorf("%s becomes\n%s\nwant\n%s\n%v", path, got, want, err)
		}
	}
}

func TestCurlMakesARequestForEachURL(t *testing.T) {
	items, err := importer.Curl("curl a b -d x --next c; curl d | jq .")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, item := range items {
		got = append(got, describe(item.Request))
	}
	want := "POST http://a text(x)application/x-www-form-urlencoded, POST http://b text(x)application/x-www-form-urlencoded, http://c, http://d"
	if strings.Join(got, ", ") != want {
		t.Errorf("got %s", strings.Join(got, ", "))
	}
}

func TestCurlExpandsRangesAndLists(t *testing.T) {
	for command, want := range map[string]string{
		"curl 'h/{a,b}[1-2]'":          "http://h/a1 http://h/a2 http://h/b1 http://h/b2",
		"curl 'h/[08-10]' 'h/{<n>x}'":  "http://h/08 http://h/09 http://h/10 http://h/x",
		"curl 'h/[a-e:2]'":             "http://h/a http://h/c http://h/e",
		"curl 'http://[::1]:80/[1-2]'": "http://[::1]:80/1 http://[::1]:80/2",
		"curl 'h/?a[]=1'":              "http://h/?a[]=1",
		`curl 'h/\{a,b\}'`:             "http://h/{a,b}",
		"curl -g 'h/[1-2]'":            "http://h/[1-2]",
	} {
		items, err := importer.Curl(command)
		if err != nil {
			t.Errorf("%s: %v", command, err)
			continue
		}
		var got []string
		for _, item := range items {
			got = append(got, item.Request.URL.Text)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s makes %q, want %s", command, got, want)
		}
	}
	for _, command := range []string{"curl 'h/[3-1]'", "curl 'h/[1'", "curl 'h/{a'", "curl 'h/[0-9999][0-9999]'", "curl 'h/[1-60000000000000000000]'"} {
		if items, err := importer.Curl(command); err == nil {
			t.Errorf("%s makes %d requests", command, len(items))
		}
	}
}

func TestCurlReports(t *testing.T) {
	for command, want := range map[string]string{
		"curl -s --compressed -o f h":      "kept []",
		"curl --retry 3 h":                 "kept []",
		"curl --retry many h":              "lost [{lost --retry many it is no number}]",
		"curl --http1.0 h":                 "changed [{changed --http1.0 HTTP/1.1 is spoken}]",
		"curl h -C -":                      "lost [{lost --continue-at - the size of curl's own file is not looked at}]",
		"curl h -z file":                   "lost [{lost --time-cond file it is no date that is understood, and the time of a file is not looked at}]",
		"curl ftp://h":                     "lost [{lost ftp://h ftp is not spoken}]",
		"curl h -b jar.txt":                "lost [{lost --cookie jar.txt the cookies of a file belong into a session: `parley cookies import` reads it}]",
		"curl h -H @f":                     "lost [{lost --header @f headers are not read from files}]",
		"curl $URL":                        `changed [{changed $URL it is read when the request is sent, by {{env("URL")}}}]`,
		"curl 'http://[::1]:80/'":          "kept []",
		"cd /tmp && curl h":                "changed [{changed other commands only curl commands are read, and nothing is run}]",
		"curl h -F 'a=@x,y'":               "changed [{changed --form a several files of one field are parts of the same name}]",
		"curl h -u a:b -H Authorization:x": "changed [{changed --user the Authorization header of -H is sent, as curl does}]",
	} {
		items, err := importer.Curl(command)
		if err != nil {
			t.Errorf("%s: %v", command, err)
			continue
		}
		if got := fmt.Sprint(items[0].Outcome(), " ", items[0].Notes); got != want {
			t.Errorf("%s\n got %s\nwant %s", command, got, want)
		}
	}
}

func TestCurlRefuses(t *testing.T) {
	for command, want := range map[string]string{
		"curl":                 "names no URL",
		"curl -X":              "the option -X has no value",
		"curl --nope h":        "curl has no option --nope",
		"curl -? h":            "curl has no option -?",
		"curl --tls h":         "curl has no option --tls",
		"curl 'h":              "line 1, column 6: reached EOF without closing quote",
		"curl $(cat url)":      "which is not run",
		"curl `cat url`":       "which is not run",
		"curl h -d @- < <(ls)": "which is not run",
		"wget h":               "there is no curl command",
		"wget ^\"h^\"":         "there is no curl command",
		"curl h ${X:?no}":      "",
		"curl ${!x*} h":        "",
		"curl --next":          "names no URL",
	} {
		items, err := importer.Curl(command)
		if want == "" {
			continue // whatever it says, it does not panic
		}
		if _, ok := errors.AsType[*importer.SourceError](err); !ok || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, %v, want %q", command, items, err, want)
		}
	}
}

func TestSniff(t *testing.T) {
	for source, want := range map[string]bool{
		"curl x": true, "  $ curl x": true, "# note\n\ncurl.exe x": true, "A=b curl x": true, "/bin/curl x": true, "curl": true,
		"curly x": false, "http://h": false, "": false, "# curl x": false, "GET http://h": false,
	} {
		var by string
		for _, i := range importer.All() {
			if i.Sniff(source) {
				by = i.Name
			}
		}
		if (by == "curl") != want {
			t.Errorf("%q is sniffed as %q", source, by)
		}
	}
}

func FuzzImport(f *testing.F) {
	for _, seed := range []string{
		"curl 'http://h/a?b#c' -H 'A: b' -d 'a=b&c' -F 'x=@y;type=z' -u a:b --json '{}'", "curl ^\"h^\" ^\n -d ^\"x^\\^\"^\"",
		"curl $X -d @- <<EOF\n$Y\nEOF", "curl -XPOST h --data-urlencode n@f -G -T x", "curl h -b 'a=b; c' --resolve a:1:b --next i",
		"curl h -F 'a=\"\\\"b' -F '=(;x' -x p -U u:p -E a\\:b:c", "curl ${x:-y} ~/x \"$@\" $((1+1))",
		"openapi: 3.1.0\npaths: {/a/{b}: {post: {requestBody: {content: {application/json: {schema: &s {properties: {s: *s}}}}}}}}",
		`{"swagger": "2.0", "host": "h", "paths": {"/a": {"$ref": "#/paths/~1b"}, "/b": {"get": {"parameters": [{"in": "query", "name": "q"}]}}}}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		if len(source) > 4<<10 {
			return
		}
		if _, err := openapi.Read("openapi.yaml", []byte(source)); err != nil {
			if _, ok := errors.AsType[*openapi.Error](err); !ok {
				t.Fatalf("%T: %v", err, err)
			}
		}
		importer.IsCurl(source)
		items, err := importer.Curl(source)
		if err != nil {
			if _, ok := errors.AsType[*importer.SourceError](err); !ok {
				t.Fatalf("%T: %v", err, err)
			}
			return
		}
		for _, item := range items {
			if !item.Request.URL.IsSet() {
				t.Fatalf("%q has no URL", source)
			}
		}
	})
}
