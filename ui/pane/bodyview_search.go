package pane

import (
	"context"
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/action"
	"parley/ui/document"
	"parley/ui/style"
	"parley/ui/widget"
)

// searchLine is what is searched for in a body, and the line that says it.
type searchLine struct {
	input   *widget.Editor
	typing  bool // the line has the keys
	query   string
	running *document.Search // nil while nothing is searched
	hit     document.Hit     // where the reader stands
	ordinal int64            // which hit that is, from 1; 0 is not known
	problem string           // why what was typed cannot be searched for
	// counted is the number of hits that the scroll bar shows, over that of the lines it stands for; looking says that it
	// is being brought up to date.
	counted int64
	over    int64
	looking bool
}

// searchLead stands before what is searched for.
const searchLead = "/ "

func newSearchLine() searchLine {
	return searchLine{input: widget.NewInput(style.Styles{}, widget.EditorOptions{Placeholder: "text, or /regular expression/"})}
}

func (s *searchLine) shown() bool { return s.typing || s.running != nil || s.problem != "" }

func (b *bodyView) searchLine() string {
	s := &b.search
	role, told := themes.Muted, s.found()
	if s.problem != "" {
		role, told = themes.Error, s.problem
	}
	if !s.typing {
		return widget.NewRow(b.styles, themes.Background, b.w).
			Text(themes.Accent, searchLead).Text(themes.Text, shown(s.query, b.w/2)).Right(role, told+" ").String()
	}
	told = shown(told, b.w/2)
	room := b.w - 2
	if told != "" {
		room -= safeWidth(told) + 2
	}
	s.input.SetSize(max(0, room), 1)
	row := b.styles.Paint(themes.Accent, themes.Background, searchLead) + s.input.View()
	return row + widget.NewRow(b.styles, themes.Background, b.w-2-max(0, room)).Right(role, told+" ").String()
}

// found tells how many hits there are so far, and which of them the reader is at.
func (s *searchLine) found() string {
	if s.running == nil {
		return ""
	}
	count, done, err := s.running.Count()
	text := ""
	switch {
	case err != nil:
		return err.Error()
	case !done:
		text = fmt.Sprintf("%d so far", count)
	case count == 0:
		return "not found"
	case count == 1:
		text = "1 hit"
	case s.ordinal > 0:
		text = fmt.Sprintf("%d of %d", s.ordinal, count)
	default:
		text = fmt.Sprintf("%d hits", count)
	}
	if s.hit.Wrapped {
		text += " · went round"
	}
	if !s.typing {
		text += " · n next"
	}
	return text
}

func (b *bodyView) startSearch() {
	s := &b.search
	b.filter.typing = false
	b.filter.input.Focus(false)
	s.typing = true
	s.input.Reset(s.query)
	s.input.SelectAll()
	s.input.Focus(true)
	b.layout()
}

func (b *bodyView) doSearchLine(id action.ID) (tea.Cmd, bool) {
	switch id {
	case action.Escape:
		b.stopTyping()
		b.endSearch()
	case action.Next, action.Previous:
		b.stopTyping()
	default:
		return nil, editText(b.search.input, id)
	}
	return nil, true
}

func (b *bodyView) stopTyping() {
	b.search.typing = false
	b.search.input.Focus(false)
	b.layout()
}

func (b *bodyView) searchKey(key tea.KeyPressMsg) tea.Cmd {
	if key.String() == "enter" {
		b.stopTyping()
		return nil
	}
	b.search.input.Update(key)
	return b.searchFor(b.search.input.Text())
}

// searchFor begins a search anew as one types. Lower-case text finds both cases.
func (b *bodyView) searchFor(query string) tea.Cmd {
	s := &b.search
	if query == s.query && s.running != nil {
		return nil
	}
	b.endSearch()
	s.query = query
	if query == "" {
		return nil
	}
	search, err := b.seen().document.Search(b.seen().mode, queryOf(query))
	if err != nil {
		s.problem = strings.TrimPrefix(err.Error(), "error parsing regexp: ")
		b.layout()
		return nil
	}
	s.running = search
	b.mark()
	b.layout()
	from := b.pager.Offset()
	return b.reachFor(func(ctx context.Context) (document.Hit, error) { return search.Next(ctx, from) })
}

