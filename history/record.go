package history

import (
	"time"

	"parley/collections/har"
	"parley/httpcore"
)

// Meta says where an exchange came from.
type Meta struct {
	// Collection is the folder of the collection, Request the path of the saved request in it; both may be empty.
	Collection string `json:"collection,omitempty"`
	Request    string `json:"request,omitempty"`
	// Environments are the names of those in use, later ones winning; Session is the name of the session.
	Environments []string `json:"environments,omitempty"`
	Session      string   `json:"session,omitempty"`
	// Written is the TOML of the request with variables unresolved.
	Written string `json:"written,omitempty"`
	// WithoutBodies keeps no content of requests and responses.
	WithoutBodies bool `json:"without_bodies,omitempty"`
	// Captured and Expect are what came of the response, secrets masked.
	Captured []har.Captured `json:"captured,omitempty"`
	Expect   []har.Expect   `json:"expect,omitempty"`
}

// record is the stored form of an exchange. Its JSON is a file format: fields may be added, never renamed.
type record struct {
	UID     string        `json:"uid"`
	Meta    Meta          `json:"meta"`
	Started time.Time     `json:"started"`
	Total   time.Duration `json:"total"`
	Asked   asked         `json:"asked"`
	Hops    []hop         `json:"hops"`
	Error   *problem      `json:"error,omitempty"`
}

// asked is an httpcore.Request; its content is that of the first hop.
type asked struct {
	Method  string           `json:"method,omitempty"`
	URL     string           `json:"url"`
	Path    httpcore.Fields  `json:"path,omitempty"`
	Params  httpcore.Fields  `json:"params,omitempty"`
	Headers httpcore.Fields  `json:"headers,omitempty"`
	Without []string         `json:"without,omitempty"`
	Cookies httpcore.Fields  `json:"cookies,omitempty"`
	Auth    httpcore.Auth    `json:"auth"`
	Options httpcore.Options `json:"options"`
	// Elsewhere is nil when nothing of the request was for its origin alone.
	Elsewhere *httpcore.Elsewhere `json:"elsewhere,omitempty"`
	// Secrets are the names of the secrets that were used.
	Secrets []string `json:"secrets,omitempty"`
}

type hop struct {
	Method   string             `json:"method"`
	URL      string             `json:"url"`
	Target   string             `json:"target"`
	Headers  []httpcore.Header  `json:"headers"`
	Body     *content           `json:"body,omitempty"`
	Dropped  []httpcore.Dropped `json:"dropped,omitempty"`
	Cookies  []decision         `json:"cookies,omitempty"`
	Attempts []attempt          `json:"attempts"`
}

type attempt struct {
	Started time.Time        `json:"started"`
	Repeat  *httpcore.Repeat `json:"repeat,omitempty"`
	// Headers are nil when they are those of the hop.
	Headers  []httpcore.Header  `json:"headers,omitempty"`
	SentHead string             `json:"sent_head,omitempty"`
	SentBody int64              `json:"sent_body,omitempty"`
	Interim  []httpcore.Interim `json:"interim,omitempty"`
	Response *response          `json:"response,omitempty"`
	Timeline httpcore.Timeline  `json:"timeline,omitempty"`
	Conn     httpcore.Conn      `json:"conn"`
	TLS      *httpcore.TLSInfo  `json:"tls,omitempty"`
	Error    *problem           `json:"error,omitempty"`
	// Wire is as long as the request's WireLimit allows.
	Wire *httpcore.WireLog `json:"wire,omitempty"`
}

type response struct {
	Proto    string          `json:"proto"`
	Status   int             `json:"status"`
	Reason   string          `json:"reason,omitempty"`
	Headers  httpcore.Fields `json:"headers"`
	Trailers httpcore.Fields `json:"trailers,omitempty"`
	RawHead  []byte          `json:"raw_head,omitempty"`
	WireSize int64           `json:"wire_size"`
	Codings  []string        `json:"codings,omitempty"`
	Cookies  []verdict       `json:"cookies,omitempty"`
	Body     *content        `json:"body,omitempty"`
}

// content is a body: in the record itself, in a file beside the database, or left out.
type content struct {
	Type string `json:"type,omitempty"`
	// Coding is the content coding that the content was sent under; what is kept is without it.
	Coding string `json:"coding,omitempty"`
	// Size counts the bytes that there were, kept or not.
	Size   int64  `json:"size"`
	Inline []byte `json:"inline,omitempty"`
	// Hash names a file in bodies/.
	Hash string `json:"hash,omitempty"`
	// Text is the beginning in UTF-8, for the full-text index, of text in another charset.
	Text string `json:"text,omitempty"`
	// Left says why the content was not kept.
	Left string `json:"left,omitempty"`
}

type problem struct {
	Kind    httpcore.Kind `json:"kind"`
	Message string        `json:"message"`
	Hint    string        `json:"hint,omitempty"`
	URL     string        `json:"url,omitempty"`
}

func problemOf(e *httpcore.Error) *problem {
	if e == nil {
		return nil
	}
	return &problem{Kind: e.Kind, Message: e.Message, Hint: e.Advice, URL: e.URL}
}

func (p *problem) err() *httpcore.Error {
	if p == nil {
		return nil
	}
	return &httpcore.Error{Kind: p.Kind, Message: p.Message, Advice: p.Hint, URL: p.URL}
}
