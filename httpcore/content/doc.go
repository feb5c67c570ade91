// Package content knows what bodies mean: of which kind a body is ([Sniff])
// and what its bytes say ([Scanner] for JSON, [MarkupScanner] for XML and HTML).
//
// Nothing here holds a whole body. The scanner works over whatever bytes have
// arrived, in pieces of any size, and can be put back to any place it has been
// ([State]), so that the middle of a large body is read without its beginning.
// Tokens are ranges of the source: numbers, escapes, duplicate keys and the
// order of keys stay as they came.
//
// Values of this package belong to one goroutine at a time; states and tokens
// are plain values and may be shared.
package content
