package ui

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/collections/example"
	"parley/httpcore"
	"parley/themes"
	"parley/ui/action"
	"parley/ui/overlay"
	"parley/ui/pane"
	"parley/ui/widget"
)

// exampleRow is what a list tells of an example. Bodies are not kept for it.
type exampleRow struct {
	collections.Example
	status string
	about  string
}

// examplesRead bounds how many bytes of examples are read for a list; of what comes after that, it has the names.
const examplesRead = 32 << 20

// readExample reads an example as an exchange, which the caller closes.
func readExample(c *collections.Collection, e collections.Example) (*httpcore.Exchange, error) {
	read, err := c.ReadExample(e)
	if err != nil {
		return nil, err
	}
	return read.Exchange()
}

// listExamples reads what there is to tell of the examples of a request.
func listExamples(c *collections.Collection, request string) ([]exampleRow, error) {
	list, err := c.Examples(request)
	rows := make([]exampleRow, len(list))
	left := int64(examplesRead)
	for i, e := range list {
		rows[i] = exampleRow{Example: e, about: pane.Bytes(e.Size)}
		if left -= e.Size; left < 0 {
			continue
		}
		read, err := c.ReadExample(e)
		if err != nil {
			rows[i].status, rows[i].about = "cannot be read", err.Error()
			if broken, ok := errors.AsType[*example.FileError](err); ok {
				rows[i].about = broken.Error() // without the name
			}
			continue
		}
		rows[i].status = strings.TrimSpace(strconv.Itoa(read.Response.Status) + " " + cmp.Or(read.Response.Reason, http.StatusText(read.Response.Status)))
		mediaType, _ := read.Response.Headers.Get("Content-Type")
		mediaType, _, _ = strings.Cut(mediaType, ";")
		rows[i].about = read.Request.Method + " · " + cmp.Or(mediaType, "no content type") + " · " + pane.Bytes(int64(len(read.Response.Body)))
	}
	return rows, err
}

// showExamples lists the examples of the current request.
func (r *Root) showExamples() tea.Cmd {
	of, request := r.tab().id, r.tab().draft.Path
	return r.readExamples(request, func(rows []exampleRow) { r.pushExamples(of, request, rows) })
}

func (r *Root) readExamples(request string, then func([]exampleRow)) tea.Cmd {
	c := r.work.Collection
	return r.Background(func() func() tea.Cmd {
		rows, err := listExamples(c, request)
		return func() tea.Cmd {
			if err != nil {
				return r.fail(err)
			}
			then(rows)
			return nil
		}
	})
}

func (r *Root) pushExamples(tabID int, request string, list []exampleRow) {
	var screen *overlay.Screen
	of := func(do func(collections.Example) tea.Cmd) func(int) tea.Cmd {
		return func(row int) tea.Cmd {
			if row < 0 || row >= len(list) {
				return nil
			}
			return do(list[row].Example)
		}
	}
	again := func(cmd tea.Cmd) tea.Cmd {
		return tea.Batch(cmd, r.queued(func() tea.Cmd {
			return r.readExamples(request, func(rows []exampleRow) {
				list = rows
				screen.Refresh()
			})
		}))
	}
	screen = overlay.NewScreen(overlay.ScreenOptions{
		Title: "Examples of " + request, Titles: [3]string{"Name", "Status", "Response"}, Notes: 40,
		Empty: "This request has no example yet. " + action.Label(r.keymap.Best(action.SaveExample, action.Screen, nil)) + " saves the response that is shown as one.",
		Tips: r.keysOf(
			keyWord{action.Open, "show"}, keyWord{action.Compare, "compare"}, keyWord{action.ItemDelete, "delete"},
			keyWord{action.SaveExample, "save this response"}, keyWord{action.Find, "filter"}, keyWord{action.Escape, "close"},
		),
		Highlight: lightExamples,
		Rows: func() []widget.Entry {
			rows := make([]widget.Entry, len(list))
			for i, e := range list {
				rows[i] = widget.Entry{Name: e.Name, Value: e.status, Note: e.about}
			}
			return rows
		},
		Do: map[action.ID]func(int) tea.Cmd{
			action.Open: of(func(e collections.Example) tea.Cmd {
				screen.Close()
				return r.showExample(tabID, e)
			}),
			action.Compare: of(r.compareExample),
			action.ItemDelete: of(func(e collections.Example) tea.Cmd {
				list = slices.DeleteFunc(list, func(row exampleRow) bool { return row.Example == e }) // at once: the key may come again
				return again(r.deleteExample(e))
			}),
			action.SaveExample: func(int) tea.Cmd {
				if why := r.whyNotExample(); why != "" {
					return r.notify(info(why))
				}
				screen.Close()
				return r.saveExample()
			},
			action.Undo: func(int) tea.Cmd { return again(r.undoFiles()) },
			action.Redo: func(int) tea.Cmd { return again(r.redoFiles()) },
		},
	})
	r.overlays.Push(screen)
}

// lightExamples colours statuses as they are everywhere.
func lightExamples(column widget.Column, cell string) []widget.Span {
	code, _, _ := strings.Cut(cell, " ")
	status, err := strconv.Atoi(code)
	if column != widget.ColumnValue || err != nil {
		return nil
	}
	return []widget.Span{{To: len(cell), Role: themes.Status(status)}}
}

// compareExample shows how an example and the response that is shown differ.
func (r *Root) compareExample(e collections.Example) tea.Cmd {
	if why := r.whyNotCompare(); why != "" {
		return r.notify(info(why))
	}
	c := r.work.Collection
	return r.compare("From the example "+e.Name+" to what is shown", func(context.Context) (*httpcore.Exchange, func() error, error) {
		x, err := readExample(c, e)
		if err != nil {
			return nil, nil, err
		}
		return x, x.Close, nil
	})
}
