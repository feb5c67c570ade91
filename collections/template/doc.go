// Package template resolves the `{{ … }}` of a collection's strings.
//
// What stands between the brackets, trimmed, is a variable when a variable of exactly that name is known (a name may
// hold any characters), and an expression in the Expr language (https://expr-lang.org) otherwise. `{{"{{"}}` writes two
// brackets. An unknown name, nil, or a function that was not called is an error: nothing is ever sent as an empty string
// by mistake.
//
// # Life cycle
//
//	Parse ──▶ Text ──Resolver.Expand──▶ Result
//	once per string,    with a Scope        the string that is sent, its pieces
//	cheap enough for    and a Host          with their origins, or all its errors
//	every key press
//
// A Resolver lives for the making of one request. Within that life a variable has one value, however often it is used:
// an id that is drawn at random is the same in the URL and in the body, and a question is asked once.
//
// # What may run
//
// The package touches nothing by itself. The clock, random numbers, the process environment, files, commands, secrets,
// questions and other requests are reached through the Host it is given; what a Host lacks is an error that says so.
// Values that come from outside (captured values, secrets, files, answers) are never read as templates themselves, so
// that no server can have a command run.
//
// # Concurrency
//
// A Text is immutable and may be shared. A Resolver belongs to one goroutine.
package template
