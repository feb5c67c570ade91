// Package env says which variables and secrets a request can see, and where each of them comes from.
//
// [Sources] collects the layers of variables of one request; [Sources.Scopes] puts them in the order of lookup:
// --var, the row of data of a run, captured values, the request, its folders (inner first), the chosen environments (later
// ones first), the collection. [Secrets] asks a chain of providers for a secret and knows which hosts it may go to.
//
// Nothing in this package reads a file or the process environment by itself. Scopes are immutable and may be shared;
// Secrets may be used from many goroutines when its providers may.
package env
