package filter

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
)

// frameKind says what a frame holds. The two processes of jq send each other
// frames: the kind, the length in four bytes, the text.
type frameKind byte

const (
	taskFrame   frameKind = 'q' // a task, as JSON; a body follows
	textFrame   frameKind = 't' // bytes of a body, or of results
	endFrame    frameKind = 'e' // of the body
	brokenFrame frameKind = 'b' // the body broke off
	reportFrame frameKind = 'r' // a report, as JSON; no more results
)

const (
	frameHead = 5
	// maxFrame is how long a frame may be. Longer text takes several.
	maxFrame = 1 << 20
)

func writeFrame(to io.Writer, kind frameKind, text []byte) error {
	for {
		piece := text[:min(len(text), maxFrame)]
		head := binary.BigEndian.AppendUint32(append(make([]byte, 0, frameHead), byte(kind)), uint32(len(piece)))
		if _, err := to.Write(head); err != nil {
			return err
		}
		if _, err := to.Write(piece); err != nil {
			return err
		}
		if text = text[len(piece):]; len(text) == 0 {
			return nil
		}
	}
}

// readFrame reads the head of a frame, whose text of size bytes is next.
func readFrame(from *bufio.Reader) (kind frameKind, size int, err error) {
	var head [frameHead]byte
	if _, err := io.ReadFull(from, head[:]); err != nil {
		return 0, 0, err
	}
	if size = int(binary.BigEndian.Uint32(head[1:])); size > maxFrame {
		return 0, 0, fmt.Errorf("a frame of %d bytes is too long", size)
	}
	return frameKind(head[0]), size, nil
}

func readText(from *bufio.Reader, size int) ([]byte, error) {
	text := make([]byte, size)
	_, err := io.ReadFull(from, text)
	return text, err
}
