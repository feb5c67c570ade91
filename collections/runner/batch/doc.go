// Package batch runs many requests of a collection: what is chosen, in which order, how many side by side, and when to
// stop. It prints nothing: what happens is told as events, and the command line and the workbench draw them.
//
//	Plan ──▶ Run ──Event…──▶ Summary
//
// # Order
//
// A folder is a chain: its requests run in the order that the tree lists them, and what one captures the next ones see. A
// run begins with no captured values. Folders, rows of data and repetitions are chains of their own, and Options.Jobs of
// them run side by side, each with a session of its own; where a folder says `parallel = true`, its requests do too. A
// request that response() names is sent once in a chain, before the one that asks for it.
//
// # Concurrency and ends
//
// Run returns when everything has ended, and everything ends soon after ctx does; what ran until then is in the events
// and in the summary. Options.Sink is called by one goroutine at a time, in the order of things; Options.Keep by many.
package batch
