package playground

import "slices"

// A Fault is a server with one bad habit.
type Fault struct {
	Name     string
	Sentence string // what it does, and in brackets where that is not plain, what a client should make of it

	serve func(*wire)
	// port is for habits that show before a request could: the fault then needs a listener of its own.
	port portKind
}

// portKind says how a fault's listener speaks.
type portKind int

const (
	anyPort portKind = iota // clear TCP; works on a hijacked connection too
	ownPort                 // clear TCP, from the first byte on
	tlsPort                 // raw TCP where a client expects TLS
	tlsExpired
	tlsNotYetValid
	tlsWrongHost
	tlsTrusted // a good certificate: the habit is in what comes after
)

// secure reports whether the fault's URL starts with https.
func (k portKind) secure() bool { return k >= tlsPort }

// Faults lists every fault, in the order of /faults. It is a function, as are the tables it joins, so that a program that only
// links this package pays nothing for them at its start.
func Faults() []Fault {
	return slices.Concat(
		stallFaults(), closeFaults(), lengthFaults(), headFaults(), chunkFaults(), codingFaults(), connectionFaults(), redirectFaults(), tlsFaults(),
	)
}

func faultNamed(name string) (Fault, bool) {
	all := slices.Concat(Faults(), ProxyFaults())
	i := slices.IndexFunc(all, func(f Fault) bool { return f.Name == name })
	if i < 0 {
		return Fault{}, false
	}
	return all[i], true
}

// faultBody is what a fault sends as body when the habit is elsewhere.
const faultBody = "It is not the answer that is wrong here.\n"

// okHead is a proper head for faultBody, without the empty line that ends it.
const okHead = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 41\r\n"

// chunkedHead is a proper and whole head for a chunked body.
const chunkedHead = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"

// reply is a habit that shows in fixed bytes: it reads the request, sends them and ends as a close-framed answer does.
func reply(raw string) func(*wire) {
	return func(w *wire) {
		if w.head() && w.send(raw) {
			w.hang()
		}
	}
}
