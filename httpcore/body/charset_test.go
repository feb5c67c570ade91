package body

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"parley/testdata/corpora"
)

func TestDetectCharset(t *testing.T) {
	const html, latin = "text/html", "caf\xe9 au lait, cr\xe8me br\xfbl\xe9e, o\xf9 \xe7a, d\xe9j\xe0 vu, le gar\xe7on a mang\xe9"
	for _, c := range []struct {
		name, contentType, head string
		want                    Charset
	}{
		{"header", "text/plain; charset=Shift_JIS", "x", Charset{"shift_jis", FromHeader}},
		{"header in quotes", `text/plain;charset="UTF8"`, "x", Charset{"utf-8", FromHeader}},
		{"latin-1 means windows-1252, as on the web", "text/plain; charset=ISO-8859-1", "x", Charset{"windows-1252", FromHeader}},
		{"header twice and a stray semicolon", "text/html;; charset=koi8-r; charset=utf-8;", "x", Charset{"koi8-r", FromHeader}},
		{"header beats BOM", "text/plain; charset=windows-1252", "\xef\xbb\xbfx", Charset{"windows-1252", FromHeader}},
		{"BOM settles the order of utf-16", "text/plain; charset=utf-16", "\xfe\xff\x00x", Charset{"utf-16be", FromHeader}},
		{"unknown header label", "text/plain; charset=klingon", "\xef\xbb\xbfx", Charset{"utf-8", FromBOM}},
		{"utf-16le BOM", "", "\xff\xfex\x00", Charset{"utf-16le", FromBOM}},
		{"utf-32le BOM", "", "\xff\xfe\x00\x00x\x00\x00\x00", Charset{"utf-32le", FromBOM}},
		{"meta charset", html, `<html><head><META CharSet='euc-kr'>`, Charset{"euc-kr", FromMeta}},
		{"meta http-equiv", html, `<meta content="text/html; charset=big5" http-equiv=Content-Type>`, Charset{"big5", FromMeta}},
		{"meta content without http-equiv says nothing", html, `<meta content="text/html; charset=big5">`, Charset{"utf-8", FromValidUTF8}},
		{"meta in a comment says nothing", html, `<!-- <meta charset=big5> -->`, Charset{"utf-8", FromValidUTF8}},
		{"meta that claims utf-16 in ASCII", html, `<meta charset=utf-16>`, Charset{"utf-8", FromMeta}},
		{"meta in JSON says nothing", "application/json", `{"a":"<meta charset=big5>"}`, Charset{"utf-8", FromValidUTF8}},
		{"meta beyond 1024 bytes is not looked for", html, strings.Repeat(" ", 1024) + `<meta charset=big5>`, Charset{"utf-8", FromValidUTF8}},
		{"XML declaration", "application/xml", `<?xml version="1.0" encoding="ISO-8859-2"?><a/>`, Charset{"iso-8859-2", FromMeta}},
		{"CSS rule", "text/css", `@charset "windows-1251"; a{}`, Charset{"windows-1251", FromMeta}},
		{"valid UTF-8", "text/plain", "naïve", Charset{"utf-8", FromValidUTF8}},
		{"valid UTF-8, cut in a character", "text/plain", "na\xc3\xafve \xe2\x82", Charset{"utf-8", FromValidUTF8}},
		{"nothing at all", "", "", Charset{"utf-8", FromValidUTF8}},
		{"JSON in utf-16 without BOM", "application/json", "{\x00\"\x00a\x00", Charset{"utf-16le", FromGuess}},
		{"JSON in utf-32 without BOM", "application/json", "\x00\x00\x00{\x00\x00\x00}", Charset{"utf-32be", FromGuess}},
		{"iso-2022-jp", "text/plain", "\x1b$B$3$s\x1b(B", Charset{"iso-2022-jp", FromGuess}},
		{"colours are no iso-2022-jp", "text/plain", "\x1b[31mred\x1b[0m", Charset{"utf-8", FromValidUTF8}},
		{"a guess", "text/plain", latin, Charset{"windows-1252", FromGuess}},
		{"no clue", "text/plain", "\xff", Charset{"windows-1252", FromGuess}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := DetectCharset(c.contentType, []byte(c.head)); got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

func TestGuessIsTheSameEveryTime(t *testing.T) {
	head := []byte("\xe9 \xe8 \xe0 \xd0\xd1 \xa4\xa4 x \xb1")
	want := DetectCharset("", head)
	for range 200 {
		if got := DetectCharset("", head); got != want {
			t.Fatalf("got %+v after %+v", got, want)
		}
	}
}

func TestNewUTF8Reader(t *testing.T) {
	for _, c := range []struct{ charset, in, want string }{
		{"utf-8", "\xef\xbb\xbfa\xffb", "a\ufffdb"},
		{"UTF-16LE", "\xff\xfea\x00\xac\x20", "a€"},
		{"utf-16be", "\x00a\x20", "a\ufffd"},
		{"utf-32", "\x00\x00\xfe\xff\x00\x01\xf6\x00", "😀"},
		{"latin1", "\x80\xe9", "€é"},
		{"cp437", "\x82", "é"},
		{"shift_jis", "\x82\xb1\x82", "こ\ufffd"},
		{"hz-gb-2312", "~{VPND~}", "中文"},
	} {
		for name, r := range map[string]io.Reader{
			"whole":        strings.NewReader(c.in),
			"byte by byte": iotest.OneByteReader(strings.NewReader(c.in)),
		} {
			u, err := NewUTF8Reader(r, c.charset)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := io.ReadAll(u); err != nil || string(got) != c.want {
				t.Errorf("%s, %s: got %q and error %v, want %q", c.charset, name, got, err, c.want)
			}
		}
	}
	_, err := NewUTF8Reader(strings.NewReader(""), "klingon")
	wantKind(t, err, UnknownCharset)
}

func TestUTF8ReaderPassesErrorsOn(t *testing.T) {
	u, err := NewUTF8Reader(io.MultiReader(strings.NewReader("so far"), iotest.ErrReader(io.ErrClosedPipe)), "koi8-r")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(u); string(got) != "so far" || err != io.ErrClosedPipe {
		t.Errorf("got %q and error %v", got, err)
	}
}

// The same text in many encodings must read the same, with the charset named and, where a detector can know, without.
func TestCorpusEncoding(t *testing.T) {
	for _, c := range []struct{ file, charset, same, guessed string }{
		{"candide-utf-8", "utf-8", "candide-utf-8", "utf-8"},
		{"candide-gb18030", "gb18030", "candide-utf-8", ""}, // mostly ASCII with few four-byte sequences: too rare a use
		{"candide-utf-16le", "utf-16le", "candide-utf-8", "utf-16le"},
		{"candide-utf-32be", "utf-32be", "candide-utf-8", "utf-32be"},
		{"candide-windows-1252", "windows-1252", "candide-utf-8", "windows-1252"},
		{"rashomon-euc-jp", "euc-jp", "rashomon-utf-8", "euc-jp"},
		{"rashomon-iso-2022-jp", "iso-2022-jp", "rashomon-utf-8", "iso-2022-jp"},
		{"rashomon-shift-jis", "shift-jis", "rashomon-utf-8", "shift_jis"},
		{"sunzi-bingfa-gb-levels-1-and-2-hz-gb2312", "hz-gb-2312", "sunzi-bingfa-gb-levels-1-and-2-utf-8", ""}, // ASCII alone
		{"sunzi-bingfa-simplified-gbk", "gbk", "sunzi-bingfa-simplified-utf-8", "gb18030"},                     // its superset
		{"sunzi-bingfa-traditional-big5", "big5", "sunzi-bingfa-traditional-utf-8", "big5"},
		{"unsu-joh-eun-nal-euc-kr", "euc-kr", "unsu-joh-eun-nal-utf-8", "euc-kr"},
	} {
		t.Run(c.file, func(t *testing.T) {
			in := corpora.Read(t, "encoding", "texts", c.file+".txt")
			want := corpora.Read(t, "encoding", "texts", c.same+".txt")
			charset := DetectCharset("text/plain; charset="+c.charset, in).Name
			u, err := NewUTF8Reader(bytes.NewReader(in), charset)
			if err != nil {
				t.Fatal(err)
			}
			got, err := io.ReadAll(u)
			if err != nil || !bytes.Equal(got, want) {
				t.Errorf("as %s: %d bytes and error %v differ from the %d bytes of %s", charset, len(got), err, len(want), c.same)
			}
			if guessed := DetectCharset("text/plain", in[:min(len(in), 8<<10)]).Name; c.guessed != "" && guessed != c.guessed {
				t.Errorf("guessed %s, want %s", guessed, c.guessed)
			}
		})
	}
}

func FuzzUTF8Reader(f *testing.F) {
	f.Add("text/html", []byte("<meta charset=iso-2022-jp>\x1b$B\xff"))
	f.Add("text/plain; charset=utf-16", []byte("\xff\xfe\x00\xd8"))
	f.Add("text/plain; charset=gb18030", []byte("\x81\x30\x81"))
	f.Fuzz(func(t *testing.T, contentType string, data []byte) {
		charset := DetectCharset(contentType, data)
		u, err := NewUTF8Reader(bytes.NewReader(data), charset.Name)
		if err != nil {
			t.Fatalf("detected %+v cannot be read: %v", charset, err)
		}
		got, err := io.ReadAll(u)
		if err != nil || !utf8.Valid(got) {
			t.Fatalf("as %s: error %v, valid UTF-8 %v", charset.Name, err, utf8.Valid(got))
		}
	})
}
