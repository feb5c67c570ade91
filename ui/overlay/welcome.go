package overlay

import (
	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/action"
	"parley/ui/widget"
)

// WelcomeOptions are what the welcome leads to.
type WelcomeOptions struct {
	// Type takes a key that makes text, and Paste a pasted text: whoever types a URL has begun already.
	Type  func(tea.KeyPressMsg) tea.Cmd
	Paste func(text string) tea.Cmd
	// Run carries out an action that was called for by its key.
	Run func(action.ID) tea.Cmd
	// Tour starts the tour; nil where there is none.
	Tour func() tea.Cmd
	// Key returns the label of the key that an action has here.
	Key func(action.ID) string
}

// Welcome is what a person sees at the first start: what this is and three keys, then the offer of a tour. It is in
// nobody's way: what is typed goes to the URL bar, and every key of the workbench works.
type Welcome struct {
	sheet
	options WelcomeOptions
	offers  bool // the second page, with the tour, is shown
}

const welcomeWidth = 62

// NewWelcome returns the first page.
func NewWelcome(options WelcomeOptions) *Welcome { return &Welcome{options: options} }

// welcomeLine is a line of a page: a key and what it does, or a text.
type welcomeLine struct {
	key, text string
	role      themes.Role
}

func (w *Welcome) page() (title string, lines []welcomeLine) {
	if w.offers {
		return "Look around first?", []welcomeLine{
			{text: "The tour is a collection of requests, each with a note to read and a thing to try, on a server that runs on this machine: no network, nothing to set up."},
			{},
			{key: "enter", text: "takes the tour; ctrl+c comes back here"},
			{key: "esc", text: "begins with a request of your own"},
			{},
			{text: "`parley demo` takes the tour at any time.", role: themes.Muted},
		}
	}
	return "Welcome to Parley", []welcomeLine{
		{text: "The HTTP workbench for the terminal: it explores APIs, keeps requests as files beside your code, and finds and replays what was sent."},
		{},
		{text: "Type a URL and press enter.", role: themes.Title},
		{},
		{key: "enter", text: "sends the request"},
		{key: w.options.Key(action.Palette), text: "finds every action, request and setting"},
		{key: w.options.Key(action.Help), text: "says which keys work where you are"},
	}
}

func (w *Welcome) body() (width int, title string, lines []string) {
	width, _ = w.fit(welcomeWidth, w.screenHeight)
	title, page := w.page()
	blank := w.row(width).String()
	lines = append(lines, blank)
	for _, line := range page {
		switch {
		case line.key != "":
			lines = append(lines, w.row(width).Space(3).Fit(themes.Shortcut, line.key, 8).Text(themes.Text, line.text).String())
		case line.text == "":
			lines = append(lines, blank)
		default:
			role := line.role
			if role == themes.Background {
				role = themes.Text
			}
			for _, piece := range widget.Wrap(line.text, width-8) {
				lines = append(lines, w.row(width).Space(3).Text(role, piece).String())
			}
		}
	}
	lines = append(lines, blank)
	if room := max(0, w.screenHeight-4); len(lines) > room {
		lines = lines[:room]
	}
	return width, title, lines
}

// Place implements Overlay: below the URL bar, so that what is typed is seen.
func (w *Welcome) Place() (x, y int) {
	width, _, lines := w.body()
	x, _ = w.place(width, len(lines)+2)
	const bar, status = 4, 1
	return x, max(0, min(max(bar, w.screenHeight/4), w.screenHeight-status-len(lines)-2))
}

// Lines implements Overlay.
func (w *Welcome) Lines() []string {
	width, title, lines := w.body()
	return w.frame(title, w.tips(), width, lines)
}

// tips are those of the lower edge. The footer keeps the keys of the screen below, which work here too.
func (w *Welcome) tips() []Tip {
	switch {
	case w.offers:
		return []Tip{{"enter", "take the tour"}, {"esc", "begin with your own request"}}
	case w.options.Tour != nil:
		return []Tip{{"tab", "the tour"}, {"esc", "begin"}}
	}
	return []Tip{{"esc", "begin"}}
}

// Cursor implements Overlay.
func (w *Welcome) Cursor() *tea.Cursor { return nil }

// Context implements Overlay.
func (w *Welcome) Context() action.Context { return action.Field }

// Do implements Overlay. Whatever else is called for is done, and the welcome is over.
func (w *Welcome) Do(id action.ID) (tea.Cmd, bool) {
	switch id {
	case action.Next, action.Previous:
		w.turn()
		return nil, true
	case action.Escape:
		w.close()
		return nil, true
	}
	w.close()
	return w.options.Run(id), true
}

// turn shows the other page.
func (w *Welcome) turn() { w.offers = !w.offers && w.options.Tour != nil }

// Key implements Overlay.
func (w *Welcome) Key(key tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.String() == "enter" && w.offers:
		w.close()
		return w.options.Tour()
	case key.String() == "enter" && w.options.Tour != nil:
		w.turn()
	case key.String() == "enter":
		w.close()
	case key.String() == "left" || key.String() == "right":
		w.turn()
	case key.Text != "":
		w.close()
		return w.options.Type(key)
	}
	return nil
}

// Paste implements Overlay.
func (w *Welcome) Paste(text string) tea.Cmd {
	w.close()
	return w.options.Paste(text)
}

// Mouse implements Overlay: a click on the offer takes it, one elsewhere turns the page, and one beside it all begins.
func (w *Welcome) Mouse(event tea.MouseMsg, x, y int) tea.Cmd {
	click, ok := event.(tea.MouseClickMsg)
	if !ok || click.Button != tea.MouseLeft {
		return nil
	}
	width, _, lines := w.body()
	switch {
	case x < 0 || y < 0 || x >= width || y >= len(lines)+2:
		w.close()
	case w.offers:
		w.close()
		return w.options.Tour()
	default:
		w.turn()
	}
	return nil
}
