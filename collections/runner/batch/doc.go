// Package batch runs many requests of a collection: what is chosen, in which order, how many side by side, and when to
// stop. It prints nothing: what happens is told as events, and the command line and the workbench draw them.
//
//	NewPlan ──▶ Run ──Event…──▶ Summary
//
// # Order
//
// A folder is a chain: its own requests run in the order that the tree lists them, and what one captures the next ones
// see. The folders in it are chains of their own, which run where they may at the same time, so that nothing in one of
// them depends on another; what all of them need, such as a login, each asks for with response(). Rows of data and
// repetitions are chains of their own too. Options.Jobs of them run side by side, each with cookies of its own unless a
// session is named, and begins with no captured values. Where a folder says `parallel = true`, each of its own requests is
// a chain.
//
// A request that response() names is sent once in a chain, before the one that asks for it, and is a step of its own. It
// may stand anywhere in the collection. Hooks may name the request of the chain to go on with, by its path or its name, so
// that steps run again or are left out.
//
// # Speed
//
// All chains send through the same connections. Options.Rate spreads steps evenly. By itself a run keeps to what servers
// say of their quotas, host by host: after a 429, or a 503 with Retry-After, and when a quota is used up, it waits, and
// then feels its way with one request. The longest wait is a minute.
//
// # Concurrency and ends
//
// Run returns when everything has ended, and everything ends soon after ctx does; what ran until then is in the events
// and in the summary. What was not begun is told as skipped, one by one for the first ten thousand. Options.Sink is called
// by one goroutine at a time, in the order of things; Options.Keep by many. A step that runs into a bug of Parley has it as
// its error.
//
// Results are forgotten once they are told, and data is read a row at a time: memory does not grow with the length of a
// run.
package batch
