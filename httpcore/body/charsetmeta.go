package body

import (
	"bytes"
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// declaredCharset is what a document says of itself in its first 1024 bytes (WHATWG HTML, prescan a byte stream; XML 1.0
// section 4.3.3; CSS Syntax, the @charset rule), "" when it says nothing that is known.
func declaredCharset(media string, head []byte) string {
	head = head[:min(len(head), 1024)]
	if bytes.HasPrefix(head, []byte("<?xml")) {
		if name := readableCharset(xmlEncoding(head)); name != "" {
			return name
		}
	}
	switch media {
	case "text/css":
		return readableCharset(cssCharset(head))
	case "", "text/html", "application/xhtml+xml":
		return metaCharset(head)
	}
	return ""
}

// readableCharset is the name of a label that was read as ASCII: a document that claims UTF-16 in ASCII is wrong, and
// is UTF-8 by the HTML standard.
func readableCharset(label string) string {
	_, name, ok := lookupCharset(label)
	if !ok {
		return ""
	}
	if strings.HasPrefix(name, "utf-16") || strings.HasPrefix(name, "utf-32") {
		return "utf-8"
	}
	return name
}

func xmlEncoding(head []byte) string {
	declaration, _, ok := bytes.Cut(head, []byte("?>"))
	if !ok {
		return ""
	}
	return firstGroup(`\sencoding\s*=\s*["']([A-Za-z0-9._:-]+)["']`, declaration)
}

func cssCharset(head []byte) string { return firstGroup(`\A@charset "([^"]+)";`, head) }

func firstGroup(expression string, in []byte) string {
	found := regexp.MustCompile(expression).FindSubmatch(in)
	if found == nil {
		return ""
	}
	return string(found[1])
}

func metaCharset(head []byte) string {
	z := html.NewTokenizer(bytes.NewReader(head))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken, html.SelfClosingTagToken:
			if name := readableCharset(metaLabel(z.Token())); name != "" {
				return name
			}
		}
	}
}

// metaLabel is the charset a meta element names, directly or as the content of http-equiv="content-type".
func metaLabel(t html.Token) string {
	if t.Data != "meta" {
		return ""
	}
	attributes := map[string]string{}
	for _, a := range t.Attr {
		attributes[a.Key] = a.Val
	}
	if label, ok := attributes["charset"]; ok {
		return label
	}
	if strings.EqualFold(attributes["http-equiv"], "content-type") {
		_, label := splitContentType(attributes["content"])
		return label
	}
	return ""
}
