package ui_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"parley/testdata/terminal"
)

// TestTheBuiltProgram drives the program that users run: on a terminal, by keyboard alone.
func TestTheBuiltProgram(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there are no pseudo-terminals here")
	}
	p := program{file: filepath.Join(t.TempDir(), "parley")}
	build := exec.Command("go", "build", "-buildvcs=false", "-o", p.file, "parley")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	for name, test := range map[string]func(*testing.T, program){
		"starts without waste":               startsWithoutWaste,
		"reaches everything in three ways":   reachesEverything,
		"ends and stops in three ways":       endsInThreeWays,
		"takes the tour's first steps":       takesTheFirstSteps,
		"welcomes once":                      welcomesOnce,
		"takes few keys":                     takesFewKeys,
		"keeps what was typed on a hangup":   keepsWhatWasTyped,
		"shows what happened":                showsWhatHappened,
		"shows what runs":                    showsWhatRuns,
		"shows tokens":                       showsTokens,
		"runs a folder":                      runsAFolder,
		"is read by who hears it":            readsLinear,
		"works inside tmux":                  worksInsideTmux,
		"tells the terminal what runs":       tellsTheTerminal,
		"edits an expectation":               editsAnExpectation,
		"examines the terminal":              examinesTheTerminal,
		"goes on with a drag":                dragsOn,
		"lets nothing act on the terminal":   letsNothingAct,
		"works on a large body":              worksOnALargeBody,
		"comes back as it was left":          comesBack,
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
	cmd.Env = append(os.Environ(), "PARLEY_HOME="+p.home, "SSH_CONNECTION=far away") // where no browser is opened
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
	d.Keys("alt+3", "ctrl+x", "]", "ctrl+x", "]", "ctrl+x", "]", "tab")
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
