package playground

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"testing"

	"parley/testdata/corpora"
)

// The published NTLMv2 response.
func TestNTLMCorpus(t *testing.T) {
	var vectors struct {
		NTLM []struct {
			Name, User, Password, Target string
			Challenge                    string `json:"server_challenge"`
			Response                     string `json:"ntlmv2_response"`
		}
	}
	if err := json.Unmarshal(corpora.Read(t, "auth", "auth-vectors.json"), &vectors); err != nil {
		t.Fatal(err)
	}
	tried := 0
	for _, v := range vectors.NTLM {
		if v.Response == "" {
			continue
		}
		tried++
		challenge, response := unhex(t, v.Challenge), unhex(t, v.Response)
		if got := ntlmProof(v.User, v.Target, v.Password, challenge, response[16:]); !bytes.Equal(got, response[:16]) {
			t.Errorf("%s: %x, want %x", v.Name, got, response[:16])
		}
	}
	if tried == 0 {
		t.Error("no response was tried")
	}
}

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// What a client makes up must not be read beyond its end.
func TestNTLMMessagesThatAreCutShort(t *testing.T) {
	message := append([]byte(ntlmSignature), 3, 0, 0, 0)
	for _, field := range [][2]int{{0, 64}, {24, 64}, {4, 88}, {6, 92}} {
		message = appendNTLMField(message, field[0], field[1])
	}
	message = append(message, make([]byte, 64)...)
	for n := range len(message) {
		if verifyNTLM(message[:n], make([]byte, 8), "u", "p") {
			t.Errorf("%d bytes prove something", n)
		}
	}
}
