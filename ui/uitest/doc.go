// Package uitest lets tests look at the workbench as a person does: as a grid of characters.
//
// [Grid] draws a view into a screen buffer and returns its plain text; [Golden] compares that with a file in testdata,
// which `go test ./pkg -update` rewrites. A [Driver] runs a whole tea.Model without a terminal: it types, clicks and
// resizes, runs the commands the model returns, and waits for what a test names. Nothing sleeps: a wait ends when its
// condition holds, and a watchdog fails the test with the screen as it is then.
//
// A Driver belongs to the test's goroutine. Commands run in goroutines of their own, as in Bubble Tea.
package uitest
