package httpcore

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/url"
	"strings"
	"testing"

	"parley/httpcore/body"
)

func TestMaskerFindsEveryForm(t *testing.T) {
	const value = `p@ss/w"ö+ 1%`
	masker := NewMasker([]Secret{NewSecret("pw", value)}, Mark)
	inJSON, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	forms := map[string]string{
		"raw":                   value,
		"query":                 url.QueryEscape(value),
		"path":                  url.PathEscape(value),
		"lower-case escapes":    strings.ToLower(url.PathEscape(value)),
		"every byte escaped":    escapeWhen(value, func(byte) bool { return true }),
		"JSON":                  strings.Trim(string(inJSON), `"`),
		"JSON, ASCII":           `p@ss\/w\"\u00f6+ 1%`,
		"JSON, all escaped":     `\u0070\u0040\u0073\u0073\u002f\u0077\u0022\u00F6\u002B\u0020\u0031\u0025`,
		"hexadecimal":           hex.EncodeToString([]byte(value)),
		"upper-case":            strings.ToUpper(hex.EncodeToString([]byte(value))),
		"query in a query":      url.QueryEscape(url.QueryEscape(value)),
		"path in a query":       url.QueryEscape(url.PathEscape(value)),
		"JSON in JSON":          inJSONString(t, strings.Trim(string(inJSON), `"`)),
		"hexadecimal, quoted":   escapeWhen(escapeWhen(hex.EncodeToString([]byte(value)), func(byte) bool { return true }), func(c byte) bool { return c == '%' }),
		"Base64 percent-quoted": url.QueryEscape(base64.StdEncoding.EncodeToString([]byte(value))),
	}
	for name, form := range forms {
		t.Run(name, func(t *testing.T) {
			if got := masker.String("<" + form + ">"); got != "<{secret pw}>" && got != "<{secret pw}%3D%3D>" && got != "<{secret pw}%3D>" {
				t.Errorf("masked %q as %q", form, got)
			}
		})
	}
}

func inJSONString(t *testing.T, s string) string {
	t.Helper()
	encoded, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Trim(string(encoded), `"`)
}

func TestMaskerFindsBase64AtEveryAlignment(t *testing.T) {
	const value = "\xffhun>ter?2~"
	masker := NewMasker([]Secret{NewSecret("pw", value)}, Mark)
	for name, alphabet := range map[string]*base64.Encoding{"std": base64.StdEncoding, "url": base64.URLEncoding, "raw": base64.RawURLEncoding} {
		for _, before := range []string{"", "u", "u:", "us:", "user:"} {
			for _, after := range []string{"", "\n", "::", "more"} {
				encoded := alphabet.EncodeToString([]byte(before + value + after))
				masked := masker.String(encoded)
				left, right, found := strings.Cut(masked, "{secret pw}")
				if !found {
					t.Errorf("%s: %q + secret + %q is not masked: %q", name, before, after, masked)
					continue
				}
				// What is left decodes to nothing of the secret: only whole characters of the surroundings stay.
				if len(left) > (len(before)*8)/6 || len(strings.TrimRight(right, "=")) > (len(after)*8+5)/6 {
					t.Errorf("%s: %q + secret + %q leaves bits of the secret: %q", name, before, after, masked)
				}
			}
		}
	}
}

