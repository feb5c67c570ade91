package document

import (
	"fmt"
	"strings"

	"parley/httpcore/content"
)

// bytesPerLine is how many bytes a line of the hex view shows.
const bytesPerLine = 16

// hexLines shows the bytes themselves. It needs no index.
type hexLines struct {
	src Source
}

func (h *hexLines) size() (int64, bool) {
	done, _ := h.src.Done()
	return (h.src.Size() + bytesPerLine - 1) / bytesPerLine, done
}

func (h *hexLines) numbered(number int64) (int64, error) {
	lines, _ := h.size()
	return max(min(number, lines)-1, 0), nil
}

func (h *hexLines) lineAt(offset int64) (int64, error) {
	return max(min(offset, h.src.Size()-1), 0) / bytesPerLine, nil
}

func (h *hexLines) lineNear(offset int64) int64 { return offset / bytesPerLine }

func (h *hexLines) lines(first, count int64) ([]line, error) {
	known, _ := h.size()
	count = max(min(count, known-first), 0)
	buf := make([]byte, count*bytesPerLine)
	n, err := content.ReadAt(h.src, buf, first*bytesPerLine)
	lines := make([]line, 0, count)
	for i := 0; i < n; i += bytesPerLine {
		index := first + int64(i/bytesPerLine)
		lines = append(lines, hexLine(index, buf[i:min(i+bytesPerLine, n)]))
	}
	return lines, err
}

// hexLine shows up to 16 bytes as hexdump -C does:
//
//	00000010  68 65 6c 6c 6f 20 77 6f  72 6c 64 0a              │hello world·│
func hexLine(index int64, b []byte) line {
	offset := index * bytesPerLine
	l := line{index: index, number: index + 1, offset: offset}
	add := func(text string, role Role, at int64, n int) {
		l.spans = append(l.spans, Span{Text: text, Role: role, Offset: at, Len: n})
	}
	add(fmt.Sprintf("%08x  ", offset), Offset, offset, 0)
	for i, c := range b {
		add(fmt.Sprintf("%02x", c), hexRole(c), offset+int64(i), 1)
		add(hexGap(i), Plain, offset+int64(i), 0)
	}
	if pad := bytesPerLine - len(b); pad > 0 {
		gap := pad * 3
		if len(b) <= 8 {
			gap++
		}
		add(strings.Repeat(" ", gap), Plain, offset, 0)
	}
	add("│", Punctuation, offset, 0)
	for i, c := range b {
		text := "·"
		if c >= 0x20 && c < 0x7f {
			text = string(rune(c))
		}
		add(text, hexRole(c), offset+int64(i), 1)
	}
	add("│", Punctuation, offset, 0)
	return l
}

func hexGap(i int) string {
	if i == 7 {
		return "  "
	}
	return " "
}

func hexRole(c byte) Role {
	switch {
	case c >= 0x20 && c < 0x7f:
		return Plain
	case c == 0:
		return Comment
	case c >= 0x80:
		return Number
	}
	return Mark
}
