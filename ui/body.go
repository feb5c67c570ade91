package ui

import (
	"fmt"
	"io"

	tea "charm.land/bubbletea/v2"

	"parley/ui/action"
	"parley/ui/overlay"
	"parley/ui/pane"
)

// bindBody says what the actions on the body of a response do. Those that the pane does by itself come here from the
// palette, wherever focus is.
func (r *Root) bindBody() map[action.ID]action.Command {
	commands := map[action.ID]action.Command{}
	for _, id := range pane.BodyActions() {
		commands[id] = action.Command{Run: func() tea.Cmd { return r.doBody(id) }, Disabled: r.whyNoBody}
	}
	for id, run := range map[action.ID]func() tea.Cmd{
		action.PickView: r.pickView,
		action.Kind:     r.pickKind,
		action.Charset:  r.pickCharset,
		action.GoTo:     r.goTo,
		action.CopyPart: r.copyPart,
		action.SaveBody: r.saveBody,
		action.EditBody: r.editBody,
	} {
		commands[id] = action.Command{Run: run, Disabled: r.whyNoBody}
	}
	return commands
}

func (r *Root) whyNoBody() string {
	if r.response().Body() == nil {
		return "there is no response yet"
	}
	return ""
}

func (r *Root) whyNoPage() string {
	if r.focus != partResponse && r.focus != partOther {
		return "there is no text to edit here"
	}
	return r.whyNoBody()
}

// doBody has the response's pane do something with its body.
func (r *Root) doBody(id action.ID) tea.Cmd {
	response := r.response()
	response.ShowBody()
	r.setFocus(r.answerPart())
	cmd, _ := response.Do(id)
	return cmd
}

// pageMost bounds what is written to a file for $PAGER and $EDITOR.
const pageMost = 1 << 30

// pageBody shows the body of the response in $PAGER, or what a filter has made of it.
func (r *Root) pageBody() tea.Cmd {
	text, cmd := r.wholeBody(r.options.Pager)
	if text == nil {
		return cmd
	}
	return r.page(text)
}

// editBody opens the same in $EDITOR. What is changed there goes nowhere.
func (r *Root) editBody() tea.Cmd {
	text, cmd := r.wholeBody(r.options.Editor)
	if text == nil {
		return cmd
	}
	return r.viewIn(r.options.Editor, text, r.response().Extension())
}

// wholeBody is what is shown, to hand to a program; nil with what to say if it is too large.
func (r *Root) wholeBody(program string) (io.Reader, tea.Cmd) {
	body := r.response().Body()
	if body.Size() > pageMost {
		return nil, r.notify(warning(fmt.Sprintf("the body is too large for %s", program), "send the request with `parley send -o FILE`"))
	}
	return io.NewSectionReader(body, 0, body.Size()), nil
}

// goTo asks for a line, a percentage or a byte to go to.
func (r *Root) goTo() tea.Cmd {
	response := r.response()
	r.overlays.Push(overlay.NewPrompt(overlay.PromptOptions{
		Title: "Go to", Label: "A line as 120, a part as 50%, or a byte as @1234 or @0x4d2", Accept: "go",
		Check:  response.CheckJump,
		Answer: func(typed string) tea.Cmd { response.Jump(typed); return nil },
	}))
	return nil
}

// copyPart asks which part of what is under the cursor to copy, one letter each.
func (r *Root) copyPart() tea.Cmd {
	response := r.response()
	r.Ask("Copy", response.Path(), response.Copies()...)
	return nil
}
