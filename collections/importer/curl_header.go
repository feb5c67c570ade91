package importer

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"parley/collections"
)

// chooseHeaders takes -H, and the options that stand for a header unless -H says it.
func (b *builder) chooseHeaders() {
	for _, line := range b.headers {
		if name, isFile := strings.CutPrefix(line, "@"); isFile {
			b.headersOf(name)
			continue
		}
		b.header(line)
	}
	if b.agent != nil {
		b.option("User-Agent", *b.agent)
	}
	if b.referer != nil && *b.referer != "" {
		b.option("Referer", *b.referer)
	}
	if b.byteRange != "" {
		b.option("Range", "bytes="+openRange(b.byteRange))
	}
	if b.condition != nil && !b.hasHeader(b.condition.Name) {
		b.add(*b.condition)
	}
	if b.isJSON && !b.isGet {
		b.option("Content-Type", "application/json")
		b.option("Accept", "application/json")
	}
	b.chooseCookies()
}

// headersOf takes the headers of a file.
func (b *builder) headersOf(name string) {
	if b.files == nil {
		b.note(Lost, "--header @"+name, "headers are not read from files")
		return
	}
	text, err := b.files(name)
	if err != nil {
		b.note(Lost, "--header @"+name, err.Error())
		return
	}
	for _, line := range fileHeaders(text) {
		b.header(line)
	}
}

// etagCompare asks for what has changed since the ETag in a file; without one, curl compares with an empty one.
func (o *operation) etagCompare(name string) {
	if o.files == nil {
		o.lost("--etag-compare "+name, "an ETag is not read from a file")
		return
	}
	tag := `""`
	if text, err := o.files(name); err == nil && strings.TrimSpace(text) != "" {
		tag = strings.TrimSpace(text)
	}
	o.condition = &collections.Entry{Name: "If-None-Match", Value: value(tag)}
}

// openRange completes a number alone, as curl does.
func openRange(r string) string {
	if _, err := strconv.ParseUint(r, 10, 64); err == nil {
		return r + "-"
	}
	return r
}

// header takes one -H: `Name: value`, `Name:` to leave out a header of curl's own, `Name;` for an empty one.
func (b *builder) header(line string) {
	name, text, hasColon := strings.Cut(line, ":")
	name, text = strings.TrimSpace(name), strings.Trim(text, " \t\r\n")
	switch {
	case hasColon && text == "":
		b.add(collections.Entry{Name: templated(name), Value: collections.Str(""), Off: true})
	case hasColon:
		b.add(collections.Entry{Name: templated(name), Value: value(text)})
	case !hasColon && strings.HasSuffix(line, ";"):
		b.add(collections.Entry{Name: templated(strings.TrimSuffix(name, ";")), Value: collections.Str("")})
	default:
		b.note(Lost, "--header "+line, "it is not NAME: VALUE, and curl does not send it either")
	}
}

func (b *builder) add(entry collections.Entry) { b.request.Headers = append(b.request.Headers, entry) }

// option adds a header unless -H did; an empty one switches it off.
func (b *builder) option(name, text string) {
	if !b.hasHeader(name) {
		b.add(collections.Entry{Name: name, Value: value(text), Off: text == ""})
	}
}

func (b *builder) hasHeader(name string) bool {
	return slices.ContainsFunc(b.request.Headers, func(e collections.Entry) bool { return strings.EqualFold(e.Name, name) })
}

// chooseCookies makes entries of cookies that can be written so, else a header that says the same.
func (b *builder) chooseCookies() {
	whole := strings.Join(b.cookies, "; ")
	if whole == "" || b.hasHeader("Cookie") {
		return
	}
	var entries []collections.Entry
	for pair := range strings.SplitSeq(whole, "; ") {
		name, text, ok := strings.Cut(pair, "=")
		if !ok || name == "" || strings.ContainsAny(pair, "; ") {
			b.add(collections.Entry{Name: "Cookie", Value: value(whole)})
			return
		}
		entries = append(entries, collections.Entry{Name: templated(name), Value: value(text)})
	}
	b.request.Cookies = entries
}

// timeLayouts are the spellings of dates that people give to --time-cond.
var timeLayouts = []string{
	http.TimeFormat, time.RFC1123Z, time.RFC850, time.ANSIC, time.RFC3339, time.DateTime, time.DateOnly,
	"Jan 2 15:04:05 2006 MST", "2 Jan 2006 15:04:05 MST", "2 Jan 2006 15:04:05", "2 Jan 2006", "Jan 2 2006", "20060102",
}

// timeCondition makes the header that --time-cond stands for: If-Modified-Since, or with a minus If-Unmodified-Since.
func (o *operation) timeCondition(v string) {
	name, text := "If-Modified-Since", v
	if rest, ok := strings.CutPrefix(v, "-"); ok {
		name, text = "If-Unmodified-Since", rest
	} else if rest, ok := strings.CutPrefix(v, "="); ok {
		name, text = "Last-Modified", rest
	}
	for _, layout := range timeLayouts {
		if at, err := time.Parse(layout, text); err == nil {
			o.condition = &collections.Entry{Name: name, Value: collections.Str(at.UTC().Format(http.TimeFormat))}
			return
		}
	}
	o.lost("--time-cond "+v, "it is no date that is understood, and the time of a file is not looked at")
}
