package ui_test

import (
	"context"
	"strings"
	"syscall"
	"testing"
	"time"

	"parley/testdata/terminal"
	"parley/ui/action"
)

// endsInThreeWays stops the program and ends it: by key, from the palette and by mouse.
func endsInThreeWays(t *testing.T, p program) {
	keymap, err := action.NewKeymap()
	if err != nil {
		t.Fatal(err)
	}
	on := ground{
		name: "end", in: action.Tree, back: []string{"alt+1", "home", "down"}, row: "first-get", sign: "▌  GET   first-get",
	}
	x := &trio{t: t, p: p, on: on, keymap: keymap}
	x.start()
	ways := map[*terminal.Driver]func(action.Action) bool{x.key: x.byKey, x.palette: x.fromPalette, x.mouse: x.byMouse}
	stop, _ := keymap.Action(action.Suspend)
	quit, _ := keymap.Action(action.Quit)
	for d, way := range ways {
		if !way(stop) {
			return
		}
		d.SeesNo("first-get") // the screen of the shell
		goOn(t, d)
	}
	if !x.recover() {
		return
	}
	for d, way := range ways {
		if way(quit) {
			d.Leaves()
		}
	}
}

// goOn has a program that was stopped go on, as fg does. It may not have stopped yet when its screen has gone.
func goOn(t *testing.T, d *terminal.Driver) {
	t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); {
		if err := d.Signal(syscall.SIGCONT); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
		_, err := d.Until(ctx, func(screen string) bool { return strings.Contains(screen, "first-get") })
		cancel()
		if err == nil {
			return
		}
	}
	t.Errorf("the program does not go on:\n%s", d.Screen())
}
