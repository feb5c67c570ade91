// Package cli is the command line: one file a verb, over the same engine, collections and history that the workbench
// uses.
//
// A [Program] is given everything it touches (streams, environment, clock, sessions, the workbench as a function), so
// that tests inject what they need. [Program.Run] carries out one command line and returns its error, which
// [Program.Report] says on stderr and [ExitCode] turns into the number that scripts see. A Program is used once, by one
// goroutine.
//
// Results go to stdout, all else to stderr. Whatever came from elsewhere passes through ui/safe on its way to a terminal,
// and secrets are masked there; what is piped leaves byte for byte.
package cli
