package ui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/action"
	"parley/ui/pane"
	"parley/ui/safe"
	"parley/ui/widget"
)

// topLine names the collection at the left, environment and session at the right.
func (r *Root) topLine() []string {
	left := []pane.Span{{Text: " Parley ", Role: themes.Accent}, {Text: safe.Line(r.collectionName()), Role: themes.Title}}
	label, environment := "", pane.Span{Text: "no environment", Role: themes.Muted}
	if names := r.work.Names(); len(names) > 0 {
		label, environment = "env ", pane.Span{Text: safe.Line(strings.Join(names, " + ")), Role: themes.Info}
		if r.work.Protected() != "" {
			environment.Role = themes.Danger
		}
	}
	right := []pane.Span{
		{Text: label, Role: themes.Faint},
		environment,
		{Text: "   session ", Role: themes.Faint},
		{Text: safe.Line(r.sessionName()), Role: themes.Text},
		{Text: " " + r.cookieCount() + " ", Role: themes.Muted},
	}
	return []string{pane.Spread(r.styles, themes.Surface, r.layout.Top.W, left, right)}
}

// cookieCount tells how many cookies the session has.
func (r *Root) cookieCount() string {
	return countCookies(r.work.Sessions.Get(r.sessionName()).Jar().Len())
}

// clickTop opens what the clicked part of the top line names.
func (r *Root) clickTop(x int) tea.Cmd {
	switch left := r.layout.Top.W - x; {
	case left <= len(r.cookieCount())+2:
		return r.run(action.Cookies)
	case left <= len(r.cookieCount())+len(" session ")+safe.Width(safe.Line(r.sessionName()))+2:
		return r.run(action.Session)
	case x > r.layout.Top.W/2:
		return r.run(action.Environment)
	default:
		return r.run(action.Palette)
	}
}

// drawTabs writes the tabs.
func (r *Root) drawTabs() []string {
	tabs := make([]widget.Tab, len(r.tabs))
	for i, t := range r.tabs {
		tabs[i] = widget.Tab{
			Lead: t.lead(), Passing: t.preview,
			Title: safe.Truncate(t.name(), tabNameMost), Badge: t.badge(), BadgeRole: t.methodRole(), Mark: t.mark(),
		}
	}
	r.tabLine.SetSize(r.layout.Tabs.W)
	r.tabLine.SetTabs(tabs, r.current)
	return []string{r.tabLine.View()}
}

// tabNameMost is how many cells a name gets.
const tabNameMost = 24

// clickTab goes to the clicked tab; the middle button closes it.
func (r *Root) clickTab(x int, button tea.MouseButton) tea.Cmd {
	i, ok := r.tabLine.At(x)
	if !ok && r.tabLine.Overfull() {
		return r.run(action.ListTabs)
	}
	if !ok {
		return nil
	}
	if i == r.current && button == tea.MouseLeft { // the second of two clicks
		r.tabs[i].keep()
	}
	r.goTab(i)
	r.carrying = button == tea.MouseLeft
	if button == tea.MouseMiddle {
		return r.run(action.CloseTab)
	}
	return nil
}

// statusLine shows the newest notice for a while, else the keys that work where focus is.
func (r *Root) statusLine() []string {
	width := r.layout.Status.W
	if n := r.notices.current(); n != nil {
		return r.noticeLines(n, width)
	}
	if spans := r.taskSpans(width); spans != nil {
		return []string{pane.Paint(r.styles, themes.Surface, width, spans...)}
	}
	spans, _ := r.footer()
	return []string{pane.Paint(r.styles, themes.Surface, width, spans...)}
}

// footerSpot is where a key stands in the footer: that of an action, or one that only what lies on top knows.
type footerSpot struct {
	id       action.ID
	key      string
	from, to int
}

// footerOf is what the footer depends on.
type footerOf struct {
	in     action.Context
	focus  part
	offers string // what has focus offers, one ID a word; of what lies on top, its tips
	runs   bool   // something does, which an interrupt stops
	sends  bool   // what is shown is a request
	answer bool   // there is one to go to
	cell   bool   // a cell of a table is typed in
	zoomed bool   // the rest of the screen is hidden behind what has focus
	width  int
}

// folds reports whether enter folds what has focus.
func (of footerOf) folds() bool { return strings.Contains(of.offers, string(action.Filter)) }

// finds and replaces report whether an editor is searched, and whether what is found is to be replaced.
func (of footerOf) finds() bool {
	return of.replaces() || strings.HasPrefix(of.offers, string(action.FindText))
}

func (of footerOf) replaces() bool { return strings.HasPrefix(of.offers, string(action.ReplaceText)) }

// footing is the footer as it was drawn last.
type footing struct {
	of    footerOf
	spans []pane.Span
	spots []footerSpot
}

// hasAnswer reports whether there is a response elsewhere on the screen.
func (r *Root) hasAnswer() bool {
	return r.tab().exchange != nil && r.focus != partResponse && r.focus != partOther && !r.layout.Response.Empty()
}

// footer writes as many of the keys that work now as fit, the most useful first.
func (r *Root) footer() (spans []pane.Span, spots []footerSpot) {
	of := footerOf{r.context(), r.focus, r.offers(), r.tab().runs(), r.has(partURL), r.hasAnswer(), r.focus == partRequest && r.tab().request.InCell(), r.zoomed, r.layout.Status.W}
	if r.footing.spans == nil || r.footing.of != of {
		spans, spots := r.writeFooter(of)
		r.footing = footing{of, spans, spots}
	}
	return r.footing.spans, r.footing.spots
}

