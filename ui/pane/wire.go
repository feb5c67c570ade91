package pane

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode/utf8"

	"parley/httpcore"
	"parley/themes"
)

// wire shows what went over the wire, with the time and the direction of each piece. Text is shown as text, what is not
// as bytes.
func (r *Response) wire(width int) []pageLine {
	tries, masker := r.tries(), r.masker() // the log is masked, but not what was captured after it was written
	var lines []pageLine
	for _, t := range tries {
		if len(t.wire) == 0 {
			continue
		}
		if len(tries) > 1 {
			lines = append(lines, wireTitle(t, len(lines) > 0 && strings.TrimSpace(lines[len(lines)-1].text()) != "")...)
		}
		for _, entry := range t.wire {
			entry.Data = masker.Bytes(entry.Data)
			lines = append(lines, wireEntry(entry, width)...)
		}
		for side, way := range []string{"sent", "received"} {
			if n := t.omitted[side]; n > 0 {
				lines = append(lines, plainLine(themes.Warning, fmt.Sprintf("%s more were %s: the log keeps the beginning", Bytes(n), way)))
			}
		}
	}
	if len(lines) == 0 && r.running == nil {
		return []pageLine{{}, plainLine(themes.Muted, "What went over the wire was not kept for this exchange.")}
	}
	return lines
}

func wireTitle(t try, below bool) []pageLine {
	var lines []pageLine
	if below {
		lines = append(lines, pageLine{})
	}
	spans := []Span{{" " + t.method, themes.Method(t.method)}, {" " + t.url, themes.Title}}
	if t.attempt > 0 {
		spans = append(spans, Span{fmt.Sprintf(" · attempt %d", t.attempt+1), themes.Muted})
	}
	return append(lines, pageLine{spans: spans})
}

// wireIndent is the column of the data: after the time and the arrow.
const wireIndent = 13

func wireEntry(e httpcore.WireEntry, width int) []pageLine {
	arrow, role := "←", themes.Success
	if e.Sent {
		arrow, role = "→", themes.Accent
	}
	lead := []Span{{fmt.Sprintf("%9s ", Duration(e.At)), themes.Faint}, {arrow + "  ", role}}
	var content []pageLine
	if e.Frame != "" {
		content = append(content, pageLine{spans: []Span{{e.Frame, themes.Title}}})
	}
	content = append(content, wireData(e.Data, width-wireIndent-1)...)
	if e.Omitted > 0 {
		content = append(content, pageLine{spans: []Span{{"… and " + Bytes(e.Omitted) + " more", themes.Warning}}})
	}
	for i := range content {
		if i > 0 {
			lead = []Span{{strings.Repeat(" ", wireIndent), themes.Text}}
		}
		content[i].spans = append(lead, content[i].spans...)
	}
	return content
}

// wireData shows text as lines, and what is not text as bytes; a head before binary content stays text.
func wireData(data []byte, width int) []pageLine {
	if len(data) == 0 {
		return nil
	}
	if readsAsText(data) {
		return wireText(data, width)
	}
	if head := bytes.Index(data, []byte("\r\n\r\n")); head > 0 && readsAsText(data[:head]) {
		return append(wireText(data[:head+4], width), wireBytes(data[head+4:], width)...)
	}
	return wireBytes(data, width)
}

// readsAsText reports whether bytes are best read as text. A character may be cut at either end.
func readsAsText(data []byte) bool {
	for cut := 0; cut < utf8.UTFMax && len(data) > 0 && !utf8.RuneStart(data[0]); cut++ {
		data = data[1:]
	}
	controls := 0
	for len(data) > 0 {
		c, n := utf8.DecodeRune(data)
		switch {
		case c == utf8.RuneError && n == 1 && utf8.FullRune(data), c == 0:
			return false
		case c < ' ' && c != '\n' && c != '\r' && c != '\t':
			controls++
		}
		data = data[n:]
	}
	return controls < 8
}

func wireText(data []byte, width int) []pageLine {
	var lines []pageLine
	for line := range bytes.Lines(data) {
		text := strings.TrimSuffix(strings.TrimSuffix(string(line), "\n"), "\r")
		for _, part := range pieces(text, width) {
			lines = append(lines, pageLine{spans: []Span{{part, themes.Text}}})
		}
	}
	return lines
}

// wireBytes lists bytes in hexadecimal and as what can be read of them.
func wireBytes(data []byte, width int) []pageLine {
	per := 16
	if width < 8+2+per*3+2+per {
		per = 8
	}
	var lines []pageLine
	for at := 0; at < len(data); at += per {
		row := data[at:min(at+per, len(data))]
		digits := hex.EncodeToString(row)
		var spaced strings.Builder
		for i := 0; i < len(digits); i += 2 {
			spaced.WriteString(digits[i:i+2] + " ")
		}
		lines = append(lines, pageLine{spans: []Span{
			{fmt.Sprintf("%06x  ", at), themes.Faint}, {fmt.Sprintf("%-*s ", per*3, spaced.String()), themes.Number}, {readable(row), themes.String},
		}})
	}
	return lines
}

// readable is each byte as a character, those that have none as a dot.
func readable(row []byte) string {
	out := bytes.Clone(row)
	for i, c := range out {
		if c < ' ' || c > '~' {
			out[i] = '.'
		}
	}
	return string(out)
}
