// Package cookies keeps cookies as RFC 6265bis asks of a user agent, with the public suffix list, and says why it kept
// one or not.
//
// A [Jar] is told of the Set-Cookie fields that a response brought with [Jar.Receive], and asked with [Jar.Explain] for
// what goes along with a request and why the rest does not. Unlike net/http/cookiejar it can be listed, edited, saved and
// loaded again.
//
// A command line has no page around a request: every request counts as one that the user made by hand, so SameSite and
// Partitioned are kept and shown but hold nothing back; a [Verdict] notes where a browser would have refused a cookie for
// them. As in browsers and curl, plain HTTP to this machine itself
// counts as secure.
//
// A Jar may be used from many goroutines. Nothing needs to be closed.
package cookies
