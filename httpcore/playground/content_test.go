package playground

import (
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/net/html/charset"
)

func TestEncoded(t *testing.T) {
	s := start(t)
	readers := map[string]func(io.Reader) (io.Reader, error){
		"gzip":        func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
		"deflate":     func(r io.Reader) (io.Reader, error) { return zlib.NewReader(r) },
		"deflate-raw": func(r io.Reader) (io.Reader, error) { return flate.NewReader(r), nil },
		"br":          func(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil },
		"zstd": func(r io.Reader) (io.Reader, error) {
			z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1))
			if err == nil {
				t.Cleanup(z.Close)
			}
			return z, err
		},
	}
	for path, codings := range map[string]string{
		"/brotli": "br", "/zstd": "zstd", "/encoded/gzip": "gzip", "/encoded/deflate": "deflate", "/encoded/deflate-raw": "deflate-raw",
		"/encoded/deflate,gzip,br,zstd": "deflate,gzip,br,zstd",
	} {
		res, body := call(t, "GET", s.URL+path, "", "Accept-Encoding", "identity") // else net/http unpacks by itself
		names := strings.Split(codings, ",")
		if got := res.Header.Get("Content-Encoding"); got != strings.ReplaceAll(strings.Join(names, ", "), "-raw", "") {
			t.Errorf("%s: Content-Encoding is %q", path, got)
		}
		var r io.Reader = strings.NewReader(body)
		slices.Reverse(names)
		for _, name := range names {
			var err error
			if r, err = readers[name](r); err != nil {
				t.Fatalf("%s: %s: %v", path, name, err)
			}
		}
		if plain, err := io.ReadAll(r); err != nil || !strings.Contains(string(plain), `"method": "GET"`) {
			t.Errorf("%s: %v, %q", path, err, plain)
		}
	}
	if res, _ := call(t, "GET", s.URL+"/encoded/rot13", ""); res.StatusCode != 404 {
		t.Errorf("an unknown coding: %s", res.Status)
	}
}

func TestCharset(t *testing.T) {
	s := start(t)
	for name, want := range map[string]string{
		"utf-8": "Emoji: 🧪🚀", "shift_jis": "いろはにほへと", "windows-1251": "съешь ещё", "iso-8859-1": "garçon", "gbk": "天地玄黄",
		"big5": "天地玄黃", "euc-kr": "다람쥐", "windows-1255": "דג סקרן", "utf-16le": "Emoji: 🧪🚀", "utf-16be": "Emoji: 🧪🚀",
	} {
		res, body := call(t, "GET", s.URL+"/charset/"+name, "")
		r, err := charset.NewReader(strings.NewReader(body), res.Header.Get("Content-Type"))
		if err != nil {
			t.Fatal(err)
		}
		if text, err := io.ReadAll(r); err != nil || !strings.Contains(string(text), want) {
			t.Errorf("%s: %v, %q", name, err, text)
		}
	}
	for query, prefix := range map[string]string{"utf-8?declare=bom": "\xef\xbb\xbfPlain", "utf-16le?declare=bom": "\xff\xfeP\x00", "utf-16be?declare=bom": "\xfe\xff\x00P", "utf-16le?declare=none": "P\x00l", "koi8-r?declare=meta": "<!doctype html>\n<meta charset=\"koi8-r\">"} {
		res, body := call(t, "GET", s.URL+"/charset/"+query, "")
		if !strings.HasPrefix(body, prefix) || strings.Contains(res.Header.Get("Content-Type"), "charset") {
			t.Errorf("%s: Content-Type %q, body %.40q", query, res.Header.Get("Content-Type"), body)
		}
	}
	for query, status := range map[string]int{"no-such": 404, "koi8-r?declare=bom": 400, "utf-8?declare=shout": 400} {
		if res, _ := call(t, "GET", s.URL+"/charset/"+query, ""); res.StatusCode != status {
			t.Errorf("%s: got %s, want %d", query, res.Status, status)
		}
	}
}

func TestHostileIsComplete(t *testing.T) {
	s := start(t)
	res, body := call(t, "GET", s.URL+"/hostile", "")
	for c := range 0x20 {
		if !strings.Contains(body, "["+string(rune(c))+"]") {
			t.Errorf("C0 0x%02x is missing", c)
		}
	}
	for c := 0x80; c < 0xa0; c++ {
		if !strings.Contains(body, "["+string(rune(c))+"]") || !strings.Contains(body, "["+string([]byte{byte(c)})+"]") {
			t.Errorf("C1 0x%02x is missing", c)
		}
	}
	for _, want := range []string{"\x1b]52;", "\x1b[2J", "\x1bP", "\x1b_G", "\u202e", "\u2066", "\x1bc", "\xff"} {
		if !strings.Contains(body, want) {
			t.Errorf("%q is missing", want)
		}
	}
	if !strings.Contains(res.Header.Get("X-Bidi"), "\u202e") || !strings.Contains(res.Header.Get("X-C1"), "\u009b") {
		t.Errorf("the head is harmless: %v", res.Header)
	}
}

// go-httpbin echoes what arrives; the sample collection and many tests rely on it.
func TestAnythingIsFaithful(t *testing.T) {
	s := start(t)
	_, body := call(t, "REPORT", s.URL+"/anything/a%2Fb?x=1&x=2&y=%26", `{"n":12345678901234567890,"s":"<&>"}`, "Content-Type", jsonType, "X-Two", "a, b")
	got := decode[struct {
		Args    map[string][]string
		Headers map[string][]string
		Data    string
		Method  string
		URL     string
	}](t, body)
	if got.Method != "REPORT" || len(got.Args["x"]) != 2 || got.Args["y"][0] != "&" || got.Headers["X-Two"][0] != "a, b" {
		t.Errorf("got %s", body)
	}
	if got.Data != `{"n":12345678901234567890,"s":"<&>"}` || !strings.HasSuffix(got.URL, "/anything/a%2Fb?x=1&x=2&y=%26") {
		t.Errorf("data %q, url %q", got.Data, got.URL)
	}
}
