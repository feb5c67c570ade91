package filter

import (
	"context"

	"github.com/antchfx/htmlquery"
	"github.com/antchfx/xmlquery"
	"github.com/antchfx/xpath"
)

// walker is a navigator that stops with its context: an expression can take a
// time that grows with a power of the document's size. It stops by a panic with
// stopped, since a navigator has no errors.
type walker struct {
	xpath.NodeNavigator
	ctx   context.Context
	steps *int
}

type stopped struct{}

// wrapped finds what a walker walks with.
type wrapped interface{ inner() xpath.NodeNavigator }

func (w *walker) inner() xpath.NodeNavigator { return w.NodeNavigator }

func (w *walker) step() {
	if *w.steps++; *w.steps%1024 == 0 && w.ctx.Err() != nil {
		panic(stopped{})
	}
}

func (w *walker) Copy() xpath.NodeNavigator {
	return &walker{w.NodeNavigator.Copy(), w.ctx, w.steps}
}

func (w *walker) MoveTo(other xpath.NodeNavigator) bool {
	w.step()
	return w.NodeNavigator.MoveTo(other.(wrapped).inner())
}

func (w *walker) MoveToParent() bool   { w.step(); return w.NodeNavigator.MoveToParent() }
func (w *walker) MoveToChild() bool    { w.step(); return w.NodeNavigator.MoveToChild() }
func (w *walker) MoveToNext() bool     { w.step(); return w.NodeNavigator.MoveToNext() }
func (w *walker) MoveToPrevious() bool { w.step(); return w.NodeNavigator.MoveToPrevious() }

// Value is the text of the node; text takes time that grows with it.
func (w *walker) Value() string {
	if w.ctx.Err() != nil {
		panic(stopped{})
	}
	if nav, ok := w.NodeNavigator.(*htmlquery.NodeNavigator); ok && w.NodeType() == xpath.RootNode {
		return htmlquery.InnerText(nav.Current())
	}
	return w.NodeNavigator.Value()
}

// xmlWalker also knows namespaces.
type xmlWalker struct{ walker }

func (w *xmlWalker) Copy() xpath.NodeNavigator {
	return &xmlWalker{walker{w.NodeNavigator.Copy(), w.ctx, w.steps}}
}

func (w *xmlWalker) nav() *xmlquery.NodeNavigator {
	return w.NodeNavigator.(*xmlquery.NodeNavigator)
}

// NodeType sets processing instructions apart from elements.
func (w *xmlWalker) NodeType() xpath.NodeType {
	if w.nav().Current().Type == xmlquery.ProcessingInstruction {
		return xpath.RootNode
	}
	return w.NodeNavigator.NodeType()
}

func (w *xmlWalker) NamespaceURL() string { return w.nav().NamespaceURL() }

// MoveToNextAttribute leaves out declarations of namespaces, which are no
// attributes of XPath.
func (w *xmlWalker) MoveToNextAttribute() bool {
	w.step()
	for w.NodeNavigator.MoveToNextAttribute() {
		if prefix, name := w.Prefix(), w.LocalName(); prefix != "xmlns" && (prefix != "" || name != "xmlns") {
			return true
		}
	}
	return false
}

func (w *xmlWalker) Value() string {
	if w.NodeType() == xpath.RootNode {
		return w.nav().Current().InnerText()
	}
	return w.walker.Value()
}
