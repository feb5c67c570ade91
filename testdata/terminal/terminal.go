package terminal

import (
	"context"
	"errors"
	"fmt"
	"image/color"
	"io"
	"os"
	"os/exec"
	"slices"
	"sync"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// Options say what the terminal is like.
type Options struct {
	// Width and Height are in cells.
	Width, Height int
	// Background is the colour that the terminal says it has; nil means a dark one.
	Background color.Color
}

// Terminal is a program that runs on a terminal of its own.
type Terminal struct {
	// Started is when the program was started.
	Started time.Time

	cmd         *exec.Cmd
	master, tty *os.File
	before      *term.State

	mu       sync.Mutex // guards what follows
	emulator *vt.Emulator
	modes    modes
	output   []byte
	waiting  *waiting
	after    *term.State

	read     chan struct{} // closed when the last of the output has been read
	ended    chan struct{} // closed when the program has ended and its output has been read
	answered chan struct{} // closed when nobody reads the emulator any more
	err      error         // of the program; valid after ended
}

// waiting is somebody who waits for a screen.
type waiting struct {
	until func() bool    // called while mu is held
	found chan time.Time // holds one
}

// Start runs cmd, which must not have been started, on a new terminal that says it has true colour.
func Start(cmd *exec.Cmd, o Options) (*Terminal, error) {
	master, tty, err := pty.Open()
	if err != nil {
		return nil, err
	}
	t := &Terminal{
		cmd: cmd, master: master, tty: tty, emulator: vt.NewEmulator(o.Width, o.Height), modes: modes{},
		read: make(chan struct{}), ended: make(chan struct{}), answered: make(chan struct{}),
	}
	if o.Background == nil {
		o.Background = color.Gray{0x1e}
	}
	t.emulator.SetDefaultBackgroundColor(o.Background)
	t.emulator.SetCallbacks(t.modes.callbacks())
	err = pty.Setsize(master, &pty.Winsize{Cols: uint16(o.Width), Rows: uint16(o.Height)})
	if err == nil {
		t.before, err = term.GetState(tty.Fd())
	}
	if cmd.Env == nil {
		cmd.Env = os.Environ()
	}
	cmd.Env = append(cmd.Env, "TERM=xterm-256color", "COLORTERM=truecolor", "NO_COLOR=", "TMUX=", "STY=")
	cmd.Stdin, cmd.Stdout, cmd.Stderr = tty, tty, tty
	control(cmd)
	t.Started = time.Now()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return nil, errors.Join(err, master.Close(), tty.Close(), t.emulator.Close())
	}
	go t.show()
	go t.answer()
	go t.reap()
	return t, nil
}

// show feeds the emulator with what the program writes.
func (t *Terminal) show() {
	defer close(t.read)
	for buffer := make([]byte, 1<<16); ; {
		n, err := t.master.Read(buffer)
		if n > 0 {
			t.wrote(buffer[:n], time.Now())
		}
		if err != nil {
			return // a terminal without anybody on the other side gives EIO
		}
	}
}

func (t *Terminal) wrote(data []byte, at time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.output = append(t.output, data...)
	t.emulator.Write(data) //nolint:errcheck // it fails only when closed, after the last reading
	if t.waiting != nil && t.waiting.until() {
		t.waiting.found <- at
		t.waiting = nil
	}
}

// answer sends to the program what the emulator says to its questions. It goes on taking answers that nobody wants any
// more: the emulator would wait for ever to give them.
func (t *Terminal) answer() {
	defer close(t.answered)
	io.Copy(t.master, t.emulator)   //nolint:errcheck // it ends when either is closed
	io.Copy(io.Discard, t.emulator) //nolint:errcheck // it ends when the emulator is closed
}

// reap waits for the program's end. Only then is this side's hold on the terminal given up, so that its state is known.
func (t *Terminal) reap() {
	t.err = t.cmd.Wait()
	after, err := term.GetState(t.tty.Fd())
	t.mu.Lock()
	if err == nil {
		t.after = after
	}
	t.mu.Unlock()
	t.tty.Close()
	<-t.read
	close(t.ended)
}

// Close kills the program if it still runs, and gives everything back.
func (t *Terminal) Close() error {
	t.cmd.Process.Kill() //nolint:errcheck // it may have ended
	<-t.ended
	// The emulator must not be closed while it is read: only the end of its pipe ends the reading.
	var ended error
	if pipe, ok := t.emulator.InputPipe().(io.Closer); ok {
		ended = pipe.Close()
		<-t.answered
	}
	return errors.Join(ended, t.emulator.Close(), t.master.Close())
}

// Pid is the process's number.
func (t *Terminal) Pid() int { return t.cmd.Process.Pid }

// Signal sends the program a signal.
func (t *Terminal) Signal(s os.Signal) error { return t.cmd.Process.Signal(s) }

// Ended waits for the program's end and returns how it ended: an *exec.ExitError when not well, ctx's error when not yet.
func (t *Terminal) Ended(ctx context.Context) error {
	select {
	case <-t.ended:
		return t.err
	case <-ctx.Done():
		return fmt.Errorf("the program has not ended: %w, and shows:\n%s", ctx.Err(), t.Screen())
	}
}

// Until waits for a screen, as text, that the condition is true of, and returns when the program wrote it. The condition
// runs after everything that the program writes, and must not call methods of t.
func (t *Terminal) Until(ctx context.Context, condition func(screen string) bool) (time.Time, error) {
	return t.await(ctx, func() bool { return condition(t.emulator.String()) })
}

// UntilCursor is Until for the cell of the cursor.
func (t *Terminal) UntilCursor(ctx context.Context, condition func(x, y int) bool) (time.Time, error) {
	return t.await(ctx, func() bool {
		at := t.emulator.CursorPosition()
		return condition(at.X, at.Y)
	})
}

func (t *Terminal) await(ctx context.Context, condition func() bool) (time.Time, error) {
	w := &waiting{condition, make(chan time.Time, 1)}
	t.mu.Lock()
	if condition() {
		t.mu.Unlock()
		return time.Now(), nil
	}
	t.waiting = w
	t.mu.Unlock()
	select {
	case at := <-w.found:
		return at, nil
	case <-t.ended:
		return time.Time{}, fmt.Errorf("the program has ended (%v) and shows:\n%s", t.err, t.Screen())
	case <-ctx.Done():
		return time.Time{}, fmt.Errorf("%w, and the program shows:\n%s", ctx.Err(), t.Screen())
	}
}

// Screen is what is shown now, as text.
func (t *Terminal) Screen() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.emulator.String()
}

// Cursor is the cell of the cursor, and whether it is shown.
func (t *Terminal) Cursor() (x, y int, shown bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	at := t.emulator.CursorPosition()
	on, switched := t.modes[ansi.ModeTextCursorEnable]
	return at.X, at.Y, on || !switched
}

// Cells are the rows of what is shown now, with colours. A wide character is followed by empty cells.
func (t *Terminal) Cells() [][]uv.Cell {
	t.mu.Lock()
	defer t.mu.Unlock()
	rows := make([][]uv.Cell, t.emulator.Height())
	for y := range rows {
		rows[y] = make([]uv.Cell, t.emulator.Width())
		for x := range rows[y] {
			if cell := t.emulator.CellAt(x, y); cell != nil {
				rows[y][x] = *cell
			}
		}
	}
	return rows
}

// Output is a copy of every byte that the program has written.
func (t *Terminal) Output() []byte {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.output)
}
