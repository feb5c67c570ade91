package transport

import (
	"net"
	"sync/atomic"
	"time"
)

// timedConn renews its deadline with every read and write, so that a timeout is a gap without progress and never a
// bound on the whole. It lies under TLS: there, a record that comes in pieces counts as progress, and a write that was
// taken in part can go on, which a tls.Conn would not allow after a timeout.
type timedConn struct {
	net.Conn
	gap     atomic.Int64 // time.Duration; 0 waits for ever
	written atomic.Int64 // bytes so far
	writing atomic.Bool
	feeding atomic.Bool // the next piece of the request is waited for, on this side
}

// setGap sets the longest wait for progress from now on. No read or write may be running.
func (c *timedConn) setGap(gap time.Duration) {
	if c.gap.Swap(int64(gap)) != int64(gap) && gap == 0 {
		// The error means that the connection is closed, which the next read or write tells better.
		_ = c.SetDeadline(time.Time{})
	}
}

func (c *timedConn) Read(b []byte) (int, error) {
	for {
		if gap := time.Duration(c.gap.Load()); gap > 0 {
			_ = c.SetReadDeadline(time.Now().Add(c.patience(gap)))
		}
		n, err := c.Conn.Read(b)
		if n > 0 || !isTimeout(err) || !c.feeding.Load() {
			return n, err
		}
	}
}

// feed runs next, which gets the next piece of the request from where it comes from. As long as that takes, the server
// has no reason to say anything: its silence begins afterwards.
func (c *timedConn) feed(next func()) {
	c.feeding.Store(true)
	next()
	if gap := time.Duration(c.gap.Load()); gap > 0 {
		_ = c.SetReadDeadline(time.Now().Add(c.patience(gap)))
	}
	c.feeding.Store(false)
}

// looks is how often in a gap a write that is not through looks for progress.
const looks = 4

// patience is how long a read waits. While a write runs, it is that one's business to notice silence: a server may read
// all of a request before it answers.
func (c *timedConn) patience(gap time.Duration) time.Duration {
	if c.writing.Load() {
		return gap + gap/looks
	}
	return gap
}

func (c *timedConn) Write(b []byte) (int, error) {
	gap := time.Duration(c.gap.Load())
	if gap <= 0 {
		n, err := c.Conn.Write(b)
		c.written.Add(int64(n))
		return n, err
	}
	c.writing.Store(true)
	done, progress := 0, time.Now()
	// From the last progress on, the server has the gap to answer.
	defer func() {
		c.writing.Store(false)
		_ = c.SetReadDeadline(progress.Add(gap))
	}()
	for {
		_ = c.SetReadDeadline(progress.Add(c.patience(gap)))
		// A slow server may take longer than the gap for all of b, so what it took is looked at within the gap.
		_ = c.SetWriteDeadline(time.Now().Add(gap / looks))
		n, err := c.Conn.Write(b[done:])
		done += n
		c.written.Add(int64(n))
		if n > 0 {
			progress = time.Now()
		}
		if !isTimeout(err) || time.Since(progress) >= gap {
			return done, err
		}
	}
}
