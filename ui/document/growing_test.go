package document

import (
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/httpcore/content"
)

// growing is a body that arrives as the test says.
type growing struct {
	mu      sync.Mutex
	bytes   []byte
	ended   bool
	changed chan struct{}
}

func newGrowing() *growing { return &growing{changed: make(chan struct{})} }

func (g *growing) write(s string) { g.change(func() { g.bytes = append(g.bytes, s...) }) }
func (g *growing) end()           { g.change(func() { g.ended = true }) }

func (g *growing) change(do func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	do()
	close(g.changed)
	g.changed = make(chan struct{})
}

func (g *growing) Size() int64 {
	g.mu.Lock()
	defer g.mu.Unlock()
	return int64(len(g.bytes))
}

func (g *growing) Done() (bool, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.ended, nil
}

func (g *growing) ReadAt(p []byte, off int64) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if off > int64(len(g.bytes)) {
		return 0, io.EOF
	}
	n := copy(p, g.bytes[off:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func (g *growing) Wait(ctx context.Context, size int64) error {
	for {
		g.mu.Lock()
		more, changed := int64(len(g.bytes)) > size || g.ended, g.changed
		g.mu.Unlock()
		if more {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// until waits for changes of a document until something holds.
func until(t *testing.T, d *Document, holds func() bool) {
	t.Helper()
	watchdog := time.After(time.Minute)
	for !holds() {
		select {
		case <-d.Changes():
		case <-watchdog:
			t.Fatal("it did not come to be")
		}
	}
}

func TestAGrowingBodyIsShownAsItArrives(t *testing.T) {
	src := newGrowing()
	d := Open(src, Options{ContentType: "application/json"})
	defer d.Close()
	v := d.View(Pretty)
	layout := Layout{Width: 20, Height: 5}
	see := func() string {
		w, err := v.Window(Pos{}, layout)
		if err != nil {
			t.Fatal(err)
		}
		return draw(w)
	}
	if got := see(); got != "" {
		t.Errorf("before anything came: %s", got)
	}
	src.write(`{"a":[1,2`)
	if got, want := see(), "  1│{│\n  2│  \"a\": [│\n  3│    1,│\n  4│    2│\n"; got != want {
		t.Errorf("the index is not asked for the first screen\n got %s\nwant %s", got, want)
	}
	until(t, d, func() bool { n, done := v.Lines(); return n == 4 && !done })
	src.write(`3]}`)
	src.end()
	until(t, d, func() bool { n, done := v.Lines(); return n == 6 && done })
	if at, err := v.End(Layout{Width: 20, Height: 2}); err != nil || at != (Pos{Line: 4}) {
		t.Errorf("the end is at %v, %v", at, err)
	}
}

func TestTheKindIsToldFromTheFirstBytes(t *testing.T) {
	src := newGrowing()
	d := Open(src, Options{})
	defer d.Close()
	if got := d.Kind(); got != content.Unknown {
		t.Errorf("without bytes: %v", got)
	}
	v := d.View(Pretty)
	see := func() string {
		w, err := v.Window(Pos{}, Layout{Width: 9, Height: 2})
		if err != nil {
			t.Fatal(err)
		}
		return draw(w)
	}
	if got := see(); got != "" {
		t.Errorf("without bytes: %s", got)
	}
	src.write(`[{"a":1}`)
	if got, want := see(), "  1│[│\n  2│  {│\n"; got != want {
		t.Errorf("the view did not learn the kind: %s", got)
	}
	if got := d.Kind(); got != content.JSON || d.Default() != Pretty {
		t.Errorf("of a beginning: %v, %v", got, d.Default())
	}
	d = Open(fromString("\x00\x01\x02"), Options{})
	defer d.Close()
	if got := d.Default(); got != Hex {
		t.Errorf("of bytes: %v", got)
	}
}

// vanished is a body whose file is gone.
type vanished struct{ *growing }

var errVanished = errors.New("the file is gone")

func (vanished) ReadAt([]byte, int64) (int, error) { return 0, errVanished }

func TestAnUnreadableBodySaysSo(t *testing.T) {
	src := vanished{newGrowing()}
	src.write("[1,2]")
	src.end()
	d := Open(src, Options{Kind: content.JSON})
	defer d.Close()
	for mode := range modes {
		if _, err := d.View(mode).Window(Pos{}, Layout{Width: 9, Height: 9}); !errors.Is(err, errVanished) {
			t.Errorf("%v: %v", mode, err)
		}
	}
	s, err := d.Search(Pretty, Query{Text: "1"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Next(t.Context(), 0); !errors.Is(err, errVanished) {
		t.Errorf("search: %v", err)
	}
}

func TestColoursComeLater(t *testing.T) {
	for _, tc := range []struct {
		name, body  string
		approximate bool
	}{
		{"short", "a: 1\n", false},
		{"long", "a: 1\n" + strings.Repeat("# comment\n", maxExact/8), true},
	} {
		d := Open(fromString(tc.body), Options{ContentType: "application/yaml"})
		v := d.View(Pretty)
		until(t, d, func() bool {
			w, err := v.Window(Pos{}, Layout{Width: 20, Height: 2})
			return err == nil && w.Rows[0].Spans[0].Role == Key && w.Approximate == tc.approximate
		})
		d.Close()
	}
}
