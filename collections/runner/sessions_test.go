package runner_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"parley/collections/disk"
	"parley/collections/disk/disktest"
	"parley/collections/runner"
	"parley/httpcore"
	"parley/httpcore/cookies"
)

// process returns the sessions of one of several processes that share a folder.
func process(t *testing.T, fsys disk.FS, folder string) *runner.Sessions {
	t.Helper()
	s := runner.NewSessions(func(string) *httpcore.Session {
		return httpcore.NewSession(httpcore.SessionOptions{Transport: &refusing{}})
	}, runner.NewSessionStore(fsys, folder, "/collection", time.Now))
	t.Cleanup(func() { s.Close() })
	return s
}

func put(s *runner.Sessions, name, cookie, value string) {
	s.Get(name).Jar().Put(cookies.Cookie{Name: cookie, Value: value, Domain: "h.test", HostOnly: true, Path: "/"})
}

// holds returns the cookies of a session as a process finds them when it is about to send.
func holds(t *testing.T, s *runner.Sessions, name string) string {
	t.Helper()
	session, err := s.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, c := range session.Jar().All() {
		list = append(list, c.String())
	}
	slices.Sort(list)
	return strings.Join(list, " ")
}

func save(t *testing.T, s *runner.Sessions, name string) {
	t.Helper()
	if err := s.Save(t.Context(), name); err != nil {
		t.Fatal(err)
	}
}

func sessionFile(t *testing.T, s *runner.Sessions, name string) string {
	t.Helper()
	list, err := s.List()
	if err != nil {
		t.Fatal(err)
	}
	for _, info := range list {
		if info.Name == name {
			return info.File
		}
	}
	return ""
}

func TestProcessesShareASession(t *testing.T) {
	folder := t.TempDir()
	one, two := process(t, disk.OS(), folder), process(t, disk.OS(), folder)
	if got := holds(t, two, "admin"); got != "" {
		t.Fatalf("it begins with %s", got)
	}
	put(one, "admin", "a", "1")
	save(t, one, "admin")
	if got := holds(t, two, "admin"); got != "a=1" {
		t.Errorf("the other has %q", got)
	}
	put(one, "admin", "b", "1")
	put(two, "admin", "c", "1")
	put(two, "admin", "a", "2")
	save(t, one, "admin")
	save(t, two, "admin")
	if got := holds(t, one, "admin"); got != "a=2 b=1 c=1" || holds(t, two, "admin") != got {
		t.Errorf("they have %q and %q", got, holds(t, two, "admin"))
	}
	two.Get("admin").Jar().Clear("")
	save(t, two, "admin")
	if got := holds(t, one, "admin"); got != "" {
		t.Errorf("what was deleted there is here: %s", got)
	}
	put(one, "other", "x", "1")
	if got := holds(t, two, "other") + holds(t, two, "admin"); got != "" {
		t.Errorf("sessions are mixed, or unsaved cookies shared: %s", got)
	}
	if err := one.Close(); err != nil {
		t.Fatal(err)
	}
	if got := holds(t, two, "other"); got != "x=1" {
		t.Errorf("closing did not save: %q", got)
	}
}

