package ui

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"parley/httpcore"
	"parley/httpcore/body"
)

// spooled counts the spool files that the process has open. They have no name any more.
func spooled(t *testing.T) int {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("open files are counted in /proc, which is Linux's")
	}
	open, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, fd := range open {
		name, err := os.Readlink(filepath.Join("/proc/self/fd", fd.Name()))
		if err == nil && strings.Contains(name, "parley-body-") {
			n++
		}
	}
	return n
}

// filtering counts the goroutines that filter or follow a document.
func filtering() int {
	stacks := make([]byte, 4<<20)
	stacks = stacks[:runtime.Stack(stacks, true)]
	n := 0
	for stack := range strings.SplitSeq(string(stacks), "\n\n") {
		if strings.Contains(stack, "filterRun") || strings.Contains(stack, "pane.follow(") || strings.Contains(stack, "document.(*") {
			n++
		}
	}
	return n
}

// What a filter has begun ends with it, and with its tab: no goroutine goes on and no file stays open.
func TestNothingOfAFilterStays(t *testing.T) {
	for name, end := range map[string]func(*bench){
		"the filter ends":  func(b *bench) { b.Press("esc") },
		"the tab closes":   func(b *bench) { b.Press("alt+w") },
		"another response": func(b *bench) { b.root.show(b.root.tab(), answered(t, "text/plain", "short"), "") },
	} {
		t.Run(name, func(t *testing.T) {
			b := openFixed(t, 120, 36)
			b.body("application/json", "["+strings.Repeat(orders+",", 5_000)+"0]")
			goroutines, files := filtering(), spooled(t)
			b.Press("f")
			b.Type("$..*")
			b.WaitText(" results")
			if got := spooled(t); got != files+1 {
				t.Fatalf("%d files are open for a result of megabytes, want one more than %d", got, files)
			}
			b.Type("..*") // it is still running when it ends
			end(b)
			b.WaitFor("the end of all of it", func(string) bool { return spooled(t) <= files && filtering() <= goroutines })
		})
	}
}

func TestAFilterThatNeedsMuchMemoryAsks(t *testing.T) {
	b := openFixed(t, 120, 36)
	b.body("application/json", "["+strings.Repeat(orders+",", 34_000)+"0]")
	b.Press("f")
	b.Type("length")
	b.WaitText("jq needs about ")
	if grid := b.Grid(); strings.Contains(grid, "running") || strings.Contains(grid, "34001") {
		t.Errorf("it runs unasked:\n%s", grid)
	}
	b.Press("enter")
	b.WaitText("34001")
	b.Press("esc", "f")
	b.Type("$[0].orders[0].id")
	b.WaitText("1 result") // JSONPath needs little, whatever the size
}

func TestAFilterWaitsForTheEndOfABody(t *testing.T) {
	b := openFixed(t, 120, 36)
	store := body.NewStore(body.StoreOptions{})
	t.Cleanup(func() { _ = store.Close() })
	state := moving(t, 10)
	state.Response.Headers, state.Response.Body = httpcore.Fields{{Name: "Content-Type", Value: "application/json"}}, store
	write := func(text string) {
		t.Helper()
		if _, err := store.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	write(`{"a": 1, `)
	b.Press("alt+4", "alt+z")
	b.running(state)
	b.Press("f")
	b.Type(".b")
	b.WaitText("jq waits for the end of the body")
	write(`"b": "there"}`)
	store.Finish(nil)
	b.WaitText(`"there"`)
	b.WaitText("1 result")
	b.root.tab().response.Close()
}

// A body whose file vanishes or shrinks is said to be gone; nothing waits for it.
func TestABodyThatCannotBeReadAnyMore(t *testing.T) {
	b := openFixed(t, 120, 36)
	x := answered(t, "application/json", orders)
	file := &shrinking{}
	store := body.NewStore(body.StoreOptions{File: file})
	if _, err := store.Write([]byte(strings.Repeat(orders+"\n", 1000))); err != nil {
		t.Fatal(err)
	}
	store.Finish(nil)
	x.Response().Body = store
	b.shows(x, "Body")
	b.known()
	file.cut = true
	b.Press("G")
	b.WaitText("can't be read")
	b.Press("g")
	b.WaitText("can't be read")
	for _, keys := range [][]string{{"/", "x", "enter"}, {"y"}, {"f", "$", ".", "a", "enter"}, {"esc"}, {"2"}, {"v"}, {"v"}, {"w"}, {"G"}} {
		b.Press(keys...)
	}
	b.WaitText("can't be read")
}

// shrinking is a file that loses what it holds.
type shrinking struct {
	data []byte
	cut  bool
}

func (f *shrinking) ReadAt(p []byte, off int64) (int, error) {
	if f.cut || off > int64(len(f.data)) {
		return 0, os.ErrClosed
	}
	return copy(p, f.data[off:]), nil
}

func (f *shrinking) WriteAt(p []byte, off int64) (int, error) {
	f.data = append(f.data[:off], p...)
	return len(p), nil
}

func (f *shrinking) Close() error { return nil }
