package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"parley/collections/disk"
	"parley/httpcore"
	"parley/httpcore/auth"
	"parley/httpcore/transport"
)

// headless returns a program without a terminal, in a folder of its own, and what it writes to stdout and stderr.
func headless(t *testing.T) (p *Program, stdout, stderr *bytes.Buffer) {
	t.Helper()
	home := t.TempDir()
	stdout, stderr = &bytes.Buffer{}, &bytes.Buffer{}
	return &Program{
		Stdin: strings.NewReader(""), Stdout: stdout, Stderr: stderr,
		IsTerminal: func(any) bool { return false }, Width: func(any) int { return 80 },
		LookupEnv: func(name string) (string, bool) {
			if name == "PARLEY_HOME" {
				return home, true
			}
			return "", false
		},
		Dir: t.TempDir(), OS: runtime.GOOS, FS: disk.OS(), Now: time.Now, Version: "test",
		NewSession: func(string) *httpcore.Session {
			return httpcore.NewSession(httpcore.SessionOptions{
				Transport: transport.New(transport.Options{}), Schemes: auth.Schemes(auth.Environment{}),
			})
		},
	}, stdout, stderr
}

// mirror serves one file, and hangs up after so many bytes of it when it is told to.
type mirror struct {
	*httptest.Server
	content  string
	etag     string
	modified time.Time
	breakAt  int // 0: never
	noRanges bool
	answer   http.HandlerFunc // instead of all of it
	asked    []string         // Range and If-Range of each request
}

func newMirror(t *testing.T) *mirror {
	m := &mirror{content: strings.Repeat("0123456789", 5000), etag: `"v1"`}
	m.Server = httptest.NewServer(m)
	t.Cleanup(m.Close)
	return m
}

func (m *mirror) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	m.asked = append(m.asked, strings.TrimSpace(r.Header.Get("Range")+" "+r.Header.Get("If-Range")))
	if m.answer != nil {
		m.answer(w, r)
		return
	}
	if m.etag != "" {
		w.Header().Set("ETag", m.etag)
	}
	if m.noRanges {
		r.Header.Del("Range")
	}
	if m.breakAt > 0 {
		w = &breaking{w, m.breakAt}
	}
	http.ServeContent(w, r, "file.bin", m.modified, strings.NewReader(m.content))
}

// breaking hangs up after some bytes.
type breaking struct {
	http.ResponseWriter
	left int
}

func (b *breaking) Write(p []byte) (int, error) {
	if len(p) > b.left {
		_, _ = b.ResponseWriter.Write(p[:b.left])
		b.ResponseWriter.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	}
	b.left -= len(p)
	return b.ResponseWriter.Write(p)
}

func TestADownloadGoesOnWhereItBrokeOff(t *testing.T) {
	date := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, tc := range []struct {
		name         string
		first        []string // flags of the download that breaks off
		then         []string
		etag, ranges string
	}{
		{"by the server's name", []string{"-d"}, []string{"--continue"}, `"v1"`, `bytes=20000- "v1"`},
		{"by a name of its own", []string{"-d", "-o", "mine"}, []string{"-o", "mine", "-c"}, `"v1"`, `bytes=20000- "v1"`},
		{"a plain -o", []string{"-o", "mine"}, []string{"-o", "mine", "--download", "--continue"}, `"v1"`, `bytes=20000- "v1"`},
		{"by date", []string{"-d"}, []string{"--continue"}, "", "bytes=20000- " + date.Format(http.TimeFormat)},
		{"a weak tag says nothing", []string{"-d"}, []string{"--continue"}, `W/"v1"`, "bytes=20000- " + date.Format(http.TimeFormat)},
	} {
		t.Run(tc.name, func(t *testing.T) {
			m := newMirror(t)
			m.etag, m.modified, m.breakAt = tc.etag, date, 20000
			p, _, _ := headless(t)
			err := p.Run(t.Context(), append([]string{"send", m.URL + "/file.bin?a=1"}, tc.first...))
			if !errors.Is(err, httpcore.KindTruncated) {
				t.Fatalf("%v, want it truncated", err)
			}
			m.breakAt = 0
			if err := p.Run(t.Context(), append([]string{"send", m.URL + "/file.bin?a=1"}, tc.then...)); err != nil {
				t.Fatal(err)
			}
			if got := m.asked[1]; got != tc.ranges {
				t.Errorf("it asks for %q, want %q", got, tc.ranges)
			}
			name := "file.bin"
			if len(tc.first) > 1 {
				name = "mine"
			}
			checkOnly(t, p.Dir, name, m.content)
		})
	}
}

