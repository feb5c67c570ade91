package filter

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/antchfx/xmlquery"

	"parley/httpcore/content"
)

// BodyError is a body that is not what the language reads.
type BodyError struct {
	Kind   content.Kind // what it should be
	Offset int64        // of what cannot be, in UTF-8; below 0 where that is not known
	Msg    string
}

func (e *BodyError) Error() string {
	if e.Offset < 0 {
		return fmt.Sprintf("the body is not %s that can be read: %s", e.Kind, e.Msg)
	}
	return fmt.Sprintf("the body is not %s: %s (byte %d)", e.Kind, e.Msg, e.Offset)
}

// xmlTree reads a document as a tree. The tree keeps the prefixes of names as
// they are written, tells where text was CDATA, and bounds how deep elements
// nest, which the reader of xmlquery does not.
type xmlTree struct {
	decoder *xml.Decoder
	open    []*xmlquery.Node // the document first
	scopes  []scope
	strings map[string]string // that come again and again share their memory
	// namespaces are all that the document declares: those of its root first,
	// then those that came first.
	namespaces map[string]string
	elements   int64
}

// scope is a namespace that is declared from some element on.
type scope struct {
	depth       int
	prefix, uri string
}

const (
	xmlNamespace    = "http://www.w3.org/XML/1998/namespace"
	maxShared       = 64 // how long a string is that is shared
	maxSharedKinds  = 4096
	maxElementDepth = content.MaxDepth
)

func newXMLTree(r io.Reader, charsetReader func(string, io.Reader) (io.Reader, error)) *xmlTree {
	t := &xmlTree{decoder: xml.NewDecoder(r), strings: map[string]string{}, namespaces: map[string]string{"xml": xmlNamespace}}
	t.decoder.CharsetReader = charsetReader
	t.open = []*xmlquery.Node{{Type: xmlquery.DocumentNode}}
	t.scopes = []scope{{0, "xml", xmlNamespace}}
	return t
}

// read returns the document.
func (t *xmlTree) read() (*xmlquery.Node, error) {
	for {
		token, err := t.decoder.RawToken()
		if err == io.EOF {
			return t.whole()
		}
		if err != nil {
			return nil, t.refuse(err)
		}
		if err := t.take(token); err != nil {
			return nil, err
		}
	}
}

func (t *xmlTree) take(token xml.Token) error {
	switch token := token.(type) {
	case xml.StartElement:
		return t.begin(token)
	case xml.EndElement:
		return t.end(token)
	case xml.CharData:
		t.add(&xmlquery.Node{Type: xmlquery.TextNode, Data: t.shared(string(token))})
	case xml.Comment:
		t.add(&xmlquery.Node{Type: xmlquery.CommentNode, Data: string(token)})
	case xml.ProcInst:
		if token.Target != "xml" { // the declaration is no node of XPath
			data := &xmlquery.ProcInstData{Target: token.Target, Inst: strings.TrimSpace(string(token.Inst))}
			t.add(&xmlquery.Node{Type: xmlquery.ProcessingInstruction, Data: token.Target, ProcInst: data})
		}
	}
	return nil
}

func (t *xmlTree) add(n *xmlquery.Node) { xmlquery.AddChild(t.open[len(t.open)-1], n) }

func (t *xmlTree) begin(e xml.StartElement) error {
	depth := len(t.open)
	if depth > maxElementDepth {
		return t.wrong(fmt.Sprintf("elements are nested more than %d deep", maxElementDepth))
	}
	t.declare(e, depth)
	n := &xmlquery.Node{Type: xmlquery.ElementNode, Data: t.shared(e.Name.Local), Prefix: t.shared(e.Name.Space)}
	n.NamespaceURI = t.uri(n.Prefix)
	for _, a := range e.Attr {
		attr := xmlquery.Attr{Name: xml.Name{Space: t.shared(a.Name.Space), Local: t.shared(a.Name.Local)}, Value: t.shared(a.Value)}
		if a.Name.Space != "" {
			attr.NamespaceURI = t.uri(a.Name.Space)
		}
		n.Attr = append(n.Attr, attr)
	}
	t.add(n)
	t.open = append(t.open, n)
	t.elements++
	return nil
}

func (t *xmlTree) declare(e xml.StartElement, depth int) {
	for _, a := range e.Attr {
		prefix := ""
		switch {
		case a.Name.Space == "xmlns":
			prefix = a.Name.Local
		case a.Name.Space != "" || a.Name.Local != "xmlns":
			continue
		}
		uri := t.shared(a.Value)
		t.scopes = append(t.scopes, scope{depth, prefix, uri})
		if _, known := t.namespaces[prefix]; !known && prefix != "" {
			t.namespaces[prefix] = uri
		}
	}
}

// uri is the namespace that a prefix stands for, the prefix itself if none.
func (t *xmlTree) uri(prefix string) string {
	for i := len(t.scopes) - 1; i >= 0; i-- {
		if t.scopes[i].prefix == prefix {
			return t.scopes[i].uri
		}
	}
	return prefix
}

func (t *xmlTree) end(e xml.EndElement) error {
	top := t.open[len(t.open)-1]
	if len(t.open) == 1 {
		return t.wrong("</" + fullName(e.Name.Space, e.Name.Local) + "> closes nothing")
	}
	if top.Data != e.Name.Local || top.Prefix != e.Name.Space {
		return t.wrong(fmt.Sprintf("<%s> is closed by </%s>", fullName(top.Prefix, top.Data), fullName(e.Name.Space, e.Name.Local)))
	}
	t.open = t.open[:len(t.open)-1]
	for len(t.scopes) > 0 && t.scopes[len(t.scopes)-1].depth > len(t.open)-1 {
		t.scopes = t.scopes[:len(t.scopes)-1]
	}
	return nil
}

func (t *xmlTree) whole() (*xmlquery.Node, error) {
	if top := t.open[len(t.open)-1]; len(t.open) > 1 {
		return nil, t.wrong(fmt.Sprintf("it ends where </%s> should follow", fullName(top.Prefix, top.Data)))
	}
	if t.elements == 0 {
		return nil, t.wrong("it has no element")
	}
	return t.open[0], nil
}

func (t *xmlTree) wrong(msg string) error {
	return &BodyError{content.XML, t.decoder.InputOffset(), msg}
}

// refuse tells the body's errors from those of reading it.
func (t *xmlTree) refuse(err error) error {
	if syntax, ok := errors.AsType[*xml.SyntaxError](err); ok {
		return t.wrong(syntax.Msg)
	}
	if strings.HasPrefix(err.Error(), "xml: ") { // an encoding that nobody knows
		return t.wrong(strings.TrimPrefix(err.Error(), "xml: "))
	}
	return err
}

func (t *xmlTree) shared(text string) string {
	if len(text) > maxShared {
		return text
	}
	if known, ok := t.strings[text]; ok {
		return known
	}
	if len(t.strings) < maxSharedKinds {
		t.strings[text] = text
	}
	return text
}

func fullName(prefix, local string) string {
	if prefix == "" {
		return local
	}
	return prefix + ":" + local
}
