package ui_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"parley/httpcore/playground"
	"parley/testdata/terminal"
)

// kills is how often something is killed.
func kills() int {
	if os.Getenv("PARLEY_SOAK") != "" {
		return 200
	}
	return 20
}

// losesNothing kills the workbench while a person types, sends and saves, and looks at what is there afterwards.
func losesNothing(t *testing.T, p program) {
	var was typist
	for n := range kills() {
		d := p.open(t)
		was.check(t, p, d)
		was.work(d, n)
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// typist remembers what a person has typed, saved and sent, and so what has to be there.
type typist struct {
	typed []typed
	saved string   // what was last said to be saved
	since int      // how much had been typed by then
	sent  []string // what was seen in history
}

// typed is the URL after a key, and when that was on the screen.
type typed struct {
	url  string
	seen time.Time
}

// work types, with sending and saving in between, and returns at a random moment.
func (w *typist) work(d *terminal.Driver, n int) {
	w.typed, w.since = nil, 0
	url := w.begin(d, fmt.Sprintf("{{base_url}}/anything/%d-", n))
	for range rand.IntN(100) {
		kind := rand.IntN(20)
		if len(url) > 60 { // soon it would not fit into the URL bar
			kind = 2
		}
		switch kind {
		case 0:
			d.Keys("f5")
			d.Sees("200 OK")
			if sent := strings.TrimPrefix(url, "{{base_url}}"); inHistory(d, sent) {
				w.sent = append(w.sent, sent)
			}
		case 1:
			d.Keys("ctrl+s")
			d.SeesNo("first-get ●") // the mark of unsaved edits
			w.saved, w.since = url, len(w.typed)
		case 2:
			url = w.begin(d, fmt.Sprintf("{{base_url}}/anything/%d-%d-", n, len(w.typed)))
		default:
			url += string(rune('a' + rand.IntN(26)))
			d.Type(url[len(url)-1:])
			d.Sees(url)
			w.saw(url)
		}
	}
	last := [][]string{{"f5"}, {"ctrl+s"}, {"z"}, {"z", "ctrl+s", "f5"}}[rand.IntN(4)]
	if last[0] == "z" {
		w.saw(url + "z") // it may not get there any more
	}
	d.Keys(last...)
}

// begin types a new URL.
func (w *typist) begin(d *terminal.Driver, url string) string {
	for i := range len(url) { // any of these may be what the journal has
		if i == 1 {
			continue // for shownURL a single brace is no URL
		}
		w.saw(url[:i])
	}
	d.Keys("ctrl+l", "ctrl+a", "ctrl+k")
	d.Type(url)
	d.Sees(url)
	w.saw(url)
	return url
}

// inHistory reports whether the history shows such a URL now.
func inHistory(d *terminal.Driver, url string) bool {
	d.Keys("ctrl+r")
	d.Sees("esc close") // its last line
	d.SeesAny("200 GET", "Nothing in history fits")
	found := strings.Contains(d.Screen(), url+" ")
	d.Keys("esc")
	d.SeesNo("esc close")
	return found
}

func (w *typist) saw(url string) { w.typed = append(w.typed, typed{url, time.Now()}) }

// check compares what a start brings back with what the last one had been told.
func (w *typist) check(t *testing.T, p program, d *terminal.Driver) {
	t.Helper()
	if file := p.read(t, "tour/first-get.toml"); w.saved != "" && !w.mayHold(file) {
		t.Errorf("%s was saved, and is not in the file:\n%s", w.saved, file)
	}
	if recorded := p.recorded(t); !containsAll(recorded, w.sent) {
		t.Errorf("of what history has shown, some is lost: %q, found %q", w.sent, recorded)
	}
	there := shownURL(d.Screen())
	for i, was := range slices.Backward(w.typed) {
		if was.url == there {
			return
		}
		if lost := w.typed[len(w.typed)-1].seen.Sub(was.seen); lost > time.Second {
			t.Fatalf("%s of typing are lost, from %q on; last saved is %q, and there is %q", lost, w.typed[i].url, w.saved, there)
		}
	}
}

// mayHold reports whether the file holds what was said to be saved, or what was typed after that: the kill may have come
// between a later save and its word.
func (w *typist) mayHold(file string) bool {
	holds := func(url string) bool { return strings.Contains(file, "\nurl = "+strconv.Quote(url)+"\n") }
	file = "\n" + file
	return holds(w.saved) || slices.ContainsFunc(w.typed[w.since:], func(t typed) bool { return holds(t.url) })
}

// shownURL is what stands in the URL bar.
func shownURL(screen string) string {
	_, rest, _ := strings.Cut(screen, "▾ {{")
	url, _, found := strings.Cut(rest, " ")
	if !found {
		return ""
	}
	return "{{" + url
}

func containsAll(urls, parts []string) bool {
	for _, part := range parts {
		if !slices.ContainsFunc(urls, func(url string) bool { return strings.HasSuffix(url, part) }) {
			return false
		}
	}
	return true
}

// recorded are the URLs in history, as the program lists them.
func (p program) recorded(t *testing.T) (urls []string) {
	t.Helper()
	var list []struct{ URL string }
	out, err := p.command("history", "list", "-n", "10000", "--json").Output()
	if err == nil {
		err = json.Unmarshal(out, &list)
	}
	if err != nil {
		t.Fatalf("history list: %v\n%s", err, out)
	}
	for _, entry := range list {
		urls = append(urls, entry.URL)
	}
	return urls
}

// recordsWhatWasSent kills what takes exchanges into the history, after they were sent.
func recordsWhatWasSent(t *testing.T, p program) {
	server, err := playground.Start(playground.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	var sent []string
	for n := range kills() {
		target := fmt.Sprintf("/anything/%d", n)
		if out, err := p.command("send", server.URL+target).CombinedOutput(); err != nil {
			t.Fatalf("send: %v\n%s", err, out)
		}
		sent = append(sent, target)
		taking := p.command("history", "list")
		if err := taking.Start(); err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(rand.N(40*time.Millisecond), func() { taking.Process.Kill() })
		taking.Wait() //nolint:errcheck // it was killed, or was faster
	}
	if recorded := p.recorded(t); !containsAll(recorded, sent) || len(recorded) != len(sent) {
		t.Errorf("%d exchanges were sent, and %d are found", len(sent), len(recorded))
	}
}
