package terminal

import (
	"context"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"
)

// watchdog bounds every wait of a test. It only ends what hangs; nothing is timed.
const watchdog = time.Minute

// Driver is a Terminal for tests: what goes wrong fails the test, with what is on the screen.
type Driver struct {
	*Terminal
	t *testing.T
}

// Drive starts cmd on a terminal that is closed at the end of the test.
func Drive(t *testing.T, cmd *exec.Cmd, o Options) *Driver {
	t.Helper()
	terminal, err := Start(cmd, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { terminal.Close() })
	return &Driver{terminal, t}
}

// Keys presses keys, spelled as in key maps.
func (d *Driver) Keys(keys ...string) {
	d.t.Helper()
	if err := d.Press(keys...); err != nil {
		d.t.Fatal(err)
	}
}

// Becomes waits for a screen; what names it in the failure.
func (d *Driver) Becomes(what string, condition func(screen string) bool) {
	d.t.Helper()
	d.seesThat(what, condition)
}

// Turn presses a key and waits until it has changed the screen.
func (d *Driver) Turn(key string) {
	d.t.Helper()
	before := d.Screen()
	d.Keys(key)
	d.seesThat("another screen", func(screen string) bool { return screen != before })
}

// Sees waits until all the texts are on the screen.
func (d *Driver) Sees(texts ...string) {
	d.t.Helper()
	d.seesThat(strings.Join(texts, "” and “"), func(screen string) bool {
		for _, text := range texts {
			if !strings.Contains(screen, text) {
				return false
			}
		}
		return true
	})
}

// SeesAny waits until one of the texts is on the screen.
func (d *Driver) SeesAny(texts ...string) {
	d.t.Helper()
	d.seesThat(strings.Join(texts, "” or “"), func(screen string) bool {
		return slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(screen, text) })
	})
}

// SeesNo waits until the text is not on the screen.
func (d *Driver) SeesNo(text string) {
	d.t.Helper()
	d.seesThat("no "+text, func(screen string) bool { return !strings.Contains(screen, text) })
}

// SeesLine waits until there is a line with all the texts.
func (d *Driver) SeesLine(texts ...string) {
	d.t.Helper()
	d.seesThat(strings.Join(texts, "” beside “"), func(screen string) bool {
		for line := range strings.Lines(screen) {
			missing := false
			for _, text := range texts {
				missing = missing || !strings.Contains(line, text)
			}
			if !missing {
				return true
			}
		}
		return false
	})
}

func (d *Driver) seesThat(what string, condition func(string) bool) {
	d.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), watchdog)
	defer cancel()
	if _, err := d.Until(ctx, condition); err != nil {
		d.t.Fatalf("not seen: “%s”: %v", what, err)
	}
}

// Leaves waits for the program's end, which has to be a good one, and checks that the terminal is as it was.
func (d *Driver) Leaves() {
	d.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), watchdog)
	defer cancel()
	if err := d.Ended(ctx); err != nil {
		d.t.Fatal(err)
	}
	if err := d.Restored(); err != nil {
		d.t.Errorf("the terminal is not as it was: %v", err)
	}
}