// checkOnly checks that a folder holds one file, with that content.
func checkOnly(t *testing.T, dir, name, content string) {
	t.Helper()
	got, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil || string(got) != content {
		t.Errorf("%s holds %d bytes of %d that match: %v, %v", name, len(got), len(content), string(got) == content, err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("%d files are left, want one: %v, %v", len(entries), entries, err)
	}
}

// TestADownloadIsNeverMixed changes the file, or what the server says of it, between the two parts.
func TestADownloadIsNeverMixed(t *testing.T) {
	answer := func(status int, headers ...string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			for i := 0; i < len(headers); i += 2 {
				w.Header().Set(headers[i], headers[i+1])
			}
			w.WriteHeader(status)
			if status == http.StatusPartialContent {
				fmt.Fprint(w, strings.Repeat("x", 30000))
			}
		}
	}
	for _, tc := range []struct {
		name   string
		change func(*mirror)
		kind   httpcore.Kind // "": it is whole in the end
		says   string        // the error, or what is said on the way
	}{
		{"it has changed", func(m *mirror) { m.etag, m.content = `"v2"`, strings.Repeat("abcde", 10001) }, "", "sends all of it"},
		{"ranges are not served", func(m *mirror) { m.noRanges = true }, "", "sends all of it"},
		{"another place", func(m *mirror) { m.answer = answer(206, "Content-Range", "bytes 19999-49998/50000") }, httpcore.KindProtocol, `"bytes 19999-49998/50000" instead of what follows the 20000 bytes`},
		{"another size", func(m *mirror) { m.answer = answer(206, "Content-Range", "bytes 20000-49999/50001") }, httpcore.KindProtocol, "has 50001 bytes now, and had 50000"},
		{"no place", func(m *mirror) { m.answer = answer(206) }, httpcore.KindProtocol, `"" instead of`},
		{"several parts", func(m *mirror) { m.answer = answer(206, "Content-Type", "multipart/byteranges; boundary=x") }, httpcore.KindProtocol, "instead of"},
		{"coded", func(m *mirror) {
			m.answer = answer(206, "Content-Range", "bytes 20000-49999/50000", "Content-Encoding", "gzip")
		}, httpcore.KindProtocol, "content coding"},
		{"too little", func(m *mirror) { m.answer = answer(206, "Content-Range", "bytes 20000-49999/*"); m.content += "more" }, "", ""},
		{"nothing there", func(m *mirror) { m.answer = answer(416, "Content-Range", "bytes */7") }, httpcore.KindStatus, "416 Client Error"},
		{"gone", func(m *mirror) { m.answer = answer(404) }, httpcore.KindStatus, "404 Client Error"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			m := newMirror(t)
			m.breakAt = 20000
			p, _, stderr := headless(t)
			if err := p.Run(t.Context(), []string{"send", m.URL + "/file.bin", "-d"}); err == nil {
				t.Fatal("it does not break off")
			}
			begun, err := os.ReadFile(filepath.Join(p.Dir, "file.bin.part"))
			if err != nil || string(begun) != m.content[:20000] {
				t.Fatalf("%d bytes are kept: %v", len(begun), err)
			}
			if !strings.Contains(stderr.String(), "20000 bytes are in file.bin.part") {
				t.Errorf("it says %q", stderr)
			}
			m.breakAt = 0
			tc.change(m)
			err = p.Run(t.Context(), []string{"send", m.URL + "/file.bin", "-c"})
			if tc.kind == "" {
				if err != nil || !strings.Contains(stderr.String(), tc.says) {
					t.Fatalf("%v; it says %q", err, stderr)
				}
				want := m.content
				if m.answer != nil {
					want = m.content[:20000] + strings.Repeat("x", 30000)
				}
				checkOnly(t, p.Dir, "file.bin", want)
				return
			}
			if !errors.Is(err, tc.kind) || !strings.Contains(err.Error(), tc.says) {
				t.Errorf("%v, want a %s that says %q", err, tc.kind, tc.says)
			}
			if now, err := os.ReadFile(filepath.Join(p.Dir, "file.bin.part")); err != nil || !bytes.Equal(now, begun) {
				t.Errorf("what was here is changed: %d bytes, %v", len(now), err)
			}
		})
	}
}

