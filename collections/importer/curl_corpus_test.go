package importer_test

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"parley/collections"
	"parley/collections/disk"
	"parley/collections/importer"
	"parley/collections/resolve"
	"parley/collections/template"
	"parley/httpcore"
	"parley/httpcore/auth"
	"parley/testdata/corpora"
)

// folder is where the files of a command are, as a collection without requests.
func folder(t *testing.T, files map[string]string) *collections.Collection {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
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
	return c
}

// prepare walks the whole way from an imported request to what would be sent.
func prepare(c *collections.Collection, request *collections.Request, env map[string]string) (*httpcore.Prepared, error) {
	effective, err := c.Effective(request)
	if err != nil {
		return nil, err
	}
	out, err := resolve.Resolve(context.Background(), resolve.Input{
		Request: effective,
		Beside:  func(_, name string) string { return c.Abs(name) }, // the folder stands for the current one
		Host: template.Host{
			Env:      func(name string) (string, bool) { v, ok := env[name]; return v, ok },
			ReadFile: func(_, path string) ([]byte, error) { return os.ReadFile(c.Abs(path)) },
		},
	})
	if err != nil {
		return nil, err
	}
	return httpcore.NewSession(httpcore.SessionOptions{Schemes: auth.Schemes(auth.Environment{})}).Prepare(context.Background(), out.Request)
}

// sent is a request for comparing: random and default parts are taken out.
type sent struct {
	line    string
	headers []string
	body    string
}

func (s sent) String() string {
	return s.line + "\n" + strings.Join(s.headers, "\n") + "\n\n" + s.body
}

func ours(p *httpcore.Prepared) (sent, error) {
	s := sent{line: p.Method + " " + p.Target}
	for _, h := range p.Headers {
		if h.Source != httpcore.SourceDefault && !isFraming(h.Name) && h.Field != (httpcore.Field{Name: h.Name, Value: "*/*"}) {
			s.headers = append(s.headers, strings.ToLower(h.Name)+": "+h.Value)
		}
	}
	if p.Body != nil {
		opened, err := p.Body.Open()
		if err != nil {
			return s, err
		}
		defer opened.Close()
		data, err := io.ReadAll(opened)
		if err != nil {
			return s, err
		}
		s.body = string(data)
	}
	return s.normal(), nil
}

func isFraming(name string) bool {
	return slices.Contains([]string{"host", "content-length", "transfer-encoding", "expect", "accept-encoding", "connection"}, strings.ToLower(name))
}

var boundary = regexp.MustCompile(`boundary="?([^";\s]+)`)

// normal sorts the headers and gives every boundary one name.
func (s sent) normal() sent {
	for i, h := range s.headers {
		if m := boundary.FindStringSubmatch(h); m != nil {
			s.headers[i] = strings.ReplaceAll(h, m[1], "BOUNDARY")
			s.body = strings.ReplaceAll(s.body, m[1], "BOUNDARY")
		}
	}
	slices.Sort(s.headers)
	return s
}

// curls reads what curl sent.
func curls(line string, headers [][2]string, body string) sent {
	s := sent{line: strings.TrimSuffix(strings.TrimSuffix(line, " HTTP/1.1"), " HTTP/1.0"), body: body}
	for _, h := range headers {
		name := strings.ToLower(h[0])
		isDefault := name == "user-agent" && strings.HasPrefix(h[1], "curl/") || name == "accept" && h[1] == "*/*" ||
			name == "upgrade" || name == "http2-settings"
		if !isDefault && !isFraming(name) {
			s.headers = append(s.headers, name+": "+strings.TrimSpace(h[1]))
		}
	}
	return s.normal()
}

// different lists the cases of the corpora that Parley means to send in another way, with the reason.
var different = map[string]string{
	"strange_http_method":        "a method is sent in capitals, as requests does",
	"redirect_command_data":      "it runs a command",
	"redirect_command_url_query": "it runs a command",
	"form_quotes":                "the first command has a file that is not there, so that the recording begins with the second",
	"multiple_commands":          "the recording holds the chunks of an upload of unknown size",
}

func compare(t *testing.T, name string, item importer.Item, c *collections.Collection, env map[string]string, want sent) bool {
	t.Helper()
	switch item.Request.Auth.Type.Text {
	case "digest", "ntlm":
		item.Request.Auth = collections.Auth{} // they begin with a request that has no credentials
	}
	p, err := prepare(c, item.Request, env)
	if err != nil {
		t.Errorf("%s: %v (notes %v)", name, err, item.Notes)
		return false
	}
	got, err := ours(p)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return false
	}
	if got.String() != want.String() {
		t.Errorf("%s:\n--- ours\n%s\n--- curl's\n%s\n--- notes %v", name, got, want, item.Notes)
		return false
	}
	return true
}

func TestCurlconverterCorpus(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(corpora.Dir(t, "curl-import"), "curlconverter-cases.json"))
	if err != nil {
		t.Fatal(err)
	}
	var corpus struct {
		Files map[string]string
		Env   map[string]string
		Cases []struct {
			Name string
			Curl string
			Wire []struct {
				RequestLine string      `json:"request_line"`
				Headers     [][2]string `json:"headers"`
				Body        string      `json:"body_latin1"`
			}
		}
	}
	if err := json.Unmarshal(data, &corpus); err != nil {
		t.Fatal(err)
	}
	c := folder(t, corpus.Files)
	same, lost := 0, 0
	for _, one := range corpus.Cases {
		if why, ok := different[one.Name]; ok {
			t.Logf("%s differs: %s", one.Name, why)
			continue
		}
		items, err := importer.Curl(one.Curl)
		if err != nil {
			t.Errorf("%s: %v\n%s", one.Name, err, one.Curl)
			continue
		}
		for i, wire := range one.Wire {
			if i >= len(items) {
				break // a redirect, or a command beside the first
			}
			if items[i].Outcome() == importer.Lost {
				lost++
				continue
			}
			if compare(t, one.Name, items[i], c, corpus.Env, curls(wire.RequestLine, wire.Headers, utf8Of(wire.Body))) {
				same++
			}
		}
	}
	t.Logf("%d requests the same, %d with something lost", same, lost)
}

// utf8Of turns bytes that were written as Latin-1 text into themselves.
func utf8Of(latin1 string) string {
	data := make([]byte, 0, len(latin1))
	for _, r := range latin1 {
		data = append(data, byte(r))
	}
	return string(data)
}
