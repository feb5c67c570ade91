package auth

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"parley/httpcore"
	"parley/testdata/corpora"
)

// The published examples of OAuth 1, Hawk and JWT, taken from the headers that they lead to.
func TestVectorsCorpus(t *testing.T) {
	var vectors struct {
		OAuth1 []struct {
			Name, Method string
			URL          string `json:"base_url"`
			Params       [][2]string
			Extra        [][2]string
			Key          string `json:"consumer_key"`
			Secret       string `json:"consumer_secret"`
			Token        string
			TokenSecret  string `json:"token_secret"`
			Nonce        string
			Timestamp    string
			Signature    string
			Hash         string `json:"signature_method"`
		}
		JWT []struct {
			Source, Header, Payload, Signature string
			Key                                string `json:"key_b64url"`
		}
		Hawk []struct{ Source, ID, Key, Normalized, MAC string }
	}
	if err := json.Unmarshal(corpora.Read(t, "auth", "auth-vectors.json"), &vectors); err != nil {
		t.Fatal(err)
	}
	for _, v := range vectors.OAuth1 {
		t.Run(v.Name, func(t *testing.T) {
			got := authorization(t, "oauth1", &httpcore.Request{Method: v.Method, URL: v.URL, Params: list(append(v.Params, v.Extra...))}, [][2]string{
				{"consumer_key", v.Key},
				{"consumer_secret", v.Secret},
				{"token", v.Token},
				{"token_secret", v.TokenSecret},
				{"nonce", v.Nonce},
				{"timestamp", v.Timestamp},
				{"signature", v.Hash},
			})
			if want := `oauth_signature="` + url.QueryEscape(v.Signature) + `"`; !strings.HasSuffix(got, want) {
				t.Errorf("%s, want %s", got, want)
			}
		})
	}
	for _, v := range vectors.JWT {
		t.Run(v.Source, func(t *testing.T) {
			got := authorization(t, "jwt", &httpcore.Request{URL: "http://h/"}, [][2]string{
				{"key", `{"kty":"oct","k":"` + v.Key + `"}`}, {"header", segment(t, v.Header)}, {"claims", segment(t, v.Payload)},
			})
			if want := "Bearer " + v.Header + "." + v.Payload + "." + v.Signature; got != want {
				t.Errorf("%s, want %s", got, want)
			}
		})
	}
	for _, v := range vectors.Hawk {
		if v.Normalized == "" { // the payload's example stands in the project's own vectors
			continue
		}
		t.Run(v.Source, func(t *testing.T) {
			lines := strings.Split(v.Normalized, "\n")
			got := authorization(t, "hawk", &httpcore.Request{Method: lines[3], URL: "http://" + lines[5] + ":" + lines[6] + lines[4]}, [][2]string{
				{"id", v.ID}, {"key", v.Key}, {"timestamp", lines[1]}, {"nonce", lines[2]}, {"ext", lines[8]},
			})
			if want := `mac="` + v.MAC + `"`; !strings.HasSuffix(got, want) {
				t.Errorf("%s, want %s", got, want)
			}
		})
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

func authorization(t *testing.T, scheme string, r *httpcore.Request, values [][2]string) string {
	t.Helper()
	r.Auth = httpcore.Auth{Type: scheme, Values: list(values)}
	value, _ := prepared(t, Environment{}, r).Header("Authorization")
	return value
}

func prepared(t *testing.T, e Environment, r *httpcore.Request) *httpcore.Prepared {
	t.Helper()
	p, err := httpcore.NewSession(httpcore.SessionOptions{Schemes: Schemes(e)}).Prepare(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func list(pairs [][2]string) httpcore.Fields {
	var fields httpcore.Fields
	for _, pair := range pairs {
		fields.Add(pair[0], pair[1])
	}
	return fields
}
