package filter

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/antchfx/htmlquery"
	"github.com/antchfx/xmlquery"
	"github.com/antchfx/xpath"
	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"parley/httpcore/content"
)

// xpathFilter is an expression of XPath 1.0, as antchfx/xpath evaluates it.
type xpathFilter struct {
	expression string
	prefixes   map[string]int // and where they stand
}

func compileXPath(expression string) (Filter, error) {
	prefixes, err := checkXPath(expression)
	if err != nil {
		return nil, err
	}
	if _, err := xpath.Compile(expression); err != nil {
		return nil, xpathSyntaxError(expression, err)
	}
	return &xpathFilter{expression, prefixes}, nil
}

// xpathSyntaxError finds the function that the library refuses.
func xpathSyntaxError(expression string, err error) error {
	msg := strings.TrimPrefix(err.Error(), "xpath: ")
	before, _, _ := strings.Cut(msg, "(")
	fields := strings.Fields(before)
	if len(fields) == 0 {
		return &SyntaxError{0, msg}
	}
	if name := fields[len(fields)-1]; strings.HasPrefix(msg, "not yet support") {
		return &SyntaxError{wordAt(expression, name), "there is no function " + name + "()"}
	}
	return &SyntaxError{wordAt(expression, fields[0]), msg}
}

// xpathFactor is how many bytes of memory a byte of XML or HTML takes as a
// tree, for records in markup; empty elements without end take 48
// (BenchmarkMemory).
const xpathFactor = 18

func (x *xpathFilter) Memory(size int64) int64 { return xpathFactor * size }

// Run reads the whole document and writes what the expression selects: markup
// as a line of it, attributes and text as their text, a number, string or
// boolean as it is. Results of text that are blank are left out.
func (x *xpathFilter) Run(ctx context.Context, in Input, w io.Writer) (result Result, err error) {
	defer func() {
		failure := recover()
		if _, ok := failure.(stopped); ok {
			err = context.Cause(ctx)
		} else if failure != nil {
			err = fmt.Errorf("XPath failed: %v", failure)
		}
	}()
	buffered := bufio.NewWriterSize(&checked{ctx, w}, pieceSize)
	from := &reader{ctx: ctx, src: in.Source}
	out := &results{out: buffered, kind: content.Text}
	if in.Kind == content.HTML {
		err = x.overHTML(ctx, in.Charset, from, out)
	} else {
		err = x.overXML(ctx, in.Charset, from, out)
	}
	flushed := buffered.Flush()
	return Result{out.count, out.kind}, cmp.Or(err, flushed)
}

func (x *xpathFilter) overXML(ctx context.Context, encoding string, from io.Reader, out *results) error {
	text, decode, err := xmlText(from, encoding)
	if err != nil {
		return err
	}
	tree := newXMLTree(text, decode)
	document, err := tree.read()
	if err != nil {
		return err
	}
	for prefix, at := range x.prefixes {
		if _, ok := tree.namespaces[prefix]; !ok {
			declared := strings.Join(slices.Sorted(maps.Keys(tree.namespaces)), ", ")
			return &SyntaxError{at, fmt.Sprintf("the document declares no prefix %s, but %s", prefix, declared)}
		}
	}
	expr, err := xpath.CompileWithNS(x.expression, tree.namespaces)
	if err != nil {
		return err
	}
	root := &xmlWalker{walker{xmlquery.CreateXPathNavigator(document), ctx, new(int)}}
	return out.all(expr.Evaluate(root))
}

func (x *xpathFilter) overHTML(ctx context.Context, encoding string, from io.Reader, out *results) error {
	if encoding != "" {
		encoding = "text/html; charset=" + encoding
	}
	text, err := charset.NewReader(from, encoding)
	if err != nil {
		return err
	}
	document, err := html.Parse(text)
	if err != nil {
		if strings.HasPrefix(err.Error(), "html: ") {
			return &BodyError{content.HTML, -1, strings.TrimPrefix(err.Error(), "html: ")}
		}
		return err
	}
	expr, err := xpath.Compile(x.expression)
	if err != nil {
		return err
	}
	return out.all(expr.Evaluate(&walker{htmlquery.CreateXPathNavigator(document), ctx, new(int)}))
}

var byteOrderMark = []byte("\ufeff")

// xmlText returns a document and how to decode it: as encoding says, else as
// its byte order mark does, else as it says itself.
func xmlText(from io.Reader, encoding string) (io.Reader, func(string, io.Reader) (io.Reader, error), error) {
	asIs := func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	buffered := bufio.NewReader(from)
	head, _ := buffered.Peek(3) // an error comes again with the first read
	switch {
	case bytes.HasPrefix(head, byteOrderMark):
		_, err := buffered.Discard(len(byteOrderMark))
		return buffered, asIs, err
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		encoding = "utf-16be"
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		encoding = "utf-16le"
	case encoding == "":
		return buffered, charset.NewReaderLabel, nil
	}
	text, err := charset.NewReaderLabel(encoding, buffered)
	return text, asIs, err
}

// checked is a writer that ends with its context.
type checked struct {
	ctx context.Context
	to  io.Writer
}

func (c *checked) Write(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.to.Write(p)
}

// results writes what an expression has selected.
type results struct {
	out   io.Writer
	line  folder
	count int64
	kind  content.Kind
}

func (r *results) all(value any) error {
	nodes, ok := value.(*xpath.NodeIterator)
	if !ok {
		r.count = 1
		_, err := io.WriteString(r.out, scalarText(value)+"\n")
		return err
	}
	r.line.to = r.out
	for nodes.MoveNext() {
		if err := r.node(nodes.Current()); err != nil {
			return err
		}
	}
	return nil
}

func (r *results) node(at xpath.NodeNavigator) error {
	kind := at.NodeType()
	if kind == xpath.TextNode || kind == xpath.AttributeNode {
		text := strings.TrimSpace(at.Value())
		if text == "" && kind == xpath.TextNode {
			return nil
		}
		return r.one(func() error { return writeAll(&r.line, text) })
	}
	switch nav := at.(wrapped).inner().(type) {
	case *xmlquery.NodeNavigator:
		r.kind = content.XML
		return r.one(func() error { return writeXML(&r.line, nav.Current()) })
	case *htmlquery.NodeNavigator:
		r.kind, r.line.between = content.HTML, ' '
		return r.one(func() error { return html.Render(&r.line, nav.Current()) })
	}
	return fmt.Errorf("XPath found something that is no node: %T", at)
}

func (r *results) one(write func() error) error {
	r.count++
	if err := write(); err != nil {
		return err
	}
	return r.line.end()
}

// scalarText is a value as XPath's string() writes it.
func scalarText(value any) string {
	if number, ok := value.(float64); ok {
		return strings.Replace(strconv.FormatFloat(number, 'f', -1, 64), "Inf", "Infinity", 1)
	}
	return fmt.Sprint(value)
}
