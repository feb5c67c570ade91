// Package terminal runs a program on a terminal of its own, types into it, and looks at what it shows. The tests of the
// built program, the measurements and the script that takes its picture use it.
//
// [Start] opens a pseudo-terminal with an emulator behind it, which answers what programs ask of a terminal. [Terminal.Press]
// and [Terminal.Type] send what a keyboard sends, [Terminal.Until] waits for a screen, [Terminal.Ended] for the program's
// end, after which [Terminal.Restored] tells whether it left the terminal as it found it. [Terminal.Close] ends everything
// and must be called. All methods may be called concurrently, but only one Until at a time.
//
// Nothing here sleeps: what is waited for is a condition on what the program has written, and the time of that is known.
package terminal
