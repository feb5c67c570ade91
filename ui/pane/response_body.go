package pane

import (
	"net/url"
	"path"
	"slices"

	"parley/httpcore/content"
	"parley/ui/action"
	"parley/ui/document"
	"parley/ui/safe"
)

// BodyActions are the actions that the pane does with the body by itself.
func BodyActions() []action.ID {
	return append([]action.ID{
		action.Look, action.Filter, action.Wrap, action.CopyPath, action.ScrollLeft, action.ScrollRight,
		action.NextSibling, action.PrevSibling, action.Parent, action.UnfoldAll,
	}, foldTo...)
}

// offers are what can be done with the body as it is seen, the most useful first.
func (b *bodyView) offers() []action.ID {
	offers := []action.ID{action.Look, action.Find, action.Filter}
	if b.seen() != nil && b.seen().view().Folds() {
		offers = append(offers, action.Open)
	}
	return append(offers, action.Copy, action.CopyPart, action.GoTo, action.SaveBody, action.SaveExample, action.Wrap, action.External, action.Examples)
}

// hitOffers are what goes on with a search.
func (b *bodyView) hitOffers() []action.ID {
	if b.search.running == nil {
		return nil
	}
	return []action.ID{action.FindNext, action.FindPrev}
}

// ShowBody shows the content.
func (r *Response) ShowBody() {
	r.choose(sideBody)
	r.strip.focused = false
}

// Body is what is shown of the body: its bytes, or what a filter has made of them. It is nil without a response.
func (r *Response) Body() content.Source {
	if r.body.body == nil {
		return nil
	}
	return r.body.source()
}

// BodyName says what Body is.
func (r *Response) BodyName() string { return r.body.name() }

// FileName proposes a name for a file with the body.
func (r *Response) FileName() string {
	response := r.body.response
	if r.body.isResult() {
		return content.FileName("", "filtered", mediaTypes[r.body.seen().document.Kind()])
	}
	disposition, _ := response.Headers.Get("Content-Disposition")
	mediaType, _ := response.Headers.Get("Content-Type")
	urlPath := ""
	if tries := r.tries(); len(tries) > 0 {
		if u, err := url.Parse(tries[len(tries)-1].url); err == nil {
			urlPath = u.EscapedPath()
		}
	}
	return content.FileName(disposition, urlPath, mediaType)
}

// mediaTypes name the kinds that a filter selects.
var mediaTypes = map[content.Kind]string{
	content.JSON: "application/json", content.NDJSON: "application/x-ndjson", content.XML: "application/xml",
	content.HTML: "text/html", content.Text: "text/plain",
}

// Extension is that of a file for the body, with its dot.
func (r *Response) Extension() string { return path.Ext(r.FileName()) }

// Views are the ways to look at the body, in order, and the one it is looked at in now.
func (r *Response) Views() (modes []document.Mode, current document.Mode) {
	s := r.body.seen()
	return s.document.Modes(), s.mode
}

// ShowView shows the body in a view, if it is a body that has it.
func (r *Response) ShowView(mode document.Mode) {
	r.ShowBody()
	if s := r.body.seen(); s != nil && slices.Contains(s.document.Modes(), mode) {
		r.body.choose(mode)
	}
}

// Reading is how a person has a body read that says something else of itself, or nothing.
type Reading struct {
	Charset string       // "" for what it says or seems to be
	Kind    content.Kind // Unknown likewise
}

// Reading is how the body is read.
func (r *Response) Reading() Reading { return r.body.reading }

// ReadAs has the body read in another way.
func (r *Response) ReadAs(reading Reading) { r.body.readAs(reading) }

// CheckJump says why a place that was typed cannot be gone to; nil: it can.
func (r *Response) CheckJump(typed string) error { return r.body.checkJump(typed) }

// Jump goes to a place that CheckJump has nothing against.
func (r *Response) Jump(typed string) {
	r.ShowBody()
	r.body.jump(typed)
}

// Copies lists what can be copied where the cursor is.
func (r *Response) Copies() []Answer { return r.body.copies() }

// Path is that of the value under the cursor, safe to show; "" for none.
func (r *Response) Path() string {
	node, ok := r.body.node()
	if !ok {
		return ""
	}
	return safe.Truncate(node.Path, 200)
}

// Filters are the expressions that the body was filtered by, the newest last.
func (r *Response) Filters() []string { return r.body.filter.recent.list }

// SetFilters says by which expressions the request's bodies were filtered before.
func (r *Response) SetFilters(list []string) { r.body.filter.recent.list = list }
