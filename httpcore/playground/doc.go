// Package playground is an HTTP server to try things on: everything in go-httpbin, and beside it a small API of users and
// repositories, endpoints that fail on purpose, streams, downloads of any size, guards of every kind to sign in with, and
// servers with bad manners. `parley demo` runs on it, and so do the tests: nothing here ever needs a network.
//
// # Life cycle
//
// [Start] listens on loopback, once in the clear (HTTP/1.1, and HTTP/2 by prior knowledge) and once with a self-signed
// certificate (HTTP/2 or HTTP/1.1, as the client chooses, and HTTP/3 over UDP on the same port), and serves both until
// [Server.Close]. [NewHandler] gives the same endpoints without a listener. [StartFault] and [StartRecorder] are raw servers for tests of an engine: one with a chosen bad
// habit, one that records what it receives to the byte. [StartProxy] and [StartSOCKS] are proxies that keep what they were asked.
//
//	s, err := playground.Start(playground.Options{})
//	if err != nil { … }
//	defer s.Close()
//	http.Get(s.URL + "/users/github")
//
// # State and concurrency
//
// What an endpoint remembers (users, tokens, how often /flaky failed) belongs to its Handler: two servers never see each other's.
// Everything may be used from any number of goroutines. Whoever starts a server closes it; Close ends every handler and
// connection that is still at work and returns within seconds. No endpoint holds a large body in memory, whatever its size.
//
// Every endpoint is listed, with what it does, at / and by [Endpoints].
package playground
