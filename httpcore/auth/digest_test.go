package auth

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"parley/httpcore"
	"parley/httpcore/body"
	"parley/testdata/corpora"
)

// The published digests, and those derived for algorithms that no RFC has an example of.
func TestDigestCorpus(t *testing.T) {
	var vectors struct {
		Digest []struct {
			Name, Username, Password, Realm, Nonce, URI, Method, Algorithm string
			QOP, NC, CNonce                                                *string
			Opaque                                                         *string
			Response                                                       string
			Userhash                                                       bool
			UserhashValue                                                  string `json:"userhash_value"`
			Body                                                           string `json:"body_text"`
		}
	}
	if err := json.Unmarshal(corpora.Read(t, "auth", "auth-vectors.json"), &vectors); err != nil {
		t.Fatal(err)
	}
	if len(vectors.Digest) < 9 {
		t.Fatalf("only %d digests", len(vectors.Digest))
	}
	for _, v := range vectors.Digest {
		t.Run(v.Name, func(t *testing.T) {
			a := digestAnswer{
				challenge: digestChallenge{realm: v.Realm, nonce: v.Nonce, algorithm: v.Algorithm, userhash: v.Userhash, utf8: true},
				username:  v.Username, password: v.Password, qop: text(v.QOP), nc: text(v.NC), cnonce: text(v.CNonce),
			}
			p := &httpcore.Prepared{Method: v.Method, Target: v.URI}
			if v.Body != "" {
				p.Body = body.Text(v.Body, "")
			}
			got, err := a.authorization(t.Context(), p)
			if err != nil {
				t.Fatal(err)
			}
			if want := `response="` + v.Response + `"`; !strings.Contains(got, want) {
				t.Errorf("%s\nwant %s", got, want)
			}
			if want := `username="` + v.UserhashValue + `"`; v.Userhash && !strings.Contains(got, want) {
				t.Errorf("%s\nwant %s", got, want)
			}
		})
	}
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// RFC 2617 section 3.5, as the header stands there but for the quotes around qop, which RFC 7616 forbids.
func TestDigestAsTheOldRFCWritesIt(t *testing.T) {
	want := `Digest username="Mufasa", realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", uri="/dir/index.html", ` +
		`qop=auth, nc=00000001, cnonce="0a4f113b", response="6629fae49393a05397450978507c4ef1", opaque="5ccc069c403ebaf9f0171e9517f40e41"`
	got := authorization(t, "digest", &httpcore.Request{URL: "http://www.example.org/dir/index.html"}, [][2]string{
		{"username", "Mufasa"},
		{"password", "Circle Of Life"},
		{"realm", "testrealm@host.com"},
		{"qop", "auth"},
		{"nonce", "dcd98b7102dd2f0e8b11d0f600bfb0c093"},
		{"opaque", "5ccc069c403ebaf9f0171e9517f40e41"},
		{"cnonce", "0a4f113b"},
	})
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// RFC 7616 section 3.9.1, as the header stands there but for the order of SHA-256 and MD5.
func TestDigestAsTheRFCWritesIt(t *testing.T) {
	want := `Digest username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html", algorithm=SHA-256, ` +
		`nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", nc=00000001, cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", qop=auth, ` +
		`response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`
	got := authorization(t, "digest", &httpcore.Request{URL: "http://www.example.org/dir/index.html"}, [][2]string{
		{"username", "Mufasa"},
		{"password", "Circle of Life"},
		{"realm", "http-auth@example.org"},
		{"algorithm", "SHA-256"},
		{"qop", "auth"},
		{"nonce", "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"},
		{"opaque", "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"},
		{"cnonce", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"},
	})
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestDigestNames(t *testing.T) {
	cases := []struct {
		name     string
		utf8     bool
		userhash bool
		want     string
	}{
		{name: `a"b\c`, want: `username="a\"b\\c", `},
		{name: "Jäsøn Doe", utf8: true, want: "username*=UTF-8''J%C3%A4s%C3%B8n%20Doe, "},
		{name: "Jäsøn Doe", want: `username="Jäsøn Doe", `},
		{name: "ada", utf8: true, userhash: true, want: `username="`},
	}
	for _, c := range cases {
		a := digestAnswer{challenge: digestChallenge{utf8: c.utf8, userhash: c.userhash}, username: c.name}
		got, err := a.authorization(t.Context(), &httpcore.Prepared{})
		if err != nil || !strings.HasPrefix(got, "Digest "+c.want) {
			t.Errorf("%s: %s, want %s; %v", c.name, got, c.want, err)
		}
		if c.userhash != strings.HasSuffix(got, ", userhash=true") {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}

func TestDigestTakesTheStrongest(t *testing.T) {
	const ours = `Digest realm="r", nonce="`
	cases := []struct {
		name       string
		fields     []string
		values     [][2]string
		want, says string
	}{
		{name: "in one field", fields: []string{ours + `m", algorithm=MD5, ` + ours + `s", algorithm=SHA-256, Basic realm="b"`}, want: `nonce="s"`},
		{name: "in several", fields: []string{ours + `s", algorithm=SHA-512-256`, ours + `t", algorithm=sha-256`}, want: `nonce="s"`},
		{name: "none named is MD5", fields: []string{ours + `m"`}, want: `nonce="m", uri="/a", response=`},
		{name: "an unknown one is passed over", fields: []string{ours + `n", algorithm=SHA-3`, ours + `m", qop="token, auth"`}, want: `nonce="m", uri="/a", qop=auth, nc=00000001`},
		{name: "the wanted one", values: [][2]string{{"algorithm", "md5"}}, fields: []string{ours + `s", algorithm=SHA-256`, ours + `m", algorithm=MD5`}, want: `nonce="m"`},
		{name: "the wanted qop", values: [][2]string{{"qop", "auth-int"}}, fields: []string{ours + `m", qop="auth,auth-int"`}, want: `qop=auth-int`},
		{name: "a session's hash", fields: []string{ours + `m", algorithm=MD5-sess`}, want: `algorithm=MD5-sess, nonce="m", cnonce="`},
		{name: "only unknown ones", fields: []string{ours + `n", algorithm=SHA-3`}, says: "algorithm SHA-3, qop none"},
		{name: "not the wanted one", values: [][2]string{{"algorithm", "SHA-256"}}, fields: []string{ours + `m"`}, says: "algorithm MD5, qop none"},
		{name: "another scheme", fields: []string{`Basic realm="b"`}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := newDigest(t, c.values...)
			again, says := d.answer(t, 401, 1, c.fields...)
			if again != (c.want != "") || !strings.Contains(says, c.says) || (says == "") != (c.says == "") {
				t.Fatalf("again is %v, and it says %q", again, says)
			}
			if got := d.sends(t, "http://h/a"); !strings.Contains(got, c.want) || (got == "") == again {
				t.Errorf("sends %q, want …%s…", got, c.want)
			}
		})
	}
}

func TestDigestCountsAndAnswersInAdvance(t *testing.T) {
	d := newDigest(t)
	if got := d.sends(t, "http://h/a"); got != "" {
		t.Fatalf("without having been asked it sends %q", got)
	}
	if again, _ := d.answer(t, 401, 1, `Digest realm="r", nonce="one", qop="auth"`); !again {
		t.Fatal("the challenge is not answered")
	}
	for n := 1; n <= 11; n++ {
		want := fmt.Sprintf(`nonce="one", uri="/other", qop=auth, nc=%08x, `, n)
		if got := d.sends(t, "http://h/other"); !strings.Contains(got, want) {
			t.Errorf("%s, want %s", got, want)
		}
	}
	for _, elsewhere := range []string{"https://h/a", "http://h:81/a", "http://i/a"} {
		if got := d.sends(t, elsewhere); got != "" {
			t.Errorf("%s gets %s", elsewhere, got)
		}
	}
	d.answerInfo(t, `nextnonce="two", qop=auth`)
	if got := d.sends(t, "http://h/a"); !strings.Contains(got, `nonce="two", uri="/a", qop=auth, nc=00000001`) {
		t.Errorf("after nextnonce it sends %s", got)
	}
	if again, _ := d.answer(t, 401, 1, `Digest realm="r", nonce="three", qop="auth", stale=TRUE`); !again {
		t.Error("a stale nonce is not replaced")
	}
	if got := d.sends(t, "http://h/a"); !strings.Contains(got, `nonce="three", uri="/a", qop=auth, nc=00000001`) {
		t.Errorf("after a stale nonce it sends %s", got)
	}
}

// A wrong password is sent once for a challenge, and a server that finds every nonce stale does not keep us busy.
func TestDigestGivesUp(t *testing.T) {
	cases := []struct {
		round int
		stale string
		again bool
	}{{1, "false", true}, {2, "true", true}, {2, "false", false}, {3, "true", false}}
	for _, c := range cases {
		d := newDigest(t)
		if again, _ := d.answer(t, 401, c.round, `Digest realm="r", nonce="n", stale=`+c.stale); again != c.again {
			t.Errorf("round %d, stale %s: again is %v", c.round, c.stale, again)
		}
		if sent := d.sends(t, "http://h/a"); (sent != "") != c.again {
			t.Errorf("round %d, stale %s: it then sends %q", c.round, c.stale, sent)
		}
	}
}

func TestDigestKeepsToItsDomain(t *testing.T) {
	d := newDigest(t)
	d.answer(t, 401, 1, `Digest realm="r", nonce="n", domain="/private http://h/also https://elsewhere/"`)
	for path, in := range map[string]bool{"http://h/private/x": true, "http://h/also": true, "http://h/a": true, "http://h/public": false, "https://elsewhere/": false} {
		if sent := d.sends(t, path); (sent != "") != in {
			t.Errorf("%s gets %q", path, sent)
		}
	}
}

func TestDigestSpacesAreBounded(t *testing.T) {
	d := newDigest(t)
	for i := range 10 * maxDigestSpaces {
		d.answer(t, 401, 1, fmt.Sprintf(`Digest realm="r%d", nonce="n", domain="/%d"`, i, i))
	}
	if n := len(d.spaces); n != maxDigestSpaces {
		t.Errorf("%d challenges are kept", n)
	}
}

func TestDigestValues(t *testing.T) {
	cases := []struct {
		values [][2]string
		say    string
	}{
		{nil, "needs username"},
		{[][2]string{{"username", "u"}, {"algorithm", "CRC"}}, `algorithm = "CRC"`},
		{[][2]string{{"username", "u"}, {"qop", "none"}}, `qop = "none"`},
		{[][2]string{{"username", "u"}, {"realm", "r"}}, "needs nonce to answer with realm"},
		{[][2]string{{"username", "u"}, {"nonce", "n"}, {"nc", "1"}}, `nc = "1"`},
	}
	for _, c := range cases {
		_, err := digest{Environment{}.source()}.Authorizer(list(c.values))
		if !errors.Is(err, httpcore.KindAuth) || !strings.Contains(err.Error(), c.say) {
			t.Errorf("%v: got %v, want …%s…", c.values, err, c.say)
		}
	}
}

// digestTest is an authorizer at work on http://h/a.
type digestTest struct{ *digestAuthorizer }

func newDigest(t *testing.T, values ...[2]string) digestTest {
	t.Helper()
	a, err := digest{Environment{}.source()}.Authorizer(list(append([][2]string{{"username", "u"}, {"password", "p"}}, values...)))
	if err != nil {
		t.Fatal(err)
	}
	return digestTest{a.(*digestAuthorizer)}
}

// answer gives it a response, and returns whether it wants to try again and what it tells the user.
func (d digestTest) answer(t *testing.T, status, round int, challenges ...string) (again bool, says string) {
	t.Helper()
	response := &httpcore.Response{Status: status}
	for _, challenge := range challenges {
		response.Headers.Add("WWW-Authenticate", challenge)
	}
	var heard notices
	again, err := d.Answer(t.Context(), bare(t, "http://h/a"), response, &heard, round)
	if err != nil {
		t.Fatal(err)
	}
	return again, strings.Join(heard, "\n")
}

func (d digestTest) answerInfo(t *testing.T, info string) {
	t.Helper()
	response := &httpcore.Response{Status: 200, Headers: list([][2]string{{"Authentication-Info", info}})}
	if again, err := d.Answer(t.Context(), bare(t, "http://h/a"), response, nil, 2); again || err != nil {
		t.Errorf("again is %v, %v", again, err)
	}
}

// sends returns the Authorization of a request to a URL. Without one, it must say that it is incomplete.
func (d digestTest) sends(t *testing.T, url string) string {
	t.Helper()
	p := bare(t, url)
	if err := d.Authorize(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	value, found := p.Header("Authorization")
	if found == (len(p.Incomplete) > 0) {
		t.Errorf("%s: Authorization %q, incomplete %q", url, value, p.Incomplete)
	}
	return value
}

// What a server can make us remember of a challenge, and tell of it, is bounded.
func TestAHugeChallenge(t *testing.T) {
	c := newDigestChallenge(httpcore.Fields{{Name: "domain", Value: strings.Repeat("/x ", 50_000)}, {Name: "algorithm", Value: strings.Repeat("y", 100_000)}})
	if told := describeDigests([]digestChallenge{c}); len(c.domain) != maxDomains || len(told) > 2*longestSaying {
		t.Errorf("%d domains are kept, and %d bytes told", len(c.domain), len(told))
	}
}
