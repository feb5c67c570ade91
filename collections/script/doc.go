// Package script runs the hooks of requests: JavaScript (as goja has it: ECMAScript 2015 and most of what came after) with
// Postman's `pm`, chai's `expect` and `console`.
//
// A script runs in a process of its own, which is this program once more ([Serve]): nothing else could hold it, since an
// engine in this process cannot be kept from taking all the memory, or be stopped within a regular expression. The process
// is killed when a script takes more than [TimeLimit] or [MemoryLimit], and another one serves the next. One that behaves
// serves script after script, each in a runtime of its own: scripts do not see each other's globals.
//
//	Processes.Run ──Task──▶ Serve
//	     ◀── lines, tests, notes as they come ──
//	     ◀── calls: variables, requests to send ── answered by the Outside
//	     ◀── what became of the request ──
//
// A script reaches nothing by itself: no file, no network, no environment. What it can reach is the [Outside] that it is
// given. Nothing in a [Report] is masked here: whoever knows the secrets does that, by [Report.Mask].
package script
