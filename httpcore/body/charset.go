package body

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// How says what a [Charset] was taken from.
type How string

// The sources of a charset, in the order they are asked.
const (
	FromHeader    How = "header"
	FromBOM       How = "BOM"
	FromMeta      How = "meta" // in the document itself: HTML's meta, XML's declaration, CSS's @charset
	FromValidUTF8 How = "valid UTF-8"
	FromGuess     How = "guess"
)

// Charset is the character encoding of a text, and what says so.
type Charset struct {
	Name string // as the WHATWG Encoding Standard spells it, in lower case; "utf-8", "windows-1252"
	How  How
}

// DetectCharset finds out how a body is encoded, given its Content-Type and its beginning (some KiB; a character cut at
// the end does no harm). The header's word counts first, as `requests` has it, though a BOM settles the byte order of a
// plain "utf-16"; a label nobody registered counts as none. There is always an answer.
func DetectCharset(contentType string, head []byte) Charset {
	media, label := splitContentType(contentType)
	bom := bomCharset(head)
	if _, name, ok := lookupCharset(label); ok {
		if strings.HasPrefix(name, "utf-16") && strings.HasPrefix(bom, "utf-16") {
			name = bom
		}
		return Charset{name, FromHeader}
	}
	if bom != "" {
		return Charset{bom, FromBOM}
	}
	if name := declaredCharset(media, head); name != "" {
		return Charset{name, FromMeta}
	}
	if name := disguisedCharset(head); name != "" {
		return Charset{name, FromGuess}
	}
	if utf8.Valid(wholeRunes(head)) {
		return Charset{"utf-8", FromValidUTF8}
	}
	return Charset{guessCharset(media, head), FromGuess}
}

// splitContentType returns the media type and the charset parameter, in lower case. It forgives what
// [mime.ParseMediaType] does not (duplicates, stray semicolons, open quotes), because servers send it.
func splitContentType(s string) (media, charset string) {
	media, rest, _ := strings.Cut(strings.ToLower(s), ";")
	for _, param := range strings.Split(rest, ";") {
		name, value, _ := strings.Cut(param, "=")
		if charset == "" && strings.TrimSpace(name) == "charset" {
			charset = strings.Trim(value, "\"' \t")
		}
	}
	return strings.TrimSpace(media), charset
}

func bomCharset(head []byte) string {
	for _, b := range []struct{ mark, name string }{
		{"\xef\xbb\xbf", "utf-8"},
		{"\xff\xfe\x00\x00", "utf-32le"}, // before utf-16le, which it begins with
		{"\x00\x00\xfe\xff", "utf-32be"},
		{"\xff\xfe", "utf-16le"},
		{"\xfe\xff", "utf-16be"},
	} {
		if bytes.HasPrefix(head, []byte(b.mark)) {
			return b.name
		}
	}
	return ""
}

// disguisedCharset finds the encodings whose bytes are also valid UTF-8: UTF-16 and UTF-32 without a BOM, by where their
// zeros are (RFC 4627 section 3, as `requests` does for JSON), and ISO-2022-JP, by its escape sequences.
func disguisedCharset(head []byte) string {
	if len(head) >= 4 {
		zero := [4]bool{head[0] == 0, head[1] == 0, head[2] == 0, head[3] == 0}
		switch zero {
		case [4]bool{true, true, true, false}:
			return "utf-32be"
		case [4]bool{false, true, true, true}:
			return "utf-32le"
		case [4]bool{true, false, true, false}:
			return "utf-16be"
		case [4]bool{false, true, false, true}:
			return "utf-16le"
		}
	}
	for _, escape := range []string{"\x1b$@", "\x1b$B", "\x1b(J"} {
		if bytes.Contains(head, []byte(escape)) {
			return "iso-2022-jp"
		}
	}
	return ""
}

// wholeRunes cuts a UTF-8 sequence that the end of b leaves incomplete.
func wholeRunes(b []byte) []byte {
	for i := 1; i <= min(len(b), utf8.UTFMax-1); i++ {
		last := b[len(b)-i:]
		if utf8.RuneStart(last[0]) {
			if !utf8.FullRune(last) {
				return b[:len(b)-i]
			}
			break
		}
	}
	return b
}