func TestManyAtOnceLoseNothing(t *testing.T) {
	folder := t.TempDir()
	const processes, each = 8, 5
	var wait sync.WaitGroup
	for i := range processes {
		s := process(t, disk.OS(), folder)
		wait.Go(func() {
			for j := range each {
				put(s, "busy", fmt.Sprintf("c%d-%d", i, j), "1")
				if err := s.Save(t.Context(), "busy"); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
	if got := strings.Fields(holds(t, process(t, disk.OS(), folder), "busy")); len(got) != processes*each {
		t.Errorf("%d cookies are left: %v", len(got), got)
	}
}

func TestASessionsFileIsForItsOwnerAlone(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // which has no such modes
	}
	folder := filepath.Join(t.TempDir(), "sessions")
	s := process(t, disk.OS(), folder)
	put(s, "admin", "a", "1")
	save(t, s, "admin")
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has the mode %s", path, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestEverythingOfACookieIsKept(t *testing.T) {
	folder := t.TempDir()
	one, two := process(t, disk.OS(), folder), process(t, disk.OS(), folder)
	now := time.Now()
	want := cookies.Cookie{
		Name: "näme", Value: "\xff\x00"[:1] + "<&>", Domain: "h.test", Path: "/x", Expires: now.Add(time.Hour), Secure: true, HTTPOnly: true,
		SameSite: cookies.SameSiteLax, Partitioned: true, Created: now.Add(-time.Hour), Used: now,
	}
	one.Get("a").Jar().Put(want)
	want = one.Get("a").Jar().All()[0]
	save(t, one, "a")
	holds(t, two, "a")
	got := two.Get("a").Jar().All()[0]
	for _, at := range []*time.Time{&got.Expires, &got.Created, &got.Updated, &got.Used, &want.Expires, &want.Created, &want.Updated, &want.Used} {
		*at = at.Round(0).UTC()
	}
	if got != want {
		t.Errorf("%+v comes back as %+v", want, got)
	}
}

func TestABrokenFileIsNamedAndLeftAlone(t *testing.T) {
	for content, reason := range map[string]string{
		"{\"version\": 1,\n \"cookies\": [{]":                                                   "broken in line 2",
		"{\"version\": 1, \"cookies\": [{\"name\": 3}]}":                                        "no session that Parley wrote",
		"{\"version\": 2, \"cookies\": []}":                                                     "the format 2",
		"{\"version\": 1, \"cookies\": [{\"name\": \"a\", \"value\": \"secret\\r\\nX-Evil\"}]}": "cookie number 1 is broken",
	} {
		s := process(t, disk.OS(), t.TempDir())
		put(s, "admin", "a", "1")
		save(t, s, "admin")
		file := sessionFile(t, s, "admin")
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		put(s, "admin", "b", "2")
		_, opened := s.Open("admin")
		for _, err := range []error{opened, s.Save(t.Context(), "admin")} {
			broken, ok := errors.AsType[*runner.SessionFileError](err)
			if !ok || !strings.Contains(broken.Error(), file) || !strings.Contains(broken.Reason, reason) || !strings.Contains(broken.Hint(), "session close admin") {
				t.Errorf("%s: %v", content, err)
			}
			if strings.Contains(fmt.Sprint(err), "secret") {
				t.Errorf("the error tells the value: %v", err)
			}
		}
		if got, err := os.ReadFile(file); err != nil || string(got) != content {
			t.Errorf("it was changed to %q, %v", got, err)
		}
		if list, err := s.List(); err != nil || len(list) != 1 || list[0].Err == nil {
			t.Errorf("it is listed as %+v, %v", list, err)
		}
		aside, err := s.Forget(t.Context(), "admin")
		if err != nil || aside == "" {
			t.Fatalf("put aside as %q, %v", aside, err)
		}
		if got, err := os.ReadFile(aside); err != nil || string(got) != content {
			t.Errorf("aside is %q, %v", got, err)
		}
		if got := holds(t, s, "admin"); got != "" {
			t.Errorf("it begins anew with %s", got)
		}
	}
}

func TestForgetClosesASessionForAll(t *testing.T) {
	folder := t.TempDir()
	one, two := process(t, disk.OS(), folder), process(t, disk.OS(), folder)
	put(one, "admin", "a", "1")
	save(t, one, "admin")
	holds(t, two, "admin")
	held := one.Get("admin")
	if aside, err := one.Forget(t.Context(), "admin"); err != nil || aside != "" {
		t.Fatal(aside, err)
	}
	if one.Get("admin") == held {
		t.Error("the session that was closed is used again")
	}
	if got := holds(t, one, "admin") + holds(t, two, "admin"); got != "" {
		t.Errorf("left is %s", got)
	}
	save(t, two, "admin")
	if file := sessionFile(t, one, "admin"); file != "" {
		t.Errorf("%s is still there", file)
	}
}

func TestAForgetfulSessionIsNeitherReadNorKept(t *testing.T) {
	folder := t.TempDir()
	one, two := process(t, disk.OS(), folder), process(t, disk.OS(), folder)
	put(one, runner.DefaultSession, "a", "1")
	save(t, one, runner.DefaultSession)
	two.Forgetful(runner.DefaultSession)
	if got := holds(t, two, runner.DefaultSession); got != "" {
		t.Errorf("it begins with %s", got)
	}
	put(two, runner.DefaultSession, "b", "2")
	if err := two.Close(); err != nil {
		t.Fatal(err)
	}
	if got := holds(t, one, runner.DefaultSession); got != "a=1" {
		t.Errorf("kept is %s", got)
	}
}

func TestSessionNames(t *testing.T) {
	s := process(t, disk.OS(), t.TempDir())
	for _, name := range []string{"admin", "ada@staging", "v1.2", "zwei Wörter", "a+b_c-d"} {
		if err := runner.CheckSessionName(name); err != nil {
			t.Error(err)
		}
	}
	for _, name := range []string{"", ".", "..", "../x", "a/b", `a\b`, "a:b", ".hidden", "end.", " a", "a ", "a\x1b[0m", "a\x00", strings.Repeat("x", 101)} {
		_, opened := s.Open(name)
		_, forgotten := s.Forget(t.Context(), name)
		for _, err := range []error{runner.CheckSessionName(name), opened, forgotten} {
			if wrong, ok := errors.AsType[*runner.SessionNameError](err); !ok || wrong.Hint() == "" {
				t.Errorf("%q: %v", name, err)
			}
		}
	}
}

// After a crash at any step a session's file is the old one or the new one.
func TestACrashWhileSaving(t *testing.T) {
	write := func(fsys disk.FS, value string) error {
		store := runner.NewSessionStore(fsys, "/state/sessions", "/collection", time.Now)
		return store.Update(context.Background(), "admin", func([]cookies.Cookie) []cookies.Cookie {
			return []cookies.Cookie{{Name: "a", Value: value, Domain: "h.test", Path: "/"}}
		})
	}
	disktest.EachCrash(t,
		func(fsys disk.FS) error { return errors.Join(disk.MkdirAll(fsys, "/state", 0o700), write(fsys, "old")) },
		func(fsys disk.FS) error { return write(fsys, "new") },
		func(t *testing.T, found disk.FS, done bool) {
			list, _, err := runner.NewSessionStore(found, "/state/sessions", "/collection", time.Now).Read("admin")
			if err != nil || len(list) != 1 {
				t.Fatalf("%v, %v", list, err)
			}
			if got := list[0].Value; got != "new" && (done || got != "old") {
				t.Errorf("found %q", got)
			}
		})
}

func TestALockThatIsHeldIsNamedAndLosesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mem := disktest.NewMem()
		if err := disk.MkdirAll(mem, "/state", 0o700); err != nil {
			t.Fatal(err)
		}
		s := process(t, mem, "/state")
		put(s, "admin", "a", "1")
		save(t, s, "admin")
		lock := strings.TrimSuffix(sessionFile(t, s, "admin"), ".json") + ".lock"
		unlock, ok, err := mem.TryLock(lock)
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
		put(s, "admin", "a", "2")
		busy, ok := errors.AsType[*disk.Error](s.Save(t.Context(), "admin"))
		if !ok || busy.Kind != disk.KindBusy || busy.Path != lock {
			t.Errorf("got %v", busy)
		}
		if err := unlock(); err != nil {
			t.Fatal(err)
		}
		save(t, s, "admin")
		if got := holds(t, process(t, mem, "/state"), "admin"); got != "a=2" {
			t.Errorf("kept is %s", got)
		}
	})
}

