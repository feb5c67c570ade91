// Package widget holds the parts that panes and overlays are made of: editor, pager, table, tree, list, tabs, form and
// smaller ones. They know nothing of HTTP.
//
// A widget is changed in place, by methods and by Update, which takes the messages that are its business: keys that no
// action has taken, pastes, and the mouse with coordinates relative to the widget. SetSize says how many cells it has;
// View returns exactly that many, and the same string until something changes. Styles are taken by value and can be
// replaced at any time, as themes change.
//
// Everything that is shown goes through ui/safe, so that callers may pass foreign text as it is.
//
// Widgets belong to the goroutine that runs the program's Update; none starts one of its own.
package widget
