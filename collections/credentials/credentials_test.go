package credentials

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/collections/disk"
	"parley/httpcore"
	"parley/httpcore/auth"
)

func token(access, refresh string, expiry time.Time) auth.Token {
	return auth.Token{
		Access: httpcore.NewSecret("access token", access), Refresh: httpcore.NewSecret("refresh token", refresh), Type: "Bearer",
		Scope: "s", Obtained: time.Unix(1, 0).UTC(), Expiry: expiry, Grant: "g", TokenURL: "u", ClientID: "c", Audience: "a", Username: "n",
	}
}

func TestTokensAreKeptForTheirOwnerAlone(t *testing.T) {
	name := filepath.Join(t.TempDir(), "state", "tokens.json")
	now := time.Unix(1000, 0)
	clock := func() time.Time { return now }
	store := NewTokenFile(disk.OS(), name, clock)
	if _, found, err := store.Get("k"); found || err != nil {
		t.Errorf("before: %v, %v", found, err)
	}
	want := token("at", "rt", now.Add(time.Hour).UTC())
	if err := store.Put("k", want); err != nil {
		t.Fatal(err)
	}
	other := NewTokenFile(disk.OS(), name, clock)
	if got, found, err := other.Get("k"); err != nil || !found || fmt.Sprintf("%+v", recordOf(got)) != fmt.Sprintf("%+v", recordOf(want)) {
		t.Errorf("got %+v, %v, %v", recordOf(got), found, err)
	}
	for path, mode := range map[string]os.FileMode{name: 0o600, filepath.Dir(name): 0o700} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != mode {
			t.Errorf("%s: %v, %v", path, info.Mode(), err)
		}
	}
	if err := errors.Join(other.Put("old", token("x", "", now)), other.Put("old but refreshable", token("x", "r", now))); err != nil {
		t.Fatal(err)
	}
	now = now.Add(2 * keptExpired)
	if err := store.Put("new", want); err != nil {
		t.Fatal(err)
	}
	list, err := other.List()
	if err != nil || len(list) != 3 || list["old"].Type != "" {
		t.Errorf("%d are left, %v", len(list), err)
	}
	if err := errors.Join(other.Delete("k"), other.Delete("never there")); err != nil {
		t.Error(err)
	}
	if _, found, err := store.Get("k"); found || err != nil {
		t.Errorf("after it was deleted: %v, %v", found, err)
	}
}

func TestSeveralProgramsChangeTokensAtOnce(t *testing.T) {
	name := filepath.Join(t.TempDir(), "tokens.json")
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			store := NewTokenFile(disk.OS(), name, time.Now)
			for j := range 4 {
				if err := store.Put(fmt.Sprint(i, j), token("at", "", time.Time{})); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if list, err := NewTokenFile(disk.OS(), name, time.Now).List(); err != nil || len(list) != 32 {
		t.Errorf("%d tokens, %v", len(list), err)
	}
}

func TestABrokenTokenFileIsLeftAlone(t *testing.T) {
	name := filepath.Join(t.TempDir(), "tokens.json")
	if err := os.WriteFile(name, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	store := NewTokenFile(disk.OS(), name, time.Now)
	_, _, err := store.Get("k")
	var broken *BrokenError
	if !errors.As(err, &broken) || !strings.Contains(err.Error(), name) || broken.Hint() == "" {
		t.Errorf("got %v", err)
	}
	if err := store.Put("k", token("at", "", time.Time{})); !errors.As(err, &broken) {
		t.Errorf("got %v", err)
	}
	if text, err := os.ReadFile(name); err != nil || string(text) != "{" {
		t.Errorf("the file holds %q, %v", text, err)
	}
}

func TestRunCommand(t *testing.T) {
	run := RunCommand("linux")
	cases := []struct{ line, want, say string }{
		{"echo a b; echo c >&2", "a b\n", ""},
		{"echo first >&2; echo 'not logged in ' >&2; exit 3", "", "exit status 3: not logged in"},
		{"false", "", "exit status 1"},
		{"yes | head -c 2000000", "", "it printed more than 1 MiB"},
		{"yes complaint | head -c 100000 >&2; exit 1", "", "exit status 1: "},
	}
	for _, c := range cases {
		got, err := run(t.Context(), c.line)
		if got != c.want || (err == nil) != (c.say == "") || err != nil && !strings.HasPrefix(err.Error(), c.say) {
			t.Errorf("%s: %q, %v", c.line, got, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := run(ctx, "sleep 100"); err == nil {
		t.Error("a command that was canceled succeeds")
	}
}

func TestOpener(t *testing.T) {
	cases := []struct {
		goos, url string
		env       map[string]string
		want      []string
	}{
		{"linux", "https://h/?a&b", map[string]string{"DISPLAY": ":0"}, []string{"xdg-open", "https://h/?a&b"}},
		{"linux", "https://h/", map[string]string{"DISPLAY": ":0", "SSH_CONNECTION": "x"}, nil},
		{"linux", "https://h/", nil, nil},
		{"darwin", "http://h/", nil, []string{"open", "http://h/"}},
		{"windows", "http://h/?a&calc", nil, []string{"rundll32", "url.dll,FileProtocolHandler", "http://h/?a&calc"}},
		{"darwin", "file:///etc/passwd", nil, nil},
		{"darwin", "-a Calculator", nil, nil},
	}
	for _, c := range cases {
		env := func(name string) string { return c.env[name] }
		if got, err := opener(c.goos, env, c.url); !slices.Equal(got, c.want) || (err == nil) != (c.want != nil) {
			t.Errorf("%s %s %v: %q, %v", c.goos, c.url, c.env, got, err)
		}
	}
}

// Two tables of one environment share its tokens, which outlive the process where there is a state folder.
func TestEnvironmentKeepsTokens(t *testing.T) {
	root := t.TempDir()
	e := Environment(disk.OS(), func(name string) string { return map[string]string{"PARLEY_HOME": root}[name] }, "linux")
	if err := NewTokenFile(disk.OS(), filepath.Join(root, "state", "tokens.json"), time.Now).Put("k", token("at", "", time.Time{})); err != nil {
		t.Fatal(err)
	}
	if list, err := e.Tokens.List(); err != nil || len(list) != 1 || list[0].Access.Reveal() != "at" {
		t.Errorf("%+v, %v", list, err)
	}
	nowhere := Environment(disk.OS(), func(string) string { return "" }, "linux")
	if list, err := nowhere.Tokens.List(); err != nil || len(list) != 0 {
		t.Errorf("without a folder: %+v, %v", list, err)
	}
}
