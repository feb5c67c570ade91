package batch_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"parley/collections"
	"parley/collections/runner/batch"
)

func request(path string, more ...string) string {
	return "url = '{{base}}/" + path + "'\n" + strings.Join(more, "\n") + "\n"
}

var tree = map[string]string{
	"collection.toml":   "name = 'Acme'\n",
	"top.toml":          request("top", "tags = ['smoke']"),
	"flow/folder.toml":  "order = ['third', 'first']\n",
	"flow/first.toml":   request("first", "notes = 'The Login step'"),
	"flow/second.toml":  request("second", "tags = ['slow', 'smoke']"),
	"flow/third.toml":   request("third"),
	"flow/in/deep.toml": request("deep"),
	"flow/other.toml":   "name = 'no request'\n",
}

func TestWhatIsChosenRunsInTheOrderOfTheTree(t *testing.T) {
	for _, c := range []struct {
		name   string
		choice batch.Choice
		want   string
	}{
		{"everything", batch.Choice{}, "flow: flow/third, flow: flow/first, flow/in: flow/in/deep, flow: flow/second, Acme: top"},
		{"a folder", batch.Choice{Paths: []string{"flow/"}}, "flow: flow/third, flow: flow/first, flow/in: flow/in/deep, flow: flow/second"},
		{"a folder in it", batch.Choice{Paths: []string{"flow/in"}}, "flow/in: flow/in/deep"},
		{"files", batch.Choice{Paths: []string{"flow/second.toml", "flow/third"}}, "flow: flow/third, flow: flow/second"},
		{"tags", batch.Choice{Tags: []string{"smoke"}}, "flow: flow/second, Acme: top"},
		{"tags in a folder", batch.Choice{Tags: []string{"slow"}, Paths: []string{"flow"}}, "flow: flow/second"},
		{"text of the notes", batch.Choice{Grep: "login"}, "flow: flow/first"},
		{"text of the URL", batch.Choice{Grep: "base}}/TOP$"}, "Acme: top"},
		{"text of the path", batch.Choice{Grep: "^flow/in"}, "flow/in: flow/in/deep"},
	} {
		t.Run(c.name, func(t *testing.T) {
			work := written(t, http.HandlerFunc(echo), tree)
			got := runs(context.Background(), t, work, c.choice, batch.Options{})
			want := strings.Split(c.want, ", ")
			// A folder's chain is run whole before the next one begins.
			slices.SortStableFunc(want, func(a, b string) int {
				chain := func(line string) int {
					return slices.IndexFunc(want, func(l string) bool { return before(l) == before(line) })
				}
				return chain(a) - chain(b)
			})
			for i := range want {
				want[i] += " passed"
			}
			if got.text() != strings.Join(want, "\n") || got.Passed != len(want) || got.Err != nil {
				t.Errorf("ran\n%s\nwant\n%s\n%+v", got.text(), strings.Join(want, "\n"), got.Summary)
			}
			if len(got.planned) != 1 || got.planned[0] != len(want) {
				t.Errorf("planned %v", got.planned)
			}
		})
	}
}

func before(line string) string {
	chain, _, _ := strings.Cut(line, ":")
	return chain
}

func TestAChoiceThatCannotBe(t *testing.T) {
	work := written(t, http.HandlerFunc(echo), tree)
	_, err := batch.NewPlan(context.Background(), work.Collection, batch.Choice{Paths: []string{"flow/frist"}})
	if missing, ok := errors.AsType[*collections.NotFound](err); !ok || !slices.Contains(missing.Near, "flow/first") {
		t.Errorf("got %v", err)
	}
	if _, err = batch.NewPlan(context.Background(), work.Collection, batch.Choice{Grep: "("}); err == nil {
		t.Error("( is taken for a regular expression")
	}
	got := runs(context.Background(), t, work, batch.Choice{Tags: []string{"none"}}, batch.Options{})
	if !errors.Is(got.Err, batch.ErrNothing) {
		t.Errorf("a run of nothing ends with %v", got.Err)
	}
}

func TestAChainSeesWhatItCapturedAndNoOtherChainDoes(t *testing.T) {
	files := map[string]string{
		"b/1-login.toml": request("login", "[capture]", "token = 'json.path'"),
		"b/2-use.toml":   request("use?token={{token}}", "[expect]", `"has the token" = 'json.query == "token=/login"'`),
		"c/use.toml":     request("use?token={{token}}"),
	}
	work := written(t, http.HandlerFunc(echo), files)
	for _, jobs := range []int{1, 4} {
		got := runs(context.Background(), t, work, batch.Choice{}, batch.Options{Jobs: jobs})
		if got.Passed != 2 || got.Broken != 1 || !strings.Contains(got.text(), "unknown variable `token`") {
			t.Errorf("with %d jobs:\n%s", jobs, got.text())
		}
	}
}

func TestEachChainHasCookiesOfItsOwn(t *testing.T) {
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/set" {
			http.SetCookie(w, &http.Cookie{Name: "who", Value: r.URL.RawQuery})
		}
		c, _ := r.Cookie("who")
		fmt.Fprintf(w, "%q", fmt.Sprint(c))
	})
	files := map[string]string{
		"a/1.toml": request("set?a"), "a/2.toml": request("show", "[expect]", `is = 'json == "who=a"'`),
		"b/1.toml": request("show", "[expect]", `is = 'json == ""'`),
		"c/1.toml": request("set?c", "options.session = 'shared'"),
		"d/1.toml": request("show", "options.session = 'shared'", "[expect]", `is = 'json == "who=c"'`),
	}
	got := runs(context.Background(), t, written(t, handler, files), batch.Choice{}, batch.Options{})
	if got.Passed != 5 {
		t.Errorf("ran\n%s", got.text())
	}
	work := written(t, handler, files)
	work.Session = "named"
	got = runs(context.Background(), t, work, batch.Choice{Paths: []string{"a", "b"}}, batch.Options{})
	if got.Passed != 2 || got.Failed != 1 {
		t.Errorf("in one named session:\n%s", got.text())
	}
}

