package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/rogpeppe/go-internal/testscript"

	"parley/httpcore/playground"
	"parley/testdata/terminal"
)

// TestMain lets the scripts run this binary as `parley`.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"parley": main})
}

// TestScripts runs every script against a playground of its own. $URL and $TLSURL are its origins, $PORT is the port of
// the first; PARLEY_HOME is fresh.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/scripts",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup:               prepareScript,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits,
			"fault": startFault,
			"serve": serve,
		},
	})
}

func prepareScript(env *testscript.Env) error {
	server, err := playground.Start(playground.Options{})
	if err != nil {
		return err
	}
	env.Defer(func() { server.Close() })
	origin, err := url.Parse(server.URL)
	if err != nil {
		return err
	}
	env.Setenv("URL", server.URL)
	env.Setenv("TLSURL", server.TLSURL)
	env.Setenv("PORT", origin.Port())
	env.Setenv("PARLEY_HOME", env.WorkDir+"/home")
	return nil
}

// exits runs a command that must end with a certain code: `exits 3 parley send :1`.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND [ARGUMENT...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	code := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		code = exit.ExitCode()
	}
	if code != want {
		ts.Fatalf("exit code %d, want %d", code, want)
	}
}

// startFault serves a fault of the playground: `fault truncated` sets $FAULT to its URL.
func startFault(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: fault NAME")
	}
	server, err := playground.StartFault(args[0], playground.FaultOptions{})
	ts.Check(err)
	ts.Defer(server.Close)
	ts.Setenv("FAULT", server.URL)
}

// serve runs a verb that serves until it is interrupted, and waits until it says that it listens: `serve parley
// playground` sets $SERVED to what it listens on.
func serve(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 2 || args[0] != "parley" {
		ts.Fatalf("usage: serve parley VERB [ARGUMENT...]")
	}
	command := parley(args[1:]...)
	command.Dir = ts.Getenv("WORK")
	command.Env = append(command.Env, "PARLEY_HOME="+ts.Getenv("PARLEY_HOME"))
	stdout, err := command.StdoutPipe()
	ts.Check(err)
	ts.Check(command.Start())
	ts.Defer(func() {
		ts.Check(command.Process.Signal(os.Interrupt))
		if err := command.Wait(); err != nil {
			ts.Logf("%v ended with %v", args, err)
		}
	})
	line, err := bufio.NewReader(stdout).ReadString('\n')
	ts.Check(err)
	at, ok := strings.CutPrefix(strings.TrimSpace(line), "listening on ")
	if !ok {
		ts.Fatalf("it says %q", line)
	}
	ts.Setenv("SERVED", at)
}

