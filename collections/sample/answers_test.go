package sample

import (
	"bytes"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"io/fs"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"

	"parley/httpcore/playground"
)

// A saved is what this test needs of a request's file.
type saved struct {
	Method  string
	URL     string
	Tags    []string
	Vars    map[string]string
	Path    map[string]string
	Params  map[string]any
	Headers map[string]string
	Cookies map[string]string
	Auth    map[string]string
	Body    struct {
		JSON, Text, File, Type string
		Form                   map[string]any
		Multipart              []struct{ Name, Value, File string }
	}
	Options struct {
		Redirects *bool
		Verify    *bool
		Timeout   struct{ Read string }
		Retry     any
	}
	Expect map[string]string

	dir string
}

// toldInNotes are the statuses that the first steps of the tour claim in words, before expectations come up.
var toldInNotes = map[string]int{
	"POST {{base_url}}/users":          201,
	"DELETE {{base_url}}/users/:login": 204,
}

// Each sample is sent with net/http, which is what keeps this a test of the files and not of the engine. It must answer with the
// status it expects (200 when it says none), or fail when it is tagged "fails".
func TestEverySampleAnswersAsItClaims(t *testing.T) {
	s, err := playground.Start(playground.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { // after the parallel subtests
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	dir := written(t, Addresses{Clear: s.URL, TLS: s.TLSURL})
	tried := 0
	err = filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && d.Name() == "flows" {
			return fs.SkipDir // they build on each other: TestTheFlowsRunInOrder
		}
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".toml") || filepath.Base(filepath.Dir(name)) == "environments" {
			return err
		}
		r := saved{dir: filepath.Dir(name)}
		if _, err := toml.DecodeFile(name, &r); err != nil || r.URL == "" {
			return err
		}
		tried++
		label, err := filepath.Rel(dir, name)
		t.Run(filepath.ToSlash(label), func(t *testing.T) {
			if !strings.HasSuffix(r.URL, "/reset") { // which would start the counts of the others over
				t.Parallel()
			}
			r.vars(map[string]string{"base_url": s.URL, "tls_url": s.TLSURL, "user": "ada"})
			r.check(t)
		})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if tried < 100 {
		t.Errorf("only %d samples were tried", tried)
	}
}

func (r *saved) vars(inherited map[string]string) {
	if r.Vars == nil {
		r.Vars = map[string]string{}
	}
	for name, value := range inherited {
		r.Vars[name] = value
	}
}

func (r *saved) fill(s string) string {
	for name, value := range r.Vars {
		s = strings.ReplaceAll(s, "{{"+name+"}}", value)
	}
	return s
}

func (r *saved) check(t *testing.T) {
	want := 200
	if told, ok := toldInNotes[r.Method+" "+r.URL]; ok && len(r.Expect) == 0 {
		want = told
	}
	for _, expectation := range r.Expect {
		if _, err := fmt.Sscanf(expectation, "status == %d", &want); err != nil {
			t.Fatalf("this test does not understand %q", expectation)
		}
	}
	status, err := r.send(t)
	for tries := 0; r.Options.Retry != nil && err == nil && (status == 503 || status == 429) && tries < 3; tries++ {
		status, err = r.send(t)
	}
	fails := slices.Contains(r.Tags, "fails")
	switch {
	case fails && err == nil:
		t.Errorf("should fail, and answers %d", status)
	case !fails && err != nil:
		t.Error(err)
	case !fails && status != want && !r.unstable():
		t.Errorf("answers %d, and claims %d", status, want)
	}
}

// unstable is true for what is left to chance, and for the auth that net/http does not speak.
func (r *saved) unstable() bool {
	return strings.HasSuffix(r.URL, "/unstable") || slices.Contains([]string{"digest", "oauth1", "oauth2", "ntlm"}, r.Auth["type"])
}

func (r *saved) send(t *testing.T) (int, error) {
	ctx, cancel := context.WithTimeout(t.Context(), r.patience(t))
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, r.Method, r.target(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	r.body(t, req)
	for name, value := range r.Headers {
		if !strings.HasPrefix(name, "~") {
			req.Header.Set(name, value)
		}
	}
	for name, value := range r.Cookies {
		req.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	r.sign(req)
	res, err := r.client(t).Do(req)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	_, err = io.Copy(io.Discard, res.Body)
	return res.StatusCode, err
}

func (r *saved) patience(t *testing.T) time.Duration {
	if r.Options.Timeout.Read == "" {
		return time.Minute
	}
	d, err := time.ParseDuration(r.Options.Timeout.Read)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func (r *saved) client(t *testing.T) *http.Client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	tr := &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: r.Options.Verify != nil && !*r.Options.Verify}}
	t.Cleanup(tr.CloseIdleConnections)
	c := &http.Client{Transport: tr, Jar: jar}
	if r.Options.Redirects != nil && !*r.Options.Redirects {
		c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	}
	return c
}

func (r *saved) target(t *testing.T) string {
	raw := r.fill(r.URL)
	for name, value := range r.Path {
		raw = strings.ReplaceAll(raw, "/:"+name, "/"+url.PathEscape(value))
	}
	u, err := url.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	u.RawQuery = r.values(r.Params).Encode()
	return u.String()
}

// paced are the parameters that only make a sample pleasant to watch, and what makes it quick.
var paced = map[string]string{"delay": "0", "rate": "0", "duration": "1ms"}

func (r *saved) values(entries map[string]any) url.Values {
	values := url.Values{}
	for name, value := range entries {
		if strings.HasPrefix(name, "~") {
			continue
		}
		if quick, ok := paced[name]; ok {
			value = quick
		}
		list, ok := value.([]any)
		if !ok {
			list = []any{value}
		}
		for _, v := range list {
			values.Add(name, r.fill(fmt.Sprint(v)))
		}
	}
	return values
}

func (r *saved) body(t *testing.T, req *http.Request) {
	b := r.Body
	switch {
	case b.JSON != "":
		setBody(req, "application/json", []byte(r.fill(b.JSON)))
	case b.Text != "":
		setBody(req, b.Type, []byte(b.Text))
	case b.File != "":
		setBody(req, b.Type, r.read(t, b.File))
	case b.Form != nil:
		setBody(req, "application/x-www-form-urlencoded", []byte(r.values(b.Form).Encode()))
	case b.Multipart != nil:
		var buf bytes.Buffer
		w := multipart.NewWriter(&buf)
		for _, part := range b.Multipart {
			if part.File == "" {
				_ = w.WriteField(part.Name, part.Value) // a bytes.Buffer takes everything
				continue
			}
			file, _ := w.CreateFormFile(part.Name, path.Base(part.File))
			_, _ = file.Write(r.read(t, part.File))
		}
		_ = w.Close()
		setBody(req, w.FormDataContentType(), buf.Bytes())
	}
}

func (r *saved) read(t *testing.T, name string) []byte {
	data, err := os.ReadFile(filepath.Join(r.dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func setBody(req *http.Request, media string, data []byte) {
	req.Body = io.NopCloser(bytes.NewReader(data))
	req.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }
	req.ContentLength = int64(len(data))
	if media != "" {
		req.Header.Set("Content-Type", media)
	}
}

func (r *saved) sign(req *http.Request) {
	a := r.Auth
	switch a["type"] {
	case "basic":
		req.SetBasicAuth(a["username"], a["password"])
	case "bearer":
		req.Header.Set("Authorization", "Bearer "+r.fill(a["token"]))
	case "jwt": // any token will do
		req.Header.Set("Authorization", "Bearer a.b.c")
	case "apikey":
		switch a["in"] {
		case "header":
			req.Header.Set(a["name"], a["value"])
		case "query":
			req.URL.RawQuery += "&" + url.Values{a["name"]: {a["value"]}}.Encode()
		case "cookie":
			req.AddCookie(&http.Cookie{Name: a["name"], Value: a["value"]})
		}
	}
}
