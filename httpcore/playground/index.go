package playground

import (
	"fmt"
	"html"
	"net/http"
	"strings"
)

const indexTitle = "Parley playground"

// index lists the endpoints: as HTML for a client that asks for it first, as text for every other.
func (h *Handler) index(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Vary", "Accept")
	if strings.HasPrefix(r.Header.Get("Accept"), "text/html") {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		h.indexHTML(w)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	h.indexText(w)
}

func (h *Handler) indexText(w http.ResponseWriter) {
	fmt.Fprintf(w, "%s\n", indexTitle)
	for _, s := range h.sections() {
		fmt.Fprintf(w, "\n%s\n", s.title)
		for _, e := range s.endpoints {
			fmt.Fprintf(w, "  %s\n      %s\n", e.Usage, e.Sentence)
		}
	}
}

const indexHead = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>` + indexTitle + `</title>
<style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
dt { font-family: ui-monospace, monospace; margin-top: .6rem }
</style></head><body><h1>` + indexTitle + `</h1>
`

func (h *Handler) indexHTML(w http.ResponseWriter) {
	fmt.Fprint(w, indexHead)
	for _, s := range h.sections() {
		fmt.Fprintf(w, "<h2>%s</h2>\n<dl>\n", html.EscapeString(s.title))
		for _, e := range s.endpoints {
			usage := html.EscapeString(e.Usage)
			if e.Try != "" {
				usage = fmt.Sprintf(`<a href="%s">%s</a>`, html.EscapeString(e.Try), usage)
			}
			fmt.Fprintf(w, "<dt>%s</dt><dd>%s</dd>\n", usage, html.EscapeString(e.Sentence))
		}
		fmt.Fprint(w, "</dl>\n")
	}
	fmt.Fprint(w, "</body></html>\n")
}
