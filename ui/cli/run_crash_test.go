package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"parley/collections"
	"parley/collections/disk"
	"parley/collections/disk/disktest"
	"parley/collections/runner"
	"parley/httpcore"
)

// answers answers every request with the number of the run, and a cookie that has it.
type answers struct{ run *atomic.Int64 }

// large is what makes a body too large to lie in a record of history.
var large = strings.Repeat("0123456789abcdef", 1200)

func (a answers) RoundTrip(_ context.Context, p *httpcore.Prepared, _ *httpcore.Trace) (*httpcore.Reply, error) {
	word := [...]string{"old", "new", "next"}[a.run.Load()]
	content := `{"run":"` + word + `","more":"` + large + `"}`
	return &httpcore.Reply{
		Proto: "HTTP/1.1", Status: 200, Reason: "OK", Length: int64(len(content)),
		Headers: httpcore.Fields{{Name: "Content-Type", Value: "application/json"}, {Name: "Set-Cookie", Value: "run=" + word}},
		Body:    io.NopCloser(strings.NewReader(content)), Trailers: func() httpcore.Fields { return nil },
		RawHead: []byte("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nSet-Cookie: run=" + word + "\r\n\r\n"),
	}, nil
}

func (answers) Close() error { return nil }

// crashed is a collection whose runs a crash ends.
type crashed struct {
	run atomic.Int64
	// told counts the requests that the last run had told of before it crashed.
	told int
	// before are the files that a whole run has left.
	before map[string][]byte
}

var crashedFiles = map[string]string{
	"/c/collection.toml": "name = 'Acme'\n",
	"/c/1.toml":          "# ours\nurl = 'http://h.test/1'\noptions.session = 'shared'\n[capture]\nrun = 'json.run'\n",
	"/c/2.toml":          "url = 'http://h.test/2?{{run}}'\n[expect]\nkept = 'snapshot(\"kept\")'\n",
}

// on runs the collection on a file system; number says which answers come.
func (c *crashed) on(ctx context.Context, fsys disk.FS, number int64) error {
	c.run.Store(number)
	c.told = 0
	stdout, stderr := &heard{fsys: fsys}, &bytes.Buffer{}
	p := &Program{
		Stdin: strings.NewReader(""), Stdout: stdout, Stderr: stderr,
		IsTerminal: func(any) bool { return false },
		Width:      func(any) int { return 80 },
		LookupEnv:  func(name string) (string, bool) { return "/home", name == "PARLEY_HOME" },
		Dir:        "/c", OS: "linux", FS: fsys, Now: time.Now, Version: "test",
		NewSession: func(string) *httpcore.Session {
			return httpcore.NewSession(httpcore.SessionOptions{Transport: answers{&c.run}})
		},
	}
	err := p.Run(ctx, []string{"run", "--update-snapshots", "--report", "junit=/r.xml", "--report", "html=/r.html", "--record", "/r.har"})
	c.told = strings.Count("\n"+stdout.String(), "\nok ")
	if err != nil {
		return fmt.Errorf("%w\n%s%s", err, stdout.String(), stderr.String())
	}
	return nil
}

// heard is a standard output that ends with the process.
type heard struct {
	strings.Builder
	fsys disk.FS
}

func (h *heard) Write(p []byte) (int, error) {
	if f, ok := h.fsys.(*disktest.Faults); ok && f.Crashed() {
		return len(p), nil
	}
	return h.Builder.Write(p)
}

// prepare writes the collection, and what a run of it has left.
func (c *crashed) prepare(ctx context.Context, fsys disk.FS) error {
	if c.before == nil {
		first := disktest.NewMem()
		for name, text := range crashedFiles {
			if err := errors.Join(disk.MkdirAll(first, path.Dir(name), 0o700), disk.WriteFile(first, name, []byte(text), 0o600)); err != nil {
				return err
			}
		}
		err := c.on(ctx, first, 0)
		c.before = map[string][]byte{}
		if err := errors.Join(err, collect(first, "/", c.before)); err != nil {
			return err
		}
	}
	for name, content := range c.before {
		if err := errors.Join(disk.MkdirAll(fsys, path.Dir(name), 0o700), disk.WriteFile(fsys, name, content, 0o600)); err != nil {
			return err
		}
	}
	return nil
}

// collect reads every file below a folder.
func collect(fsys disk.FS, dir string, into map[string][]byte) error {
	list, err := fsys.ReadDir(dir)
	for _, entry := range list {
		name := path.Join(dir, entry.Name())
		if entry.IsDir() {
			err = errors.Join(err, collect(fsys, name, into))
			continue
		}
		content, problem := disk.ReadFile(fsys, name)
		into[name], err = content, errors.Join(err, problem)
	}
	return err
}

