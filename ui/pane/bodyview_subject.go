package pane

import (
	"context"

	"parley/ui/document"
)

// subject is a text that is looked at: the content of a response, or what a filter has made of it.
type subject struct {
	document *document.Document
	mode     document.Mode
	chosen   bool               // the mode is the person's choice, and stays
	stop     context.CancelFunc // ends what follows the document
	// cursor and top are where the reader was when another subject took this one's place.
	cursor, top document.Pos
}

// newSubject looks at a document, and asks for a redraw whenever there is more of it to show.
func newSubject(d *document.Document, redraw func()) *subject {
	ctx, stop := context.WithCancel(context.Background())
	go follow(ctx, d.Changes(), redraw)
	return &subject{document: d, mode: d.Default(), stop: stop}
}

func (s *subject) view() *document.View { return s.document.View(s.mode) }

// close must come before what the document shows is closed.
func (s *subject) close() {
	s.stop()
	s.document.Close()
}

// follow asks for a redraw whenever there is more to show. Values come at most as fast as they are taken.
func follow(ctx context.Context, changes <-chan struct{}, redraw func()) {
	for {
		select {
		case <-ctx.Done():
			return
		case _, open := <-changes:
			if !open {
				return
			}
			redraw()
		}
	}
}
