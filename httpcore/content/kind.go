package content

import (
	"bytes"
	"mime"
	"net/http"
	"strings"
)

// Kind is what a body is, as far as showing it goes.
type Kind uint8

const (
	Unknown Kind = iota // nothing said and nothing seen yet
	JSON
	NDJSON // JSON texts one after another
	XML
	HTML
	CSS
	JavaScript
	YAML
	GraphQL
	Form      // application/x-www-form-urlencoded
	Multipart // multipart/*
	CSV       // records of fields, whatever parts them
	Text
	Image
	Binary
)

var kindNames = [...]string{"unknown", "JSON", "NDJSON", "XML", "HTML", "CSS", "JavaScript", "YAML", "GraphQL", "form", "multipart", "CSV", "text", "image", "binary"}

// String is the kind's name for people.
func (k Kind) String() string { return kindNames[k] }

// Kinds are all that a body can be said to be.
func Kinds() []Kind {
	kinds := make([]Kind, 0, len(kindNames)-1)
	for k := range kindNames {
		if Kind(k) != Unknown {
			kinds = append(kinds, Kind(k))
		}
	}
	return kinds
}

// SniffLen is how many bytes of a body [Sniff] looks at.
const SniffLen = 512

// Sniff tells of which kind a body is from its Content-Type and its first
// bytes, SniffLen of them if there are as many. A type that says something is
// believed; a missing or generic one (text/plain, application/octet-stream) is
// not, because servers send it for everything. Without a useful type and
// without bytes the kind is Unknown. JSON behind a guard ([Preamble]) is JSON
// whether it says to be nothing, HTML or a script.
func Sniff(contentType string, head []byte) Kind {
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		media, _, _ = strings.Cut(contentType, ";")
		media = strings.ToLower(strings.TrimSpace(media))
	}
	kind := fromMedia(media)
	if kind == Unknown || kind == HTML || kind == JavaScript {
		if guarded, ok := guardedJSON(head); ok {
			return guarded
		}
	}
	switch kind {
	case Unknown:
	case HTML:
		return jsonInstead(head)
	default:
		return kind
	}
	kind = fromBytes(head)
	if kind == Unknown && strings.HasPrefix(media, "text/") {
		return Text
	}
	return kind
}

// jsonInstead is JSON for what says to be HTML and is an object or array, as
// scripts send it that set no type, else HTML.
func jsonInstead(head []byte) Kind {
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte(byteOrderMark)), " \t\r\n")
	if len(text) > 1 && (text[0] == '{' || text[0] == '[') {
		if kind := fromJSON(text); kind != Text {
			return kind
		}
	}
	return HTML
}

// fromMedia is the kind that a media type names, Unknown if it says little.
func fromMedia(media string) Kind {
	if kind, ok := mediaKinds[media]; ok {
		return kind
	}
	switch {
	case strings.HasSuffix(media, "+json"):
		return JSON
	case strings.HasSuffix(media, "+xml"):
		return XML
	case strings.HasSuffix(media, "+yaml"):
		return YAML
	case strings.HasSuffix(media, "+json-seq"):
		return Text
	case strings.HasPrefix(media, "multipart/"):
		return Multipart
	case strings.HasPrefix(media, "image/"):
		return Image
	case strings.HasPrefix(media, "audio/"), strings.HasPrefix(media, "video/"), strings.HasPrefix(media, "font/"):
		return Binary
	case strings.HasPrefix(media, "text/") && media != "text/plain":
		return Text
	}
	return Unknown
}

var mediaKinds = map[string]Kind{
	"application/json":                  JSON,
	"text/json":                         JSON,
	"application/manifest+json":         JSON,
	"application/x-ndjson":              NDJSON,
	"application/ndjson":                NDJSON,
	"application/jsonl":                 NDJSON,
	"application/x-jsonlines":           NDJSON,
	"application/json-lines":            NDJSON,
	"application/stream+json":           NDJSON,
	"application/xml":                   XML,
	"text/xml":                          XML,
	"application/xml-dtd":               XML,
	"image/svg+xml":                     XML,
	"text/html":                         HTML,
	"application/xhtml+xml":             HTML,
	"text/css":                          CSS,
	"text/javascript":                   JavaScript,
	"application/javascript":            JavaScript,
	"application/x-javascript":          JavaScript,
	"application/ecmascript":            JavaScript,
	"application/yaml":                  YAML,
	"application/x-yaml":                YAML,
	"text/yaml":                         YAML,
	"text/x-yaml":                       YAML,
	"application/graphql":               GraphQL,
	"application/x-www-form-urlencoded": Form,
	"text/csv":                          CSV,
	"text/x-csv":                        CSV,
	"application/csv":                   CSV,
	"application/x-csv":                 CSV,
	"text/tab-separated-values":         CSV,
	"application/pdf":                   Binary,
	"application/zip":                   Binary,
	"application/gzip":                  Binary,
	"application/wasm":                  Binary,
}

// fromBytes is the kind that the first bytes look like.
func fromBytes(head []byte) Kind {
	if len(head) == 0 {
		return Unknown
	}
	detected := http.DetectContentType(head)
	switch {
	case strings.HasPrefix(detected, "image/"):
		return Image
	case strings.Contains(detected, "charset=utf-16"):
		return Text
	case !strings.HasPrefix(detected, "text/"):
		return Binary
	}
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n")
	switch {
	case len(text) == 0:
		return Text
	case strings.HasPrefix(detected, "text/html") && !bytes.HasPrefix(text, []byte("<!--")):
		return HTML
	case text[0] == '<':
		return fromMarkup(text)
	case text[0] == '{' || text[0] == '[' || text[0] == '"':
		return fromJSON(text)
	case bytes.HasPrefix(text, []byte("---\n")) || bytes.HasPrefix(text, []byte("%YAML")):
		return YAML
	}
	return Text
}

func fromMarkup(text []byte) Kind {
	for bytes.HasPrefix(text, []byte("<!--")) { // either may begin with comments
		_, behind, ended := bytes.Cut(text, []byte("-->"))
		if behind = bytes.TrimLeft(behind, " \t\r\n"); !ended || len(behind) == 0 {
			return HTML
		}
		if text = behind; strings.HasPrefix(http.DetectContentType(text), "text/html") && !bytes.HasPrefix(text, []byte("<!--")) {
			return HTML
		}
	}
	lower := bytes.ToLower(text[:min(len(text), 256)])
	switch {
	case bytes.HasPrefix(lower, []byte("<!doctype html")), bytes.Contains(lower, []byte("<html")):
		return HTML
	case len(text) > 1 && (text[1] == '?' || text[1] == '!' || text[1] >= 'a' && text[1] <= 'z' || text[1] >= 'A' && text[1] <= 'Z'):
		return XML
	}
	return Text
}

// fromJSON believes text to be JSON while the scanner does. A second text on a
// line of its own makes it NDJSON.
func fromJSON(text []byte) Kind {
	s := NewStreamScanner()
	tokens := 0
	for at := 0; ; tokens++ {
		t, n := s.Next(text[at:])
		at += n
		if t.Kind == None {
			break
		}
		if t.Kind == Invalid {
			if tokens < 4 { // a lone bracket or two proves nothing
				return Text
			}
			break
		}
	}
	if s.Values() > 1 {
		return NDJSON
	}
	return JSON
}
