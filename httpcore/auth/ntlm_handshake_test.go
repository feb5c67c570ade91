package auth

import (
	"encoding/base64"
	"testing"

	"parley/httpcore"
)

// A message is good for one request: a handshake that was broken off, by a lost connection or by the user, begins anew.
func TestNTLMBeginsAnewWhereItWasBrokenOff(t *testing.T) {
	a, err := ntlm{}.Authorizer(list([][2]string{{"username", "u"}, {"password", "p"}}))
	if err != nil {
		t.Fatal(err)
	}
	says := func() byte {
		p := bare(t, "http://h/")
		p.Affinity = 7
		if err := a.Authorize(t.Context(), p); err != nil {
			t.Fatal(err)
		}
		return ntlmSaid(p)
	}
	refused := func(said string, round int) bool {
		p := bare(t, "http://h/")
		p.Affinity = 7
		p.SetHeader(httpcore.SourceAuth, "Authorization", said)
		response := &httpcore.Response{Status: 401, Headers: list([][2]string{{"WWW-Authenticate", "NTLM"}})}
		again, err := a.(httpcore.Answerer).Answer(t.Context(), p, response, nil, round)
		if err != nil {
			t.Fatal(err)
		}
		return again
	}
	authenticate := "NTLM " + base64.StdEncoding.EncodeToString([]byte(ntlmSignature+"\x03\x00\x00\x00"))
	for _, c := range []struct {
		name, said string
		round      int
		again      bool
	}{
		{"nothing was said", "", 1, true},
		{"an answer of an exchange before", authenticate, 1, true},
		{"the answer", authenticate, 3, false},
	} {
		if again := refused(c.said, c.round); again != c.again {
			t.Errorf("%s: again is %v", c.name, again)
		}
		want := byte(0)
		if c.again {
			want = ntlmNegotiate
		}
		if first, second := says(), says(); first != want || second != 0 {
			t.Errorf("%s: it then says %d and %d, want %d and nothing", c.name, first, second, want)
		}
	}
}
