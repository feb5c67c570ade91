package history

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"

	"parley/collections/disk"
	"parley/collections/disk/disktest"
	"parley/httpcore"
	"parley/httpcore/body"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// sample is an exchange as the engine would leave it.
type sample struct {
	at       time.Time
	method   string
	url      string
	headers  []httpcore.Header
	content  string // of the request
	status   int
	reply    string
	err      *httpcore.Error
	secrets  []httpcore.Secret
	auth     httpcore.Auth
	unsent   bool
	received httpcore.Fields
}

func (s sample) exchange(tb testing.TB) *httpcore.Exchange {
	tb.Helper()
	if s.at.IsZero() {
		s.at = noon
	}
	if s.url == "" {
		s.url = "http://127.0.0.1:8080/users/github"
	}
	if s.method == "" {
		s.method = "GET"
	}
	request := &httpcore.Request{
		Method: s.method, URL: s.url, Secrets: s.secrets, Auth: s.auth, Options: httpcore.DefaultOptions(),
	}
	x := &httpcore.Exchange{Request: request, Started: s.at, Ended: s.at.Add(42 * time.Millisecond), Err: s.err}
	if s.unsent {
		return x
	}
	u, err := httpcore.ParseURL(s.url)
	if err != nil {
		tb.Fatal(err)
	}
	prepared := &httpcore.Prepared{Request: request, Method: s.method, URL: u, Target: u.RequestTarget(), Headers: s.headers, Options: request.Options}
	if s.content != "" {
		request.Body = body.JSON(s.content)
		prepared.Body = request.Body
	}
	attempt := &httpcore.Attempt{
		Started:  s.at,
		Sent:     httpcore.Sent{Head: []byte(s.method + " / HTTP/1.1\r\n\r\n"), BodySize: int64(len(s.content))},
		Timeline: httpcore.Timeline{{Phase: httpcore.PhaseWait, Start: 1, End: 2}},
		Err:      s.err,
	}
	if s.status != 0 {
		store := body.NewStore(body.StoreOptions{})
		if _, err := io.WriteString(store, s.reply); err != nil {
			tb.Fatal(err)
		}
		store.Finish(nil)
		attempt.Response = &httpcore.Response{
			Proto: "HTTP/1.1", Status: s.status, Reason: "Reason", Headers: s.received,
			RawHead: []byte("HTTP/1.1 200 OK\r\nX: \xff\r\n\r\n"), WireSize: int64(len(s.reply)), Body: store,
		}
	}
	x.Hops = []*httpcore.Hop{{Prepared: prepared, Attempts: []*httpcore.Attempt{attempt}}}
	tb.Cleanup(func() { x.Close() })
	return x
}

func open(tb testing.TB, dir string) *Store {
	tb.Helper()
	s, err := Open(context.Background(), Options{Dir: dir, FS: disk.OS()})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { s.Close() })
	return s
}

func add(tb testing.TB, s *Store, meta Meta, x *httpcore.Exchange) ID {
	tb.Helper()
	id, err := s.Add(context.Background(), meta, x)
	if err != nil {
		tb.Fatal(err)
	}
	return id
}

func get(tb testing.TB, s *Store, id ID) *Entry {
	tb.Helper()
	entry, err := s.Get(context.Background(), id)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { entry.Exchange.Close() })
	return entry
}

func list(tb testing.TB, s *Store, query string) []Summary {
	tb.Helper()
	q, err := ParseQuery(query, noon.Add(time.Hour))
	if err != nil {
		tb.Fatal(err)
	}
	found, err := s.List(context.Background(), q)
	if err != nil {
		tb.Fatal(err)
	}
	return found
}

func content1(tb testing.TB, s *body.Store) string {
	tb.Helper()
	data, err := io.ReadAll(io.NewSectionReader(s, 0, s.Size()))
	if err != nil {
		tb.Fatal(err)
	}
	return string(data)
}

