package body

import (
	"fmt"
	"io"
	"strings"

	"github.com/saintfish/chardet"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
	"golang.org/x/text/transform"
)

// lookupCharset finds an encoding by any of its labels: first as the WHATWG Encoding Standard has it, then what only
// IANA registered.
func lookupCharset(label string) (e encoding.Encoding, name string, ok bool) {
	label = strings.ToLower(strings.TrimSpace(label))
	switch label {
	case "":
		return nil, "", false
	case "utf-32", "utf-32be":
		return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), "utf-32be", true
	case "utf-32le":
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM), "utf-32le", true
	}
	// The standard replaces a few encodings by nothing, for the safety of browsers; a reader may still want them.
	if e, err := htmlindex.Get(label); err == nil && e != encoding.Replacement {
		if name, err := htmlindex.Name(e); err == nil {
			return e, name, true
		}
	}
	if e, err := ianaindex.IANA.Encoding(label); err == nil && e != nil {
		return e, label, true
	}
	return nil, "", false
}

// guessCharset asks a detector, and falls back to windows-1252 as browsers do.
func guessCharset(media string, head []byte) string {
	detector := chardet.NewTextDetector()
	if strings.HasSuffix(media, "html") {
		detector = chardet.NewHtmlDetector()
	}
	found, err := detector.DetectAll(head[:min(len(head), 16<<10)])
	if err != nil {
		return "windows-1252"
	}
	best, confidence := "windows-1252", 0
	for _, f := range found {
		_, name, ok := lookupCharset(strings.Replace(f.Charset, "GB-18030", "GB18030", 1)) // its own spelling
		// The detector's order is random among equals; the answer must not be.
		if ok && (f.Confidence > confidence || f.Confidence == confidence && name < best) {
			best, confidence = name, f.Confidence
		}
	}
	return best
}

// NewUTF8Reader converts text in the named charset (any label that [DetectCharset] or a Content-Type may give) to UTF-8
// as a stream: a byte order mark is dropped and what cannot be converted becomes U+FFFD, so the result is always valid.
// An unknown name is an [*Error] of kind [UnknownCharset].
func NewUTF8Reader(r io.Reader, name string) (io.Reader, error) {
	e, canonical, ok := lookupCharset(name)
	if !ok {
		return nil, &Error{
			Kind:    UnknownCharset,
			Message: fmt.Sprintf("the charset %q is not known", name),
			Advice:  "use a name from the WHATWG Encoding Standard or the IANA registry, as utf-8, windows-1252, shift_jis or gb18030",
		}
	}
	if !strings.HasPrefix(canonical, "utf-") {
		return transform.NewReader(r, e.NewDecoder()), nil
	}
	if canonical != "utf-8" {
		r = transform.NewReader(r, e.NewDecoder())
	}
	return transform.NewReader(r, unicode.UTF8BOM.NewDecoder()), nil
}
