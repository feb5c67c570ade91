package auth_test

import (
	"net/url"
	"strings"
	"testing"

	"parley/httpcore"
	"parley/httpcore/body"
)

// Every way of Digest is understood by a server that was written apart from it.
func TestDigestAtAServer(t *testing.T) {
	d := newDesk(t, nil)
	for _, algorithm := range []string{"MD5", "SHA", "SHA-256", "SHA-512-256", "SHA-512"} {
		for _, sess := range []string{"", "-sess"} {
			for _, qop := range []string{"auth", "auth-int", "none"} {
				if qop == "none" && sess != "" {
					continue // RFC 2069 knows neither
				}
				for _, query := range []string{"", "?userhash=1", "?several=1"} {
					path := "/digest/" + qop + "/" + url.PathEscape("Jäsøn Doe") + "/" + url.PathEscape("p:ä ss") + "/" + algorithm + sess + query
					x, text := d.opens(path, "digest", [2]string{"username", "Jäsøn Doe"}, [2]string{"password", "p:ä ss"}, [2]string{"algorithm", pick(query, algorithm+sess)})
					if n := len(x.Hops[0].Attempts); n != 2 || !strings.Contains(text, `"algorithm":"`+algorithm+sess+`"`) {
						t.Errorf("%s: %d attempts, %s", path, n, text)
					}
				}
			}
		}
	}
}

// pick asks for an algorithm where the server offers several.
func pick(query, algorithm string) string {
	if query == "?several=1" {
		return algorithm
	}
	return ""
}

func TestDigestKeepsItsNonceAtAServer(t *testing.T) {
	d := newDesk(t, nil)
	values := [][2]string{{"username", "ada"}, {"password", "engine"}}
	const path = "/digest/auth/ada/engine/SHA-256-sess?uses=3"
	for i, c := range []struct {
		attempts int
		count    string
	}{{2, "1"}, {1, "2"}, {1, "3"}, {2, "1"}, {1, "2"}} {
		x, text := d.opens(path, "digest", values...)
		if n := len(x.Hops[0].Attempts); n != c.attempts || !strings.Contains(text, `"count":`+c.count+`}`) {
			t.Errorf("request %d: %d attempts, %s", i+1, n, text)
		}
	}
	x, err := d.send(t.Context(), "/digest/auth/ada/other/MD5", "digest", values...)
	if err != nil || x.Response().Status != 401 || len(x.Hops[0].Attempts) > 3 {
		t.Errorf("a wrong password: %v, %d attempts", err, len(x.Hops[0].Attempts))
	}
}

func TestDigestSignsTheBody(t *testing.T) {
	d := newDesk(t, nil)
	r := &httpcore.Request{
		Method: "POST", URL: d.server.URL + "/digest/auth-int/ada/engine/SHA-256", Body: body.Text("hello", ""), Options: httpcore.DefaultOptions(),
		Auth: httpcore.Auth{Type: "digest", Values: fields([][2]string{{"username", "ada"}, {"password", "engine"}})},
	}
	p, err := d.session.Prepare(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	x, err := d.session.Do(t.Context(), p, nil)
	if err != nil || x.Response().Status != 200 {
		t.Fatal(x.Response().Status, err)
	}
	defer x.Close()
	if sent := value(x, "Authorization"); !strings.Contains(sent, "qop=auth-int") {
		t.Errorf("it sends %s", sent)
	}
}

func TestOAuth1AtAServer(t *testing.T) {
	d := newDesk(t, nil)
	for _, method := range []string{"HMAC-SHA1", "HMAC-SHA256", "PLAINTEXT"} {
		for _, in := range []string{"header", "query"} {
			_, text := d.opens("/oauth1?b5=%3D%253D&a3=a&c%40=&a2=r%20b&a3=2+q", "oauth1",
				[2]string{"consumer_key", "ada"}, [2]string{"consumer_secret", "engine"}, [2]string{"token", "grace"}, [2]string{"token_secret", "hopper"},
				[2]string{"signature", method}, [2]string{"in", in})
			if !strings.Contains(text, `"in":"`+in+`"`) {
				t.Errorf("%s in the %s: %s", method, in, text)
			}
		}
	}
	r := &httpcore.Request{
		Method: "POST", URL: d.server.URL + "/oauth1?a=1", Body: body.Form([]body.Pair{{Name: "b", Value: "2 3"}}), Options: httpcore.DefaultOptions(),
		Auth: httpcore.Auth{Type: "oauth1", Values: fields([][2]string{
			{"consumer_key", "ada"}, {"consumer_secret", "engine"}, {"token", "grace"}, {"token_secret", "hopper"}, {"in", "body"},
		})},
	}
	p, err := d.session.Prepare(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	inBody, err := d.session.Do(t.Context(), p, nil)
	if err != nil || inBody.Response().Status != 200 {
		t.Errorf("in the body: %d, %v", inBody.Response().Status, err)
	}
	defer inBody.Close()
	x, err := d.send(t.Context(), "/oauth1", "oauth1", [2]string{"consumer_key", "ada"}, [2]string{"consumer_secret", "wrong"}, [2]string{"token", "grace"}, [2]string{"token_secret", "hopper"})
	if err != nil || x.Response().Status != 401 {
		t.Errorf("a wrong secret is accepted, %v", err)
	}
}
