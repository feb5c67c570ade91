package history

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/httpcore"
	"parley/httpcore/cookies"
)

func TestWhyEachCookieWasSentOrStoredIsKept(t *testing.T) {
	s := open(t, t.TempDir())
	x := sample{
		status: 200, received: httpcore.Fields{{Name: "Set-Cookie", Value: "a=1"}, {Name: "Set-Cookie", Value: "b=1; Domain=com"}},
		secrets: []httpcore.Secret{httpcore.NewSecret("token", "s3cret-name")},
	}.exchange(t)
	x.Response().Cookies = []cookies.Verdict{
		{Line: "a=1", Outcome: cookies.Stored, Note: "a browser refuses it"},
		{Line: "b=1; Domain=com", Outcome: cookies.Refused, Why: "its domain com is a public suffix"},
	}
	x.Hops[0].Prepared.Cookies = []cookies.Decision{
		{Cookie: cookies.Cookie{Name: "a", Value: "old", Domain: "h.test", HostOnly: true, Path: "/"}, Sent: true, Reason: cookies.Matches, Why: "it matches"},
		{Cookie: cookies.Cookie{Name: "s3cret-name", Value: "x", Domain: "h.test", Path: "/deep"}, Reason: cookies.OtherPath, Why: "its path"},
	}
	for i := range maxDecisions {
		x.Hops[0].Prepared.Cookies = append(x.Hops[0].Prepared.Cookies, cookies.Decision{Cookie: cookies.Cookie{Name: fmt.Sprint(i)}})
	}
	after := get(t, s, add(t, s, Meta{}, x)).Exchange
	want := []cookies.Decision{
		{Cookie: cookies.Cookie{Name: "a", Domain: "h.test", HostOnly: true, Path: "/"}, Sent: true, Reason: cookies.Matches, Why: "it matches"},
		{Cookie: cookies.Cookie{Name: "{secret token}", Domain: "h.test", Path: "/deep"}, Reason: cookies.OtherPath, Why: "its path"},
	}
	got := after.Hops[0].Prepared.Cookies
	if len(got) != maxDecisions {
		t.Fatalf("%d decisions are kept", len(got))
	}
	if diff := cmp.Diff(want, got[:2]); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(x.Response().Cookies, after.Response().Cookies); diff != "" {
		t.Error(diff)
	}
}
