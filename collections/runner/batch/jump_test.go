package batch

import (
	"context"
	"errors"
	"strings"
	"testing"

	"parley/collections"
	"parley/collections/runner"
	"parley/collections/script"
)

// TestAHookChoosesWhatIsNext follows setNextRequest from the first request of a chain of four.
func TestAHookChoosesWhatIsNext(t *testing.T) {
	chain := Chain{Name: "flow"}
	for _, path := range []string{"flow/a", "flow/b", "flow/in b", "flow/b2"} {
		chain.Nodes = append(chain.Nodes, &collections.Node{Path: path})
	}
	text := func(s string) *string { return &s }
	for _, c := range []struct {
		next   *string
		status Status
		want   int
		err    string
	}{
		{nil, Passed, 1, ""},
		{text("flow/b2"), Passed, 3, ""},
		{text("b2"), Failed, 3, ""},
		{text("in b"), Passed, 2, ""},
		{text("flow/a.toml"), Passed, 0, ""},
		{text(""), Passed, 4, ""},
		{text("flow/b3"), Passed, 4, `setNextRequest("flow/b3") names no request of the chain flow`},
		{text("b2"), Skipped, 3, ""},
	} {
		l := &links{chain: chain}
		result := &Result{Status: c.status, Verdict: runner.Verdict{Hooks: script.Report{Next: c.next}}}
		if c.status == Skipped {
			result.Call, result.Verdict = &runner.Call{Hooks: script.Report{Next: c.next}}, runner.Verdict{}
		}
		got := l.next(0, result)
		if got != c.want || (result.Err != nil) != (c.err != "") || c.err != "" && !strings.Contains(result.Err.Error(), c.err) {
			t.Errorf("%v leads to %d, %v; want %d", c.next, got, result.Err, c.want)
		}
		if c.err != "" && result.Status != Broken {
			t.Errorf("a jump to nowhere is %v", result.Status)
		}
	}
}

func TestJumpsHaveAnEnd(t *testing.T) {
	l := &links{chain: Chain{Nodes: []*collections.Node{{Path: "a"}}}}
	name := "a"
	jumps := 0
	for at := 0; at == 0; jumps++ {
		result := &Result{Verdict: runner.Verdict{Hooks: script.Report{Next: &name}}}
		if at = l.next(at, result); at == 0 {
			continue
		}
		if endless, ok := errors.AsType[*JumpError](result.Err); !ok || !strings.Contains(endless.Error(), "10000 times") {
			t.Errorf("it ends with %v", result.Err)
		}
	}
	if jumps != maxJumps+1 {
		t.Errorf("%d jumps", jumps)
	}
}

// TestAPlanFollowsJumps counts anew what is to run.
func TestAPlanFollowsJumps(t *testing.T) {
	var totals []int
	r := &run{total: 10, options: Options{Sink: func(e Event) { totals = append(totals, e.(Planned).Total) }}}
	r.replan(0)
	r.replan(3)
	r.replan(-1)
	r.total = -1
	r.replan(1)
	if len(totals) != 2 || totals[0] != 13 || totals[1] != 12 {
		t.Errorf("planned %v", totals)
	}
	if r.over(context.Background()) != "" {
		t.Error("it is over")
	}
}