// A crash at any step of a run leaves what the run before it left, or what it has written whole, and the next run works.
func TestACrashAtEveryStepOfARun(t *testing.T) {
	var c crashed
	disktest.EachCrash(t,
		func(fsys disk.FS) error { return c.prepare(t.Context(), fsys) },
		func(fsys disk.FS) error { return c.on(t.Context(), fsys, 1) },
		func(t *testing.T, found disk.FS, done bool) {
			for name, text := range crashedFiles {
				if got := string(leftIn(t, found, name)); got != text {
					t.Errorf("%s is %q", name, got)
				}
			}
			c.checkLeft(t, found, done, "old", "new")
			records := wholeRecords(t, found)
			// A power cut may take records of the last seconds, as history says, but never one from before.
			if killed := strings.Contains(t.Name(), "/"+disktest.Killed.String()); records < 2 || killed && records < 2+c.told {
				t.Errorf("there are %d records, two from before; %d requests were told", records, c.told)
			}
			if err := c.on(t.Context(), found, 2); err != nil {
				t.Fatalf("the next run: %v", err)
			}
			c.checkLeft(t, found, true, "old", "next")
			if now := wholeRecords(t, found); now != records+2 {
				t.Errorf("after another run of two requests there are %d records, and were %d", now, records)
			}
		})
}

func leftIn(t *testing.T, fsys disk.FS, name string) []byte {
	t.Helper()
	data, err := disk.ReadFile(fsys, name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// checkLeft holds every file that a run writes to be whole, and that of the last run when it is done.
func (c *crashed) checkLeft(t *testing.T, fsys disk.FS, done bool, before, last string) {
	t.Helper()
	from := func(what, word string) {
		t.Helper()
		if word != last && (done || word != before) {
			t.Errorf("%s is %q (done %v)", what, word, done)
		}
	}
	var snapshot struct{ Run string }
	if err := json.Unmarshal(leftIn(t, fsys, "/c/"+collections.SnapshotDir+"/2/kept.json"), &snapshot); err != nil {
		t.Errorf("the snapshot: %v", err)
	}
	from("the snapshot", snapshot.Run)
	kept, _, err := runner.NewSessionStore(fsys, "/home/state/sessions", "/c", time.Now).Read("shared")
	if err != nil || len(kept) != 1 {
		t.Fatalf("the session: %v, %v", kept, err)
	}
	from("the session", kept[0].Value)
	var archive struct {
		Log struct {
			Entries []struct {
				Response struct{ Content struct{ Text string } }
			}
		}
	}
	if err := json.Unmarshal(leftIn(t, fsys, "/r.har"), &archive); err != nil || len(archive.Log.Entries) != 2 {
		t.Fatalf("the recording: %v, %v", archive, err)
	}
	for _, entry := range archive.Log.Entries {
		run, more, _ := strings.Cut(strings.TrimPrefix(entry.Response.Content.Text, `{"run":"`), `","more":"`)
		if from("the recording", run); more != large+`"}` {
			t.Error("a body in the recording is not whole")
		}
	}
	var suites struct {
		Tests int `xml:"tests,attr"`
	}
	if err := xml.Unmarshal(leftIn(t, fsys, "/r.xml"), &suites); err != nil || suites.Tests != 2 {
		t.Errorf("the report has %d tests, %v", suites.Tests, err)
	}
	if !bytes.HasSuffix(leftIn(t, fsys, "/r.html"), []byte("</html>\n")) {
		t.Error("the page is not whole")
	}
}

// wholeRecords counts the records that history will take in. A power cut may leave an empty file.
func wholeRecords(t *testing.T, fsys disk.FS) (n int) {
	t.Helper()
	const spool = "/home/state/history/spool"
	list, err := fsys.ReadDir(spool)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range list {
		if disk.IsTemp(entry.Name()) {
			continue
		}
		lines := bytes.SplitAfter(leftIn(t, fsys, spool+"/"+entry.Name()), []byte("\n"))
		for _, line := range lines[:len(lines)-1] { // the last one has no end: it is empty, or the crash tore it
			var record struct{ UID string }
			if err := json.Unmarshal(line, &record); err != nil || record.UID == "" {
				t.Errorf("%s has what is no record: %v", entry.Name(), err)
			}
			n++
		}
	}
	return n
}
