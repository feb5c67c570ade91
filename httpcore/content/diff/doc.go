// Package diff tells how one body differs from another.
//
// [Compare] looks at two bodies. JSON is compared by what it means: members by
// their names, elements by which of them are the same, numbers by their value
// and strings by their text, so that neither white space nor the order of
// members nor the spelling of a number is a difference. Everything else, and
// JSON that is too large for that ([MaxSize], [MaxValues]), is compared line by
// line, and the [Result] says why. [Fields] compares the fields of two heads.
//
// A result refers to ranges of the two sources. [Result.Changes] lists what
// differs, [Result.Rows] lays both bodies out beside each other, line by line,
// and [Words] marks what differs within a line.
//
// No input takes more than a bounded time and memory: an exact answer that
// would be too dear gives way to a coarser one, which the result says too. A
// result never changes and may be used from anywhere.
package diff
