package ui

import (
	"fmt"
	"io"

	tea "charm.land/bubbletea/v2"
)

func (r *Root) whyNoBody() string {
	if r.focus != partResponse {
		return "there is no text to edit here"
	}
	if t := r.tab(); t.exchange == nil || t.exchange.Response() == nil {
		return "there is no response yet"
	}
	return ""
}

// pageMost bounds what is written to a file for $PAGER.
const pageMost = 1 << 30

// pageBody shows the body of the response in $PAGER.
func (r *Root) pageBody() tea.Cmd {
	body := r.tab().exchange.Response().Body
	if body.Size() > pageMost {
		return r.notify(warning(fmt.Sprintf("the body is too large for %s", r.options.Pager), "send the request with `parley send -o FILE`"))
	}
	return r.page(io.NewSectionReader(body, 0, body.Size()))
}
