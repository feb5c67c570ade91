package ui

import (
	"maps"

	tea "charm.land/bubbletea/v2"

	"parley/ui/action"
)

// bind says what the actions do that are not a pane's own.
func (r *Root) bind() map[action.ID]action.Command {
	run := func(f func() tea.Cmd) action.Command { return action.Command{Run: f} }
	do := func(f func()) action.Command {
		return run(func() tea.Cmd {
			f()
			return nil
		})
	}
	focus := func(p part) action.Command { return do(func() { r.setFocus(p) }) }
	commands := map[action.ID]action.Command{
		action.Send:         {Run: r.send, Disabled: r.whyNotSend},
		action.Save:         {Run: r.save, Disabled: r.whyNotSave},
		action.New:          do(r.newTab),
		action.CopyAs:       {Run: r.copyAs, Disabled: r.whyNotSend},
		action.External:     {Run: r.pageBody, Disabled: r.whyNoPage},
		action.Replay:       {Run: r.replay, Disabled: r.whyNotReplay},
		action.Compare:      {Run: r.compareWith, Disabled: r.whyNotCompare},
		action.Check:        {Run: r.checkAgain, Disabled: r.whyNotCheck},
		action.SaveExample:  {Run: r.saveExample, Disabled: r.whyNotExample},
		action.Examples:     {Run: r.showExamples, Disabled: r.whyNoExamples},
		action.FocusTree:    do(func() { r.sidebar.ShowTree(); r.setFocus(partSidebar) }),
		action.FocusURL:     focus(partURL),
		action.FocusReq:     focus(partRequest),
		action.FocusResp:    do(r.focusAnswer),
		action.EditURL:      do(func() { r.resting = false; r.setFocus(partURL); r.tab().url.SelectAll() }),
		action.PaneLeft:     do(func() { r.focusBeside(-1, 0) }),
		action.PaneRight:    do(func() { r.focusBeside(1, 0) }),
		action.PaneUp:       do(func() { r.focusBeside(0, -1) }),
		action.PaneDown:     do(func() { r.focusBeside(0, 1) }),
		action.TypeHere:     run(r.typeHere),
		action.Menu:         run(r.menu),
		action.ShowKeymap:   run(r.showKeymap),
		action.Next:         do(func() { r.step(1) }),
		action.Previous:     do(func() { r.step(-1) }),
		action.PrevSide:     do(func() { r.turn(-1) }),
		action.NextSide:     do(func() { r.turn(1) }),
		action.FindText:     r.inText(action.FindText),
		action.ReplaceText:  r.inText(action.ReplaceText),
		action.FormatText:   r.inText(action.FormatText),
		action.WrapText:     r.inText(action.WrapText),
		action.Undo:         run(r.undoFiles),
		action.Redo:         run(r.redoFiles),
		action.RowsAsText:   run(r.rowsAsText),
		action.Restore:      run(r.pickTrashed),
		action.Settings:     run(r.folderSettings),
		action.Import:       run(r.importFrom),
		action.SearchText:   run(r.searchText),
		action.AllSettings:  run(func() tea.Cmd { return r.OpenSettings("") }),
		action.Jump:         run(r.jump),
		action.Cut:          run(r.cut),
		action.Paste:        run(r.paste),
		action.Complete:     run(r.complete),
		action.Palette:      run(r.palette),
		action.Method:       {Run: r.pickMethod, Disabled: r.whySettings},
		action.Environment:  run(r.pickEnvironment),
		action.Environments: run(r.showEnvironments),
		action.Session:      run(r.showSessions),
		action.Cookies:      run(r.showCookies),
		action.Explain:      {Run: r.showWhy, Disabled: r.whySettings},
		action.Peek:         {Run: r.peek},
		action.Tokens:       {Run: r.showTokens, Disabled: r.whyNoTokens},
		action.Secrets:      {Run: r.showSecrets, Disabled: r.whyNoSecrets},
		action.RunAll:       run(func() tea.Cmd { return r.RunFolder("") }),
		action.Log:          run(r.showLog),
		action.ShowRun:      {Run: r.showRun, Disabled: r.whyNoRun},
		action.Auth:         {Run: r.offerAuth, Disabled: r.whyNoOffer},
		action.Welcome:      run(r.welcome),
		action.Theme:        run(r.pickTheme),
		action.Linear:       run(r.toggleLinear),
		action.Motion:       run(r.toggleMotion),
		action.History:      run(r.searchHistory),
		action.CloseTab:     {Run: r.closeTab, Disabled: r.whyNotClose},
		action.PrevTab:      {Run: func() tea.Cmd { r.goTab(r.current - 1); return nil }, Disabled: r.whyNoOtherTab},
		action.NextTab:      {Run: func() tea.Cmd { r.goTab(r.current + 1); return nil }, Disabled: r.whyNoOtherTab},
		action.Zoom:         do(func() { r.zoomed = !r.zoomed; r.arrange() }),
		action.Larger:       {Run: func() tea.Cmd { return r.grow(1) }, Disabled: r.whyNoBorder},
		action.Smaller:      {Run: func() tea.Cmd { return r.grow(-1) }, Disabled: r.whyNoBorder},
		action.ResetSizes:   do(func() { r.sizes = sizes{}; r.arrange() }),
		action.ShowSidebar:  do(r.toggleSidebar),
		action.Split:        run(r.toggleSplit),
		action.Beside:       {Run: r.pickBeside},
		action.PinResponse:  {Run: r.pinResponse, Disabled: r.whyNotPin},
		action.LinkScroll:   {Run: r.linkScroll, Disabled: r.whyNotSplit},
		action.MoveTabLeft:  {Run: func() tea.Cmd { r.moveTab(-1); return nil }, Disabled: r.whyNotMoveTab(-1)},
		action.MoveTabRight: {Run: func() tea.Cmd { r.moveTab(1); return nil }, Disabled: r.whyNotMoveTab(1)},
		action.PinTab:       run(r.pinTab),
		action.ListTabs:     run(r.listTabs),
		action.Help:         run(r.help),
		action.Escape:       run(r.escape),
		action.Interrupt:    run(r.interrupt),
		action.Suspend:      run(func() tea.Cmd { return tea.Suspend }),
		action.Quit:         run(r.leave),
	}
	maps.Copy(commands, r.bindBody())
	maps.Copy(commands, r.bindFamilies())
	return commands
}

