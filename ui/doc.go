// Package ui is the workbench: the Bubble Tea program in which a person explores an API, saves requests and replays
// history.
//
// The Root is the only tea.Model. It owns the tabs (each with panes of its own, so that scroll positions, undo and the
// response stay with it), decides by a pure function where panes go, and routes input: to the overlay on top if there is
// one, to the action that the keymap has for a key, to the pane with focus. Everything runs on the program's one
// goroutine; what takes time runs in jobs and commands, whose messages name the tab and generation they belong to.
//
// A request for a stream of events is followed as a browser's EventSource does: its job goes on with another exchange when
// the connection is lost, and hands out the one before. What has no tab, such as asking for a token, is an errand;
// work on the person's files that may take long, such as saving a body, is a task.
//
// What is said in passing is a notice at the foot of the screen, and stays in a log, with what hooks wrote and how sends
// failed. What is closed, forgotten or deleted is not asked about when it can be brought back.
//
// Run starts the program on a terminal and returns when it has ended and the terminal is as it was; unsaved edits are in
// the journal by then.
package ui