// searchAgain begins the search anew where another mode shows other text. The reader stays.
func (b *bodyView) searchAgain() {
	s := &b.search
	if s.running == nil {
		return
	}
	s.running.Close()
	search, err := b.seen().document.Search(b.seen().mode, queryOf(s.query))
	s.running, s.problem, s.counted = search, problemText(err), 0
	b.pager.SetSpots(nil)
}

// queryOf reads what was typed: between slashes it is a regular expression.
func queryOf(typed string) document.Query {
	q := document.Query{Text: typed, Fold: strings.ToLower(typed) == typed}
	if len(typed) > 2 && typed[0] == '/' && typed[len(typed)-1] == '/' {
		q.Text, q.Regexp = typed[1:len(typed)-1], true
	}
	return q
}

func (b *bodyView) endSearch() {
	s := &b.search
	if s.running != nil {
		s.running.Close()
		s.running = nil
	}
	s.hit, s.ordinal, s.problem, s.counted, s.over = document.Hit{}, 0, "", 0, 0
	b.pager.SetSpots(nil)
	b.mark()
	b.layout()
}

func (b *bodyView) mark() {
	b.pager.SetMarks(document.Marks{Search: b.search.running, Current: b.search.hit})
}

// next goes to the next hit, or the one before.
func (b *bodyView) next(backwards bool) tea.Cmd {
	search, hit := b.search.running, b.search.hit
	if search == nil {
		return nil
	}
	return b.reachFor(func(ctx context.Context) (document.Hit, error) {
		if backwards {
			return search.Previous(ctx, hit.Start)
		}
		return search.Next(ctx, hit.Start+1)
	})
}

// reachFor looks for a hit in the background and goes there, if the search is still the same.
func (b *bodyView) reachFor(find func(context.Context) (document.Hit, error)) tea.Cmd {
	search := b.search.running
	return b.host.Background(func() func() tea.Cmd {
		hit, err := find(context.Background())
		var ordinal int64
		if err == nil { // without a number it is a hit all the same
			ordinal, _, _ = search.Ordinal(context.Background(), hit)
		}
		return func() tea.Cmd {
			if b.search.running != search {
				return nil
			}
			b.search.ordinal = ordinal
			b.reach(hit, err)
			return b.spot()
		}
	})
}

func (b *bodyView) reach(hit document.Hit, err error) {
	if err != nil {
		b.search.hit = document.Hit{}
		if !errors.Is(err, document.ErrNotFound) {
			b.problem = err.Error()
		}
		b.mark()
		return
	}
	b.search.hit = hit
	_, err = b.seen().view().Reveal(hit.Start)
	b.problem = problemText(errors.Join(err, b.pager.Go(hit.Start)))
	b.mark()
}

// spot brings the marks in the scroll bar up to date, and the number of the hit, off the screen's goroutine: it reads parts of the body again.
func (b *bodyView) spot() tea.Cmd {
	s := &b.search
	if s.running == nil || s.looking {
		return nil
	}
	count, done, _ := s.running.Count()
	lines, _ := b.seen().view().Lines()
	numbered := s.ordinal > 0 || s.hit.End == 0 || !done
	if count == s.counted && lines == s.over && numbered {
		return nil
	}
	search, hit, view, rows := s.running, s.hit, b.seen().view(), b.h
	s.looking = true
	return b.host.Background(func() func() tea.Cmd {
		spots, err := view.Spots(search, rows)
		var ordinal int64
		if !numbered {
			ordinal, _, _ = search.Ordinal(context.Background(), hit)
		}
		return func() tea.Cmd {
			b.search.looking = false
			if b.search.running != search || b.seen() == nil || b.seen().view() != view {
				return nil
			}
			b.search.counted, b.search.over = count, lines
			if ordinal > 0 && b.search.hit == hit {
				b.search.ordinal = ordinal
			}
			if err == nil {
				b.pager.SetSpots(spots)
			}
			return b.spot() // something may have been unfolded meanwhile
		}
	})
}
