package cli

import (
	"bytes"
	"encoding/json"
	"testing"
)

func TestJSONIsSafeForATerminalAndMeansTheSame(t *testing.T) {
	var out bytes.Buffer
	err := (&Program{Stdout: &out}).printJSON(json.RawMessage("\"\x9b2J\u202e\"")) // as a body may have it
	if got := bytes.TrimSpace(out.Bytes()); err != nil || string(got) != `"\ufffd2J\u202e"` {
		t.Errorf("a byte that is no UTF-8 is printed as %q, %v", got, err)
	}
	for text, want := range map[string]string{
		"plain <a>":  `"plain <a>"`,
		"ü 日本 é 🚀":   `"ü 日本 é 🚀"`,
		"\x1b[2J\n":  `"\u001b[2J\n"`,
		"\u009b2J":   `"\u009b2J"`,
		"\u202eabc":  `"\u202eabc"`,
		"\x7f":       `"\u007f"`,
		"\U000E0041": `"\udb40\udc41"`,
	} {
		var out bytes.Buffer
		if err := (&Program{Stdout: &out}).printJSON(text); err != nil {
			t.Fatal(err)
		}
		if got := bytes.TrimSpace(out.Bytes()); string(got) != want {
			t.Errorf("%q is printed as %s, want %s", text, got, want)
		}
		var back string
		if err := json.Unmarshal(out.Bytes(), &back); err != nil || back != text {
			t.Errorf("%q comes back as %q, %v", text, back, err)
		}
	}
}