// parley returns this program as a process of its own.
func parley(args ...string) *exec.Cmd {
	command := exec.Command(os.Args[0], args...)
	command.Args[0] = "parley" // by which TestMain knows what to be
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

func TestSendLeavesTheTerminalAlone(t *testing.T) {
	server, err := playground.Start(playground.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	head, err := playground.StartFault("hostile-head", playground.FaultOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer head.Close()
	home, hostile := t.TempDir(), server.URL+"/hostile"
	for _, args := range [][]string{
		{"send", hostile, "--pretty", "all"},
		{"send", hostile, "--pretty", "format"},
		{"send", hostile, "--pretty", "colors"},
		{"send", hostile, "--pretty", "none"},
		{"send", hostile, "-v"},
		{"send", hostile, "--har"},
		{"history", "show", "--pretty", "all"},
		{"send", head.URL, "-v"},
		{"send", head.URL, "-v", "--fail"},
		{"send", head.URL, "--har"},
		{"history", "show"},
		{"history", "list"},
		{"send", "--offline", server.URL + "/x", "a=\x1b]0;title\a"},
		{"send", "\x1b[2Jnothing"},
		{"\x1b[2J"},
	} {
		leavesAlone(t, home, "", args...)
	}
	foreign := "\x1b]0;title\a\u009b2J\u202eesrever"
	for mediaType, body := range map[string]string{
		"application/json":       `{"` + foreign + `": "` + foreign + `", ` + foreign + "}",
		"application/x-ndjson":   `"` + foreign + "\"\n",
		"text/html":              "<p title='" + foreign + "'>" + foreign + "</p><!-- " + foreign + " -->",
		"application/xml":        "<a " + foreign + "='1'>" + foreign + "</a>",
		"application/javascript": "f('" + foreign + "') // " + foreign,
		"text/csv":               foreign,
	} {
		recorder, err := playground.StartRecorder(fmt.Sprintf(
			"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s", mediaType, len(body), body))
		if err != nil {
			t.Fatal(err)
		}
		defer recorder.Close()
		leavesAlone(t, home, "esrever", "send", recorder.URL)
	}
}

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
	command := parley(args...)
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

func TestInterruptCancelsAtOnce(t *testing.T) {
	recorder, err := playground.StartRecorder("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
	if err != nil {
		t.Fatal(err)
	}
	defer recorder.Close()
	command := parley("send", recorder.URL)
	command.Env = append(command.Env, "PARLEY_HOME="+t.TempDir())
	stdout, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	defer command.Process.Kill()
	got := make([]byte, 3)
	if _, err := io.ReadFull(stdout, got); err != nil || string(got) != "abc" {
		t.Fatalf("what has arrived is not printed: %q, %v", got, err)
	}
	if err := command.Process.Signal(os.Interrupt); err != nil {
		t.Skip("processes cannot be interrupted here:", err)
	}
	if err := command.Wait(); command.ProcessState.ExitCode() != 130 {
		t.Errorf("it ends with %v, want exit code 130", err)
	}
}

// boundary says that a package, and everything below it, must reach none of the others, directly or through a third. A
// prefix ending in "/" means what lies below it only.
type boundary struct {
	of      string
	mustNot []string
	except  []string
	why     string
}

var boundaries = []boundary{
	{
		of:      "parley/ui",
		mustNot: []string{"parley/ui/cli"},
		why:     "the workbench does not know the command line; main hands one to the other",
	},
	{
		of:      "parley/ui/cli",
		mustNot: []string{"parley/ui", "charm.land/bubbletea/v2", "charm.land/lipgloss/v2"},
		except:  []string{"parley/ui/cli", "parley/ui/document", "parley/ui/safe"},
		why:     "a headless verb starts without the weight of a terminal program",
	},
	{
		of:      "parley/ui/pane",
		mustNot: []string{"parley/ui/overlay", "parley/ui/cli"},
		why:     "panes and overlays meet in the root only",
	},
	{
		of:      "parley/ui/overlay",
		mustNot: []string{"parley/ui/pane", "parley/ui/cli"},
		why:     "panes and overlays meet in the root only",
	},
	{
		of:      "parley/ui/widget",
		mustNot: []string{"parley/httpcore", "parley/collections", "parley/history", "parley/ui/pane", "parley/ui/overlay"},
		except:  []string{"parley/httpcore/content"},
		why:     "a widget knows nothing of HTTP; what bodies mean comes to it through ui/document",
	},
	{
		of:      "parley/ui/style",
		mustNot: []string{"parley/"},
		except:  []string{"parley/ui/style", "parley/themes"},
		why:     "it is the one place that knows both colours and lipgloss, and nothing else",
	},
	{
		of:      "parley/ui/action",
		mustNot: []string{"parley/"},
		except:  []string{"parley/ui/action"},
		why:     "keys and titles are a table; what they do is bound by the root",
	},
	{
		of:      "parley/ui/job",
		mustNot: []string{"parley/ui/", "parley/collections", "parley/history", "parley/themes"},
		except:  []string{"parley/ui/job"},
		why:     "it runs exchanges and knows no screen",
	},
	{
		of:      "parley/ui/document",
		mustNot: []string{"charm.land/bubbletea/v2", "charm.land/lipgloss/v2", "parley/httpcore", "parley/collections", "parley/history"},
		except:  []string{"parley/httpcore/content"},
		why:     "the command line, expectations and history look at bodies too",
	},
	{
		of:      "parley/ui/safe",
		mustNot: []string{"parley/"},
		except:  []string{"parley/ui/safe"},
		why:     "it is the one guard between foreign text and a terminal, and must be easy to check",
	},
	{
		of:      "parley/collections",
		mustNot: []string{"parley/ui", "parley/history", "parley/themes"},
		why:     "what is kept does not know how it looks or what happened",
	},
	{
		of:      "parley/history",
		mustNot: []string{"parley/ui", "parley/themes", "parley/collections"},
		except:  []string{"parley/collections/har", "parley/collections/disk"},
		why:     "collection paths are plain strings in history; it shares the HAR codec and the one writer",
	},
	{
		of:      "parley/themes",
		mustNot: []string{"parley/", "charm.land/"},
		except:  []string{"parley/themes"},
		why:     "a theme is data",
	},
	{
		of:      "parley/httpcore",
		mustNot: []string{"parley/ui", "parley/collections", "parley/history", "parley/themes", "charm.land/"},
		why:     "the engine knows no user interface and no file format",
	},
	{
		of:      "parley/httpcore/body",
		mustNot: []string{"parley/"},
		except:  []string{"parley/httpcore/body"},
		why:     "the engine builds on it",
	},
	{
		of:      "parley/httpcore/cookies",
		mustNot: []string{"parley/"},
		except:  []string{"parley/httpcore/cookies"},
		why:     "the engine builds on it",
	},
	{
		of:      "parley/httpcore/content",
		mustNot: []string{"parley/"},
		except:  []string{"parley/httpcore/content"},
		why:     "views and expectations share it without the engine",
	},
	{
		of:      "parley",
		mustNot: []string{"github.com/alecthomas/chroma/v2/lexers", "github.com/alecthomas/chroma/v2/styles", "github.com/getkin/kin-openapi"},
		why:     "importing it costs 15 to 25 ms at every start",
	},
}

// goPackage is what `go list -json` prints of a package, as far as it matters here.
type goPackage struct {
	ImportPath string
	Deps       []string
	Doc        string
}

func TestPackagesReachOnlyWhatTheyMay(t *testing.T) {
	packages := listPackages(t)
	for _, b := range boundaries {
		found := false
		for _, p := range packages {
			if !below(p.ImportPath, b.of) {
				continue
			}
			found = true
			for _, dep := range p.Deps {
				if forbidden(b, p.ImportPath, dep) {
					t.Errorf("%s reaches %s: %s", p.ImportPath, dep, b.why)
				}
			}
		}
		if !found {
			t.Errorf("%s has no package: the table is out of date", b.of)
		}
	}
}

func TestEveryPackageSaysWhatItIsFor(t *testing.T) {
	for _, p := range listPackages(t) {
		if p.Doc == "" {
			t.Errorf("%s has no package comment", p.ImportPath)
		}
	}
}

func forbidden(b boundary, from, dep string) bool {
	matches := func(prefix string) bool { return below(dep, prefix) }
	if b.of == "parley/ui" && below(from, "parley/ui/cli") {
		return false
	}
	if below(dep, from) || slices.ContainsFunc(b.except, matches) {
		return false
	}
	return slices.ContainsFunc(b.mustNot, matches)
}

// below reports whether path is prefix or lies below it.
func below(path, prefix string) bool {
	if strings.HasSuffix(prefix, "/") {
		return strings.HasPrefix(path, prefix)
	}
	return path == prefix || strings.HasPrefix(path, prefix+"/")
}

func listPackages(t *testing.T) []goPackage {
	t.Helper()
	var failure strings.Builder
	list := exec.Command("go", "list", "-json=ImportPath,Deps,Doc", "./...")
	list.Stderr = &failure
	out, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, failure.String())
	}
	var packages []goPackage
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}

// TestTheBuiltProgram drives the program that users run: on a terminal, by keyboard alone.
func TestTheBuiltProgram(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there are no pseudo-terminals here")
	}
	p := program{file: filepath.Join(t.TempDir(), "parley")}
	build := exec.Command("go", "build", "-buildvcs=false", "-o", p.file, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	for name, test := range map[string]func(*testing.T, program){
		"starts without waste":               startsWithoutWaste,
		"takes the tour's first steps":       takesTheFirstSteps,
		"keeps what was typed on a hangup":   keepsWhatWasTyped,
		"lets nothing act on the terminal":   letsNothingAct,
		"loses nothing when it is killed":    losesNothing,
		"has recorded what send has printed": recordsWhatWasSent,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, p.at(t))
		})
	}
}

