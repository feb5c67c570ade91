package httpcore

import (
	"bytes"
	"strconv"
	"strings"
)

// contentMask masks what goes over the wire in one direction. Secrets are found across pieces, frames and chunks; content
// under a content coding, in which they can't be found, is hidden when there are secrets at all.
type contentMask struct {
	flow  maskFlow
	coded bool // what follows is under a content coding
	state http1State
	line  []byte // of a head, or before a chunk, as far as it has come
	left  uint64 // of a chunk
}

// http1State is where in a message of HTTP/1.1 the next byte is.
type http1State int

const (
	inHead http1State = iota
	inContent
	inChunkLine
	inChunk
	inChunkEnd
)

// Longer ones are taken for content.
const (
	longestHead      = 1 << 20
	longestChunkLine = 4 << 10
)

func (c *contentMask) masks() bool { return c.flow.masker != nil && len(c.flow.masker.needles) > 0 }

func (c *contentMask) take() []byte { return c.flow.take() }

// restart begins a new message.
func (c *contentMask) restart() {
	c.coded, c.state, c.line = false, inHead, nil
}

// content takes the next bytes of content, and returns how many of them are hidden.
func (c *contentMask) content(b []byte) (hidden int64) {
	if c.coded && c.masks() {
		return int64(len(b))
	}
	c.flow.content(b)
	return 0
}

// fields learns from a readable header section what its content is.
func (c *contentMask) fields(section []byte) {
	if head := strings.ToLower(string(section)); strings.Contains(head, ":") {
		c.coded = c.coded || isCoded(head)
	}
}

// http1 takes the next bytes of a connection that speaks HTTP/1.1, and returns how many of them are hidden.
func (c *contentMask) http1(b []byte) (hidden int64) {
	if !c.masks() {
		c.flow.content(b)
		return 0
	}
	for len(b) > 0 {
		n := 0
		switch c.state {
		case inHead:
			n = c.head(b)
			c.flow.content(b[:n])
		case inContent:
			n = len(b)
			hidden += c.content(b)
		case inChunkLine, inChunkEnd:
			n = c.chunkLine(b)
			c.flow.between(b[:n])
		case inChunk:
			n = int(min(uint64(len(b)), c.left))
			hidden += c.content(b[:n])
			if c.left -= uint64(n); c.left == 0 {
				c.state = inChunkEnd
			}
		}
		b = b[n:]
	}
	return hidden
}

// head takes bytes of a head, up to and with its end, and returns how many these are.
func (c *contentMask) head(b []byte) int {
	for i, char := range b {
		c.line = append(c.line, char)
		if char == '\n' && (bytes.HasSuffix(c.line, []byte("\n\r\n")) || bytes.HasSuffix(c.line, []byte("\n\n"))) {
			c.headEnds(strings.ToLower(string(c.line)))
			c.line = nil
			return i + 1
		}
	}
	if len(c.line) > longestHead {
		c.state, c.line = inContent, nil
	}
	return len(b)
}

// headEnds decides what follows a head, which is in lower case.
func (c *contentMask) headEnds(head string) {
	_, status, _ := strings.Cut(head, " ")
	switch {
	case strings.HasPrefix(head, "http/") && strings.HasPrefix(status, "1") && !strings.HasPrefix(status, "101"):
		return // an interim response; another head follows
	case strings.Contains(fieldIn(head, "transfer-encoding"), "chunked"):
		c.state = inChunkLine
	default:
		c.state = inContent
	}
	c.coded = isCoded(head)
}

// chunkLine takes bytes of a line of chunked framing, and returns how many these are.
func (c *contentMask) chunkLine(b []byte) int {
	n := len(b)
	if i := bytes.IndexByte(b, '\n'); i >= 0 {
		n = i + 1
	}
	c.line = append(c.line, b[:n]...)
	switch {
	case b[n-1] != '\n' && len(c.line) < longestChunkLine:
		return n
	case b[n-1] != '\n':
		c.state = inContent
	case c.state == inChunkEnd:
		c.state = inChunkLine
	default:
		size, _, _ := strings.Cut(strings.TrimSpace(string(c.line)), ";")
		left, err := strconv.ParseUint(strings.TrimSpace(size), 16, 63)
		c.left, c.state = left, inChunk
		if err != nil || left == 0 { // trailers, or no chunks after all
			c.state, c.coded = inContent, c.coded && err != nil
		}
	}
	c.line = nil
	return n
}

// isCoded reports whether a header section, in lower case, is of content under a coding.
func isCoded(head string) bool {
	coding := strings.TrimSpace(fieldIn(head, "content-encoding"))
	return coding != "" && coding != "identity"
}

// fieldIn returns the value of a field in a header section, in lower case; empty when it is not there.
func fieldIn(head, name string) string {
	_, after, found := strings.Cut("\n"+head, "\n"+name+":")
	if !found {
		return ""
	}
	value, _, _ := strings.Cut(after, "\n")
	return value
}
