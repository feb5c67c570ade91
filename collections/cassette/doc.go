// Package cassette plays exchanges back from an HTTP archive: requests are answered as they were when it was recorded, and
// nothing is connected to.
//
//	Open(file) ──▶ Cassette, an httpcore.Transport ──RoundTrip──▶ the entry's reply, or an error of KindUnrecorded
//
// A recording is the archive that package har writes of a run, each attempt and each redirect an entry. What browsers and
// proxies write is played back as well, as far as they kept the bodies.
//
// # Matching
//
// A request is answered by the first entry that has not been used, with its method, its URL and its body. Secrets are marks
// in a recording (`{secret NAME}`), so those of a request become marks before it is compared; [Secret] gives requests
// values that stand for theirs, as in what is played back, so that no secret is needed. A body counts where it is recorded; the boundary of a
// multipart body, which is another one each time, does not. Headers do not count.
//
// # Concurrency
//
// A Cassette may be used from many goroutines. Its index is in memory, its bodies stay in the file, which is open until
// Close.
package cassette
