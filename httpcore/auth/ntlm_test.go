package auth_test

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"parley/httpcore"
	"parley/httpcore/body"
	"parley/testdata/corpora"
)

func ntlmValues(password string) [][2]string {
	return [][2]string{{"username", `PLAYGROUND\ada`}, {"password", password}}
}

// Three requests on one connection, which is then signed in: the next request needs one.
func TestNTLMSignsAConnectionIn(t *testing.T) {
	for query, name := range map[string]string{"": "NTLM", "?negotiate=1": "Negotiate"} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, nil)
			x, body := d.opens("/ntlm/ada/engine"+query, "ntlm", ntlmValues("engine")...)
			if !strings.Contains(body, `"scheme":"`+name+`"`) {
				t.Errorf("it answers %s", body)
			}
			attempts := x.Hops[0].Attempts
			if len(attempts) != 3 {
				t.Fatalf("%d attempts", len(attempts))
			}
			for i, attempt := range attempts {
				if attempt.Conn.Reused != (i > 0) || attempt.Conn.Local != attempts[0].Conn.Local {
					t.Errorf("attempt %d: on %s, reused %v", i+1, attempt.Conn.Local, attempt.Conn.Reused)
				}
			}
			for range 2 {
				x, _ = d.opens("/ntlm/ada/engine"+query, "ntlm", ntlmValues("engine")...)
				if again := x.Hops[0].Attempts; len(again) != 1 || again[0].Conn.Local != attempts[0].Conn.Local {
					t.Errorf("the next request takes %d attempts, on %s", len(again), again[0].Conn.Local)
				}
			}
			other, err := d.send(t.Context(), "/ntlm/ada/engine"+query, "none")
			if err != nil || other.Response().Status != 401 {
				t.Errorf("a request without auth is let in: %v", err)
			}
		})
	}
}

func TestNTLMWithAnotherPassword(t *testing.T) {
	d := newDesk(t, nil)
	x, err := d.send(t.Context(), "/ntlm/ada/engine", "ntlm", ntlmValues("wrong")...)
	if err != nil || x.Response().Status != 401 || len(x.Hops[0].Attempts) != 3 {
		t.Errorf("%v, %d attempts", err, len(x.Hops[0].Attempts))
	}
}

// The message that fetches the challenge carries no body; the answer to it does.
func TestNTLMSendsTheBodyWhenItCounts(t *testing.T) {
	d := newDesk(t, nil)
	p, err := d.session.Prepare(t.Context(), &httpcore.Request{
		Method: "POST", URL: d.server.URL + "/ntlm/ada/engine", Body: body.Text("hello", ""),
		Auth: httpcore.Auth{Type: "ntlm", Values: fields(ntlmValues("engine"))}, Options: httpcore.DefaultOptions(),
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Incomplete) != 1 || !strings.Contains(p.Incomplete[0], "NTLM handshake") {
		t.Errorf("incomplete is %q", p.Incomplete)
	}
	x, err := d.session.Do(t.Context(), p, nil)
	if err != nil || x.Response().Status != 200 {
		t.Fatal(err)
	}
	defer x.Close()
	for i, want := range []int64{5, 0, 5} {
		if got := x.Hops[0].Attempts[i].Sent.BodySize; got != want {
			t.Errorf("attempt %d sends %d bytes, want %d", i+1, got, want)
		}
	}
}

func TestNTLMFirstMessageCorpus(t *testing.T) {
	var vectors struct {
		NTLM []struct {
			Cases []struct{ User, Workstation, Hex string }
		}
	}
	if err := json.Unmarshal(corpora.Read(t, "auth", "auth-vectors.json"), &vectors); err != nil {
		t.Fatal(err)
	}
	d := newDesk(t, nil)
	x, _ := d.opens("/ntlm/ada/engine", "ntlm", ntlmValues("engine")...)
	sent, _ := x.Hops[0].Attempts[1].Prepared.Header("Authorization")
	message, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(sent, "NTLM "))
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	for _, v := range vectors.NTLM {
		for _, c := range v.Cases {
			tried++
			if got := hex.EncodeToString(message); got != c.Hex {
				t.Errorf("sends %s, want %s", got, c.Hex)
			}
		}
	}
	if tried == 0 {
		t.Error("no message was tried")
	}
}

// What a server sends as a challenge may be anything.
func TestNTLMChallengesThatAreNone(t *testing.T) {
	cases := []struct{ name, first, second, say string }{
		{"no NTLM", `Basic realm="x"`, "", ""},
		{"never a challenge", "NTLM", "NTLM", ""},
		{"no Base64", "NTLM", "NTLM a", "cannot answer the server's challenge"},
		{"Kerberos", "Negotiate", "Negotiate YIIB", "speaks another mechanism under the name Negotiate"},
		{"cut short", "NTLM", "NTLM " + base64.StdEncoding.EncodeToString([]byte("NTLMSSP\x00\x02\x00\x00\x00")), "cannot answer the server's challenge"},
		{"out of bounds", "NTLM", "NTLM " + base64.StdEncoding.EncodeToString(append([]byte("NTLMSSP\x00\x02\x00\x00\x00\xff\xff\xff\xff\xff\xff\xff\xff\x01"), make([]byte, 40)...)), "cannot answer the server's challenge"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			n := 0
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				n++
				w.Header().Set("WWW-Authenticate", c.first)
				if n > 1 {
					w.Header().Set("WWW-Authenticate", c.second)
				}
				w.WriteHeader(401)
			}))
			defer server.Close()
			x, err := newDesk(t, nil).send(t.Context(), server.URL, "ntlm", ntlmValues("engine")...)
			if c.say == "" && (err != nil || x.Response().Status != 401) || c.say != "" && (!errors.Is(err, httpcore.KindAuth) || !strings.Contains(err.Error(), c.say)) {
				t.Errorf("got %v, want …%s…", err, c.say)
			}
		})
	}
}
