package cli

import (
	"bytes"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"parley/collections/disk"
	"parley/httpcore"
	"parley/httpcore/auth"
	"parley/testdata/corpora"
)

// savedRequest is a request's file in the making.
type savedRequest struct {
	method, url     string
	params, headers [][2]string
	auth            [][2]string
	body            string
}

// toml writes the file. Any string that JSON can quote, TOML reads the same.
func (r savedRequest) toml() string {
	quote := func(s string) string {
		text, _ := json.Marshal(s) // a string always can be
		return strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(string(text))
	}
	var b strings.Builder
	b.WriteString("method = " + quote(r.method) + "\nurl = " + quote(r.url) + "\n")
	for key, entries := range map[string][][2]string{"params": r.params, "headers": r.headers} {
		b.WriteString(key + " = [\n")
		for _, entry := range entries {
			b.WriteString("  { name = " + quote(entry[0]) + ", value = " + quote(entry[1]) + " },\n")
		}
		b.WriteString("]\n")
	}
	b.WriteString("[options]\npath = \"as-is\"\n[auth]\n")
	for _, field := range r.auth {
		if field[1] != "" {
			b.WriteString(field[0] + " = " + quote(field[1]) + "\n")
		}
	}
	if r.body != "" {
		b.WriteString("[body]\ntext = " + quote(r.body) + "\n")
	}
	return b.String()
}

// offline is what `parley send --offline` prints of a saved request: the request line, then the headers in order.
func (r savedRequest) offline(t *testing.T) (target string, headers httpcore.Fields) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"collection.toml": "name = \"Signed\"\n", "it.toml": r.toml()} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var stdout, stderr bytes.Buffer
	program := &Program{
		Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr,
		IsTerminal: func(any) bool { return false }, Width: func(any) int { return 80 },
		LookupEnv: func(name string) (string, bool) { return filepath.Join(dir, "home"), name == "PARLEY_HOME" },
		Dir:       dir, OS: "linux", FS: disk.OS(), Now: time.Now, Version: "test",
		NewSession: func(string) *httpcore.Session {
			return httpcore.NewSession(httpcore.SessionOptions{Transport: answering{}, Schemes: auth.Schemes(auth.Environment{})})
		},
	}
	if err := program.Run(t.Context(), []string{"send", "it", "--offline"}); err != nil {
		t.Fatalf("%v\n%s\n%s", err, stderr.String(), r.toml())
	}
	if stderr.Len() > 0 {
		t.Errorf("it says %s", stderr.String())
	}
	head, _, _ := strings.Cut(stdout.String(), "\r\n\r\n")
	lines := strings.Split(head, "\r\n")
	for _, line := range lines[1:] {
		name, value, _ := strings.Cut(line, ": ")
		headers.Add(name, value)
	}
	_, target, _ = strings.Cut(strings.TrimSuffix(lines[0], " HTTP/1.1"), " ")
	return target, headers
}

// The published examples of schemes that sign, from a file to what would leave.
func TestOfflineSignaturesCorpus(t *testing.T) {
	var vectors struct {
		OAuth1 []struct {
			Name, Method, Token, Nonce, Timestamp, Signature string
			URL                                              string `json:"base_url"`
			Params, Extra                                    [][2]string
			Key                                              string `json:"consumer_key"`
			Secret                                           string `json:"consumer_secret"`
			TokenSecret                                      string `json:"token_secret"`
			Hash                                             string `json:"signature_method"`
		}
		Digest []struct {
			Name, Username, Password, Realm, Nonce, URI, Method, Algorithm, Response, QOP, NC, CNonce, Opaque string
			Body                                                                                              string `json:"body_text"`
		}
		Basic []struct{ Source, User, Password, Header string }
		Hawk  []struct{ Source, ID, Key, Normalized, MAC string }
	}
	if err := json.Unmarshal(corpora.Read(t, "auth", "auth-vectors.json"), &vectors); err != nil {
		t.Fatal(err)
	}
	tried := 0
	check := func(name string, r savedRequest, want string) {
		tried++
		t.Run(name, func(t *testing.T) {
			_, headers := r.offline(t)
			if got, _ := headers.Get("Authorization"); !strings.Contains(got, want) {
				t.Errorf("sends %s\nwant %s", got, want)
			}
		})
	}
	for _, v := range vectors.OAuth1 {
		check(v.Name, savedRequest{method: v.Method, url: v.URL, params: append(v.Params, v.Extra...), auth: [][2]string{
			{"type", "oauth1"},
			{"consumer_key", v.Key},
			{"consumer_secret", v.Secret},
			{"token", v.Token},
			{"token_secret", v.TokenSecret},
			{"nonce", v.Nonce},
			{"timestamp", v.Timestamp},
			{"signature", v.Hash},
		}}, `oauth_signature="`+url.QueryEscape(v.Signature)+`"`)
	}
	for _, v := range vectors.Digest {
		check(v.Name, savedRequest{method: v.Method, url: "http://www.example.org" + v.URI, body: v.Body, auth: [][2]string{
			{"type", "digest"},
			{"username", v.Username},
			{"password", v.Password},
			{"realm", v.Realm},
			{"nonce", v.Nonce},
			{"algorithm", v.Algorithm},
			{"qop", v.QOP},
			{"nc", v.NC},
			{"cnonce", v.CNonce},
			{"opaque", v.Opaque},
		}}, `response="`+v.Response+`"`)
	}
	for _, v := range vectors.Basic {
		check(v.Source, savedRequest{method: "GET", url: "http://h/", auth: [][2]string{{"type", "basic"}, {"username", v.User}, {"password", v.Password}}}, v.Header)
	}
	// The second example of Hawk is the first one with a body; the corpus has only its MAC.
	example := vectors.Hawk[0]
	lines := strings.Split(example.Normalized, "\n")
	for _, v := range vectors.Hawk {
		r := savedRequest{method: lines[3], url: "http://" + lines[5] + ":" + lines[6] + lines[4], auth: [][2]string{
			{"type", "hawk"}, {"id", example.ID}, {"key", example.Key}, {"timestamp", lines[1]}, {"nonce", lines[2]}, {"ext", lines[8]},
		}}
		if v.Normalized == "" {
			r.method, r.body, r.headers = "POST", "Thank you for flying Hawk", [][2]string{{"Content-Type", "text/plain"}}
		}
		check(v.Source, r, `mac="`+v.MAC+`"`)
	}
	if tried < 3+9+2+2 {
		t.Errorf("only %d examples were tried", tried)
	}
}

