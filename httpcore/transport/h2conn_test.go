package transport_test

import (
	"bufio"
	"context"
	"encoding/binary"
	"io"
	"net"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"

	"parley/httpcore"
	"parley/httpcore/transport"
)

// frames serves HTTP/2 on a pipe: answer is called for each request, one after another, and reading goes on meanwhile.
func frames(answer func(f *framer, stream uint32)) func(net.Conn, *bufio.Reader) {
	return func(conn net.Conn, r *bufio.Reader) {
		var wg sync.WaitGroup
		defer wg.Wait()
		out, over := make(chan []byte, 100), make(chan struct{})
		defer close(over)
		wg.Go(func() { // a pipe holds nothing: who reads must not wait for who writes
			for {
				select {
				case b := <-out:
					_, _ = conn.Write(b)
				case <-over:
					return
				}
			}
		})
		f := &framer{Framer: http2.NewFramer(channelWriter(out), r), conn: pipeEnd{conn, channelWriter(out)}}
		f.hpack = hpack.NewEncoder(&f.block)
		_, _ = io.ReadFull(r, make([]byte, len(http2.ClientPreface)))
		_ = f.WriteSettings()
		for {
			frame, err := f.ReadFrame()
			if err != nil {
				return
			}
			switch frame := frame.(type) {
			case *http2.SettingsFrame:
				if !frame.IsAck() {
					_ = f.WriteSettingsAck()
				}
			case *http2.HeadersFrame:
				answer(f, frame.StreamID)
			}
		}
	}
}

// pipeEnd writes by way of a channel.
type pipeEnd struct {
	net.Conn
	channelWriter
}

func (e pipeEnd) Write(b []byte) (int, error) { return e.channelWriter.Write(b) }

type channelWriter chan []byte

func (w channelWriter) Write(b []byte) (int, error) {
	w <- append([]byte(nil), b...)
	return len(b), nil
}

// What a server says of the connection is no sign that it works at a request, and neither is what it says of another one.
func TestHTTP2SignsAreThoseOfTheStream(t *testing.T) {
	const timeout = 10 * time.Second
	for _, test := range []struct {
		name   string
		answer func(f *framer, stream uint32)
		want   []httpcore.Kind // of each request in order; "" for none
	}{
		{"pings while the head is awaited", func(f *framer, _ uint32) {
			go func() {
				for range 20 {
					time.Sleep(3 * time.Second)
					_ = f.WritePing(false, [8]byte{})
				}
			}()
		}, []httpcore.Kind{httpcore.KindReadTimeout}},
		{"settings and pings while the body is awaited", func(f *framer, stream uint32) {
			f.head(stream, false, ":status", "200")
			go func() {
				for range 20 {
					time.Sleep(3 * time.Second)
					_ = f.WriteSettings()
					_ = f.WriteWindowUpdate(0, 1)
				}
			}()
		}, []httpcore.Kind{httpcore.KindReadTimeout}},
		{"one stalls, and a frame drips for another", func(f *framer, stream uint32) {
			f.head(stream, false, ":status", "200")
			if stream == 1 {
				return
			}
			go func() {
				head := []byte{0, 0, 5, byte(http2.FrameData), byte(http2.FlagDataEndStream)}
				_, _ = f.conn.Write(binary.BigEndian.AppendUint32(head, stream))
				for _, b := range []byte("drops") {
					time.Sleep(9 * time.Second)
					_, _ = f.conn.Write([]byte{b})
				}
			}()
		}, []httpcore.Kind{httpcore.KindReadTimeout, ""}},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := httpcore.NewSession(httpcore.SessionOptions{Transport: transport.New(transport.Options{Dialer: piped(frames(test.answer))})})
				defer s.Close()
				var wg sync.WaitGroup
				for n, want := range test.want {
					wg.Go(func() {
						time.Sleep(time.Duration(n) * time.Second)
						request := known("192.0.2.1")
						request.Options.Timeout = httpcore.Timeouts{Read: timeout}
						began := time.Now()
						_, err := doContext(context.Background(), t, s, request)
						switch {
						case want == "" && err != nil:
							t.Errorf("request %d: %v", n, err)
						case want != "":
							wantError(t, err, want)
							if waited := time.Since(began); waited > timeout*3/2 {
								t.Errorf("request %d: it took %v to notice", n, waited)
							}
						}
					})
				}
				wg.Wait()
				time.Sleep(5 * time.Minute) // until the server has said all
			})
		})
	}
}