// program is the built program, with a home and a folder of its own.
type program struct{ file, home, demo string }

func (p program) at(t *testing.T) program {
	dir := t.TempDir()
	p.home, p.demo = filepath.Join(dir, "home"), filepath.Join(dir, "demo")
	return p
}

func (p program) command(args ...string) *exec.Cmd {
	cmd := exec.Command(p.file, args...)
	cmd.Env = append(os.Environ(), "PARLEY_HOME="+p.home)
	return cmd
}

// open starts the demo, and waits until it can be worked with.
func (p program) open(t *testing.T, args ...string) *terminal.Driver {
	t.Helper()
	d := terminal.Drive(t, p.command(append([]string{"demo", "-C", p.demo}, args...)...), terminal.Options{Width: 120, Height: 36})
	d.Sees("self-signed", "Send")
	return d
}

func (p program) read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(p.demo, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// What start-up may allocate. Allocations are stable where times are not.
const (
	maxInits       = 12_000
	maxPackageInit = 2_500
)

var initLine = regexp.MustCompile(`(?m)^init (\S+) @.* (\d+) allocs$`)

func startsWithoutWaste(t *testing.T, p program) {
	cmd := p.command("version")
	cmd.Env = append(cmd.Env, "GODEBUG=inittrace=1")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	lines := initLine.FindAllStringSubmatch(string(out), -1)
	if len(lines) == 0 {
		t.Fatalf("the runtime has not said what packages did:\n%s", out)
	}
	sum := 0
	for _, line := range lines {
		allocations, err := strconv.Atoi(line[2])
		if err != nil {
			t.Fatal(err)
		}
		sum += allocations
		if allocations > maxPackageInit {
			t.Errorf("%s allocates %d times before main, more than %d", line[1], allocations, maxPackageInit)
		}
	}
	t.Logf("%d allocations before main", sum)
	if sum > maxInits {
		t.Errorf("%d allocations before main are more than %d", sum, maxInits)
	}
}

func takesTheFirstSteps(t *testing.T, p program) {
	d := p.open(t, "--fresh")
	d.Sees("users/github")
	d.Keys("f5")
	d.Sees("200 OK", `"name": "GitHub"`)

	d.Keys("alt+1", "j", "enter") // the next of the tree
	d.Sees("/search/repositories")
	d.Keys("f5")
	d.Sees("200 OK")

	d.Keys("ctrl+p")
	d.Sees("Palette")
	d.Type("tour/headers")
	d.SeesLine("│▌GET", "tour/headers")
	d.Keys("enter")
	d.Sees("{{base_url}}/headers")
	before := p.read(t, "tour/headers.toml")
	d.Keys("alt+3", "shift+tab", "right", "right", "tab")
	d.Sees("Accept-Language")
	d.Keys("down", "right", "enter", "ctrl+a", "ctrl+k")
	d.SeesNo("en-GB")
	d.Type("eo")
	d.Keys("enter", "ctrl+s")
	d.Sees("saved tour/headers.toml")
	if after := p.read(t, "tour/headers.toml"); after != strings.Replace(before, "en-GB, en;q=0.8, de;q=0.5", "eo", 1) {
		t.Errorf("more than the one line has changed:\n%s", after)
	}

	d.Keys("ctrl+r")
	d.SeesLine("200 GET", "/users/github")
	d.Type("users/github")
	d.SeesLine("│▌200 GET", "/users/github")
	d.Keys("enter")
	d.Sees("{{base_url}}/users/github", `"name": "GitHub"`)
	d.Keys("ctrl+p")
	d.Sees("Palette")
	d.Type("Replay exchange")
	d.SeesLine("│▌", "Replay exchange")
	d.Keys("enter")
	d.Sees("as sent then")
	d.Keys("s")
	d.Sees("as it was sent then", `"name": "GitHub"`)

	d.Keys("ctrl+c")
	d.Leaves()
}

func keepsWhatWasTyped(t *testing.T, p program) {
	d := p.open(t)
	d.Keys("ctrl+l", "end")
	d.Type("?typed=here")
	d.Sees("users/github?typed=here")
	if err := d.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	d.Leaves()
	if strings.Contains(p.read(t, "tour/first-get.toml"), "typed") {
		t.Error("what was not saved is in the file")
	}
	d = p.open(t)
	d.Sees("users/github?typed=here")
	d.Keys("ctrl+c")
	d.Leaves()
}

// rendering is what the program's own renderer writes: colours, places of the cursor, erasing, the cursor's visibility,
// synchronized updates, and nothing else.
var rendering = regexp.MustCompile(`^\x1b\[(\d+(;\d+)*)?[@ABCDGHJKLMPSTXbdm]$|^\x1b\[\d q$|^\x1b\[([\d:]+;?)*m$|^\x1b\[\?(25|2026)[hl]$|^\x1b\]2;[^\x00-\x1f]*\x07$|^[\r\n\t\x08]$`)

func letsNothingAct(t *testing.T, p program) {
	d := p.open(t)
	d.Keys("ctrl+p")
	d.Sees("Palette")
	d.Type("content/hostile")
	d.SeesLine("│▌GET", "content/hostile")
	d.Keys("enter")
	d.Sees("{{base_url}}/hostile")
	before := d.Output()
	d.Keys("f5")
	d.Sees("200 OK", "4e 6f 74 68") // it is binary, so its bytes are shown
	d.SeesNo("Stop")
	d.Keys("alt+4", "v")
	d.Sees("Nothing below may act on your terminal")
	d.Keys("G")
	d.Sees("no terminator")
	for !strings.Contains(d.Screen(), "Nothing below may act on your terminal") {
		d.Turn("ctrl+u") // so that every line has been on the screen
	}
	d.Keys("shift+tab", "right", "tab") // its headers
	d.Sees("X-Bidi")
	written := d.Output()[len(before):]
	written = written[:bytes.LastIndexByte(written, '\x1b')] // of which only a part may have been read

	for _, sequence := range sequences(written) {
		if !rendering.Match(sequence) {
			t.Errorf("the terminal was sent %q", sequence)
		}
	}
	if !utf8.Valid(written) {
		t.Error("what the terminal was sent is not UTF-8")
	}
	for _, hostile := range hostileParts(t, p) {
		if i := bytes.Index(written, hostile); i >= 0 {
			t.Errorf("the terminal was sent %q of the response, after %q", hostile, written[max(0, i-20):i])
		}
	}
	d.Keys("ctrl+c")
	d.Leaves()
}

// sequences cuts out of what was written what is not text: controls, alone or with what belongs to them, and characters
// that have no place of their own.
func sequences(written []byte) (found [][]byte) {
	var state byte
	for len(written) > 0 {
		sequence, _, n, next := ansi.DecodeSequence(written, state, nil)
		r, _ := utf8.DecodeRune(sequence)
		if r < 0x20 || r >= 0x7f && r < 0xa0 || strings.ContainsRune("\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff", r) {
			found = append(found, slices.Clone(sequence))
		}
		written, state = written[n:], next
	}
	return found
}

// hostileParts are what stands in brackets in the response, but for what the renderer writes itself.
func hostileParts(t *testing.T, p program) (parts [][]byte) {
	t.Helper()
	base := regexp.MustCompile(`base_url\s*=\s*"(.*)"`).FindStringSubmatch(p.read(t, "environments/playground.toml"))
	if base == nil {
		t.Fatal("the environment does not say where the playground is")
	}
	response, err := http.Get(base[1] + "/hostile")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	for lines := bufio.NewScanner(response.Body); lines.Scan(); {
		_, rest, _ := bytes.Cut(lines.Bytes(), []byte(": ["))
		part := slices.Clone(bytes.TrimSuffix(rest, []byte("]")))
		foreign := slices.ContainsFunc(sequences(part), func(s []byte) bool { return !rendering.Match(s) })
		if len(part) > 1 && (foreign || bytes.ContainsAny(part, "\r\b")) { // a bare ESC begins what the renderer writes
			parts = append(parts, part)
		}
	}
	if len(parts) < 50 {
		t.Fatalf("only %d hostile parts were found", len(parts))
	}
	return parts
}

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
	sent  []string // what was seen in history
}

// typed is the URL after a key, and when that was on the screen.
type typed struct {
	url  string
	seen time.Time
}

// work types, with sending and saving in between, and returns at a random moment.
func (w *typist) work(d *terminal.Driver, n int) {
	w.typed = nil
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
			w.saved = url
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
	if w.saved != "" && !strings.Contains(p.read(t, "tour/first-get.toml"), strconv.Quote(w.saved)[:len(w.saved)]) {
		t.Errorf("%s was saved, and is not in the file:\n%s", w.saved, p.read(t, "tour/first-get.toml"))
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