// meeting answers when so many requests are there at the same time.
func meeting(n int) http.Handler {
	var mu sync.Mutex
	all := make(chan struct{})
	here := 0
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		if here++; here == n {
			close(all)
		}
		mu.Unlock()
		select {
		case <-all:
		case <-r.Context().Done():
		}
	})
}

func TestWhatRunsSideBySide(t *testing.T) {
	folders, parallel := map[string]string{}, map[string]string{"p/folder.toml": "parallel = true\n"}
	for i := range 5 {
		folders[fmt.Sprintf("f%d/a.toml", i)] = request("a")
		parallel[fmt.Sprintf("p/%d.toml", i)] = request("a")
	}
	rows := func(yield func(batch.Row, error) bool) {
		for i := range 5 {
			if !yield(batch.Row{Names: []string{"n"}, Values: []any{fmt.Sprint(i)}}, nil) {
				return
			}
		}
	}
	for _, c := range []struct {
		name    string
		files   map[string]string
		options batch.Options
	}{
		{"folders", folders, batch.Options{}},
		{"a parallel folder", parallel, batch.Options{}},
		{"rows", map[string]string{"a.toml": request("a?{{n}}")}, batch.Options{Rows: rows}},
		{"repetitions", map[string]string{"a.toml": request("a")}, batch.Options{Repeat: 5}},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.options.Jobs = 5
			// Were fewer sent at the same time, the server would not answer before the test ends.
			got := runs(t.Context(), t, written(t, meeting(5), c.files), batch.Choice{}, c.options)
			if got.Passed != 5 {
				t.Errorf("ran\n%s", got.text())
			}
		})
	}
}

func TestNoMoreThanJobsRunAtATime(t *testing.T) {
	var mu sync.Mutex
	now, most := 0, 0
	handler := http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		mu.Lock()
		now++
		most = max(most, now)
		mu.Unlock()
		mu.Lock()
		now--
		mu.Unlock()
	})
	work := written(t, handler, map[string]string{"p/folder.toml": "parallel = true\n", "p/a.toml": request("a"), "p/b.toml": request("b")})
	if got := runs(t.Context(), t, work, batch.Choice{}, batch.Options{Repeat: 20, Jobs: 2}); got.Passed != 40 || most > 2 {
		t.Errorf("%d at a time, %+v", most, got.Summary)
	}
}

func TestBailEndsWithTheFirstThatDoesNotPass(t *testing.T) {
	files := map[string]string{
		"a/1.toml": request("fine"), "a/2.toml": request("missing", "[expect]", "found = 'ok'"), "a/3.toml": request("fine"),
		"b/1.toml": request("fine"),
	}
	got := runs(t.Context(), t, written(t, http.HandlerFunc(echo), files), batch.Choice{}, batch.Options{Bail: true})
	reason := ": the run ended with the first step that did not pass"
	want := "a: a/1 passed\na: a/2 failed\na: a/3 skipped" + reason + "\nb: b/1 skipped" + reason
	if got.text() != want || got.Passed != 1 || got.Failed != 1 || got.Skipped != 2 || got.Err != nil {
		t.Errorf("ran\n%s\n%+v", got.text(), got.Summary)
	}
}

func TestAnEndInTheMiddleLeavesTheRestSkipped(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	arrived := make(chan struct{})
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/hangs" {
			close(arrived)
			<-r.Context().Done()
		}
	})
	files := map[string]string{"a/1.toml": request("fine"), "a/2.toml": request("hangs"), "a/3.toml": request("fine"), "b/1.toml": request("fine")}
	go func() {
		<-arrived
		cancel()
	}()
	got := runs(ctx, t, written(t, handler, files), batch.Choice{}, batch.Options{})
	if got.Passed != 1 || got.Broken != 1 || got.Skipped != 2 || !errors.Is(got.Err, context.Canceled) {
		t.Errorf("%+v\n%s", got.Summary, got.text())
	}
	if !strings.HasSuffix(got.lines[3], "b/1 skipped: the run was interrupted") {
		t.Errorf("the rest is told as %s", got.lines[3])
	}
}

func TestWhatCannotBeSentIsBroken(t *testing.T) {
	files := map[string]string{
		"1.toml": "url = ", "2.toml": "url = '{{base}}/a'\ntimeout = 1\n[expect]\nx = '('\n", "3.toml": request("missing", "options.fail = true"),
		"4.toml": "url = 'http://127.0.0.1:1/'\n", "5.toml": request("fine"),
	}
	got := runs(t.Context(), t, written(t, http.HandlerFunc(echo), files), batch.Choice{}, batch.Options{})
	if got.Broken != 3 || got.Failed != 1 || got.Passed != 1 {
		t.Errorf("%+v\n%s", got.Summary, got.text())
	}
	for i, want := range []string{"1.toml:1", "2.toml:4", "404 Client Error", "127.0.0.1:1"} {
		if !strings.Contains(got.lines[i], want) {
			t.Errorf("no word of %s in %s", want, got.lines[i])
		}
	}
}