func TestAnExchangeComesBackAsItWas(t *testing.T) {
	for name, reply := range map[string]string{
		"small": `{"name": "GitHub"}`,
		"large": strings.Repeat(`{"name": "GitHub"},`, 20_000),
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, t.TempDir())
			before := sample{
				method: "POST", content: `{"a": 1}`, status: 201, reply: reply,
				headers: []httpcore.Header{
					{Field: httpcore.Field{Name: "Host", Value: "127.0.0.1:8080"}, Source: httpcore.SourceURL},
					{Field: httpcore.Field{Name: "x-LOWER", Value: "b"}, Source: httpcore.SourceRequest},
				},
				received: httpcore.Fields{{Name: "Content-Type", Value: "application/json"}, {Name: "X-B", Value: "1"}, {Name: "X-B", Value: "2"}},
			}.exchange(t)
			meta := Meta{Collection: "/c", Request: "users/create", Environments: []string{"dev"}, Session: "default", Written: "url = 'x'"}
			entry := get(t, s, add(t, s, meta, before))

			if diff := cmp.Diff(meta, entry.Meta); diff != "" {
				t.Errorf("meta: %s", diff)
			}
			after := entry.Exchange
			wanted, got := before.Hops[0], after.Hops[0]
			if diff := cmp.Diff(wanted.Prepared.Headers, got.Prepared.Headers); diff != "" {
				t.Errorf("request headers: %s", diff)
			}
			if diff := cmp.Diff(before.Response().Headers, after.Response().Headers); diff != "" {
				t.Errorf("response headers: %s", diff)
			}
			if !bytes.Equal(before.Response().RawHead, after.Response().RawHead) {
				t.Errorf("the raw head is %q", after.Response().RawHead)
			}
			if content1(t, after.Response().Body) != reply {
				t.Error("the body differs")
			}
			if done, err := after.Response().Body.Done(); !done || err != nil {
				t.Errorf("the body says done = %v, %v", done, err)
			}
			if after.Total() != before.Total() || !after.Started.Equal(before.Started) {
				t.Errorf("it took %v from %v", after.Total(), after.Started)
			}
			reader, err := got.Prepared.Body.Open()
			if err != nil {
				t.Fatal(err)
			}
			defer reader.Close()
			if sent, err := io.ReadAll(reader); string(sent) != `{"a": 1}` || err != nil {
				t.Errorf("the request's content is %q, %v", sent, err)
			}
		})
	}
}

func TestAFailureIsKeptWithItsHint(t *testing.T) {
	s := open(t, t.TempDir())
	refused := &httpcore.Error{Kind: httpcore.KindConnect, Message: "127.0.0.1:1 refused the connection", Advice: "is it running?"}
	id := add(t, s, Meta{}, sample{err: refused}.exchange(t))
	if got := get(t, s, id).Exchange.Err; got.Kind != refused.Kind || got.Message != refused.Message || got.Advice != refused.Advice {
		t.Errorf("got %+v", got)
	}
	if found := list(t, s, "is:failed"); len(found) != 1 || found[0].ErrorKind != httpcore.KindConnect {
		t.Errorf("is:failed finds %+v", found)
	}
}

