package auth

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"parley/httpcore"
)

func TestNetrc(t *testing.T) {
	const file = `# the first word of a comment
machine a.test login ada password "en gine\"\n" # trailing
machine b.test
	login bob
	account ignored
	password #hash
macdef init
machine not.this login x password y

machine c.test user carol
	macdef other
	text

machine A.test login later password later
default login anonymous password me@here
machine after.default login never password never
`
	for host, want := range map[string]string{
		"a.test":        "ada:en gine\"\n",
		"A.TEST":        "ada:en gine\"\n",
		"b.test":        "bob:#hash",
		"c.test":        "carol:",
		"not.this":      "anonymous:me@here",
		"after.default": "anonymous:me@here",
		"a.test.":       "anonymous:me@here",
	} {
		p, err := withNetrc(t, file, nil, host)
		if err != nil {
			t.Errorf("%s: %v", host, err)
			continue
		}
		got, _ := p.Header("Authorization")
		if want := "Basic " + base64.StdEncoding.EncodeToString([]byte(want)); got != want {
			t.Errorf("%s: %s, want %s", host, got, want)
		}
		for _, secret := range p.Request.Secrets {
			if !strings.HasSuffix(want, secret.Reveal()) {
				t.Errorf("%s: the secret is %q", host, secret.Reveal())
			}
		}
		if !strings.HasSuffix(want, ":") && len(p.Request.Secrets) != 1 {
			t.Errorf("%s: the password is no secret", host)
		}
	}
}

func TestNetrcProblems(t *testing.T) {
	cases := []struct{ name, file, say string }{
		{"no such host", "machine b login x", "netrc auth finds nothing for h in /home/ada/.netrc"},
		{"stray word", "machine h login x\n\nshell bash", `/home/ada/.netrc: line 3: another word stands where login`},
		{"stray beginning", "login x", `line 1: another word stands where machine`},
		{"a password of two words", "machine h login x password my s3cret", "line 1: another word stands where login"},
		{"no value", "machine h\nlogin", "line 2: login has no value"},
		{"no host", "machine", "line 1: machine has no name"},
		{"open quote", "machine h login \"x\n", "line 1: a quote is not closed"},
	}
	for _, c := range cases {
		_, err := withNetrc(t, c.file, nil, "h")
		if err != nil && strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%s: part of a password is in %v", c.name, err)
		}
		if !errors.Is(err, httpcore.KindAuth) || !strings.Contains(err.Error(), c.say) {
			t.Errorf("%s: got %v, want …%s…", c.name, err, c.say)
		}
		p, err := withNetrc(t, c.file, [][2]string{{"missing", "ignore"}}, "h")
		if err != nil {
			t.Errorf("%s, ignored: %v", c.name, err)
			continue
		}
		if value, found := p.Header("Authorization"); found || len(p.Incomplete) > 0 {
			t.Errorf("%s, ignored: it sends %q", c.name, value)
		}
	}
	for _, values := range [][][2]string{nil, {{"missing", "ignore"}}} {
		_, err := preparedIn(t, Environment{}, "netrc", values, "http://h/")
		if (err == nil) != (values != nil) {
			t.Errorf("without a way to the file, %v gives %v", values, err)
		}
	}
}

func withNetrc(t *testing.T, text string, values [][2]string, host string) (*httpcore.Prepared, error) {
	t.Helper()
	e := Environment{Netrc: func() (string, string, error) { return "/home/ada/.netrc", text, nil }}
	return preparedIn(t, e, "netrc", values, "http://"+host+"/")
}

// A redirect may go on with what the file has for the other host, and with nothing that is for any.
func TestNetrcKnowsHosts(t *testing.T) {
	e := Environment{Netrc: func() (string, string, error) { return "f", "machine a login x\ndefault login y", nil }}
	a, err := netrc{e.Netrc}.Authorizer(nil)
	if err != nil {
		t.Fatal(err)
	}
	for host, want := range map[string]bool{"a": true, "A": true, "b": false} {
		if got := a.(httpcore.HostKeeper).HasFor(host); got != want {
			t.Errorf("%s: %v", host, got)
		}
	}
}
