package report

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"parley/collections/runner/batch"
	"parley/httpcore"
)

func textOf(t *testing.T, options TextOptions) string {
	var out strings.Builder
	text := NewText(&out, options)
	if err := text.Close(sample(t, text)); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestTextTellsOfEveryStepAndWhyItFailed(t *testing.T) {
	got := textOf(t, TextOptions{Show: All})
	want := `ok       users/login  201 Created  7.0ms
FAILED   users/read (row 2)  200 OK  7.0ms
    not as expected: is ada: json.name == "ada" && ok
      json.name == "ada" is not true
      json.name is "bob"
    not as expected: has mail: json.mail != nil
      json.mail is nil
ERROR    other/wrong
    other/wrong.toml:1:26: unknown variable ` + "`nothing`" + `
      hint: define it under [vars] of the request, a folder, the collection or an environment, or pass --var nothing=VALUE
ERROR    users/gone  6.0ms
    cannot connect to gone.test
      hint: is the server up?
skipped  users/later  when: env == "prod" is false

Not passed:
  FAILED   users/read (row 2): not as expected: is ada: json.name == "ada" && ok (and 1 more)
  ERROR    other/wrong: other/wrong.toml:1:26: unknown variable ` + "`nothing`" + `
  ERROR    users/gone: cannot connect to gone.test

5 requests: 1 passed, 1 failed, 2 broken, 1 skipped; 1 of 3 expectations met; 1.50s, 2.67/s
`
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestTextShowsWhatIsAskedFor(t *testing.T) {
	failures := textOf(t, TextOptions{Show: Failures, Colors: true})
	if strings.Contains(failures, "users/login") || !strings.Contains(failures, "\x1b[31mFAILED   \x1b[0musers/read") {
		t.Errorf("failures alone:\n%s", failures)
	}
	details := textOf(t, TextOptions{Show: Details})
	for _, want := range []string{"    POST http://api.test/login?key={secret key}\n", "    1 of 1 expectation met\n", "    captured token = {secret token}\n", "    captured id = 7\n"} {
		if !strings.Contains(details, want) {
			t.Errorf("there is no %q in:\n%s", want, details)
		}
	}
}

func TestTextListsABoundedNumberOfFailures(t *testing.T) {
	var out strings.Builder
	text := NewText(&out, TextOptions{Show: All})
	s := newStage(t, sampleFiles, sampleReplies)
	for range maxListed + 7 {
		s.run("users/gone", 0, text)
		s.run("users/later", 0, text)
	}
	if err := text.Close(batch.Summary{Broken: 2*maxListed + 14, Err: context.Canceled}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), fmt.Sprintf("  … and %d more\n", maxListed+14)) || !strings.HasSuffix(out.String(), "ended before its time: context canceled\n") {
		t.Errorf("the end is:\n%s", out.String()[max(0, out.Len()-400):])
	}
}

func TestWhatCannotBeWrittenIsSaid(t *testing.T) {
	for _, format := range Formats() {
		r, err := New(format, full{}, About{Title: "run"})
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Close(sample(t, r)); err == nil || !strings.Contains(err.Error(), "disk is full") {
			t.Errorf("%s ends with %v", format, err)
		}
	}
	if _, err := New("pdf", full{}, About{}); err == nil || !strings.Contains(err.Error(), `"pdf"`) {
		t.Errorf("got %v", err)
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, fmt.Errorf("the disk is full") }

func TestTimesAreCountedInBuckets(t *testing.T) {
	var times times
	for i := range 1000 {
		times.add(time.Duration(i+1) * time.Millisecond)
	}
	for share, want := range map[float64]time.Duration{0.5: 500 * time.Millisecond, 0.99: 990 * time.Millisecond, 1: time.Second} {
		if got := times.percentile(share); got < want*98/100 || got > want*102/100 {
			t.Errorf("the percentile %v is %v, want %v", share, got, want)
		}
	}
	total := 0
	for _, b := range times.bars() {
		total += b.count
	}
	if bars := times.bars(); total != 1000 || bars[0].to != time.Millisecond && bars[0].to != 2*time.Millisecond || bars[len(bars)-1].to < time.Second {
		t.Errorf("the bars are %v", bars)
	}
	for _, extreme := range []time.Duration{-1, 0, 1 << 62} {
		times.add(extreme) // must not panic
	}
}

// Servers that try to act on a terminal or to be read as a format must be seen, and nothing else.
const hostile = "\x1b[2J\x1b]0;owned\x07<script>alert(1)</script>\"'><img src=x onerror=alert(1)> ]]>\u202eevil\x00\xff\r\n&amp; -->"

func hostileStage(t *testing.T) *stage {
	body := strings.ReplaceAll(hostile, "\n", " ")
	return newStage(t, map[string]string{
		"a/bad.toml":   "url = 'http://api.test/bad?<script>alert(2)</script>'\nexpect = { \"<b>x</b>\" = 'body == \"</pre><script>alert(3)</script>\"' }\ncapture = { it = 'body' }\n",
		"a/gone.toml":  "url = 'http://x.test/'\n",
		"a/image.toml": "url = 'http://api.test/image'\n",
	}, map[string]func() (*httpcore.Reply, error){
		"/bad":   answered(200, body, "text/html; charset=utf-8", hostile, "X-Evil", body, "Set-Cookie", body),
		"/image": answered(200, "OK", "image/svg+xml", "<svg onload=alert(1)>"+hostile),
		"/": func() (*httpcore.Reply, error) {
			return nil, &httpcore.Error{Kind: httpcore.KindProtocol, Message: hostile, Advice: hostile}
		},
	})
}

func TestTextOfOthersCannotActOnATerminal(t *testing.T) {
	var out strings.Builder
	text := NewText(&out, TextOptions{Show: Details})
	s := hostileStage(t)
	s.run("a/bad", 0, text)
	s.run("a/gone", 0, text)
	s.skip("a/image", hostile, text)
	if err := text.Close(batch.Summary{}); err != nil {
		t.Fatal(err)
	}
	for _, r := range out.String() {
		if r < ' ' && r != '\n' || r == 0x7f || r == '\u202e' {
			t.Fatalf("%q is in\n%q", r, out.String())
		}
	}
}
