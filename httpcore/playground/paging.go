package playground

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

const maxPerPage = 100

// A page is which part of a list a client asked for; pages count from 1.
type page struct{ number, size int }

func pageOf(p *params) page {
	return page{number: p.number("page", 1, 1, 1<<30), size: p.number("per_page", 30, 1, maxPerPage)}
}

// bounds are the page's indices into a list of that length; past the end both are total.
func (p page) bounds(total int) (from, to int) {
	from = min((p.number-1)*p.size, total)
	return from, min(from+p.size, total)
}

// link sets Link (RFC 8288) to the pages around this one, and X-Total-Count.
func (p page) link(w http.ResponseWriter, r *http.Request, total int) {
	last := max(1, (total+p.size-1)/p.size)
	var links []string
	add := func(rel string, number int) {
		links = append(links, fmt.Sprintf(`<%s>; rel=%q`, pageURL(r, number), rel))
	}
	if p.number > 1 {
		add("first", 1)
		add("prev", min(p.number-1, last))
	}
	if p.number < last {
		add("next", p.number+1)
		add("last", last)
	}
	w.Header().Set("X-Total-Count", strconv.Itoa(total))
	if len(links) > 0 {
		w.Header().Set("Link", strings.Join(links, ", "))
	}
}

// pageURL is the request's own URL, absolute, with another page number.
func pageURL(r *http.Request, number int) string {
	u := *r.URL
	u.Scheme, u.Host = "http", r.Host
	if r.TLS != nil {
		u.Scheme = "https"
	}
	q := u.Query()
	q.Set("page", strconv.Itoa(number))
	u.RawQuery = q.Encode()
	return u.String()
}