func TestMaskerLeavesTheRestAlone(t *testing.T) {
	masker := NewMasker([]Secret{NewSecret("a", "abc"), NewSecret("b", "abcdefgh"), NewSecret("c", "ghijklm"), NewSecret("none", "")}, Mark)
	cases := map[string]string{
		"":                      "",
		"nothing here":          "nothing here",
		"xabcx":                 "x{secret a}x",
		"xabcdefghx":            "x{secret b}x",
		"overlap abcdefghijklm": "overlap {secret b}",
		"616263 YWJj":           "616263 YWJj", // a short secret's hexadecimal and Base64 forms stay
		"100% sure, a+b \\ %zz": "100% sure, a+b \\ %zz",
	}
	for text, want := range cases {
		if got := masker.String(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
	if data := []byte("nothing"); &masker.Bytes(data)[0] != &data[0] {
		t.Error("bytes without a secret were copied")
	}
	var none *Masker
	if none.String("abc") != "abc" || none.Find("abc") != nil {
		t.Error("a nil masker masks")
	}
}

func TestMaskWriterSeesAcrossWrites(t *testing.T) {
	masker := NewMasker([]Secret{NewSecret("pw", "hunter22"), NewSecret("dull", "aaaaaaa")}, Mark)
	text := strings.Repeat("a=hunter22&b="+base64.StdEncoding.EncodeToString([]byte("x:hunter22!"))+" ", 20) +
		strings.Repeat("b"+strings.Repeat("a", 100), 3) + "hunter22aaaaaaahunter22"
	want := masker.String(text)
	for size := 1; size < 60; size++ {
		var out bytes.Buffer
		w := masker.Writer(&out)
		for rest := text; rest != ""; {
			n := min(size, len(rest))
			if _, err := io.WriteString(w, rest[:n]); err != nil {
				t.Fatal(err)
			}
			rest = rest[n:]
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if out.String() != want {
			t.Fatalf("in writes of %d bytes:\n got %q\nwant %q", size, out.String(), want)
		}
	}
}

func FuzzMasker(f *testing.F) {
	f.Add("hunter22", "before ", " after", uint8(0), uint8(7))
	f.Add("%25%25%25%", "%25%25", "%2525", uint8(1), uint8(1))
	f.Add("a\\u0061b+ c", "\\", "u0061", uint8(3), uint8(3))
	f.Add("a%2+ b/c", "%2", "52B", uint8(6), uint8(2))
	f.Add("a\"\\b\nc", "\\", "\\", uint8(7), uint8(0))
	f.Fuzz(func(t *testing.T, value, before, after string, form, size uint8) {
		if len(value) < shortSecret || len(value) > 64 || strings.ContainsAny(value, "{}") || strings.Contains("{secret }", value) {
			t.Skip("no secret that a mark can be told from")
		}
		secret := NewSecret("", value)
		masker := NewMasker([]Secret{secret}, Mark)
		encoded := before + encodeAs(form, value) + after
		masked := masker.String(encoded)
		if masker.Find(masked) != nil {
			t.Errorf("%q in %q survives as %q", value, encoded, masked)
		}
		var out bytes.Buffer
		w := masker.Writer(&out)
		for rest := encoded; rest != ""; {
			n := min(int(size)+1, len(rest))
			io.WriteString(w, rest[:n])
			rest = rest[n:]
		}
		w.Close()
		if out.String() != masked {
			t.Errorf("streamed %q, at once %q", out.String(), masked)
		}
	})
}

func encodeAs(form uint8, value string) string {
	switch form % 8 {
	case 1:
		return url.QueryEscape(value)
	case 2:
		return hex.EncodeToString([]byte(value))
	case 3:
		return base64.StdEncoding.EncodeToString([]byte("u:" + value))
	case 4:
		return base64.RawURLEncoding.EncodeToString([]byte(value))
	case 5:
		return escapeWhen(value, func(c byte) bool { return c%2 == 0 })
	case 6:
		return url.QueryEscape(url.QueryEscape(value))
	case 7:
		return strings.NewReplacer(`\`, `\\\\`, `"`, `\\\"`, "\n", `\\n`).Replace(value)
	default:
		return value
	}
}

func BenchmarkMasker(b *testing.B) {
	masker := NewMasker([]Secret{NewSecret("pw", "hunter22-and-more"), NewSecret("key", "0123456789abcdef")}, Mark)
	text := strings.Repeat(`{"id": 12345, "name": "Ada Lovelace", "url": "https://example.com/a?b=c%20d"}`, 1000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		masker.String(text)
	}
}

func TestMaskerOpensPayloads(t *testing.T) {
	masker := NewMasker([]Secret{NewSecret("pw", "hunter22")}, Mark)
	plain := strings.Repeat("a", 20_000) + "hunter22" + strings.Repeat("b", 20_000) + "hunter22"
	want := masker.String(plain)
	payloads := map[string]body.Payload{"": body.Text(plain, "")}
	for _, coding := range body.Codings() {
		packed, err := body.Compress(body.Text(plain, ""), coding)
		if err != nil {
			t.Fatal(err)
		}
		payloads[coding] = packed
	}
	for coding, payload := range payloads {
		opened, err := masker.Open(payload)
		if err != nil {
			t.Fatal(err)
		}
		unpacked, err := body.Decode(opened, []string{coding}, body.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(unpacked); string(got) != want || err != nil {
			t.Errorf("%q: %d bytes instead of %d (%v)", coding, len(got), len(want), err)
		}
	}
}

// A match may overlap the next, and so on for a whole body.
func TestMaskWriterHoldsLittleBack(t *testing.T) {
	var out bytes.Buffer
	w := NewMasker([]Secret{NewSecret("dull", "00000000")}, Mark).Writer(&out).(*maskWriter)
	zeros := bytes.Repeat([]byte("0"), 1<<10)
	for range 1 << 10 {
		if _, err := w.Write(zeros); err != nil {
			t.Fatal(err)
		}
		if len(w.flow.held) > 1<<10 {
			t.Fatalf("%d bytes are held back", len(w.flow.held))
		}
	}
	if err := w.Close(); err != nil || out.String() != "{secret dull}" {
		t.Errorf("%d bytes were written (%v)", out.Len(), err)
	}
}
