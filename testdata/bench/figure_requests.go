package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/quic-go/quic-go/http3"

	"parley/httpcore"
)

// asked are the header fields that a session sends; the clients beside it send them too.
var asked = http.Header{"User-Agent": {"parley"}, "Accept": {"*/*"}, "Accept-Encoding": {"gzip, deflate, br, zstd"}}

// client sends a request and takes all of its reply.
type client func() error

// through sends with a session, which keeps cookies and tells of every event.
func through(ctx context.Context, session *httpcore.Session, request *httpcore.Request) client {
	var events atomic.Int64
	sink := httpcore.SinkFunc(func(httpcore.Event) { events.Add(1) })
	return func() error {
		prepared, err := session.Prepare(ctx, request)
		if err != nil {
			return err
		}
		exchange, err := session.Do(ctx, prepared, sink)
		if err != nil {
			return err
		}
		return exchange.Close()
	}
}

// beside sends the same with what a Go program would use.
func beside(ctx context.Context, url string, transport http.RoundTripper) client {
	peer := &http.Client{Transport: transport}
	return func() error {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, http.NoBody)
		if err != nil {
			return err
		}
		request.Header = asked.Clone()
		reply, err := peer.Do(request)
		if err != nil {
			return err
		}
		_, err = io.Copy(io.Discard, reply.Body)
		return errors.Join(err, reply.Body.Close())
	}
}

// measureRequest compares what a request costs in a session with what it costs net/http.
func measureRequest(ctx context.Context, b *bench) ([]row, error) {
	if err := needsProc(); err != nil {
		return nil, err
	}
	const requests = 2_000
	url := b.server.URL + "/small"
	session := newSession(b.dir)
	defer session.Close() //nolint:errcheck // nothing is left to be lost
	peer := &http.Transport{DisableCompression: true}
	defer peer.CloseIdleConnections()
	mine, theirs := through(ctx, session, &httpcore.Request{URL: url}), beside(ctx, url, peer)
	least := [2]time.Duration{math.MaxInt64, math.MaxInt64}
	var allocations [2]float64
	for range b.runs {
		for i, send := range []client{mine, theirs} {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			spent, err := cpu(os.Getpid())
			if err != nil {
				return nil, err
			}
			for range requests {
				if err := send(); err != nil {
					return nil, err
				}
			}
			until, err := cpu(os.Getpid())
			if err != nil {
				return nil, err
			}
			runtime.ReadMemStats(&after)
			least[i] = min(least[i], (until-spent)/requests)
			allocations[i] = float64(after.Mallocs-before.Mallocs) / requests
		}
	}
	const micros, most = 30, 60
	extra, more := least[0]-least[1], allocations[0]-allocations[1]
	return []row{
		{
			what: "CPU, the server's included", measured: fmt.Sprintf("%d µs", least[0].Microseconds()),
			against: fmt.Sprintf("net/http %d µs", least[1].Microseconds()), ratio: float64(least[0]) / float64(least[1]),
			target: fmt.Sprintf("≤ %d µs more", micros), missed: extra > micros*time.Microsecond,
		},
		{
			what: "allocations, the server's included", measured: fmt.Sprintf("%.0f", allocations[0]),
			against: fmt.Sprintf("net/http %.0f", allocations[1]), ratio: allocations[0] / allocations[1],
			target: fmt.Sprintf("≤ %d more", most), missed: more > most,
		},
	}, nil
}

// How many requests are under way at a time, and how many each of them is in all.
const streams, each = 50, 20

// measureStreams compares many requests side by side with net/http, and over HTTP/3 with quic-go's own client.
func measureStreams(ctx context.Context, b *bench) ([]row, error) {
	roots := x509.NewCertPool()
	roots.AddCert(b.secure.Certificate())
	h3 := &http3.Server{Handler: b.secure.Config.Handler, TLSConfig: http3.ConfigureTLSConfig(b.secure.TLS.Clone())}
	packets, err := net.ListenPacket("udp", b.secure.Listener.Addr().String())
	if err != nil {
		return nil, err
	}
	go h3.Serve(packets) //nolint:errcheck // it ends when it is closed
	defer h3.Close()     //nolint:errcheck // nothing is left to be lost

	plain := &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: streams}
	defer plain.CloseIdleConnections()
	h2 := &http.Transport{DisableCompression: true, ForceAttemptHTTP2: true, TLSClientConfig: &tls.Config{RootCAs: roots}}
	defer h2.CloseIdleConnections()
	quic := &http3.Transport{DisableCompression: true, TLSClientConfig: &tls.Config{RootCAs: roots}}
	defer quic.Close() //nolint:errcheck // nothing is left to be lost
	var rows []row
	for _, w := range []struct {
		name, origin string
		protocol     httpcore.Protocol
		peer         http.RoundTripper
		with         string
	}{
		{"HTTP/1.1, 50 connections", b.server.URL, httpcore.ProtocolHTTP1, plain, "net/http"},
		{"HTTP/2, 50 streams", b.secure.URL, httpcore.ProtocolHTTP2, h2, "net/http"},
		{"HTTP/3, 50 streams", b.secure.URL, httpcore.ProtocolHTTP3, quic, "quic-go"},
	} {
		session := newSession(b.dir)
		request := &httpcore.Request{URL: w.origin + "/small", Options: httpcore.DefaultOptions()}
		request.Options.Protocol, request.Options.TLS.CA = w.protocol, b.certificate
		mine, theirs, err := least(5*b.runs, through(ctx, session, request), beside(ctx, request.URL, w.peer))
		if err = errors.Join(err, session.Close()); err != nil {
			return rows, err
		}
		r := compare(w.name, mine, theirs, w.with, 0)
		r.measured, r.against = perSecond(mine), w.with+" "+perSecond(theirs)
		rows = append(rows, r)
	}
	return rows, nil
}

func perSecond(took time.Duration) string {
	return fmt.Sprintf("%.0f requests/s", streams*each/took.Seconds())
}

// least runs both in turn, and tells the shortest time that each of them took: the one that was disturbed least.
func least(runs int, mine, theirs client) (time.Duration, time.Duration, error) {
	best := [2]time.Duration{math.MaxInt64, math.MaxInt64}
	for range runs {
		for i, send := range []client{mine, theirs} {
			start := time.Now()
			if err := sideBySide(send); err != nil {
				return 0, 0, err
			}
			best[i] = min(best[i], time.Since(start))
		}
	}
	return best[0], best[1], nil
}

func sideBySide(send client) error {
	var wg sync.WaitGroup
	failures := make([]error, streams)
	for i := range streams {
		wg.Go(func() {
			for range each {
				if failures[i] = send(); failures[i] != nil {
					return
				}
			}
		})
	}
	wg.Wait()
	return errors.Join(failures...)
}
