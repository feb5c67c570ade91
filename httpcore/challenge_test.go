package httpcore

import (
	"fmt"
	"strings"
	"testing"
)

func TestChallenges(t *testing.T) {
	cases := []struct {
		name   string
		values []string
		want   string
	}{
		{"one", []string{`Basic realm="a b"`}, `Basic [{realm a b}]`},
		{"no parameters", []string{"Negotiate"}, `Negotiate []`},
		{"several in a line", []string{`Digest realm="x", nonce="n,1", qop="auth, auth-int",stale=TRUE, Basic realm=y`}, `Digest [{realm x} {nonce n,1} {qop auth, auth-int} {stale TRUE}] | Basic [{realm y}]`},
		{"several lines", []string{"NTLM", "Basic realm=x"}, `NTLM [] | Basic [{realm x}]`},
		{"without parameters in a line", []string{"Negotiate, NTLM , Basic realm=x"}, `Negotiate [] | NTLM [] | Basic [{realm x}]`},
		{"token68", []string{"NTLM TlRMTVNTUAAC+/==, Bearer"}, `NTLM TlRMTVNTUAAC+/== [] | Bearer []`},
		{"the RFC's", []string{`Basic realm="simple", Newauth realm="apps", type=1, title="Login to \"apps\""`}, `Basic [{realm simple}] | Newauth [{realm apps} {type 1} {title Login to "apps"}]`},
		{"empty members", []string{` , ,Basic realm="x",, ,charset="UTF-8",`}, `Basic [{realm x} {charset UTF-8}]`},
		{"white space around =", []string{`Basic realm = "x"`}, `Basic [{realm x}]`},
		{"empty value", []string{`Digest opaque="", realm=`}, `Digest [{opaque } {realm }]`},
		{"a comma is missing", []string{`Digest realm="a" nonce="b"`}, `Digest [{realm a} {nonce b}]`},
		{"a quote is missing", []string{`Basic realm="x, y`}, `Basic [{realm x, y}]`},
		{"a backslash at the end", []string{`Basic realm="x\`}, `Basic [{realm x\}]`},
		{"junk", []string{`"a, b", =, ;x, Basic realm=x`}, `Basic [{realm x}]`},
		{"parameters of nothing", []string{`realm="x", Basic`}, `Basic []`},
		{"nothing", []string{"", " "}, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var headers Fields
			for _, value := range c.values {
				headers.Add("www-authenticate", value)
			}
			var got []string
			for _, challenge := range Challenges(headers, "WWW-Authenticate") {
				got = append(got, strings.Join(strings.Fields(fmt.Sprint(challenge.Scheme, " ", challenge.Token, " ", challenge.Params)), " "))
			}
			if joined := strings.Join(got, " | "); joined != c.want {
				t.Errorf("got  %s\nwant %s", joined, c.want)
			}
		})
	}
	flood := Challenges(Fields{{"A", strings.Repeat("x,", 10_000)}, {"A", "y"}}, "A")
	if len(flood) != maxChallenges {
		t.Errorf("%d challenges are kept", len(flood))
	}
}

func TestAsks(t *testing.T) {
	headers := Fields{
		{"WWW-Authenticate", `Negotiate, NTLM, Digest realm=x, Magic, digest realm=y, AWS4-HMAC-SHA256, OAuth realm=x`},
		{"Proxy-Authenticate", "basic"},
	}
	for status, want := range map[int]string{401: "[ntlm digest aws-sigv4 oauth1]", 407: "[basic]", 200: "[]", 403: "[]"} {
		if got := fmt.Sprint((&Response{Status: status, Headers: headers}).Asks()); got != want {
			t.Errorf("%d: %s, want %s", status, got, want)
		}
	}
}