// inText carries out an action of an editor from elsewhere: on the text that the request's pane shows, else on the body.
func (r *Root) inText(id action.ID) action.Command {
	return action.Command{
		Run: func() tea.Cmd {
			if !r.tab().request.Editable() {
				r.tab().request.Show("Body")
			}
			r.setFocus(partRequest)
			cmd, _ := r.tab().request.Do(id)
			return cmd
		},
		Disabled: func() string {
			if q := r.tab().request; q.Editable() || q.HasText() {
				return ""
			}
			return "the body of the request is no text"
		},
	}
}

// escape cancels what is running; what lies on top and what a pane can leave have had it before.
func (r *Root) escape() tea.Cmd {
	switch {
	case r.task != nil && r.task.slow:
		r.task.cancel()
	case r.tab().job != nil:
		return r.cancel()
	case r.tab().comparing != nil:
		return r.cancelComparing()
	case r.rest():
	case r.zoomed:
		r.zoomed = false
		r.arrange()
	case r.focus == partSidebar && r.layout.Sidebar.W == r.width: // it is alone on the screen
		r.setFocus(partURL)
	}
	return nil
}

// interrupt copies what is selected; else cancels what is running; else quits.
func (r *Root) interrupt() tea.Cmd {
	if text := r.selected(); text != "" {
		return r.Copy(text, "the selection")
	}
	switch {
	case r.task != nil && r.task.slow:
		r.task.cancel()
		return nil
	case r.tab().job != nil:
		return r.cancel()
	case r.tab().comparing != nil:
		return r.cancelComparing()
	}
	return r.leave()
}

func (r *Root) cancelComparing() tea.Cmd {
	r.tab().stopComparing()
	return r.notify(info("the comparison was stopped"))
}

// quit ends the program. Unsaved edits go to the journal, and come back at the next start.
func (r *Root) quit() tea.Cmd {
	if err := r.remember(); err != nil {
		r.fail(err)
	}
	return tea.Quit
}