func TestNoSecretReachesTheDisk(t *testing.T) {
	const value = "s3cret-Täken/+=value"
	dir := t.TempDir()
	s := open(t, dir)
	secret := httpcore.NewSecret("token", value)
	long := strings.Repeat("padding ", 4_000)
	x := sample{
		url: "http://127.0.0.1:8080/?key=s3cret-T%C3%A4ken%2F%2B%3Dvalue", content: `{"t": "` + value + `"}` + long,
		status: 200, reply: long + "you sent Bearer " + value + long,
		headers:  []httpcore.Header{{Field: httpcore.Field{Name: "Authorization", Value: "Bearer " + value}, Source: httpcore.SourceAuth}},
		received: httpcore.Fields{{Name: "X-Echo", Value: value}},
		secrets:  []httpcore.Secret{secret},
		auth:     httpcore.Auth{Type: "bearer", Values: httpcore.Fields{{Name: "token", Value: value}}},
		err:      &httpcore.Error{Kind: httpcore.KindStatus, Message: "bad " + value, Advice: "not " + value},
	}.exchange(t)
	x.Request.Params.Add(value, "a param's name")
	x.Hops[0].Dropped = []httpcore.Dropped{{What: "param " + value, Why: value}}
	x.Last().Interim = []httpcore.Interim{{Status: 103, Reason: value, Headers: httpcore.Fields{{Name: "Link", Value: value}}}}
	id := add(t, s, Meta{Written: "token = '" + value + "'"}, x)
	spool := NewSpool(disk.OS(), dir)
	if err := spool.Add(Meta{}, x); err != nil {
		t.Fatal(err)
	}

	entry := get(t, s, id)
	for what, text := range map[string]string{
		"the answer's body": content1(t, entry.Exchange.Response().Body),
		"a header":          entry.Exchange.Hops[0].Prepared.Headers[0].Value,
		"the auth values":   entry.Exchange.Request.Auth.Values[0].Value,
	} {
		if strings.Contains(text, value) || !strings.Contains(text, "{secret token}") {
			t.Errorf("%s has no mark in the place of the secret: %.80q", what, text)
		}
	}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if unpacked, failed := zstd.NewReader(bytes.NewReader(data)); failed == nil && strings.HasSuffix(path, ".zst") {
			defer unpacked.Close()
			data, err = io.ReadAll(unpacked)
		}
		if bytes.Contains(data, []byte("s3cret")) {
			t.Errorf("%s holds the secret", path)
		}
		if info, err := entry.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v (%v)", path, info.Mode(), err)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestSearch(t *testing.T) {
	s := open(t, t.TempDir())
	wanted := map[string]ID{}
	for i, row := range []struct {
		name string
		meta Meta
		sample
	}{
		{"github", Meta{Request: "tour/first-get", Environments: []string{"dev", "local"}}, sample{status: 200, reply: `{"login":"github","bio":"Octöcat"}`}},
		{"missing", Meta{Request: "users/show"}, sample{url: "https://api.example.test/users/9", status: 404, reply: "no such user"}},
		{"created", Meta{Request: "users/create"}, sample{method: "POST", url: "https://api.example.test/users", content: `{"email":"ada@example.com"}`, status: 201}},
		{"refused", Meta{}, sample{url: "http://127.0.0.1:1/", err: &httpcore.Error{Kind: httpcore.KindConnect, Message: "refused"}}},
	} {
		row.at = noon.Add(time.Duration(i) * time.Minute)
		wanted[row.name] = add(t, s, row.meta, row.exchange(t))
	}
	for query, names := range map[string][]string{
		"":                          {"refused", "created", "missing", "github"},
		"github":                    {"github"},
		"octoc":                     {"github"},
		"ada@example.com":           {"created"},
		"api.example users":         {"created", "missing"},
		`"such user"`:               {"missing"},
		"status:4xx":                {"missing"},
		"status:200-201":            {"created", "github"},
		"status:404":                {"missing"},
		"method:post":               {"created"},
		"host:example":              {"created", "missing"},
		"request:tour/first-get":    {"github"},
		"env:local":                 {"github"},
		"env:loc":                   nil,
		"is:failed":                 {"refused"},
		"since:59m":                 {"refused", "created", "missing"},
		"until:2026-03-01T12:01":    {"github"},
		"users status:4xx":          {"missing"},
		"nothing-has-this":          nil,
		"http://127.0.0.1:1/":       {"refused"},
		`AND OR NOT ( * : ^ " NEAR`: nil,
		"first-get":                 {"github"},
	} {
		t.Run(query, func(t *testing.T) {
			var got, want []ID
			for _, row := range list(t, s, query) {
				got = append(got, row.ID)
			}
			for _, name := range names {
				want = append(want, wanted[name])
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	q := Query{Limit: 2, Before: wanted["created"]}
	page, err := s.List(context.Background(), q)
	if err != nil || len(page) != 2 || page[0].ID != wanted["missing"] {
		t.Errorf("the page before %v is %+v, %v", q.Before, page, err)
	}
	for _, bad := range []string{"status:abc", "since:yesterday", "is:funny"} {
		if _, err := ParseQuery(bad, noon); err == nil {
			t.Errorf("%q is taken", bad)
		} else if told, ok := errors.AsType[*Error](err); !ok || told.Advice == "" {
			t.Errorf("%q gives no hint: %v", bad, err)
		}
	}
}

func TestExchangesOfOneMicrosecondBothStay(t *testing.T) {
	s := open(t, t.TempDir())
	first, second := add(t, s, Meta{}, sample{}.exchange(t)), add(t, s, Meta{}, sample{}.exchange(t))
	if second != first+1 {
		t.Errorf("ids %v and %v", first, second)
	}
	if parsed, err := ParseID(first.String()); parsed != first || err != nil {
		t.Errorf("%s reads back as %v, %v", first, parsed, err)
	}
}

func TestAnExchangeIsFoundByHowNewItIs(t *testing.T) {
	s := open(t, t.TempDir())
	first := add(t, s, Meta{}, sample{}.exchange(t))
	second := add(t, s, Meta{}, sample{at: noon.Add(time.Second)}.exchange(t))
	for name, want := range map[string]ID{"last": second, "~1": second, "~2": first, first.String(): first} {
		if got, err := s.Find(context.Background(), name); got != want || err != nil {
			t.Errorf("%s is %v, %v; want %v", name, got, err, want)
		}
	}
	for _, name := range []string{"~3", "~0", "~x", "", "ü"} {
		if id, err := s.Find(context.Background(), name); err == nil {
			t.Errorf("%s is %v", name, id)
		}
	}
}

func TestSpoolIsTakenInOnce(t *testing.T) {
	dir := t.TempDir()
	spool := NewSpool(disk.OS(), dir)
	if err := spool.Add(Meta{Request: "a"}, sample{status: 200, reply: "hello"}.exchange(t)); err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob(filepath.Join(dir, "spool", "*.json"))
	if err != nil || len(names) != 1 {
		t.Fatalf("spool has %v, %v", names, err)
	}
	data, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	s := open(t, dir)
	for range 2 {
		if err := s.TakeIn(context.Background()); err != nil {
			t.Fatal(err)
		}
		if found := list(t, s, "hello"); len(found) != 1 {
			t.Fatalf("found %d", len(found))
		}
		// A process died between taking it in and removing the file.
		if err := os.WriteFile(names[0], data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "spool", "torn.json"), data[:20], 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.TakeIn(context.Background()); err == nil || !strings.Contains(err.Error(), "torn.json") {
		t.Errorf("a file that is no record gives %v", err)
	}
}

func TestALongSpoolIsTakenInByParts(t *testing.T) {
	spool := NewSpool(disktest.NewMem(), "/history")
	x := sample{status: 200}.exchange(t)
	for range 2*takeInAtOnce + 1 {
		if err := spool.Add(Meta{}, x); err != nil {
			t.Fatal(err)
		}
	}
	taken, parts := 0, 0
	err := spool.takeIn(func(batch []*record) error {
		taken, parts = taken+len(batch), parts+1
		return nil
	})
	if err != nil || taken != 2*takeInAtOnce+1 || parts != 3 {
		t.Errorf("took in %d in %d parts (%v)", taken, parts, err)
	}
}

func TestACrashWhileSpoolingLeavesTheWholeRecordOrNone(t *testing.T) {
	const dir = "/history"
	large := strings.Repeat("0123456789abcdef", 4_000)
	x := sample{status: 200, reply: large, content: large}.exchange(t)
	disktest.EachCrash(t,
		func(fsys disk.FS) error { return disk.MkdirAll(fsys, dir, 0o700) },
		func(fsys disk.FS) error { return NewSpool(fsys, dir).Add(Meta{Request: "a"}, x) },
		func(t *testing.T, found disk.FS, done bool) {
			var records []*record
			err := NewSpool(found, dir).takeIn(func(batch []*record) error {
				records = batch
				return nil
			})
			if err != nil {
				t.Fatalf("the spool is damaged: %v", err)
			}
			if done && len(records) != 1 || len(records) > 1 {
				t.Fatalf("done is %v and there are %d records", done, len(records))
			}
			for _, r := range records {
				restored, err := decoder{bodies: NewSpool(found, dir).bodies, store: func() *body.Store { return body.NewStore(body.StoreOptions{}) }}.exchange(r)
				if err != nil {
					t.Fatal(err)
				}
				if content1(t, restored.Response().Body) != large {
					t.Error("the body was lost")
				}
				restored.Close()
			}
		})
}

func TestALockedDatabaseSendsTheRecordToTheSpool(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(context.Background(), Options{Dir: dir, FS: disk.OS(), BusyTimeout: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	other, err := sql.Open("sqlite", filepath.Join(dir, "history.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	conn, err := other.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.ExecContext(context.Background(), "BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Add(context.Background(), Meta{}, sample{status: 200, reply: "kept"}.exchange(t)); err != nil {
		t.Fatalf("the record was lost: %v", err)
	}
	if err := s.TakeIn(context.Background()); err == nil || !strings.Contains(err.Error(), "another program holds the database") {
		t.Errorf("the lock is said as %v", err)
	}
	if _, err := conn.ExecContext(context.Background(), "ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	conn.Close()
	if err := s.TakeIn(context.Background()); err != nil {
		t.Fatal(err)
	}
	if found := list(t, s, "kept"); len(found) != 1 {
		t.Errorf("found %d", len(found))
	}
}

func TestTwoStoresWriteAtTheSameTime(t *testing.T) {
	dir := t.TempDir()
	const each = 25
	stores := []*Store{open(t, dir), open(t, dir)}
	exchanges := make([]*httpcore.Exchange, len(stores))
	for i := range stores {
		exchanges[i] = sample{at: noon.Add(time.Duration(i) * time.Second), status: 200, reply: fmt.Sprintf("writer%d", i)}.exchange(t)
	}
	var group sync.WaitGroup
	for i, s := range stores {
		group.Go(func() {
			for range each {
				if _, err := s.Add(context.Background(), Meta{}, exchanges[i]); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	for i := range stores {
		q := Query{Words: []string{fmt.Sprintf("writer%d", i)}, Limit: 1000}
		found, err := stores[0].List(context.Background(), q)
		if err != nil || len(found) != each {
			t.Errorf("of writer %d there are %d records, %v", i, len(found), err)
		}
	}
}

func TestADamagedDatabaseIsSaid(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "history.db"), bytes.Repeat([]byte("nonsense"), 1000), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Open(context.Background(), Options{Dir: dir, FS: disk.OS()})
	if told, ok := errors.AsType[*Error](err); !ok || !strings.Contains(told.Message, "damaged") || told.Advice == "" {
		t.Errorf("got %v", err)
	}
}

func TestANewerDatabaseIsLeftAlone(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	if _, err := s.write.Exec("PRAGMA user_version = 1000"); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(context.Background(), Options{Dir: dir, FS: disk.OS()}); err == nil || !strings.Contains(err.Error(), "newer Parley") {
		t.Errorf("got %v", err)
	}
}

func TestAReadOnlyFolderIsSaid(t *testing.T) {
	faults := disktest.Wrap(disk.OS())
	faults.Fail(func(disktest.Step) error { return fs.ErrPermission })
	_, err := Open(context.Background(), Options{Dir: filepath.Join(t.TempDir(), "new"), FS: faults})
	if told, ok := errors.AsType[*Error](err); !ok || told.Advice == "" {
		t.Errorf("got %v", err)
	}
}

func TestReplayAsSent(t *testing.T) {
	s := open(t, t.TempDir())
	x := sample{
		method: "POST", url: "http://127.0.0.1:8080/a%2fb?x=1&key=tok-12345", content: `{"token": "tok-12345"}`, status: 200,
		headers: []httpcore.Header{
			{Field: httpcore.Field{Name: "Host", Value: "127.0.0.1:8080"}, Source: httpcore.SourceURL},
			{Field: httpcore.Field{Name: "x-own", Value: "1"}, Source: httpcore.SourceRequest},
			{Field: httpcore.Field{Name: "Content-Type", Value: "application/json"}, Source: httpcore.SourceBody},
			{Field: httpcore.Field{Name: "Authorization", Value: "Bearer tok-12345"}, Source: httpcore.SourceAuth},
		},
		secrets: []httpcore.Secret{httpcore.NewSecret("token", "tok-12345")},
		auth:    httpcore.Auth{Type: "bearer", Values: httpcore.Fields{{Name: "token", Value: "tok-12345"}}},
	}.exchange(t)
	entry := get(t, s, add(t, s, Meta{}, x))
	replay, err := entry.AsSent(func(name string) (httpcore.Secret, error) { return httpcore.NewSecret(name, `new"secret`), nil })
	if err != nil {
		t.Fatal(err)
	}
	r := replay.Request
	if want := "http://127.0.0.1:8080/a%2fb?x=1&key=new%22secret"; r.URL != want {
		t.Errorf("URL %s, want %s", r.URL, want)
	}
	want := httpcore.Fields{{Name: "Host", Value: "127.0.0.1:8080"}, {Name: "x-own", Value: "1"}, {Name: "Content-Type", Value: "application/json"}}
	if diff := cmp.Diff(want, r.Headers); diff != "" {
		t.Errorf("headers: %s", diff)
	}
	if r.Auth.Type != "bearer" || r.Auth.Values[0].Value != `new"secret` {
		t.Errorf("auth %+v", r.Auth)
	}
	reader, err := r.Body.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	if data, _ := io.ReadAll(reader); string(data) != `{"token": "new\"secret"}` {
		t.Errorf("content %s", data)
	}
	if len(replay.Differs) != 2 || !r.Options.WithoutJar {
		t.Errorf("differs: %q, options %+v", replay.Differs, r.Options)
	}
	unsent := get(t, s, add(t, s, Meta{}, sample{unsent: true}.exchange(t)))
	if _, err := unsent.AsSent(nil); err == nil {
		t.Error("what was never sent can be replayed")
	}
}

func TestAPackedBodyIsKeptPlain(t *testing.T) {
	s := open(t, t.TempDir())
	x := sample{
		method: "POST", content: `{"token": "tok-12345", "word": "marmalade"}`, status: 200,
		headers: []httpcore.Header{
			{Field: httpcore.Field{Name: "Content-Encoding", Value: "gzip"}, Source: httpcore.SourceBody},
			{Field: httpcore.Field{Name: "Content-Length", Value: "77"}, Source: httpcore.SourceBody},
		},
		secrets: []httpcore.Secret{httpcore.NewSecret("token", "tok-12345")},
	}.exchange(t)
	packed, err := body.Compress(x.Request.Body, "gzip")
	if err != nil {
		t.Fatal(err)
	}
	x.Hops[0].Prepared.Body = packed
	entry := get(t, s, add(t, s, Meta{}, x))

	unpack := func(p body.Payload) string {
		t.Helper()
		opened, err := p.Open()
		if err != nil {
			t.Fatal(err)
		}
		defer opened.Close()
		plain, err := body.Decode(opened, []string{"gzip"}, body.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(plain)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	if kept := unpack(entry.Exchange.Hops[0].Prepared.Body); kept != `{"token": "{secret token}", "word": "marmalade"}` {
		t.Errorf("kept %s", kept)
	}
	if found := list(t, s, "marmalade"); len(found) != 1 {
		t.Errorf("its words find %d", len(found))
	}
	replay, err := entry.AsSent(func(name string) (httpcore.Secret, error) { return httpcore.NewSecret(name, "a-longer-one"), nil })
	if err != nil {
		t.Fatal(err)
	}
	if sent := unpack(replay.Request.Body); sent != `{"token": "a-longer-one", "word": "marmalade"}` {
		t.Errorf("replay sends %s", sent)
	}
	if replay.Request.Headers.Has("Content-Length") {
		t.Error("replay promises the length that the content had then")
	}
}

func TestReplayMakesCredentialsOfWhatTheyWereMadeOf(t *testing.T) {
	reveal := func(name string) (httpcore.Secret, error) { return httpcore.NewSecret(name, "new pass/word"), nil }
	secrets := []httpcore.Secret{httpcore.NewSecret("pw", "old-password")}
	t.Run("user information", func(t *testing.T) {
		s := open(t, t.TempDir())
		x := sample{
			url: "http://127.0.0.1:8080/old-password", secrets: secrets, status: 200,
			headers: []httpcore.Header{{Field: httpcore.Field{Name: "Authorization", Value: "Basic bWU6b2xkLXBhc3N3b3Jk"}, Source: httpcore.SourceURL}},
		}.exchange(t)
		x.Request.URL = "http://me:old-password@127.0.0.1:8080/old-password"
		replay, err := get(t, s, add(t, s, Meta{}, x)).AsSent(reveal)
		if err != nil {
			t.Fatal(err)
		}
		if want := "http://me:new%20pass%2Fword@127.0.0.1:8080/new%20pass%2Fword"; replay.Request.URL != want || replay.Request.Headers.Has("Authorization") {
			t.Errorf("URL %s, want %s; headers %v", replay.Request.URL, want, replay.Request.Headers)
		}
	})
	t.Run("an API key stays a credential", func(t *testing.T) {
		s := open(t, t.TempDir())
		values := httpcore.Fields{{Name: "name", Value: "X-Key"}, {Name: "value", Value: "no-secret"}}
		x := sample{
			status: 200, auth: httpcore.Auth{Type: "apikey", Values: values},
			headers: []httpcore.Header{{Field: httpcore.Field{Name: "X-Key", Value: "no-secret"}, Source: httpcore.SourceAuth}},
		}.exchange(t)
		replay, err := get(t, s, add(t, s, Meta{}, x)).AsSent(reveal)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(x.Request.Auth, replay.Request.Auth); diff != "" || len(replay.Request.Headers) != 0 || len(replay.Differs) != 0 {
			t.Errorf("auth %s, headers %v, differs %v", diff, replay.Request.Headers, replay.Differs)
		}
	})
	t.Run("a signature", func(t *testing.T) {
		s := open(t, t.TempDir())
		x := sample{
			status: 200, auth: httpcore.Auth{Type: "aws-sigv4"},
			headers: []httpcore.Header{
				{Field: httpcore.Field{Name: "X-Amz-Date", Value: "20260301T120000Z"}, Source: httpcore.SourceAuth},
				{Field: httpcore.Field{Name: "Authorization", Value: "AWS4-HMAC-SHA256 …"}, Source: httpcore.SourceAuth},
			},
		}.exchange(t)
		replay, err := get(t, s, add(t, s, Meta{}, x)).AsSent(reveal)
		if err != nil {
			t.Fatal(err)
		}
		if len(replay.Request.Headers) != 0 || len(replay.Differs) != 1 || !strings.Contains(replay.Differs[0], "aws-sigv4") {
			t.Errorf("headers %v, differs %q", replay.Request.Headers, replay.Differs)
		}
	})
	t.Run("in the host", func(t *testing.T) {
		s := open(t, t.TempDir())
		x := sample{url: "http://old-password.example/a?b#c", secrets: secrets, status: 200}.exchange(t)
		entry := get(t, s, add(t, s, Meta{}, x))
		if got := entry.Exchange.Hops[0].Prepared.URL.String(); got != "http://{secret pw}.example/a?b#c" {
			t.Errorf("shown as %s", got)
		}
		replay, err := entry.AsSent(func(name string) (httpcore.Secret, error) { return httpcore.NewSecret(name, "tenant2"), nil })
		if err != nil || replay.Request.URL != "http://tenant2.example/a?b#c" {
			t.Errorf("replay goes to %s (%v)", replay.Request.URL, err)
		}
	})
}

func TestTextInAnyCharsetIsFound(t *testing.T) {
	s := open(t, t.TempDir())
	for mediaType, reply := range map[string]string{
		"text/plain; charset=iso-8859-1": "caf\xe9 latin",
		"application/json":               "\xff\xfeu\x00t\x00f\x00s\x00e\x00c\x00r\x00e\x00t\x009\x00 \x00w\x00i\x00d\x00e\x00",
		"image/png":                      "\x89PNG\xe9 picture",
	} {
		x := sample{
			status: 200, reply: reply, received: httpcore.Fields{{Name: "Content-Type", Value: mediaType}},
			secrets: []httpcore.Secret{httpcore.NewSecret("s", "secret9")},
		}.exchange(t)
		add(t, s, Meta{}, x)
	}
	for query, want := range map[string]int{"café": 1, "wide": 1, "picture": 0, "utfsecret9": 0} {
		if found := list(t, s, query); len(found) != want {
			t.Errorf("%s finds %d, want %d", query, len(found), want)
		}
	}
}

func TestBodiesCanBeLeftOut(t *testing.T) {
	s := open(t, t.TempDir())
	entry := get(t, s, add(t, s, Meta{WithoutBodies: true}, sample{status: 200, reply: "private words", content: `"private too"`}.exchange(t)))
	if size := entry.Exchange.Response().Body.Size(); size != 0 {
		t.Errorf("%d bytes of the answer were kept", size)
	}
	if _, err := entry.Exchange.Response().Body.Done(); err == nil || !strings.Contains(err.Error(), "not kept") {
		t.Errorf("a reader is told %v", err)
	}
	if found := list(t, s, "private"); len(found) != 0 {
		t.Error("the text was indexed")
	}
}

func FuzzQuery(f *testing.F) {
	f.Add(`github status:4xx "a b" AND (x OR *) since:2h`)
	f.Add("\x00 NEAR(\"")
	s := open(f, f.TempDir())
	f.Fuzz(func(t *testing.T, text string) {
		q, err := ParseQuery(text, noon)
		if err != nil {
			return
		}
		if _, err := s.List(context.Background(), q); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
	})
}

func BenchmarkAdd(b *testing.B) {
	s := open(b, b.TempDir())
	x := sample{status: 200, reply: strings.Repeat(`{"name": "GitHub"}`, 50)}.exchange(b)
	for b.Loop() {
		if _, err := s.Add(context.Background(), Meta{Request: "a"}, x); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSpool(b *testing.B) {
	spool := NewSpool(disk.OS(), b.TempDir())
	x := sample{status: 200, reply: strings.Repeat(`{"name": "GitHub"}`, 50)}.exchange(b)
	for b.Loop() {
		if err := spool.Add(Meta{Request: "a"}, x); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkList reads the newest 50 of 20,000 exchanges, and searches them for a word that all have.
func BenchmarkList(b *testing.B) {
	s := open(b, b.TempDir())
	x := sample{status: 200, reply: "common words"}.exchange(b)
	made, err := newEncoder(s.bodies, Meta{}, x).record(x)
	if err != nil {
		b.Fatal(err)
	}
	for range 20 {
		batch := make([]*record, 1000)
		for i := range batch {
			next := *made
			next.UID = fmt.Sprintf("%d-%d", b.N, time.Now().UnixNano())
			made.Started = made.Started.Add(time.Second)
			batch[i] = &next
		}
		if _, err := s.insert(context.Background(), batch); err != nil {
			b.Fatal(err)
		}
	}
	for _, query := range []string{"", "common"} {
		b.Run("query="+query, func(b *testing.B) {
			for b.Loop() {
				if found := list(b, s, query); len(found) != 50 {
					b.Fatal(len(found))
				}
			}
		})
	}
}
