package script_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/collections/script"
)

// TestBoundsHold runs what nothing in a process could hold, and looks at the process of the script from outside.
func TestBoundsHold(t *testing.T) {
	t.Parallel()
	var p script.Processes
	defer p.Close()
	most := watchChildren(t)
	var all sync.WaitGroup
	for _, c := range []struct {
		name, code string
		why        script.Why
	}{
		{"one text", "'x'.repeat(1 << 30)", script.WhyMemory},
		{"one impossible text", "'x'.repeat(1e15)", script.WhyMemory},
		{"padding", "'x'.padEnd(2 ** 40)", script.WhyMemory},
		{"a growing array", "const a = []; for (;;) a.push({n: a.length})", script.WhyMemory},
		{"a growing text", "let s = 'x'; for (;;) s += s", script.WhyMemory},
		{"a buffer", "new ArrayBuffer(1 << 30)", script.WhyMemory},
		{"joined", "new Array(1 << 20).join('some text'.repeat(200))", script.WhyMemory},
		{"nested", "let a = []; for (;;) a = [a, a]", script.WhyMemory},
		{"an endless loop", "\nfor (;;);", script.WhyTime},
		{"a regular expression", "/^(?=(a+)+$)(a|aa)+$/.test('a'.repeat(40) + '!')", script.WhyTime},
		{"an endless timer", "setInterval(() => {}, 1)", script.WhyTime},
		{"endless promises", "(async () => { for (;;) await null })()", script.WhyTime},
		{"what nobody settles", "pm.sendRequest('http://h')", script.WhyTime},
	} {
		all.Go(func() { // side by side: half of them take the whole time
			w := newWorld()
			w.send = func(ctx context.Context, _ script.Request) (*script.Response, error) {
				<-ctx.Done()
				return nil, ctx.Err()
			}
			began := time.Now()
			_, err := run(t, &p, task(c.code), w)
			took := time.Since(began)
			e, ok := errors.AsType[*script.Error](err)
			if !ok || e.Why != c.why || e.Hint() == "" || e.At.Line < 10 {
				t.Errorf("%s ended with %v", c.name, err)
			}
			if took > script.TimeLimit+time.Minute {
				t.Errorf("%s took %v", c.name, took)
			}
		})
	}
	all.Wait()
	peak := most()
	t.Logf("the largest process took %d MiB", peak>>20)
	if peak > 4*script.MemoryLimit || peak == 0 && runtime.GOOS == "linux" {
		t.Errorf("a process took %d MiB", peak>>20)
	}
}

// watchChildren returns a function that tells the most memory that a child of this process has taken since, as the system
// counts it (Linux).
func watchChildren(t *testing.T) func() int64 {
	t.Helper()
	if runtime.GOOS != "linux" {
		return func() int64 { return 0 }
	}
	ctx, cancel := context.WithCancel(t.Context())
	var most int64
	var wait sync.WaitGroup
	wait.Go(func() {
		for ctx.Err() == nil {
			threads, _ := filepath.Glob("/proc/self/task/*/children")
			for _, thread := range threads {
				list, _ := os.ReadFile(thread)
				for _, pid := range strings.Fields(string(list)) {
					most = max(most, peak(pid))
				}
			}
			time.Sleep(5 * time.Millisecond)
		}
	})
	return func() int64 { cancel(); wait.Wait(); return most }
}

// peak is the most that a process has taken (VmHWM).
func peak(pid string) int64 {
	status, _ := os.ReadFile("/proc/" + pid + "/status")
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return 0
	}
	kib, _ := strconv.ParseInt(fields[0], 10, 64)
	return kib << 10
}

func TestWhatFitsRuns(t *testing.T) {
	var p script.Processes
	defer p.Close()
	for range 3 { // in one process, whose garbage is collected
		out, err := run(t, &p, task("const a = []; for (let i = 0; i < 100000; i++) a.push(String(i)); console.log(a.join('').length, 'x'.repeat(1 << 20).length)"), newWorld())
		if got := console(out.Report); err != nil || !strings.HasSuffix(got, "488890 1048576") {
			t.Errorf("%v %s", err, got)
		}
	}
}

func TestTheTimeOfAPersonIsNotTheScripts(t *testing.T) {
	t.Parallel()
	var p script.Processes
	defer p.Close()
	out, err := p.Run(t.Context(), task("console.log(pm.variables.get('slow'))"), slow{newWorld()})
	if got := console(out.Report); err != nil || !strings.HasSuffix(got, "log answered") {
		t.Errorf("%v %s", err, got)
	}
}

// slow is a world in which a person takes their time.
type slow struct{ *world }

func (slow) Get(context.Context, string, string) (script.Value, bool, error) {
	<-time.After(script.TimeLimit + 700*time.Millisecond)
	return script.Value(`"answered"`), true, nil
}

func TestAScriptEndsWithItsContext(t *testing.T) {
	var p script.Processes
	defer p.Close()
	why := errors.New("enough")
	ctx, cancel := context.WithCancelCause(t.Context())
	w := newWorld()
	w.send = func(context.Context, script.Request) (*script.Response, error) {
		cancel(why)
		return nil, why
	}
	_, err := p.Run(ctx, task("pm.sendRequest('http://h'); for (;;);"), w)
	if !errors.Is(err, why) { // and not for its time, which would end it later
		t.Errorf("it ended with %v", err)
	}
	if _, err := run(t, &p, task(""), newWorld()); err != nil {
		t.Errorf("the next one fails: %v", err)
	}
}

func TestWhatIsSaidIsBounded(t *testing.T) {
	var p script.Processes
	defer p.Close()
	out, err := run(t, &p, task("for (let i = 0; i < 5000; i++) console.log(i); pm.response.annotate('a', 'x'.repeat(1 << 20))"), newWorld())
	lines := out.Report.Console
	if err != nil || len(lines) != 1001 || !strings.Contains(lines[1000].Text, "left out") || len(out.Report.Annotations[0].Value) > 9<<10 {
		t.Errorf("%v, %d lines", err, len(lines))
	}
	if out, err := run(t, &p, task("for (let i = 0; i < 1001; i++) pm.test('t', () => { if (i == 1000) throw 1 })"), newWorld()); err == nil {
		t.Errorf("a failed test is lost among %d", len(out.Report.Tests))
	}
	if _, err := run(t, &p, task("for (let i = 0; i < 300; i++) pm.sendRequest('http://h', (e) => { if (e) throw e })"), answering()); err == nil || !strings.Contains(err.Error(), "at most 200") {
		t.Errorf("300 requests: %v", err)
	}
}

// answering is a world whose servers say what they were sent.
func answering() *world {
	w := newWorld()
	w.send = func(_ context.Context, r script.Request) (*script.Response, error) {
		if r.URL == "http://gone" {
			return nil, errors.New("there is no such host")
		}
		headers := []script.Pair{{"X-Method", r.Method}, {"Content-Type", r.Body.Type}}
		return &script.Response{Code: 200, Reason: "OK", Headers: append(headers, r.Headers...), Body: script.Body{Text: r.Body.Text}}, nil
	}
	return w
}
