package cookies

import (
	"strings"
	"testing"
	"time"
)

// explained returns the reason for each cookie by name.
func explained(jar *Jar, to Target) map[string]Reason {
	reasons := map[string]Reason{}
	for _, d := range jar.Explain(to) {
		reasons[d.Cookie.Name] = d.Reason
	}
	return reasons
}

func TestExplainNamesTheReasonOfEachCookieOfTheSite(t *testing.T) {
	now := noon
	jar := New(func() time.Time { return now })
	www := Target{Host: "www.example.com", Path: "/", Secure: true}
	jar.Receive(www, []string{"host=1", "wide=1; Domain=example.com", "deep=1; Path=/a", "safe=1; Secure", "short=1; Max-Age=10"})
	jar.Receive(Target{Host: "api.example.com", Path: "/"}, []string{"other=1", "below=1; Domain=api.example.com"})
	jar.Receive(Target{Host: "example.net", Path: "/"}, []string{"stranger=1"})
	now = now.Add(time.Minute)
	cases := []struct {
		to     Target
		name   string
		reason Reason
		why    string
	}{
		{www, "host", Matches, "www.example.com/"},
		{www, "wide", Matches, ".example.com/"},
		{www, "deep", OtherPath, "below /a"},
		{Target{Host: "www.example.com", Path: "/"}, "safe", NotSecure, "plain HTTP"},
		{www, "short", HasEnded, "2026-11-22 12:00:10 UTC"},
		{www, "other", OtherHost, "api.example.com alone"},
		{www, "below", OtherScope, "api.example.com and the hosts below it"},
		{Target{Host: "www.example.com", Path: "/ab"}, "deep", OtherPath, "below /a"},
	}
	for _, c := range cases {
		found := false
		for _, d := range jar.Explain(c.to) {
			if d.Cookie.Name != c.name {
				continue
			}
			found = true
			if d.Reason != c.reason || d.Sent != (c.reason == Matches) || !strings.Contains(d.Why, c.why) {
				t.Errorf("%s to %+v: %s, %q, sent %v; want %s, %q", c.name, c.to, d.Reason, d.Why, d.Sent, c.reason, c.why)
			}
		}
		if !found {
			t.Errorf("%s to %+v is not explained", c.name, c.to)
		}
	}
	if reasons := explained(jar, www); reasons["stranger"] != "" || len(reasons) != 7 {
		t.Errorf("cookies of other sites are explained: %v", reasons)
	}
	if got := explained(jar, Target{Host: "example.net", Path: "/"}); len(got) != 1 || got["stranger"] != Matches {
		t.Errorf("example.net gets %v", got)
	}
}

func TestAnEndedCookieIsRememberedADayWithoutItsValue(t *testing.T) {
	now := noon
	jar := New(func() time.Time { return now })
	to := Target{Host: "h.test", Path: "/"}
	jar.Receive(to, []string{"a=secret; Max-Age=10"})
	now = now.Add(10 * time.Second)
	if jar.Len() != 0 || len(jar.All()) != 0 {
		t.Errorf("it is listed at the second that it ends: %v", jar.All())
	}
	if list := jar.Explain(to); len(list) != 1 || list[0].Reason != HasEnded || list[0].Cookie.Value != "" {
		t.Fatalf("explained as %+v", list)
	}
	now = now.Add(-time.Hour)
	if list := jar.Explain(to); len(list) != 1 || list[0].Sent {
		t.Errorf("a clock that was set back brings it to life again: %+v", list)
	}
	if got := jar.Receive(to, []string{"a=new; Max-Age=10"})[0]; got.Outcome != Stored {
		t.Errorf("a new one in its place is %s", got.Outcome)
	}
	now = now.Add(remembered + time.Minute)
	if list := jar.Explain(to); len(list) != 0 {
		t.Errorf("it is remembered for ever: %+v", list)
	}
}

func TestAVerdictNotesWhatABrowserRefuses(t *testing.T) {
	for line, want := range map[string]string{
		"a=1; SameSite=None":             "SameSite=None",
		"a=1; Partitioned":               "Partitioned",
		"a=1; SameSite=None; Secure":     "",
		"a=1; Partitioned; Secure":       "",
		"a=1; SameSite=Lax":              "",
		"a=1; SameSite=None; Max-Age=0":  "",
		"a=1; SameSite=None; Domain=com": "",
	} {
		got := New(time.Now).Receive(Target{Host: "www.example.com", Secure: true}, []string{line})[0]
		if got.Note == "" != (want == "") || !strings.Contains(got.Note, want) {
			t.Errorf("%s: %s, %q", line, got.Outcome, got.Note)
		}
	}
}

func TestWhatIsUsedIsKeptLongest(t *testing.T) {
	now := noon
	jar := New(func() time.Time { return now })
	to := Target{Host: "h.test", Path: "/"}
	jar.Receive(to, []string{"old=1; Path=/", "idle=1; Path=/other"})
	now = now.Add(time.Hour)
	jar.Use(jar.Explain(to))
	for i := range maxPerDomain - 1 {
		jar.Put(Cookie{Name: "n" + strings.Repeat("x", i), Value: "1", Domain: "h.test", HostOnly: true, Path: "/"})
	}
	if got := explained(jar, to); got["old"] != Matches || got["idle"] != "" {
		t.Errorf("kept are %d, old %q, idle %q", len(got), got["old"], got["idle"])
	}
}
