package worker_test

import (
	"bufio"
	"io"
	"os"
	"runtime/debug"
	"strings"
	"testing"

	"parley/httpcore/content/worker"
)

const (
	echo     = "PARLEY_TEST_ECHO"
	overflow = "PARLEY_TEST_OVERFLOW"
	complain = "PARLEY_TEST_COMPLAIN"
)

func TestMain(m *testing.M) {
	switch {
	case worker.Asked(echo):
		line, err := bufio.NewReader(os.Stdin).ReadString('\n')
		if err != nil {
			os.Exit(1)
		}
		_, _ = io.WriteString(os.Stdout, os.Getenv("GREETING")+" "+line+os.Getenv("HOME_OF_THE_TEST")+"\n")
		_, _ = io.Copy(io.Discard, os.Stdin)
	case worker.Asked(overflow):
		debug.SetMaxStack(1 << 20)
		_ = nested(1 << 30)
	case worker.Asked(complain):
		_, _ = io.WriteString(os.Stderr, "no work today\nnor tomorrow\n"+strings.Repeat("x", 1<<16))
		os.Exit(3)
	default:
		os.Exit(m.Run())
	}
	os.Exit(0)
}

func nested(depth int) int {
	if depth == 0 {
		return 0
	}
	return 1 + nested(depth-1)
}

func TestAWorkerReadsAndAnswersAndHasOnlyItsOwnEnvironment(t *testing.T) {
	t.Setenv("HOME_OF_THE_TEST", "here")
	p, err := worker.Start(echo, []string{"GREETING=hello"})
	if err != nil {
		t.Fatal(err)
	}
	defer p.End()
	if _, err := io.WriteString(p.Stdin, "world\n"); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"hello world\n", "\n"} {
		if got, err := p.Stdout.ReadString('\n'); err != nil || got != want {
			t.Fatalf("it answers %q (%v), want %q", got, err, want)
		}
	}
	if p.ID() == os.Getpid() {
		t.Error("it is this process")
	}
}

func TestEndSaysWhyAWorkerHasEnded(t *testing.T) {
	for name, want := range map[string]struct {
		variable  string
		overflow  bool
		complaint string
	}{
		"stack":     {overflow, true, "runtime: goroutine stack exceeds"},
		"complaint": {complain, false, "no work today"},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := worker.Start(want.variable, nil)
			if err != nil {
				t.Fatal(err)
			}
			_, _ = io.Copy(io.Discard, p.Stdout) // until it has ended
			fate := p.End()
			if fate.StackOverflow != want.overflow || fate.OutOfMemory || !strings.HasPrefix(fate.Complaint, want.complaint) || fate.Err == nil {
				t.Errorf("its fate is %+v", fate)
			}
		})
	}
}

func TestKillEndsAWorkerThatWaits(t *testing.T) {
	p, err := worker.Start(echo, nil)
	if err != nil {
		t.Fatal(err)
	}
	p.Kill()
	if _, err := p.Stdout.ReadByte(); err == nil {
		t.Error("it goes on")
	}
	if fate := p.End(); fate.Err == nil || fate.Complaint != "" {
		t.Errorf("its fate is %+v", fate)
	}
}
