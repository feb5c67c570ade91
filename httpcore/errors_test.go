package httpcore

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"parley/httpcore/body"
)

// The tree of requests' exceptions (exceptions.py) in kinds: what is caught as what. URLRequired and MissingSchema are
// KindURL too; what only Python can do wrong is in neither.
func TestKindsAreRequestsTree(t *testing.T) {
	cases := []struct {
		exception string
		kind      Kind
		also      []Kind // what it is caught as
	}{
		{"InvalidURL, MissingSchema, InvalidSchema", KindURL, []Kind{KindRequest}},
		{"InvalidHeader", KindHeader, []Kind{KindRequest}},
		{"UnrewindableBodyError", KindUnrewindable, []Kind{KindBody, KindRequest}},
		{"ConnectionError", KindConnection, nil},
		{"ProxyError", KindProxy, []Kind{KindConnection}},
		{"SSLError", KindTLS, []Kind{KindConnection}},
		{"Timeout", KindTimeout, nil},
		{"ConnectTimeout", KindConnectTimeout, []Kind{KindConnection, KindTimeout}},
		{"ReadTimeout", KindReadTimeout, []Kind{KindTimeout}},
		{"TooManyRedirects", KindTooManyRedirects, []Kind{KindRedirect}},
		{"ChunkedEncodingError", KindChunked, []Kind{KindProtocol}},
		{"ContentDecodingError", KindDecoding, nil},
		{"RetryError", KindRetry, nil},
		{"HTTPError", KindStatus, nil},
	}
	tops := []Kind{KindRequest, KindConnection, KindTimeout, KindProtocol, KindDecoding, KindRedirect, KindRetry, KindStatus, KindHook, KindStorage, KindUnrecorded, KindCanceled}
	for _, c := range cases {
		err := fmt.Errorf("sending: %w", &Error{Kind: c.kind, Message: "x"})
		if !errors.Is(err, c.kind) {
			t.Errorf("%s is no %s", c.exception, c.kind)
		}
		is := map[Kind]bool{c.kind: true}
		for _, also := range c.also {
			is[also] = true
		}
		for _, top := range append(tops, c.also...) {
			if errors.Is(err, top) != is[top] {
				t.Errorf("%s is %s: %v", c.exception, top, !is[top])
			}
		}
	}
}

// What goes wrong in a body keeps its sentence and its hint.
func TestErrorsOfBodies(t *testing.T) {
	for kind, want := range map[body.Kind]Kind{
		body.Corrupt: KindDecoding, body.Truncated: KindDecoding, body.UnknownCoding: KindDecoding, body.TooLarge: KindTooLarge,
		body.DiskFull: KindStorage, body.StoreFailed: KindStorage, body.FileUnavailable: KindBody, body.FileChanged: KindBody,
		body.NotRepeatable: KindUnrewindable, body.InvalidBoundary: KindBody,
	} {
		e := AsError(fmt.Errorf("x: %w", &body.Error{Kind: kind, Message: "what happened", Advice: "what to try"}), KindRequest)
		if e.Kind != want || e.Message != "what happened" || e.Hint() != "what to try" {
			t.Errorf("%s: %+v", kind, e)
		}
	}
}

// An error says in which attempt of which URL it happened; what was never sent has none.
func TestErrorsSayTheAttempt(t *testing.T) {
	n := 0
	s, _, _ := newTimed(t, func(sent *sentRequest) *fakeReply {
		n++
		if n == 1 {
			return reply(302, "Location", "/b")
		}
		return &fakeReply{err: &Error{Kind: KindClosed, Message: "gone"}}
	})
	r := get("http://h/a")
	r.Options.Retry = Retry{Total: 2}
	x := do(t, s, r, nil)
	if x.Err == nil || x.Err.URL != "http://h/b" || x.Err.Attempt != 3 {
		t.Errorf("got %+v", x.Err)
	}
	for i, attempt := range x.Hops[1].Attempts {
		if attempt.Err == nil || attempt.Err.Attempt != i+1 {
			t.Errorf("attempt %d: %+v", i, attempt.Err)
		}
	}
	if _, err := s.Prepare(t.Context(), get("nothing")); err == nil || AsError(err, "").Attempt != 0 || strings.Contains(err.Error(), "attempt") {
		t.Errorf("got %v", err)
	}
}
