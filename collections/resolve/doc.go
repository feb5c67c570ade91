// Package resolve turns a saved request with all that it inherits into an httpcore.Request: it is a package of its own
// because it alone knows both the model of the files (collections) and the language of their strings
// (collections/template).
//
// [Resolve] resolves every `{{ }}`, reads durations and sizes, finds files beside the file that names them, and makes the
// body. All errors of a request are reported together, as [template.Errors] with the place of each. Nothing is sent, and
// nothing is read but the sizes of files; commands, questions and secrets go through the template.Host.
//
// What depends on where a request goes is taken in when its URL is known: the longest `[for."PREFIX"]` that it begins with,
// and the defaults of its session. What the process environment says ([Environment]) comes last. [Explain] says of every
// value where it comes from.
//
// `--set key=value` is laid over the request before that, by Effective.Override.
//
// The functions are safe for concurrent use on different inputs; a collection's snapshot is never changed.
package resolve
