package transport_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"math"
	"net/http"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/quic-go/quic-go/http3"

	"parley/httpcore"
	"parley/httpcore/transport"
)

// The benchmarks measure a transport beside bare net/http in the same run, and report the ratio of the times: below 1,
// the transport is the faster one. They take turns, so that what else the machine does hits both alike.

// ratio runs ours and theirs by turns, so many operations each a turn, and reports the ratio of their best turns: the
// best is what a busy machine disturbs least.
func ratio(b *testing.B, operations int, ours, theirs func(n int)) {
	b.Helper()
	ours(1)
	theirs(1)
	mine, other := time.Duration(math.MaxInt64), time.Duration(math.MaxInt64)
	for b.Loop() {
		mine = min(mine, timed(ours, operations))
		other = min(other, timed(theirs, operations))
	}
	b.ReportMetric(float64(mine)/float64(other), "ratio")
	b.ReportMetric(float64(mine.Nanoseconds())/float64(operations), "ours-ns")
	b.ReportMetric(float64(other.Nanoseconds())/float64(operations), "net/http-ns")
}

func timed(run func(int), n int) time.Duration {
	start := time.Now()
	run(n)
	return time.Since(start)
}

// bench lends a way to make and drain one round trip of ours, and one of net/http, of the same URL.
func bench(b *testing.B, protocol httpcore.Protocol, handler http.HandlerFunc, secure bool, run func(ours, theirs func())) {
	b.Helper()
	origin, ca := serve(b, handler, secure)
	request := get(origin)
	request.Options.Protocol = protocol
	request.Options.TLS.CA = ca
	tr := transport.New(transport.Options{})
	defer tr.Close()
	std := standard(b, ca, protocol)
	defer std.CloseIdleConnections()
	carry(b, tr, request, func(ctx context.Context, send sender) {
		run(func() {
			reply, err := send(ctx)
			if err != nil {
				b.Error(err)
				return
			}
			drain(b, reply.Body)
		}, func() {
			reply, err := std.Do(same(b, request))
			if err != nil {
				b.Error(err)
				return
			}
			drain(b, reply.Body)
		})
	})
}

// same makes a request of net/http with the header fields that a session sends, so that both are as long.
func same(b *testing.B, r *httpcore.Request) *http.Request {
	asked, err := http.NewRequest(r.Method, r.URL, http.NoBody)
	if err != nil {
		b.Fatal(err)
	}
	asked.Header = http.Header{"User-Agent": {"parley"}, "Accept": {"*/*"}, "Accept-Encoding": {"gzip, deflate, br, zstd"}}
	return asked
}

var buffers = sync.Pool{New: func() any { return new([256 << 10]byte) }}

// drain reads as a session does, in large pieces.
func drain(b *testing.B, r io.ReadCloser) {
	buffer := buffers.Get().(*[256 << 10]byte)
	defer buffers.Put(buffer)
	for {
		if _, err := r.Read(buffer[:]); err != nil {
			if err != io.EOF {
				b.Error(err)
			}
			_ = r.Close()
			return
		}
	}
}

func BenchmarkOneConnection(b *testing.B) {
	bench(b, httpcore.ProtocolHTTP1, hello, false, func(ours, theirs func()) {
		ratio(b, 100, repeat(ours), repeat(theirs))
	})
}

func BenchmarkOneConnectionTLS(b *testing.B) {
	bench(b, httpcore.ProtocolHTTP1, hello, true, func(ours, theirs func()) {
		ratio(b, 100, repeat(ours), repeat(theirs))
	})
}

func Benchmark50Concurrent(b *testing.B) {
	bench(b, httpcore.ProtocolHTTP1, hello, false, func(ours, theirs func()) {
		ratio(b, 10, concurrently(50, ours), concurrently(50, theirs))
	})
}

func Benchmark50StreamsHTTP2(b *testing.B) {
	bench(b, httpcore.ProtocolHTTP2, hello, true, func(ours, theirs func()) {
		ratio(b, 10, concurrently(50, ours), concurrently(50, theirs))
	})
}

// Beside net/http stands quic-go's own client, which is what it is built of.
func Benchmark50StreamsHTTP3(b *testing.B) {
	bench(b, httpcore.ProtocolHTTP3, hello, true, func(ours, theirs func()) {
		ratio(b, 10, concurrently(50, ours), concurrently(50, theirs))
	})
}

// BenchmarkWireLog measures what a log of the wire costs a request that keeps one, beside one that does not.
func BenchmarkWireLog(b *testing.B) {
	for _, w := range ways {
		b.Run(w.name, func(b *testing.B) {
			origin, ca := serve(b, http.HandlerFunc(hello), w.secure)
			request := get(origin)
			request.Options.Protocol, request.Options.TLS.CA = w.protocol, ca
			logged := *request
			logged.Options.WireLimit = 64 << 10
			s := newSession(b, transport.Options{})
			ask := func(r *httpcore.Request) func(int) {
				p, err := s.Prepare(b.Context(), r)
				if err != nil {
					b.Fatal(err)
				}
				return repeat(func() {
					x, err := s.Do(b.Context(), p, nil)
					if err != nil {
						b.Error(err)
					}
					_ = x.Close()
				})
			}
			ratio(b, 100, ask(&logged), ask(request))
		})
	}
}

func BenchmarkDownload(b *testing.B) {
	const size = 1 << 30
	for _, w := range append(ways[:3:3], ways[len(ways)-1]) {
		b.Run(w.name, func(b *testing.B) {
			b.SetBytes(2 * size)
			bench(b, w.protocol, func(rw http.ResponseWriter, r *http.Request) {
				_, _ = io.CopyN(rw, zeros{}, size)
			}, w.secure, func(ours, theirs func()) {
				ratio(b, 1, repeat(ours), repeat(theirs))
			})
		})
	}
}

func repeat(f func()) func(int) {
	return func(n int) {
		for range n {
			f()
		}
	}
}

// concurrently runs f n times in each of so many goroutines.
func concurrently(goroutines int, f func()) func(int) {
	return func(n int) {
		var wg sync.WaitGroup
		for range goroutines {
			wg.Go(func() { repeat(f)(n) })
		}
		wg.Wait()
	}
}

// standard is a client of net/http that speaks one protocol and decodes nothing, with room for every connection.
func standard(b *testing.B, ca string, protocol httpcore.Protocol) *http.Client {
	b.Helper()
	tr := &http.Transport{
		DisableCompression:  true,
		MaxIdleConnsPerHost: 100,
		Protocols:           new(http.Protocols),
		TLSClientConfig:     &tls.Config{RootCAs: x509.NewCertPool()},
	}
	tr.Protocols.SetHTTP1(protocol == httpcore.ProtocolHTTP1)
	tr.Protocols.SetHTTP2(protocol != httpcore.ProtocolHTTP1)
	if ca == "" {
		tr.Protocols.SetHTTP1(true)
		return &http.Client{Transport: tr}
	}
	pem, err := os.ReadFile(ca)
	if err != nil {
		b.Fatal(err)
	}
	tr.TLSClientConfig.RootCAs.AppendCertsFromPEM(pem)
	if protocol == httpcore.ProtocolHTTP3 {
		h3 := &http3.Transport{DisableCompression: true, TLSClientConfig: tr.TLSClientConfig}
		b.Cleanup(func() { _ = h3.Close() })
		return &http.Client{Transport: h3}
	}
	return &http.Client{Transport: tr}
}
