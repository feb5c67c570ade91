// Package har reads and writes HTTP Archives, HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/).
//
// [Writer] writes exchanges as they are given, each attempt of each hop as an entry of its own, and streams bodies of
// any size from their stores. Secrets are masked on the way, in text and in bodies. [Decode] reads what browsers and
// proxies write, which is often a little off the specification.
//
// Parley's own fields begin with an underscore: _attempt counts the attempts of a hop from 1, _error says why there is
// no whole response, _request is the path of the saved request, _wire the wire log when there is one, and a request's body that is no UTF-8 text has
// _encoding "base64", which HAR only knows for responses.
//
// A Writer belongs to one goroutine. It closes nothing but the log it wrote; exchanges and the io.Writer stay the
// caller's.
package har
