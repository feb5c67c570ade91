package httpcore

import (
	"context"
	"slices"
	"strings"
	"testing"
)

// What is for one origin stays there: on the way out it is dropped, and said; it does not come back.
func TestWhatIsForOneOriginStaysThere(t *testing.T) {
	s, f := newFake(t, func(sent *sentRequest) *fakeReply {
		switch sent.URL.String() {
		case "https://h/a":
			return reply(302, "Location", "/b")
		case "https://h/b":
			return reply(302, "Location", "https://other/c")
		case "https://other/c":
			return reply(302, "Location", "https://h/d")
		}
		return reply(200)
	})
	o := DefaultOptions()
	o.TLS = TLSOptions{Cert: "me.pem", Insecure: true}
	x := do(t, s, &Request{
		URL: "https://h/a", Headers: Fields{{"X-Own", "1"}, {"x-api", "2"}}, Options: o,
		Elsewhere: &Elsewhere{TLS: TLSOptions{CA: "usual.pem"}, Without: []string{"X-Api"}},
	}, nil)
	if x.Err != nil || len(f.sent) != 4 {
		t.Fatalf("%v after %q", x.Err, f.heads())
	}
	for i, sent := range f.sent {
		_, own := sent.Header("X-Own")
		_, api := sent.Header("X-Api")
		there := i < 2
		if !own || api != there || (sent.Options.TLS == o.TLS) != there || (sent.Options.TLS == TLSOptions{CA: "usual.pem"}) == there {
			t.Errorf("hop %d to %s has %v and %+v", i, sent.URL, sent.Headers, sent.Options.TLS)
		}
	}
	if !slices.ContainsFunc(x.Hops[2].Dropped, func(d Dropped) bool {
		return d.What == "x-api" && strings.Contains(d.Why, "origin")
	}) {
		t.Errorf("dropped %v", x.Hops[2].Dropped)
	}
}

func TestAHookLeavesWhatIsForOneOriginThere(t *testing.T) {
	s, f := newFake(t, func(*sentRequest) *fakeReply { return reply(200) })
	usual := TLSOptions{CA: "usual.pem"}
	r := &Request{URL: "https://h/a", Headers: Fields{{"X-Own", "1"}, {"x-api", "2"}}, Elsewhere: &Elsewhere{TLS: usual, Without: []string{"X-Api"}}}
	r.Options.TLS = TLSOptions{Cert: "me.pem", ServerName: "h.test"}
	for _, target := range []string{"https://h/b", "https://other/"} {
		r.Hooks.Before = []func(context.Context, *Prepared) error{func(_ context.Context, p *Prepared) error {
			u, err := ParseURL(target)
			p.SetURL(u)
			return err
		}}
		do(t, s, r, nil)
		sent := f.sent[len(f.sent)-1]
		_, own := sent.Header("X-Own")
		_, api := sent.Header("X-Api")
		wantTLS, there := r.Options.TLS, target == "https://h/b"
		if !there {
			wantTLS = usual
		}
		if sent.URL.String() != target || !own || api != there || sent.Options.TLS != wantTLS {
			t.Errorf("%s is sent %v with %+v", sent.URL, sent.Headers, sent.Options.TLS)
		}
	}
}
