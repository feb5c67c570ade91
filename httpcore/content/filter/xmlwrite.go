package filter

import (
	"bytes"
	"io"
	"strings"

	"github.com/antchfx/xmlquery"
)

// xmlEscapes are of what cannot stand in text, and of quotes in an attribute.
var (
	textEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#13;")
	attrEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\n", "&#10;", "\r", "&#13;", "\t", "&#9;")
)

// writeXML writes a node and what is in it. Trees are of bounded depth.
func writeXML(w io.Writer, n *xmlquery.Node) error {
	switch n.Type {
	case xmlquery.TextNode:
		_, err := textEscapes.WriteString(w, n.Data)
		return err
	case xmlquery.CommentNode:
		return writeAll(w, "<!--", n.Data, "-->")
	case xmlquery.ProcessingInstruction:
		return writeAll(w, strings.TrimSpace("<?"+n.ProcInst.Target+" "+n.ProcInst.Inst), "?>")
	case xmlquery.ElementNode:
		return writeElement(w, n)
	}
	return writeChildren(w, n)
}

func writeElement(w io.Writer, n *xmlquery.Node) error {
	name := fullName(n.Prefix, n.Data)
	if err := writeAll(w, "<", name); err != nil {
		return err
	}
	for _, a := range n.Attr {
		if err := writeAll(w, " ", fullName(a.Name.Space, a.Name.Local), `="`, attrEscapes.Replace(a.Value), `"`); err != nil {
			return err
		}
	}
	if n.FirstChild == nil {
		return writeAll(w, "/>")
	}
	if err := writeAll(w, ">"); err != nil {
		return err
	}
	if err := writeChildren(w, n); err != nil {
		return err
	}
	return writeAll(w, "</", name, ">")
}

func writeChildren(w io.Writer, n *xmlquery.Node) error {
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		if err := writeXML(w, child); err != nil {
			return err
		}
	}
	return nil
}

func writeAll(w io.Writer, texts ...string) error {
	for _, text := range texts {
		if _, err := io.WriteString(w, text); err != nil {
			return err
		}
	}
	return nil
}

// folder writes a result on one line: a line break with the white space around
// it becomes one space, or nothing where between is 0 and it stands between
// tags, at the beginning or at the end.
type folder struct {
	to      io.Writer
	between byte // what becomes of layout between tags
	last    byte // written before the white space
	space   []byte
	out     []byte
}

func (f *folder) Write(p []byte) (int, error) {
	f.out = f.out[:0]
	for rest := p; len(rest) > 0; {
		n := len(rest) - len(bytes.TrimLeft(rest, " \t\r\n"))
		f.space = append(f.space, rest[:n]...)
		rest = rest[n:]
		if len(rest) == 0 {
			break
		}
		f.fold(rest[0])
		n = bytes.IndexAny(rest, " \t\r\n")
		if n < 0 {
			n = len(rest)
		}
		f.out = append(f.out, rest[:n]...)
		f.last, rest = rest[n-1], rest[n:]
	}
	if _, err := f.to.Write(f.out); err != nil {
		return 0, err
	}
	return len(p), nil
}

// fold writes the white space before next.
func (f *folder) fold(next byte) {
	switch {
	case !bytes.ContainsAny(f.space, "\r\n"):
		f.out = append(f.out, f.space...)
	case f.last == 0:
	case f.last == '>' && next == '<':
		if f.between != 0 {
			f.out = append(f.out, f.between)
		}
	default:
		f.out = append(f.out, ' ')
	}
	f.space = f.space[:0]
}

// end ends the line. White space at its end is layout.
func (f *folder) end() error {
	f.space, f.last = f.space[:0], 0
	_, err := io.WriteString(f.to, "\n")
	return err
}
