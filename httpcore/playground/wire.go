package playground

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"strings"
	"time"
)

// A wire is one connection in the hands of a fault. Its methods report false when the client has gone or the server closes,
// and a fault then simply returns: whoever called it closes the connection.
type wire struct {
	conn     net.Conn
	r        *bufio.Reader
	opts     FaultOptions
	ctx      context.Context // ends when the server closes
	released context.Context // ends when stalls are to end
	target   string          // the request target, once its head was read
	method   string
}

const maxHead = 1 << 20

// head reads a request's head. A hijacked connection has its first one read already.
func (w *wire) head() bool {
	if w.target != "" {
		return true
	}
	return w.nextHead()
}

// nextHead reads the head of the next request on the connection. Bodies are not read: a fault's answer does not depend on one.
func (w *wire) nextHead() bool {
	_ = w.conn.SetReadDeadline(time.Now().Add(w.opts.MaxStall)) // fails only on a closed connection, as the read then does
	var first string
	for size := 0; size < maxHead; {
		line, err := w.r.ReadString('\n')
		if err != nil {
			return false
		}
		size += len(line)
		line = strings.TrimRight(line, "\r\n")
		if line == "" && first != "" {
			w.method, w.target, _ = strings.Cut(first, " ")
			w.target, _, _ = strings.Cut(w.target, " ")
			return w.target != ""
		}
		if first == "" {
			first = line
		}
	}
	return false
}

// send writes as it stands.
func (w *wire) send(s string) bool {
	_ = w.conn.SetWriteDeadline(time.Now().Add(w.opts.MaxStall)) // fails only on a closed connection, as the write then does
	_, err := io.WriteString(w.conn, s)
	return err == nil && w.ctx.Err() == nil
}

func (w *wire) sendf(format string, args ...any) bool { return w.send(fmt.Sprintf(format, args...)) }

// drip writes s a byte each interval.
func (w *wire) drip(s string) bool {
	for i := range len(s) {
		if !w.send(s[i:i+1]) || !pause(w.ctx, w.opts.Interval) {
			return false
		}
	}
	return true
}

// stall does nothing until the stalls are released (and then reports true), the client goes, the server closes, or MaxStall has
// passed. What the client sends meanwhile is thrown away.
func (w *wire) stall() bool {
	_ = w.conn.SetReadDeadline(time.Now().Add(w.opts.MaxStall)) // fails only on a closed connection, as the read then does
	stop := context.AfterFunc(w.released, func() { _ = w.conn.SetReadDeadline(time.Unix(1, 0)) })
	defer stop()
	_, _ = io.Copy(io.Discard, w.r) // why it ended is asked below
	return w.released.Err() != nil && w.ctx.Err() == nil
}

// reset makes the coming close a TCP reset: the client's reads fail with ECONNRESET instead of an end of file.
func (w *wire) reset() {
	c := w.conn
	for {
		if tcp, ok := c.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0) // fails only on a closed connection
			return
		}
		below, ok := c.(interface{ NetConn() net.Conn })
		if !ok {
			return
		}
		c = below.NetConn()
	}
}

// hang ends the sending side and waits for the client to close: for answers that are framed by the close, so that no
// unread request turns it into a reset.
func (w *wire) hang() {
	if half, ok := w.conn.(interface{ CloseWrite() error }); ok && half.CloseWrite() == nil {
		w.stall()
	}
}