// A full disk loses neither what is kept nor what is in memory.
func TestAFailedSaveIsTriedAgain(t *testing.T) {
	mem := disktest.NewMem()
	if err := disk.MkdirAll(mem, "/state", 0o700); err != nil {
		t.Fatal(err)
	}
	faulty := disktest.Wrap(mem)
	s := process(t, faulty, "/state")
	put(s, "admin", "a", "1")
	save(t, s, "admin")
	put(s, "admin", "b", "2")
	full := true
	faulty.Fail(func(step disktest.Step) error {
		if full && step.Op == "write" {
			return fs.ErrPermission
		}
		return nil
	})
	if err := s.Save(t.Context(), "admin"); !errors.Is(err, fs.ErrPermission) {
		t.Fatalf("got %v", err)
	}
	if got := holds(t, process(t, mem, "/state"), "admin"); got != "a=1" {
		t.Errorf("kept is %q", got)
	}
	full = false
	save(t, s, "admin")
	if got := holds(t, process(t, mem, "/state"), "admin"); got != "a=1 b=2" {
		t.Errorf("kept is %q", got)
	}
}

func TestSessionsApartShareThoseWithAName(t *testing.T) {
	s := process(t, disk.OS(), t.TempDir())
	put(s, "admin", "a", "1")
	save(t, s, "admin")
	put(s, runner.DefaultSession, "d", "1")
	one, two := s.Apart(), s.Apart()
	if got := holds(t, one, "admin"); got != "a=1" {
		t.Errorf("the session with a name has %q", got)
	}
	put(one, "admin", "b", "2")
	save(t, one, "admin")
	put(one, runner.DefaultSession, "mine", "1")
	save(t, one, runner.DefaultSession)
	if got := holds(t, two, "admin") + "|" + holds(t, two, runner.DefaultSession); got != "a=1 b=2|" {
		t.Errorf("the other one has %q", got)
	}
}