// The suite of awslabs/aws-c-auth, signed in the headers and in the query. Left out is what cannot be sent: a folded
// header (RFC 9112 section 5.2).
func TestOfflineSigV4Corpus(t *testing.T) {
	dir := filepath.Join(corpora.Dir(t, "auth"), "aws-sigv4", "v4")
	cases, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	for _, c := range cases {
		if c.Name() == "get-header-value-multiline" {
			continue
		}
		for _, in := range []string{"header", "query"} {
			tried++
			t.Run(c.Name()+"/"+in, func(t *testing.T) { readAWSCase(t, filepath.Join(dir, c.Name()), in).check(t) })
		}
	}
	if tried < 2*37 {
		t.Errorf("only %d cases were tried", tried)
	}
}

// awsCase is a case of the suite: the request to sign, and what it has to become.
type awsCase struct {
	request savedRequest
	in      string
	// line is the request line of the signed request, headers are its headers.
	line    string
	headers httpcore.Fields
}

func readAWSCase(t *testing.T, dir, in string) awsCase {
	t.Helper()
	read := func(name string) string {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return strings.TrimSuffix(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n")
	}
	var context struct {
		Credentials struct {
			ID     string `json:"access_key_id"`
			Secret string `json:"secret_access_key"`
			Token  string
		}
		Expires         int `json:"expiration_in_seconds"`
		Normalize       bool
		Region, Service string
		SignBody        bool `json:"sign_body"`
		OmitToken       bool `json:"omit_session_token"`
		Timestamp       time.Time
	}
	if err := json.Unmarshal([]byte(read("context.json")), &context); err != nil {
		t.Fatal(err)
	}
	line, headers, body := parseAWS(read("request.txt"))
	c := awsCase{in: in}
	c.line, c.headers, _ = parseAWS(read(in + "-signed-request.txt"))
	method, target, _ := strings.Cut(strings.TrimSuffix(line, " HTTP/1.1"), " ")
	for _, h := range headers {
		c.request.headers = append(c.request.headers, [2]string{h.Name, h.Value})
	}
	c.request.headers = append(c.request.headers, [2]string{"X-Amz-Date", context.Timestamp.Format("20060102T150405Z")})
	if context.SignBody && in == "header" {
		hash, _ := c.headers.Get("X-Amz-Content-Sha256")
		c.request.headers = append(c.request.headers, [2]string{"X-Amz-Content-Sha256", hash})
	}
	// The suite's paths are those before any encoding, which leaves them to be encoded once; what is not to be normalized
	// neither has anything to be.
	path := "once"
	if context.Normalize && !strings.Contains(target, " ") {
		path = "twice"
	}
	signToken := "yes"
	if context.OmitToken {
		signToken = "no"
	}
	c.request.method, c.request.body = method, body
	c.request.url = "https://example.amazonaws.com" + strings.ReplaceAll(target, " ", "%20")
	c.request.auth = [][2]string{
		{"type", "aws-sigv4"},
		{"access_key", context.Credentials.ID},
		{"secret_key", context.Credentials.Secret},
		{"session_token", context.Credentials.Token},
		{"region", context.Region},
		{"service", context.Service},
		{"in", in},
		{"expires", strconv.Itoa(context.Expires)},
		{"path", path},
		{"sign_token", signToken},
	}
	return c
}

func parseAWS(text string) (line string, headers httpcore.Fields, body string) {
	head, body, _ := strings.Cut(text, "\n\n")
	lines := strings.Split(strings.TrimSuffix(head, "\n"), "\n")
	for _, header := range lines[1:] {
		name, value, _ := strings.Cut(header, ":")
		headers.Add(name, strings.TrimSpace(value))
	}
	return lines[0], headers, body
}

func (c awsCase) check(t *testing.T) {
	target, headers := c.request.offline(t)
	if c.in == "query" {
		_, want, _ := strings.Cut(strings.TrimSuffix(c.line, " HTTP/1.1"), " ")
		if got, want := paramsOf(t, target), paramsOf(t, want); !slices.Equal(got, want) {
			t.Errorf("the query is\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		return
	}
	for _, name := range []string{"Authorization", "X-Amz-Date", "X-Amz-Security-Token"} {
		got, sent := headers.Get(name)
		if want, wanted := c.headers.Get(name); got != want || sent != wanted {
			t.Errorf("%s: %s\nwant %s", name, got, want)
		}
	}
}

// paramsOf are the parameters of a target, sorted: the suite encodes less than Parley does, and in another order.
func paramsOf(t *testing.T, target string) []string {
	t.Helper()
	_, query, _ := strings.Cut(target, "?")
	var params []string
	for pair := range strings.SplitSeq(query, "&") {
		text, err := url.QueryUnescape(pair)
		if err != nil {
			t.Fatal(err)
		}
		params = append(params, text)
	}
	slices.Sort(params)
	return params
}