func TestADownloadThatIsWholeOnlyGetsItsName(t *testing.T) {
	m := newMirror(t)
	p, _, _ := headless(t)
	m.breakAt = len(m.content) - 1
	if err := p.Run(t.Context(), []string{"send", m.URL + "/file.bin", "-d"}); err == nil {
		t.Fatal("it does not break off")
	}
	// Killed after the last byte, before it got its name.
	if err := os.WriteFile(filepath.Join(p.Dir, "file.bin.part"), []byte(m.content), 0o600); err != nil {
		t.Fatal(err)
	}
	m.breakAt = 0
	if err := p.Run(t.Context(), []string{"send", m.URL + "/file.bin", "-c"}); err != nil {
		t.Fatal(err)
	}
	checkOnly(t, p.Dir, "file.bin", m.content)
}

func TestADownloadLeavesOthersFilesAlone(t *testing.T) {
	m := newMirror(t)
	p, _, _ := headless(t)
	for _, name := range []string{"file.bin.part", "file-1.bin.part.json", "mine.part", "plain.part.json"} {
		if err := os.WriteFile(filepath.Join(p.Dir, name), []byte("not ours"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.Run(t.Context(), []string{"send", m.URL + "/file.bin", "-d"}); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(filepath.Join(p.Dir, "file-2.bin")); err != nil || string(got) != m.content {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	if err := p.Run(t.Context(), []string{"send", m.URL + "/file.bin", "-d", "-o", "mine"}); ExitCode(err) != exitUsage {
		t.Errorf("%v: it must not overwrite mine.part", err)
	}
	if err := p.Run(t.Context(), []string{"send", m.URL + "/file.bin", "-o", "plain"}); err != nil {
		t.Fatal(err)
	}
	m.breakAt = 20000
	if err := p.Run(t.Context(), []string{"send", m.URL + "/file.bin", "-o", "plain"}); err == nil {
		t.Error("it does not break off")
	}
	for _, name := range []string{"file.bin.part", "file-1.bin.part.json", "mine.part", "plain.part.json"} {
		if got, _ := os.ReadFile(filepath.Join(p.Dir, name)); string(got) != "not ours" {
			t.Errorf("%s holds %q", name, got)
		}
	}
}

func TestAFailedSecretStaysOutOfTheNote(t *testing.T) {
	m := newMirror(t)
	m.breakAt = 20000
	p, _, _ := headless(t)
	home := t.TempDir()
	p.LookupEnv = func(name string) (string, bool) {
		switch name {
		case "PARLEY_HOME":
			return home, true
		case "PARLEY_SECRET_KEY":
			return "s3cr3t-value", true
		}
		return "", false
	}
	if err := p.Run(t.Context(), []string{"send", m.URL + `/file.bin?key={{secret("key")}}`, "-d"}); err == nil {
		t.Fatal("it does not break off")
	}
	note, err := os.ReadFile(filepath.Join(p.Dir, "file.bin.part.json"))
	if err != nil || bytes.Contains(note, []byte("s3cr3t")) || !bytes.Contains(note, []byte("{secret key}")) {
		t.Errorf("%s, %v", note, err)
	}
	m.breakAt = 0
	if err := p.Run(context.WithoutCancel(t.Context()), []string{"send", m.URL + `/file.bin?key={{secret("key")}}`, "-c"}); err != nil {
		t.Fatal(err)
	}
	checkOnly(t, p.Dir, "file.bin", m.content)
}
