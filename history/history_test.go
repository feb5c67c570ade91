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

	"parley/collections/disk"
	"parley/collections/disk/disktest"
	"parley/httpcore"
)

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

// Each attempt comes back with why it was made and with the headers of its own.
func TestAttemptsAreKept(t *testing.T) {
	x := sample{status: 200, reply: "hi", secrets: []httpcore.Secret{httpcore.NewSecret("pw", "hunter22")}}.exchange(t)
	hop := x.Hops[0]
	header := func(value string) []httpcore.Header {
		return []httpcore.Header{{Field: httpcore.Field{Name: "Authorization", Value: value}, Source: httpcore.SourceAuth}}
	}
	first, second := *hop.Prepared, *hop.Prepared
	first.Headers, second.Headers = header("nonce-1 hunter22"), header("nonce-2 hunter22")
	last := hop.Attempts[0]
	last.Repeat = &httpcore.Repeat{Why: "the server knows hunter22", Rule: "backoff", Wait: time.Second}
	last.Prepared, hop.Prepared = &second, &second
	hop.Attempts = []*httpcore.Attempt{{Started: last.Started, Prepared: &first, Err: &httpcore.Error{Kind: httpcore.KindClosed, Message: "closed"}}, last}
	s := open(t, t.TempDir())
	kept := get(t, s, add(t, s, Meta{}, x)).Exchange.Hops[0]
	if len(kept.Attempts) != 2 || kept.Attempts[0].Repeat != nil {
		t.Fatalf("kept %+v", kept.Attempts)
	}
	if want := (httpcore.Repeat{Why: "the server knows {secret pw}", Rule: "backoff", Wait: time.Second}); *kept.Attempts[1].Repeat != want {
		t.Errorf("kept %+v", kept.Attempts[1].Repeat)
	}
	for i, want := range []string{"nonce-1 {secret pw}", "nonce-2 {secret pw}"} {
		if got, _ := kept.Request(kept.Attempts[i]).Header("Authorization"); got != want {
			t.Errorf("attempt %d was sent with %q, want %q", i, got, want)
		}
	}
}

func TestTheWireLogIsKept(t *testing.T) {
	const password = "hunter22"
	x := sample{status: 200, reply: "hi", secrets: []httpcore.Secret{httpcore.NewSecret("pw", password)}}.exchange(t)
	x.Last().Wire = &httpcore.WireLog{
		Entries: []httpcore.WireEntry{
			{At: time.Millisecond, Sent: true, Data: []byte("GET / HTTP/1.1\r\nX-Key: {secret pw}\r\n\r\n")},
			{At: 2 * time.Millisecond, Frame: "DATA stream=1", Data: []byte("\x00\xff"), Omitted: 7},
		},
		OmittedReceived: 7,
	}
	s := open(t, t.TempDir())
	if diff := cmp.Diff(x.Last().Wire, get(t, s, add(t, s, Meta{}, x)).Exchange.Last().Wire); diff != "" {
		t.Errorf("wire: %s", diff)
	}
	if kept := get(t, s, add(t, s, Meta{WithoutBodies: true}, x)).Exchange.Last().Wire; kept != nil {
		t.Errorf("a wire log, which has content, is kept although content is not wanted: %v", kept)
	}
	x.Last().Wire.Entries[0].Data = []byte(password) // obtained after it was written
	if kept := get(t, s, add(t, s, Meta{}, x)).Exchange.Last().Wire; string(kept.Entries[0].Data) != "{secret pw}" {
		t.Errorf("a secret is kept: %q", kept.Entries[0].Data)
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
