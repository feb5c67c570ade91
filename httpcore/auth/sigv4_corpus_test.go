package auth

import (
	"bytes"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/httpcore"
	"parley/httpcore/body"
	"parley/testdata/corpora"
)

// unlikeAWS are the cases of the corpus that Parley does not sign to the byte.
var unlikeAWS = map[string]string{
	"get-header-value-multiline": "a folded header (RFC 9112 section 5.2) is refused, and never sent",
	"post-sts-header-after":      "the session token is always signed; leaving it out is for one service of AWS only",
}

// The corpus is the suite of awslabs/aws-c-auth: what header and query signing make of a request.
func TestSigV4Corpus(t *testing.T) {
	dir := filepath.Join(corpora.Dir(t, "auth"), "aws-sigv4", "v4")
	cases, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(cases) < 38 {
		t.Fatalf("only %d cases", len(cases))
	}
	tried := map[string]bool{}
	for _, c := range cases {
		for _, in := range []string{"header", "query"} {
			t.Run(c.Name()+"/"+in, func(t *testing.T) {
				tried[c.Name()] = true
				if why, found := unlikeAWS[c.Name()]; found {
					t.Skip(why)
				}
				readSigV4Case(t, filepath.Join(dir, c.Name())).check(t, in)
			})
		}
	}
	for name := range unlikeAWS {
		if !tried[name] {
			t.Errorf("%s is an exception, and no case", name)
		}
	}
}

type sigV4Case struct {
	dir     string
	context struct {
		Credentials struct {
			ID     string `json:"access_key_id"`
			Secret string `json:"secret_access_key"`
			Token  string
		}
		Expires   json.Number `json:"expiration_in_seconds"`
		Normalize bool
		Region    string
		Service   string
		SignBody  bool `json:"sign_body"`
		Timestamp time.Time
	}
	method, target, body string
	headers              httpcore.Fields
}

func readSigV4Case(t *testing.T, dir string) *sigV4Case {
	c := &sigV4Case{dir: dir}
	if err := json.Unmarshal([]byte(c.read(t, "context.json")), &c.context); err != nil {
		t.Fatal(err)
	}
	head, content, _ := strings.Cut(strings.ReplaceAll(c.read(t, "request.txt"), "\r\n", "\n"), "\n\n")
	lines := strings.Split(strings.TrimSuffix(head, "\n"), "\n")
	c.method, c.target, _ = strings.Cut(strings.TrimSuffix(lines[0], " HTTP/1.1"), " ")
	for _, line := range lines[1:] {
		name, value, _ := strings.Cut(line, ":")
		c.headers.Add(name, strings.TrimSpace(value))
	}
	c.body = content
	return c
}

func (c *sigV4Case) read(t *testing.T, name string) string {
	data, err := os.ReadFile(filepath.Join(c.dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(bytes.TrimSuffix(data, []byte("\n")))
}

func (c *sigV4Case) check(t *testing.T, in string) {
	p := c.prepare(t, in)
	a := c.authorizer(t, in)
	if err := a.Authorize(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	want := c.read(t, in+"-signed-request.txt")
	if in == "query" {
		_, target, _ := strings.Cut(strings.SplitN(want, "\n", 2)[0], " ")
		target = strings.TrimSuffix(target, " HTTP/1.1")
		_, query, _ := strings.Cut(target, "?")
		if got := inOrder(t, p.URL.Query); got != inOrder(t, query) {
			t.Errorf("query\n%s\nwant\n%s", got, inOrder(t, query))
		}
		return
	}
	for _, name := range []string{"Authorization", "X-Amz-Date", "X-Amz-Security-Token"} {
		got, _ := p.Header(name)
		if !strings.Contains("\n"+want+"\n", "\n"+name+":"+got+"\n") && got != "" || got == "" && strings.Contains(want, name+":") {
			t.Errorf("%s: %s\nis not in\n%s", name, got, want)
		}
	}
}

// prepare makes the request of the case, with the path and query as they stand there. A space, which no request line can
// hold, is put in afterwards.
func (c *sigV4Case) prepare(t *testing.T, in string) *httpcore.Prepared {
	headers := c.headers.Clone()
	if c.context.SignBody && in == "header" {
		_, hash, _ := strings.Cut(c.read(t, "header-canonical-request.txt"), "x-amz-content-sha256:")
		headers.Add(amzSHA256, strings.SplitN(hash, "\n", 2)[0])
	}
	request := &httpcore.Request{Method: c.method, URL: "https://example.amazonaws.com" + strings.ReplaceAll(c.target, " ", "%20"), Headers: headers}
	request.Options.RawPath = true
	if c.body != "" {
		request.Body = body.Text(c.body, "")
	}
	p, err := httpcore.NewSession(httpcore.SessionOptions{}).Prepare(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	p.URL.Path = strings.ReplaceAll(p.URL.Path, "%20", " ")
	return p
}

// authorizer signs with S3's rule for paths where the case does not want them normalized.
func (c *sigV4Case) authorizer(t *testing.T, in string) httpcore.Authorizer {
	var values httpcore.Fields
	for _, field := range [][2]string{
		{"access_key", c.context.Credentials.ID},
		{"secret_key", c.context.Credentials.Secret},
		{"session_token", c.context.Credentials.Token},
		{"region", c.context.Region},
		{"service", c.context.Service},
		{"in", in},
		{"expires", c.context.Expires.String()},
	} {
		values.Add(field[0], field[1])
	}
	authorizer, err := sigV4{source{now: func() time.Time { return c.context.Timestamp }}}.Authorizer(values)
	if err != nil {
		t.Fatal(err)
	}
	a := authorizer.(sigV4Authorizer)
	if !c.context.Normalize {
		a.canonicalPath = canonicalS3Path
	}
	return a
}

// inOrder returns a query in one spelling: the suite encodes less than Parley does.
func inOrder(t *testing.T, query string) string {
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	return values.Encode()
}
