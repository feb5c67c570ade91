package httpcore

import (
	"encoding/base64"
	"strings"
	"testing"
)

func TestMaskerFindsWhatIsLeftOfASecret(t *testing.T) {
	token := "eyJhbGciOiJub25lIn0." + strings.Repeat("payload", 30)
	masker := NewMasker([]Secret{NewSecret("token", token), NewSecret("pin", "4711")}, Mark)
	coded := base64.StdEncoding.EncodeToString([]byte("x:" + token))
	for text, want := range map[string]string{
		`json.token is "` + token[:100] + `… (230 bytes)`: `json.token is "{secret token}… (230 bytes)`,
		"a… " + token[:6] + "… b… " + token[:5] + "…":     "a… {secret token}… b… " + token[:5] + "…",
		"whole " + token + "…":                            "whole {secret token}…",
		"4711… " + token[:50] + " and more…":              "{secret pin}… " + token[:50] + " and more…",
		"nothing of it…":                                  "nothing of it…",
		token[:50]:                                        token[:50], // which is not said to be cut
	} {
		if got := masker.Shortened(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
	for length := 20; length < len(coded)-10; length += 7 {
		if got := masker.Shortened("Basic " + coded[:length] + "…"); strings.Contains(got, coded[4:12]) {
			t.Errorf("in Base64, cut at %d, there is left of it %q", length, got)
		}
	}
	var none *Masker
	if none.Shortened("a…") != "a…" || NewMasker(nil, Mark).Shortened("a…") != "a…" {
		t.Error("a masker of nothing masks")
	}
}
