package overlay

import (
	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/action"
	"parley/ui/style"
	"parley/ui/widget"
)

// PromptOptions say what a prompt asks.
type PromptOptions struct {
	Title, Label string
	// Value is in the field at first, or Suggestion, which is selected, so that typing replaces it.
	Value, Suggestion string
	// Accept is what enter does, as in "Save".
	Accept string
	// Check refuses an answer with an error that says why; it may be nil.
	Check func(string) error
	// Answer takes the answer.
	Answer func(string) tea.Cmd
}

// Prompt asks for one line of text.
type Prompt struct {
	sheet
	options PromptOptions
	input   *widget.Editor
	problem string
}

const promptWidth = 64

// NewPrompt returns a prompt.
func NewPrompt(options PromptOptions) *Prompt {
	p := &Prompt{options: options}
	p.input = widget.NewInput(p.styles, widget.EditorOptions{})
	p.input.Reset(options.Value)
	p.input.Focus(true)
	if options.Suggestion != "" {
		p.input.Reset(options.Suggestion)
		p.input.SelectAll()
	}
	return p
}

// SetStyles implements Overlay.
func (p *Prompt) SetStyles(styles style.Styles) {
	p.sheet.SetStyles(styles)
	p.input.SetStyles(styles, themes.Surface)
}

func (p *Prompt) labels() (width int, lines []string) {
	width, _ = p.fit(promptWidth, p.screenHeight)
	return width, widget.Wrap(p.options.Label, width-6)
}

// SetScreen implements Overlay.
func (p *Prompt) SetScreen(width, height int) {
	p.sheet.SetScreen(width, height)
	w, _ := p.labels()
	p.input.SetSize(max(1, w-6), 1)
}

// Place implements Overlay.
func (p *Prompt) Place() (x, y int) {
	width, labels := p.labels()
	return p.place(width, len(labels)+6)
}

// Lines implements Overlay.
func (p *Prompt) Lines() []string {
	width, labels := p.labels()
	lines := []string{p.row(width).String()}
	for _, label := range labels {
		lines = append(lines, p.row(width).Space(2).Text(themes.Text, label).String())
	}
	margin := p.styles.Paint(themes.Raised, themes.Raised, "  ")
	lines = append(lines, margin+p.input.View()+margin)
	lines = append(lines, p.row(width).Space(2).Text(themes.Error, p.problem).String(), p.row(width).String())
	return p.frame(p.options.Title, p.Tips(), width, lines)
}

// Tips implements Tipping.
func (p *Prompt) Tips() []Tip { return []Tip{{"enter", p.options.Accept}, {"esc", "cancel"}} }

// Cursor implements Overlay.
func (p *Prompt) Cursor() *tea.Cursor {
	x, y, ok := p.input.Cursor()
	_, labels := p.labels()
	return inside(x+2, y+1+len(labels), ok)
}

// Context implements Overlay.
func (p *Prompt) Context() action.Context { return action.Field }

// Do implements Overlay.
func (p *Prompt) Do(id action.ID) (tea.Cmd, bool) {
	switch id {
	case action.Escape, action.Interrupt:
		p.close()
	case action.Undo:
		p.input.Undo()
	case action.Redo:
		p.input.Redo()
	default:
		return nil, false
	}
	return nil, true
}

// Key implements Overlay.
func (p *Prompt) Key(key tea.KeyPressMsg) tea.Cmd {
	if key.String() != "enter" {
		p.input.Update(key)
		p.problem = ""
		return nil
	}
	answer := p.input.Text()
	if p.options.Check != nil {
		if err := p.options.Check(answer); err != nil {
			p.problem = err.Error()
			return nil
		}
	}
	p.close()
	return p.options.Answer(answer)
}

// Paste implements Overlay.
func (p *Prompt) Paste(text string) tea.Cmd {
	p.input.Paste(text)
	return nil
}

// Selected returns what is selected in the field, and whether anything is.
func (p *Prompt) Selected() (string, bool) {
	text := p.input.Selected()
	return text, text != ""
}

// Mouse implements Overlay. A click beside the sheet cancels.
func (p *Prompt) Mouse(event tea.MouseMsg, x, y int) tea.Cmd {
	width, labels := p.labels()
	if _, clicked := event.(tea.MouseClickMsg); clicked && (x < 0 || y < 0 || x >= width || y >= len(labels)+6) {
		p.close()
		return nil
	}
	p.input.Update(widget.MouseAt(event, x-3, y-2-len(labels)))
	return nil
}
