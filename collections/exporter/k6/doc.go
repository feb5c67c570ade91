// Package k6 writes requests as a script for k6, the load generator: one machine's `parley bench` is not enough for every
// server, and k6's operator runs a script on many.
//
//	Step… (resolved, with marks) ──▶ Script ──▶ JavaScript, and notes on what is changed or lost
//
// A request is resolved before it is written, and its values still say of what they are made: a variable becomes a value
// of k6's environment with what it is here as default, a secret one without a default, and what an earlier response gives
// a value that is captured there. Secrets and captured values are resolved to marks ([Secret], [Captured]), so that a
// value never passes through here and can be found in whatever text it went into; one that went through a function, such
// as base64(), cannot, and is told as lost.
//
// Expressions become JavaScript where that means the same: status, headers, members of JSON, comparisons, the usual
// operators. What else they ask is told as lost.
package k6
