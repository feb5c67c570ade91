package cli_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"parley/collections/script"
	"parley/httpcore/content/filter"
	"parley/testdata/terminal"
)

// program is the file of the program as users have it, which is built when the first test asks for it.
var program = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "parley")
	if err != nil {
		return "", err
	}
	file := filepath.Join(dir, "parley")
	build := exec.Command("go", "build", "-buildvcs=false", "-o", file, "parley")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return file, fmt.Errorf("go build: %w\n%s", err, out)
	}
	return file, nil
})

func TestMain(m *testing.M) {
	filter.Serve()
	script.Serve()
	code := m.Run()
	if built.Load() {
		if file, _ := program(); file != "" {
			_ = os.RemoveAll(filepath.Dir(file))
		}
	}
	os.Exit(code)
}

// built says that a test has asked for the program.
var built atomic.Bool

// parley returns the program as a process of its own.
func parley(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	built.Store(true)
	file, err := program()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(file, args...)
	command.Env = os.Environ()
	return command
}

// watchdog ends a test that hangs.
func watchdog(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// ourStyle is all that may stand between the text: the colours of the person's own palette.
var ourStyle = regexp.MustCompile(`\x1b\[[0-9;]*m`)

// leavesAlone checks that what parley writes to a terminal holds something, and nothing that acts on the terminal.
func leavesAlone(t *testing.T, home, something string, args ...string) {
	t.Helper()
	output := ourStyle.ReplaceAllString(onTerminal(t, home, args...), "")
	if output == "" || !strings.Contains(output, something) {
		t.Errorf("%q prints %q", args, output)
	}
	if found := unsafeAt(output); found != "" {
		t.Errorf("%q: %s in %q", args, found, output)
	}
}

// onTerminal runs parley on a terminal and returns all that it wrote there.
func onTerminal(t *testing.T, home string, args ...string) string {
	t.Helper()
	command := parley(t, args...)
	command.Env = append(command.Env, "PARLEY_HOME="+home)
	tty, err := terminal.Start(command, terminal.Options{Width: 100, Height: 30})
	if err != nil {
		t.Fatal(err)
	}
	defer tty.Close()
	if err := tty.Ended(watchdog(t)); err != nil && !isExit(err) {
		t.Fatalf("%q: %v", args, err)
	}
	if err := tty.Restored(); err != nil {
		t.Errorf("%q: %v", args, err)
	}
	return string(tty.Output())
}

func isExit(err error) bool {
	_, ok := errors.AsType[*exec.ExitError](err)
	return ok
}

// unsafeAt says what in a text would act on a terminal.
func unsafeAt(text string) string {
	for i, r := range text {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(text[i:], "\uFFFD"):
			return "a byte that is not UTF-8 at " + strconv.Itoa(i)
		case r == '\n' || r == '\r' && strings.HasPrefix(text[i:], "\r\n") || r == '\t':
		case unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r):
			return strconv.QuoteRune(r) + " at " + strconv.Itoa(i)
		}
	}
	return ""
}
