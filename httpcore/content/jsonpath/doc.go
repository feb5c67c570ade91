// Package jsonpath selects values of JSON by JSONPath (RFC 9535), from bodies
// of any size and while they still arrive.
//
// What is selected is given as ranges of the source, so that numbers, escapes,
// the order of keys and duplicate keys stay as they came. A query is [Parse]d
// once and may be used by many goroutines at a time.
//
// The scanner of package content goes over the text once, from its beginning to
// its end ([frontier]); everything else reads what it has passed, and so need
// not look for errors. Memory is bounded: the last few pages of the source, a
// few words for each open array or object, and where the long ones end, so that
// they can be stepped over. What needs to read a part of the text again does so:
// a filter reads the element it tests twice, several selectors read their array
// or object once each, an index from the end counts first, and a descendant
// segment reads an array or object for its own members and then for what they
// hold, since RFC 9535 wants the results in that order. Long parts are stepped
// over when read again.
//
// The order of the results is that of RFC 9535 at any size, so what a descendant
// segment finds deep within an object is known only when the object has ended.
// Of equal names in an object all are selected; where one value is wanted, the
// first.
//
// A source that holds several texts (NDJSON) is queried text by text.
package jsonpath
