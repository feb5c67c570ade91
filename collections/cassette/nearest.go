package cassette

import (
	"fmt"
	"strings"

	"parley/collections"
	"parley/httpcore"
)

// maxNear bounds the entries that are looked at for the nearest one.
const maxNear = 1000

// unrecorded says that there is no answer, and what the nearest entry has instead.
func (c *Cassette) unrecorded(asked key, body digest) error {
	e := &httpcore.Error{
		Kind: httpcore.KindUnrecorded, URL: asked.url,
		Message: fmt.Sprintf("the recording has no answer to %s %s", asked.method, asked.url),
		Advice:  "record it again; what a request makes anew each time, such as uuid() or now(), is never as it was recorded",
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if same := c.byKey[asked]; len(same) > 0 {
		e.Message += ": " + differs(same, body)
		return e
	}
	if near := c.near(asked); near != nil {
		e.Message += fmt.Sprintf(": the nearest is entry %d, %s %s", near.number, near.key.method, near.key.url)
		if what := difference(asked, near.key); what != "" {
			e.Message += ", with another " + what
		}
	}
	return e
}

// differs says why none of the entries for a method and a URL will do.
func differs(same []*entry, body digest) string {
	for _, e := range same {
		if !e.used {
			return fmt.Sprintf("entry %d has another body, of %d bytes and not %d", e.number, e.body.size, body.size)
		}
	}
	times := fmt.Sprintf("%d times", len(same))
	if len(same) == 1 {
		times = "once"
	}
	return "it was recorded " + times + ", and is asked for once more"
}

func (c *Cassette) near(asked key) *entry {
	var texts []string
	byText := map[string]*entry{}
	for _, e := range c.entries[:min(len(c.entries), maxNear)] {
		text := e.key.method + " " + e.key.url
		if _, seen := byText[text]; !seen {
			texts = append(texts, text)
			byText[text] = e
		}
	}
	if found := collections.Nearest(asked.method+" "+asked.url, texts); found != "" {
		return byText[found]
	}
	for _, text := range texts { // a query may be longer than all the rest
		if e := byText[text]; bare(e.key.url) == bare(asked.url) {
			return e
		}
	}
	return nil
}

func bare(url string) string {
	url, _, _ = strings.Cut(url, "?")
	return url
}

// difference names the parts in which two requests differ.
func difference(a, b key) string {
	var parts []string
	if a.method != b.method {
		parts = append(parts, "method")
	}
	pathA, queryA, _ := strings.Cut(a.url, "?")
	pathB, queryB, _ := strings.Cut(b.url, "?")
	hostA, pathA := origin(pathA)
	hostB, pathB := origin(pathB)
	if hostA != hostB {
		parts = append(parts, "host")
	}
	if pathA != pathB {
		parts = append(parts, "path")
	}
	if queryA != queryB {
		parts = append(parts, "query")
	}
	return strings.Join(parts, " and ")
}

// origin parts the beginning of a URL from its path.
func origin(url string) (origin, path string) {
	scheme, rest, _ := strings.Cut(url, "://")
	host, path, _ := strings.Cut(rest, "/")
	return scheme + "://" + host, path
}
