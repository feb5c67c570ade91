// Package planted has secrets that tests plant, and finds what is left of them in any form.
package planted

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// Secret is a secret between whose two halves stand characters that every coding spells in its own way. Each half is
// looked for by itself, so that what was cut is found as well, and what was coded twice.
type Secret struct {
	Value string
	forms map[string]string
}

// most bounds what is unpacked of one text.
const most = 8 << 20

// New returns a secret made of eight or more letters and digits, which stand nowhere else.
func New(letters string) Secret {
	last := reversed(letters)
	s := Secret{Value: letters + `/+"&=%>?~\'` + last, forms: map[string]string{}}
	for _, half := range []string{letters, last} {
		s.forms[half] = half
		s.forms[hex.EncodeToString([]byte(half))] = half + " in hexadecimal"
		s.forms[strings.ToUpper(hex.EncodeToString([]byte(half)))] = half + " in hexadecimal"
		percent, escapes := "", ""
		for _, c := range []byte(half) {
			percent += fmt.Sprintf("%%%02x", c)
			escapes += fmt.Sprintf(`\u%04x`, c)
		}
		s.forms[percent], s.forms[strings.ToUpper(percent)] = half+" in percents", half+" in percents"
		s.forms[escapes] = half + " in escapes"
		for shift := range 3 {
			text := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat("x", shift) + half))
			s.forms[text[(shift*8+5)/6:(shift+len(half))*8/6]] = half + " in Base64"
		}
	}
	return s
}

func reversed(s string) string {
	b := []byte(s)
	for i := range b {
		b[i] = s[len(s)-1-i]
	}
	return string(b)
}

// In says in which form the secret is in data, also in what is packed there; "" when it is not.
func (s Secret) In(data []byte) string {
	if found := s.plainly(data); found != "" {
		return found
	}
	for _, packed := range unpacked(data) {
		if found := s.plainly(packed); found != "" {
			return found + ", packed"
		}
	}
	return ""
}

func (s Secret) plainly(data []byte) string {
	text := strings.NewReplacer("-", "+", "_", "/").Replace(string(data)) // one alphabet of Base64
	for form, name := range s.forms {
		if at := strings.Index(text, form); at >= 0 {
			return fmt.Sprintf("%s, in %q", name, data[max(0, at-160):min(len(data), at+len(form)+80)])
		}
	}
	return ""
}

// gzipped is how Base64 of what is packed with gzip begins.
var gzipped = regexp.MustCompile(`H4sI[A-Za-z0-9+/]+`)

// unpacked returns what is packed somewhere in data.
func unpacked(data []byte) [][]byte {
	var list [][]byte
	for _, coded := range gzipped.FindAll(data, -1) {
		packed, err := base64.RawStdEncoding.DecodeString(string(coded))
		if err == nil {
			list = append(list, unpack(packed, gunzip))
		}
	}
	for magic, open := range map[string]func(io.Reader) (io.Reader, error){"\x1f\x8b\x08": gunzip, "\x28\xb5\x2f\xfd": unzstd} {
		for rest := data; ; {
			at := bytes.Index(rest, []byte(magic))
			if at < 0 {
				break
			}
			list = append(list, unpack(rest[at:], open))
			rest = rest[at+1:]
		}
	}
	return list
}

// unpack returns as much as can be unpacked; what follows the packed part, or cuts it, is no matter.
func unpack(data []byte, open func(io.Reader) (io.Reader, error)) []byte {
	r, err := open(bytes.NewReader(data))
	if err != nil {
		return nil
	}
	content, _ := io.ReadAll(io.LimitReader(r, most)) //nolint:errcheck // it is what came before an error that is looked at
	return content
}

func gunzip(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) }

func unzstd(r io.Reader) (io.Reader, error) {
	return zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(most))
}
