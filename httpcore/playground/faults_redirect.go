package playground

import (
	"net/url"
	"strconv"
	"strings"
)

func redirectFaults() []Fault {
	return []Fault{
		{Name: "redirect-loop", Sentence: "redirects to itself (too many redirects)", serve: func(w *wire) {
			if w.head() {
				w.redirect(w.path())
			}
		}},
		{Name: "redirect-loop-of-two", Sentence: "redirects there and back", serve: func(w *wire) {
			if w.head() {
				w.redirect(w.path() + "?hop=" + strconv.Itoa(1-w.hop()%2))
			}
		}},
		{Name: "redirect-chain", Sentence: "redirects to ever new addresses, and answers after the last (40, unless set)", serve: func(w *wire) {
			switch {
			case !w.head():
			case w.hop() < w.opts.Count:
				w.redirect(w.path() + "?hop=" + strconv.Itoa(w.hop()+1))
			default:
				w.send(okHead + "Connection: close\r\n\r\n" + faultBody)
			}
		}},
		{Name: "redirect-no-location", Sentence: "has 302 without Location (a response like any other)", serve: reply("HTTP/1.1 302 Found\r\nContent-Length: 41\r\n\r\n" + faultBody)},
		{Name: "redirect-bad-location", Sentence: "redirects to what is no URL", serve: reply("HTTP/1.1 302 Found\r\nLocation: http://[half/\r\nContent-Length: 0\r\n\r\n")},
		{Name: "redirect-scheme", Sentence: "redirects to file:///etc/passwd (to be refused)", serve: reply("HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n")},
		{Name: "redirect-utf8", Sentence: "redirects to a path in bare UTF-8 with a space in it", serve: func(w *wire) {
			switch {
			case !w.head():
			case strings.Contains(w.target, "?"):
				w.send(okHead + "Connection: close\r\n\r\n" + faultBody)
			default:
				w.redirect(w.path() + "?to=grüße und so")
			}
		}},
	}
}

func (w *wire) redirect(to string) {
	w.sendf("HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", to)
}

func (w *wire) path() string {
	path, _, _ := strings.Cut(w.target, "?")
	return path
}

// hop is the number in the target's query; one that is malformed counts as the start.
func (w *wire) hop() int {
	_, query, _ := strings.Cut(w.target, "?")
	values, err := url.ParseQuery(query)
	if err != nil {
		return 0
	}
	n, err := strconv.Atoi(values.Get("hop"))
	if err != nil {
		return 0
	}
	return n
}
