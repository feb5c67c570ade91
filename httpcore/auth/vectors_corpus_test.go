package auth

import (
	"encoding/base64"
	"encoding/json"
	"testing"

	"parley/httpcore"
	"parley/testdata/corpora"
)

// The published examples of JWT and PKCE. Those of schemes that sign are tried by package cli, from a file to what leaves.
func TestVectorsCorpus(t *testing.T) {
	var vectors struct {
		JWT []struct {
			Source, Header, Payload, Signature string
			Key                                string `json:"key_b64url"`
		}
		PKCE []struct {
			Source, Verifier string
			Challenge        string `json:"challenge_S256"`
		}
	}
	if err := json.Unmarshal(corpora.Read(t, "auth", "auth-vectors.json"), &vectors); err != nil {
		t.Fatal(err)
	}
	if len(vectors.JWT) == 0 || len(vectors.PKCE) == 0 {
		t.Error("there are no examples")
	}
	for _, v := range vectors.JWT {
		got := authorization(t, "jwt", &httpcore.Request{URL: "http://h/"}, [][2]string{
			{"key", `{"kty":"oct","k":"` + v.Key + `"}`}, {"header", segment(t, v.Header)}, {"claims", segment(t, v.Payload)},
		})
		if want := "Bearer " + v.Header + "." + v.Payload + "." + v.Signature; got != want {
			t.Errorf("%s: %s, want %s", v.Source, got, want)
		}
	}
	for _, v := range vectors.PKCE {
		if got := codeChallenge(v.Verifier); got != v.Challenge {
			t.Errorf("%s: %s, want %s", v.Source, got, v.Challenge)
		}
	}
}

func segment(t *testing.T, encoded string) string {
	t.Helper()
	text, err := base64.RawURLEncoding.DecodeString(encoded)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
