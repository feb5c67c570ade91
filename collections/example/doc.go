// Package example reads and writes named examples of a request: one exchange, whole, as a text that people read, review and
// merge with the rest of their repository.
//
//	httpcore.Exchange ──Of──▶ Example ──Encode──▶ NAME.http ──Decode──▶ Example ──Exchange──▶ httpcore.Exchange
//
// # Format
//
// The file is the request as it was sent last and its response, each as HTTP/1.1 writes them, under a line that names them:
//
//	### request
//	POST https://api.acme.test/users HTTP/1.1
//	Content-Type: application/json
//
//	{"name": "Ada"}
//
//	### response
//	HTTP/1.1 201 Created
//	Content-Type: application/json
//
//	{"id": 42}
//
// Lines end in LF; a file whose lines all end in CRLF, as git makes of it on Windows, says the same. The URL is whole, where
// HTTP/1.1 has the target alone. An empty line stands before a body, and the newline after it does not belong to it. Without
// a body, there is neither.
//
// In a body, a line that begins with ###, or with backslashes and then ###, has one more backslash in front. A body that is
// not to be written like that says how it is written behind the name of its section:
//
//	### response compact   it is JSON without blanks, and is written with them, indented, so that changes are seen by line
//	### response crlf      each of its lines ends in CRLF
//	### response base64    it is binary, or has control characters, and is written as Base64, 76 characters a line
//
// In the lines above a body, \xHH is a byte that would not come back: a control character, one of no UTF-8, a space at the
// edge of a value, a colon or a space in a name, a backslash that x follows, the # of a line that begins with ###.
//
// A body is what its content codings were taken off, since nobody reads or compares what gzip makes; the headers stay as they
// were. Trailers, interim responses, redirects, attempts and times are not part of an example.
//
// # Bounds
//
// A body has at most [MaxBody] bytes, a file [MaxFile]: an example lies in a repository and is read by people. What is
// larger is refused, and never cut.
//
// # Secrets
//
// [Of] masks secrets wherever they are, as history does. As an example is there to be shared, it also leaves out the values of
// cookies and of what authorises a request, whether they are known to be secret or not.
package example
