package playground

import (
	"strings"
	"testing"
)

func TestAJobIsDoneWhenItWasAskedForOftenEnough(t *testing.T) {
	s := start(t)
	res, body := call(t, "POST", s.URL+"/jobs?polls=2", "")
	at := res.Header.Get("Location")
	if res.StatusCode != 202 || !strings.Contains(body, `"state":"queued"`) || at == "" {
		t.Fatalf("got %s %s at %q", res.Status, body, at)
	}
	call(t, "POST", s.URL+"/jobs?polls=9", "") // counts for itself
	for i, want := range []string{`"state":"running","progress":50`, `"state":"done","progress":100`, `"state":"done"`} {
		res, body := call(t, "GET", s.URL+at, "")
		if status := map[bool]int{true: 202, false: 200}[i == 0]; res.StatusCode != status || !strings.Contains(body, want) {
			t.Errorf("question %d: got %s %s, want %s", i+1, res.Status, body, want)
		}
	}
	s.Reset()
	if res, _ := call(t, "GET", s.URL+at, ""); res.StatusCode != 404 {
		t.Errorf("after Reset: got %s, want 404", res.Status)
	}
	if res, _ := call(t, "POST", s.URL+"/jobs?polls=0", ""); res.StatusCode != 400 {
		t.Errorf("no polls: got %s, want 400", res.Status)
	}
}

func TestTheOldestJobsAreForgotten(t *testing.T) {
	jobs := newJobStore()
	for range maxJobs + 5 {
		jobs.begin(1)
	}
	if n := len(jobs.polls); n != maxJobs {
		t.Errorf("it remembers %d jobs", n)
	}
	if _, ok := jobs.ask("5"); ok {
		t.Error("the fifth job is still there")
	}
	if _, ok := jobs.ask("6"); !ok {
		t.Error("the sixth job is gone")
	}
}
