package ui

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"parley/collections"
	"parley/collections/disk"
	"parley/collections/runner"
	"parley/httpcore"
	"parley/ui/uitest"
)

func TestWhatIsTypedWhileItLoadsIsNotLost(t *testing.T) {
	settings, err := ReadSettings(place(t, "", ""))
	if err != nil {
		t.Fatal(err)
	}
	dir, goOn := t.TempDir(), make(chan struct{})
	ctx, cancel := context.WithCancel(context.Background())
	s := newStart(ctx, settings, func() (*runner.Workspace, error) {
		<-goOn
		collection, err := collections.Open(disk.OS(), dir)
		sessions := runner.NewSessions(func(string) *httpcore.Session { return httpcore.NewSession(httpcore.SessionOptions{}) }, nil)
		return &runner.Workspace{Collection: collection, Sessions: sessions}, err
	})
	d := uitest.Start(t, s, 80, 24)
	d.Type("http://typed.early/")
	close(goOn)
	d.WaitText("http://typed.early/")
	cancel()
	root, err := s.wait()
	if err != nil {
		t.Fatal(err)
	}
	if err := root.close(); err != nil {
		t.Error(err)
	}
}

func TestWhatCannotBeLoadedEndsTheProgram(t *testing.T) {
	settings, err := ReadSettings(place(t, "", ""))
	if err != nil {
		t.Fatal(err)
	}
	gone := errors.New("the collection is gone")
	s := newStart(context.Background(), settings, func() (*runner.Workspace, error) { return nil, gone })
	d := uitest.Start(t, s, 80, 24)
	d.WaitFor("the end", func(string) bool { return d.Quit() })
	if root, err := s.wait(); root != nil || !errors.Is(err, gone) {
		t.Errorf("got %v, %v", root, err)
	}
}

// A collection of garbage takes more time than all that is drawn first; from then on there has to be one.
func TestGarbageIsCollectedFromTheFirstFrameOn(t *testing.T) {
	settings, err := ReadSettings(place(t, "", ""))
	if err != nil {
		t.Fatal(err)
	}
	before := percentOfGarbage()
	s := newStart(context.Background(), settings, func() (*runner.Workspace, error) { return nil, errors.New("gone") })
	<-s.loaded
	if now := percentOfGarbage(); now != -1 {
		t.Errorf("it is collected at %d %% while nothing is drawn yet", now)
	}
	s.shown = open(t, 80, 24).root
	s.Update(drawn{})
	if now := percentOfGarbage(); now != before {
		t.Errorf("it is collected at %d %% after the first frame, was at %d %%", now, before)
	}
}

func percentOfGarbage() int {
	now := debug.SetGCPercent(-1)
	debug.SetGCPercent(now)
	return now
}

// seenFolders is the disk, with the folders of a collection that were listed.
type seenFolders struct {
	disk.FS
	mu     sync.Mutex
	listed map[string]bool
}

func (f *seenFolders) ReadDir(name string) ([]fs.DirEntry, error) {
	f.mu.Lock()
	f.listed[filepath.Base(name)] = true
	f.mu.Unlock()
	return f.FS.ReadDir(name)
}

// However large the collection, the first frame needs what it shows: the top of the tree, and what is open in it.
func TestTheFirstFrameReadsWhatItShows(t *testing.T) {
	dir := t.TempDir()
	for i := range 40 {
		for _, name := range []string{"get", "put"} {
			file := filepath.Join(dir, fmt.Sprintf("folder-%02d", i), name+".toml")
			if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte("url = \"http://first.test/\"\n"), 0o644)); err != nil {
				t.Fatal(err)
			}
		}
	}
	settings, err := ReadSettings(place(t, "", ""))
	if err != nil {
		t.Fatal(err)
	}
	begin := func(fsys disk.FS) *Root {
		s := newStart(context.Background(), settings, func() (*runner.Workspace, error) {
			collection, err := collections.OpenTop(fsys, dir)
			sessions := runner.NewSessions(func(string) *httpcore.Session { return httpcore.NewSession(httpcore.SessionOptions{}) }, nil)
			return &runner.Workspace{Collection: collection, Sessions: sessions}, err
		})
		root, err := s.wait()
		if err != nil {
			t.Fatal(err)
		}
		root.Update(tea.WindowSizeMsg{Width: 120, Height: 36})
		return root
	}
	first := begin(disk.OS())
	first.OpenRequest("folder-07/put")
	if err := first.close(); err != nil {
		t.Fatal(err)
	}

	f := &seenFolders{FS: disk.OS(), listed: map[string]bool{}}
	again := begin(f)
	screen := ansi.Strip(again.View().Content)
	for _, text := range []string{"▾ folder-07", "put", "http://first.test/", "▸ folder-08"} {
		if !strings.Contains(screen, text) {
			t.Errorf("the first frame has no %q:\n%s", text, screen)
		}
	}
	if id, _ := again.sidebar.Place(); id != "folder-07/put" {
		t.Errorf("the cursor is on %q", id)
	}
	if want := map[string]bool{filepath.Base(dir): true, "folder-07": true}; !maps.Equal(f.listed, want) {
		t.Errorf("it has listed %v", slices.Sorted(maps.Keys(f.listed)))
	}
	if err := again.close(); err != nil {
		t.Error(err)
	}
}
