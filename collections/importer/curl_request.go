package importer

import (
	"slices"
	"strconv"

	"parley/collections"
	"parley/collections/tomldoc"
)

// builder makes the request of one URL of an operation.
type builder struct {
	*operation
	request *collections.Request
	notes   []Note
	// urlUser is the user that the URL named, when it is not left there.
	urlUser *string
}

func (o *operation) item(target string) Item {
	if o.proxyUser != "" {
		o.proxyWithUser(o.proxyUser)
	}
	b := &builder{operation: o, request: &collections.Request{Options: o.options}, notes: slices.Clone(o.notes)}
	b.url(target)
	b.chooseMethod()
	b.chooseHeaders()
	b.chooseBody()
	b.chooseAuth()
	b.chooseRedirects()
	b.withoutProxy()
	b.connectElsewhere()
	return Item{Request: b.request, Notes: b.notes, Manners: b.manners()}
}

// manners are what curl does beside sending the request.
func (b *builder) manners() Manners {
	m := b.habits
	m.RefusesRedirects = b.follow && b.maxHops == "0"
	if !b.codings && !b.hasHeader("Accept-Encoding") {
		m.Without = append(m.Without, "Accept-Encoding") // curl asks for a coding only when it is told to
	}
	if len(b.data) == 0 && len(b.parts) == 0 && b.upload == "" && !b.hasHeader("Content-Length") {
		m.Without = append(m.Without, "Content-Length") // curl says nothing of a body that it does not have
	}
	return m
}

func (b *builder) note(outcome Outcome, what, why string) {
	b.notes = append(b.notes, Note{outcome, what, why})
}

func (b *builder) chooseMethod() {
	method := "GET"
	switch {
	case b.method != "":
		method = b.method
	case b.isHead:
		method = "HEAD"
	case b.isGet:
	case len(b.data) > 0 || len(b.parts) > 0:
		method = "POST"
	case b.upload != "":
		method = "PUT"
	}
	if method != "GET" {
		b.request.Method = value(method)
	}
}

// curlHops is how many redirects curl follows unless told.
const curlHops = 50

func (b *builder) chooseRedirects() {
	switch n, err := strconv.Atoi(b.maxHops); {
	case !b.follow:
		b.request.Options.Redirects = tomldoc.Boolean(false)
	case b.maxHops == "":
		b.request.Options.Redirects = tomldoc.Int(curlHops)
	case err != nil:
		b.note(Lost, "--max-redirs "+b.maxHops, "it is no number")
	case n < 0:
		b.request.Options.Redirects = tomldoc.Int(1000)
		b.note(Changed, "--max-redirs -1", "1000 redirects are followed at most")
	default:
		b.request.Options.Redirects = tomldoc.Int(int64(n))
	}
}
