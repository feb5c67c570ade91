package playground

import (
	"fmt"
	"net/http"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

// greetings are in as many scripts as the charsets of the web cover; each charset gets those that it can say.
var greetings = []string{
	"Plain ASCII: the quick brown fox.",
	"Français: garçon, où est le cœur ? 100 €",
	"Deutsch: Größe, Übung, Straße",
	"Polski: zażółć gęślą jaźń",
	"Русский: съешь ещё этих мягких булок",
	"Ελληνικά: ξεσκεπάζω την ψυχοφθόρα",
	"עברית: דג סקרן שט בים",
	"العربية: نص حكيم له سر قاطع",
	"日本語: いろはにほへと ちりぬるを",
	"한국어: 다람쥐 헌 쳇바퀴에 타고파",
	"中文: 天地玄黄，宇宙洪荒",
	"繁體: 天地玄黃，宇宙洪荒",
	"Emoji: 🧪🚀",
}

// charsetText sends the greetings in the charset of that label (WHATWG Encoding), and says so where the client asked: in
// Content-Type, by a byte order mark, in an HTML meta element, or not at all, so that a client has to guess.
func charsetText(w http.ResponseWriter, r *http.Request) {
	p := paramsOf(r)
	declare := p.text("declare", "header")
	enc, err := htmlindex.Get(r.PathValue("name"))
	if err != nil {
		problem(w, http.StatusNotFound, "no such charset: "+r.PathValue("name"))
		return
	}
	name, err := htmlindex.Name(enc)
	if err != nil {
		problem(w, http.StatusNotFound, "that charset has no name on the web")
		return
	}
	if name == "utf-16le" || name == "utf-16be" {
		// The WHATWG label decodes only; to write, and with the mark or without it, takes the Unicode package.
		enc = utf16(name, declare == "bom")
	}
	media, head, tail := "text/plain", "", ""
	switch declare {
	case "header":
		media += "; charset=" + name
	case "meta":
		media = "text/html"
		head = fmt.Sprintf("<!doctype html>\n<meta charset=%q>\n<pre>\n", name)
		tail = "</pre>\n"
	case "bom":
		if name == "utf-8" {
			head = "\ufeff"
		} else if name != "utf-16le" && name != "utf-16be" {
			p.fail("declare", "only utf-8, utf-16le and utf-16be have a byte order mark")
		}
	case "none":
	default:
		p.fail("declare", "%q is not header, bom, meta or none", declare)
	}
	if !p.ok(w) {
		return
	}
	body, err := enc.NewEncoder().Bytes([]byte(head + sayable(enc) + tail))
	if err != nil {
		problem(w, http.StatusInternalServerError, err.Error())
		return
	}

	w.Header().Set("Content-Type", media)
	_, _ = w.Write(body) // fails only when the client has gone
}

func utf16(name string, mark bool) encoding.Encoding {
	order := unicode.LittleEndian
	if name == "utf-16be" {
		order = unicode.BigEndian
	}
	policy := unicode.IgnoreBOM
	if mark {
		policy = unicode.UseBOM
	}
	return unicode.UTF16(order, policy)
}

// sayable joins the greetings that enc can encode, and that come back the same.
func sayable(enc encoding.Encoding) string {
	text := ""
	for _, g := range greetings {
		b, err := enc.NewEncoder().Bytes([]byte(g))
		if err != nil {
			continue
		}
		if back, err := enc.NewDecoder().Bytes(b); err == nil && string(back) == g {
			text += g + "\n"
		}
	}
	return text
}
