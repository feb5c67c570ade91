package report

import (
	"bufio"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html"
	"io"
)

//go:embed page.css
var pageStyle string

//go:embed page.js
var pageScript string

// markup writes HTML. Text that is not written here goes through text and attribute only, which escape all that has a
// meaning in either place; no text of others ever stands in a style, a script, a URL or a comment.
type markup struct{ w *bufio.Writer }

// raw writes what is written in this package.
func (m markup) raw(s string) { _, _ = m.w.WriteString(s) } // a bufio.Writer keeps its error for Flush

// rawf writes numbers and words of this package into what is written there.
func (m markup) rawf(format string, args ...any) { _, _ = fmt.Fprintf(m.w, format, args...) }

func (m markup) text(s string) { m.raw(html.EscapeString(s)) }

func (m markup) attribute(name, value string) {
	m.rawf(` %s="`, name)
	m.text(value)
	m.raw(`"`)
}

// element writes an element with nothing but text in it.
func (m markup) element(tag, class, text string) {
	m.raw("<" + tag)
	if class != "" {
		m.attribute("class", class)
	}
	m.raw(">")
	m.text(text)
	m.raw("</" + tag + ">")
}

// head writes everything before the body. The page can load nothing and send nothing: its policy lets in only the style and
// the script that stand in it, by their hashes.
func (m markup) head(title string) {
	m.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
	m.rawf("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'\">\n",
		hashOf(pageStyle), hashOf(pageScript))
	m.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>")
	m.text(title)
	m.raw("</title>\n<style>" + pageStyle + "</style>\n</head>\n<body>\n")
}

// foot ends the page.
func (m markup) foot() { m.raw("<script>" + pageScript + "</script>\n</body>\n</html>\n") }

func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

func newMarkup(w io.Writer) markup { return markup{bufio.NewWriterSize(w, 64<<10)} }
