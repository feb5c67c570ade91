package ui

import (
	"context"
	"errors"
	"runtime/debug"
	"testing"

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