// offers are the actions that what has focus knows to be of use now.
func (r *Root) offers() string {
	if tips := r.tips(); tips != nil {
		return fmt.Sprint(tips)
	}
	ids := r.offersOfTwo()
	if r.focus == partResponse && r.tab().entry != nil {
		ids = append(ids, string(action.Replay))
	}
	if offering, ok := r.focused().(pane.Offering); ok {
		for _, id := range offering.Offers() {
			ids = append(ids, string(id))
		}
	}
	return strings.Join(ids, " ")
}

func (r *Root) writeFooter(of footerOf) (spans []pane.Span, spots []footerSpot) {
	if tips := r.tips(); tips != nil {
		return writeTips(tips, of.width)
	}
	x := 0
	for _, id := range footerIDs(of) {
		key := r.keymap.Best(id, of.in, r.delivers)
		a, ok := r.keymap.Action(id)
		told := slices.ContainsFunc(spots, func(s footerSpot) bool { return s.id == id })
		if key == "" || !ok || told || id == action.Send && !of.sends {
			continue
		}
		if id == action.NextSide && len(spots) > 0 && spots[len(spots)-1].id == action.PrevSide {
			key = strings.TrimPrefix(key, action.Prefix+" ") // the one before says it for both
		}
		label, title := " "+action.Label(key), " "+footerTitle(a, of)+" "
		if id == action.PrevSide {
			title = ""
		}
		w := safe.Width(label) + safe.Width(title)
		if x+w > of.width {
			break
		}
		spans = append(spans, pane.Span{Text: label, Role: themes.Shortcut}, pane.Span{Text: title, Role: themes.Muted})
		spots = append(spots, footerSpot{id: id, from: x, to: x + w})
		x += w
	}
	return spans, spots
}

// footerIDs are the actions worth a place in the footer, by what has focus.
func footerIDs(of footerOf) []action.ID {
	var own []action.ID
	switch in := of.in; {
	case of.offers != "":
		for id := range strings.FieldsSeq(of.offers) {
			own = append(own, action.ID(id))
		}
	case in.Has(action.InLists):
		own = []action.ID{action.Open, action.Find}
	case in.Has(action.InEditor):
		own = []action.ID{action.Escape, action.External}
	}
	if of.zoomed {
		own = append([]action.ID{action.Zoom}, own...)
	}
	if of.runs {
		own = append([]action.ID{action.Interrupt}, own...)
	}
	own = append(own, action.Send, action.Save)
	if of.answer {
		own = append(own, action.FocusResp)
	}
	return append(own, action.Palette, action.Help, action.History, action.Environment, action.Next, action.Interrupt)
}

// footerTitle shortens titles that are for the palette.
func footerTitle(a action.Action, of footerOf) string {
	switch a.ID {
	case action.Next:
		if of.cell {
			return "Next cell"
		}
		return "Next"
	case action.NextSide:
		return "Side"
	case action.Look:
		return "View"
	case action.FindText:
		if of.finds() {
			return "Next"
		}
		return "Find"
	case action.ReplaceText:
		if of.replaces() {
			return "Replace all"
		}
		return "Replace"
	case action.FormatText:
		return "Format"
	case action.Palette:
		return "Palette"
	case action.Interrupt:
		if of.runs {
			return "Stop"
		}
		return "Quit"
	case action.Split:
		if strings.Contains(of.offers, string(action.Compare)) {
			return "Unsplit"
		}
		return "Split"
	case action.Zoom:
		return "Unzoom"
	case action.Replay:
		return "Replay"
	case action.Compare:
		return "Compare"
	case action.Open:
		if of.in.Has(action.InBody) && of.folds() {
			return "Fold"
		}
		if of.in.Has(action.InTable) {
			return "Edit"
		}
		return "Open"
	case action.GoTo:
		return "Go to"
	case action.CopyPart:
		return "Copy…"
	case action.SaveBody:
		return "Save"
	case action.SaveExample:
		return "Example"
	case action.Examples:
		return "Examples"
	case action.Toggle:
		return "On/off"
	case action.External:
		if of.in.Has(action.InBody) {
			return "$PAGER"
		}
		return "$EDITOR"
	case action.History:
		return "History"
	case action.Environment:
		return "Env"
	case action.Escape:
		if of.cell {
			return "Take back"
		}
		return "Leave"
	case action.TreeNew:
		return "New"
	case action.Settings:
		return "Settings"
	case action.Wrap:
		return "Wrap"
	case action.RowAdd:
		return "Add"
	case action.RowDelete:
		return "Delete"
	case action.RowsAsText:
		return "As text"
	default:
		return a.Title
	}
}

func (r *Root) clickStatus(x int) tea.Cmd {
	if r.notices.current() != nil {
		return r.notices.dismiss()
	}
	_, spots := r.footer()
	for _, spot := range spots {
		switch {
		case x < spot.from || x >= spot.to:
		case spot.key != "":
			return r.clickTip(spot.key)
		default:
			return r.perform(spot.id)
		}
	}
	return nil
}
