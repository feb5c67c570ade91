package auth

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"parley/httpcore"
)

func TestCommandOutput(t *testing.T) {
	cases := []struct{ printed, name, want string }{
		{"tok3n-value\n", "Authorization", "Bearer tok3n-value"},
		{"Token abc def \r\n", "Authorization", "Token abc def"},
		{`{"access_token": "at", "expires_in": 3600}`, "Authorization", "Bearer at"},
		{`{"token": "t"}`, "Authorization", "Bearer t"},
		{`{"headers": {"X-Key": ["k"], "Authorization": "Basic eA=="}}`, "X-Key", "k"},
		{`{"headers": {"Cookie": "session=s3cret; theme=dark"}}`, "Cookie", "session=s3cret; theme=dark"},
	}
	for _, c := range cases {
		e := Environment{RunCommand: func(context.Context, string) (string, error) { return c.printed, nil }}
		p, err := preparedIn(t, e, "command", [][2]string{{"run", "x"}}, "http://h/")
		if err != nil {
			t.Errorf("%q: %v", c.printed, err)
			continue
		}
		if got, _ := p.Header(c.name); got != c.want {
			t.Errorf("%q: %s: %q, want %q", c.printed, c.name, got, c.want)
		}
		masked := httpcore.NewMasker(p.Request.Secrets, httpcore.Mark).String(c.want)
		if !strings.HasSuffix(masked, "{secret command output}") || strings.Contains(masked, "s3cret") {
			t.Errorf("%q: %q is shown as %q", c.printed, c.want, masked)
		}
	}
}

func TestCommandProblems(t *testing.T) {
	run := [][2]string{{"run", "x --y"}}
	cases := []struct {
		name, printed string
		failure       error
		values        [][2]string
		say           string
	}{
		{"it fails", "", errors.New("exit status 1: not logged in"), run, "got nothing of `x --y`: exit status 1: not logged in"},
		{"empty", " \n", nil, run, "prints: it is empty"},
		{"lines", "a\nb", nil, run, "more than one line"},
		{"broken JSON", "{x", nil, run, "begins like JSON"},
		{"other JSON", "{}", nil, run, "neither access_token"},
		{"no command", "", nil, nil, "needs run"},
		{"ttl", "", nil, append([][2]string{{"ttl", "soon"}}, run...), `ttl = "soon"`},
	}
	for _, c := range cases {
		e := Environment{RunCommand: func(context.Context, string) (string, error) { return c.printed, c.failure }}
		if _, err := preparedIn(t, e, "command", c.values, "http://h/"); !errors.Is(err, httpcore.KindAuth) || !strings.Contains(err.Error(), c.say) {
			t.Errorf("%s: got %v, want …%s…", c.name, err, c.say)
		}
	}
	if _, err := preparedIn(t, Environment{}, "command", run, "http://h/"); !errors.Is(err, httpcore.KindAuth) {
		t.Errorf("where nothing runs commands: %v", err)
	}
}

func TestCommandIsRunAgainWhenItsOutputIsOld(t *testing.T) {
	now, runs := time.Unix(0, 0), 0
	scheme := command{
		run: func(context.Context, string) (string, error) { runs++; return "t", nil },
		now: func() time.Time { return now },
	}
	cases := []struct {
		ttl   string
		after time.Duration
		runs  int
	}{{"", 1000 * time.Hour, 1}, {"10m", 9 * time.Minute, 1}, {"10m", 10 * time.Minute, 2}, {"0s", 0, 2}}
	for _, c := range cases {
		now, runs = time.Unix(0, 0), 0
		a, err := scheme.Authorizer(list([][2]string{{"run", "x"}, {"ttl", c.ttl}}))
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := a.Authorize(t.Context(), bare(t, "http://h/")); err != nil {
				t.Fatal(err)
			}
			now = now.Add(c.after)
		}
		if runs != c.runs {
			t.Errorf("ttl %q, %s later: %d runs, want %d", c.ttl, c.after, runs, c.runs)
		}
	}
}

func TestCommandIsRunOnceMoreWhenRefused(t *testing.T) {
	tokens := []string{"old", "new"}
	a, err := command{
		run: func(context.Context, string) (string, error) {
			token := tokens[0]
			tokens = tokens[1:]
			return token, nil
		},
		now: time.Now,
	}.Authorizer(list([][2]string{{"run", "x"}}))
	if err != nil {
		t.Fatal(err)
	}
	for round, want := range []string{"Bearer old", "Bearer new"} {
		p := bare(t, "http://h/")
		if err := a.Authorize(t.Context(), p); err != nil {
			t.Fatal(err)
		}
		if got, _ := p.Header("Authorization"); got != want {
			t.Errorf("round %d sends %q, want %q", round, got, want)
		}
		again, err := a.(httpcore.Answerer).Answer(t.Context(), p, &httpcore.Response{Status: 401}, nil, round+1)
		if err != nil || again != (round == 0) {
			t.Errorf("round %d: again is %v, %v", round, again, err)
		}
	}
}

// A command may hang, and with it whoever waits for it: that can be given up.
func TestWaitingForACommandIsGivenUp(t *testing.T) {
	started, end := make(chan struct{}), make(chan struct{})
	a, err := command{
		run: func(context.Context, string) (string, error) {
			close(started)
			<-end
			return "token", nil
		},
		now: time.Now,
	}.Authorizer(list([][2]string{{"run", "x"}}))
	if err != nil {
		t.Fatal(err)
	}
	first := make(chan error)
	go func() { first <- a.Authorize(context.WithoutCancel(t.Context()), bare(t, "http://h/")) }()
	<-started
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := a.Authorize(ctx, bare(t, "http://h/")); !errors.Is(err, httpcore.KindCanceled) {
		t.Errorf("got %v", err)
	}
	close(end)
	if err := <-first; err != nil {
		t.Error(err)
	}
}
