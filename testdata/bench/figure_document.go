package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"parley/testdata/terminal"
)

const (
	// documentSize is what the bodies have, documentRate how many bytes of them come in a second while keys are timed.
	documentSize = 100_000_000
	documentRate = 40_000_000
)

// A body is shown in the pane below the request.
var (
	firstLine = regexp.MustCompile(`││ *(\d+)[^\d]`)                   // the number of the line at the top
	allLines  = regexp.MustCompile(`· \d+ lines`)                      // their number, when it is known
	counted   = regexp.MustCompile(`\d+ hits?\b|\d+ of \d+|not found`) // what a search that is over says
)

func measureDocument(ctx context.Context, b *bench) ([]row, error) {
	if err := needsProc(); err != nil {
		return nil, err
	}
	empty, err := b.emptyKeys(ctx, sizes[0])
	if err != nil {
		return nil, err
	}
	var rows []row
	for _, body := range []struct {
		name, path string
		text       text
	}{{"one line", "json", oneLine}, {"laid out", "laid", oneLine.laidOut()}} {
		d := document{b: b, name: body.name, path: fmt.Sprintf("/%s/%d", body.path, documentSize), empty: empty}
		for _, measure := range []func(context.Context) error{
			d.arriving, d.indexed,
			func(ctx context.Context) error { return d.printed(ctx, body.text) },
		} {
			err := measure(ctx)
			if err != nil {
				return append(rows, d.rows...), err
			}
		}
		rows = append(rows, d.rows...)
	}
	return rows, nil
}

// document measures a body in the response pane.
type document struct {
	b          *bench
	name, path string
	empty      timing // of a key in the empty program
	rows       []row
}

func (d *document) add(r row) {
	r.what = d.name + ", " + r.what
	d.rows = append(d.rows, r)
}

// open shows the request of a body, which is then sent.
func (d *document) open(ctx context.Context, name, query string) (*terminal.Terminal, error) {
	name = strings.ReplaceAll(d.name, " ", "-") + "-" + name
	root, err := d.b.workspace(name, 1, d.b.server.URL+d.path+query)
	if err != nil {
		return nil, err
	}
	return d.b.open(ctx, "home-"+name, root, sizes[0], d.path)
}

// arriving measures while the body comes slowly.
func (d *document) arriving(ctx context.Context) (err error) {
	t, err := d.open(ctx, "arriving", fmt.Sprintf("?rate=%d", documentRate))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, t.Close()) }()
	_, err = press(ctx, t, "f5", func(screen string) bool { return strings.Contains(screen, `"version"`) })
	if err != nil {
		return err
	}
	first := time.Since(time.Unix(0, d.b.begun.Load()))
	if _, err := press(ctx, t, "alt+4", func(screen string) bool { return strings.Contains(screen, "/ Find") }); err != nil {
		return err
	}
	waits, err := pageUntil(ctx, t, finished)
	if err != nil {
		return err
	}
	d.add(row{what: "first screen after the first byte", measured: millis(first), target: "≤ 60 ms", missed: first > 60*time.Millisecond})
	d.keys("while it arrives", waits)
	return nil
}

// keys compares with the empty program.
func (d *document) keys(when string, waits timing) {
	d.add(compare(fmt.Sprintf("a key %s, median of %d", when, len(waits)), waits.quantile(0.5), d.empty.quantile(0.5), "empty", 1.3))
	d.add(compare("a key "+when+", 95 of 100", waits.quantile(0.95), d.empty.quantile(0.95), "empty", 1.5))
}

// indexed measures a body that comes at once, and then moves in it and searches it.
func (d *document) indexed(ctx context.Context) (err error) {
	t, err := d.open(ctx, "indexed", "")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, t.Close()) }()
	index, err := press(ctx, t, "f5", allLines.MatchString)
	if err != nil {
		return err
	}
	if err := d.againstCurl(ctx, index); err != nil {
		return err
	}
	if _, err := press(ctx, t, "alt+4", func(screen string) bool { return strings.Contains(screen, "/ Find") }); err != nil {
		return err
	}
	presses := 0
	waits, err := pageUntil(ctx, t, func(string) bool { presses++; return presses > 5*d.b.runs })
	if err != nil {
		return err
	}
	d.keys("afterwards", waits)
	if err := d.jumps(ctx, t); err != nil {
		return err
	}
	if err := d.searches(ctx, t); err != nil {
		return err
	}
	peak, err := memory(t.Pid(), "VmHWM")
	if err == nil {
		d.add(limit("peak memory", peak, paneMemory))
	}
	return err
}

// againstCurl compares the time until all lines are known with what curl takes to write the body to a file.
func (d *document) againstCurl(ctx context.Context, index time.Duration) error {
	r := row{what: "all lines known", measured: millis(index), against: "curl is not installed"}
	if _, err := exec.LookPath("curl"); err == nil {
		var took timing
		for range max(d.b.runs, 3) {
			one, _, err := d.b.timed(exec.CommandContext(ctx, "curl", "-s", "-o", filepath.Join(d.b.dir, "body"), d.b.server.URL+d.path))
			if err != nil {
				return err
			}
			took = append(took, one)
		}
		r = compare(r.what, index, took.quantile(0.5), "curl -o", 2)
	}
	d.add(r)
	return nil
}

// jumps goes to the end, and to lines far apart.
func (d *document) jumps(ctx context.Context, t *terminal.Terminal) error {
	var ends, lines timing
	for range max(d.b.runs, 3) {
		end, err := press(ctx, t, "G", func(screen string) bool { return strings.Contains(screen, `"record"`) })
		if err != nil {
			return err
		}
		if err := errors.Join(t.Press(":"), t.Type("1000003")); err != nil {
			return err
		}
		line, err := press(ctx, t, "enter", func(screen string) bool { return strings.Contains(screen, "│1000003") })
		if err != nil {
			return err
		}
		ends, lines = append(ends, end), append(lines, line)
	}
	end := ends.quantile(0.5)
	d.add(row{what: "to its end", measured: millis(end), target: "≤ 50 ms", missed: end > 50*time.Millisecond})
	d.add(compare("to line 1,000,003", lines.quantile(0.5), d.empty.quantile(0.5)+5*time.Millisecond, "empty + 5 ms", 1.3))
	return nil
}

// searches counts all hits of what is typed.
func (d *document) searches(ctx context.Context, t *terminal.Terminal) error {
	body := oneLine.bytes(documentSize)
	start := time.Now()
	if bytes.Contains(body, []byte("alpha bravX")) {
		return errors.New("the body holds what it should not")
	}
	contains := time.Since(start)
	literal, err := search(ctx, t, "alpha brav", "X")
	if err != nil {
		return err
	}
	d.add(compare("all hits of a text", literal, 2*contains+frame, "2 bytes.Contains + a frame", 1))
	expr, err := search(ctx, t, `/"(id|score)":\s*\d+`, "/")
	if err != nil {
		return err
	}
	target := documentSize * time.Second / 100_000_000
	d.add(compare("all hits of a regular expression", expr, target, "100 MB/s", 1))
	return nil
}

// search types something and takes the time from the last key to when all is counted.
func search(ctx context.Context, t *terminal.Terminal, typed, last string) (time.Duration, error) {
	waiting, cancel := context.WithTimeout(ctx, watchdog)
	defer cancel()
	err := errors.Join(t.Press("/"), t.Type(typed))
	if err == nil {
		_, err = t.Until(waiting, func(screen string) bool { return strings.Contains(screen, "/ "+typed) && counted.MatchString(screen) })
	}
	if err != nil {
		return 0, err
	}
	before := counted.FindString(t.Screen())
	took, err := press(ctx, t, last, func(screen string) bool {
		now := counted.FindString(screen)
		return strings.Contains(screen, "/ "+typed+last) && now != "" && now != before
	})
	if err == nil {
		_, err = press(ctx, t, "esc", func(screen string) bool { return !strings.Contains(screen, "/ "+typed) })
	}
	return took, err
}

// pageUntil pages down from the top and up again until the condition is true, and tells how long each key waited.
func pageUntil(ctx context.Context, t *terminal.Terminal, over func(string) bool) (timing, error) {
	var waits timing
	for !over(t.Screen()) {
		for _, key := range []string{"pgdown", "pgup"} {
			wait, err := press(ctx, t, key, func(screen string) bool {
				top := firstLine.FindStringSubmatch(screen)
				return top != nil && (top[1] == "1") == (key == "pgup")
			})
			if err != nil {
				return waits, err
			}
			waits = append(waits, wait)
		}
	}
	return waits, nil
}

// printed compares pretty printing in colours with jq.
func (d *document) printed(ctx context.Context, t text) error {
	file := filepath.Join(d.b.dir, "printed.json")
	if err := os.WriteFile(file, t.bytes(documentSize), 0o600); err != nil {
		return err
	}
	ours, _, err := d.b.timed(d.b.command(ctx, "home-printed", "send", "--pretty=all", "--color=always", d.b.server.URL+d.path))
	if err != nil {
		return err
	}
	r := row{what: "printed in colours", measured: millis(ours), against: "jq is not installed"}
	if _, err := exec.LookPath("jq"); err == nil {
		theirs, _, err := d.b.timed(exec.CommandContext(ctx, "jq", "-C", ".", file))
		if err != nil {
			return err
		}
		r = compare(r.what, ours, theirs, "jq -C .", 0.1)
	}
	d.add(r)
	return nil
}
