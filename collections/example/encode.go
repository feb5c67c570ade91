package example

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"strconv"
	"unicode"
	"unicode/utf8"

	"parley/httpcore"
)

// The lines that begin a section, but for how its body is written.
const (
	requestLine  = "### request"
	responseLine = "### response"
)

// written says how a body is written.
type written string

const (
	asText    written = ""
	asCRLF    written = "crlf"
	asCompact written = "compact"
	asBase64  written = "base64"
)

// plainProto is what a request is written with when nothing is known.
const plainProto = "HTTP/1.1"

// base64Line is how many characters of Base64 stand in a line.
const base64Line = 76

// Encode returns the text of the file.
func (e *Example) Encode() ([]byte, error) {
	var out bytes.Buffer
	q, a := &e.Request, &e.Response
	section(&out, requestLine, escapeWord(q.Method)+" "+escape(q.URL)+" "+escapeWord(cmp.Or(q.Proto, plainProto)), q.Headers, q.Body)
	out.WriteByte('\n')
	status := escapeWord(cmp.Or(a.Proto, plainProto)) + " " + strconv.Itoa(a.Status)
	if a.Reason != "" {
		status += " " + escape(a.Reason)
	}
	section(&out, responseLine, status, a.Headers, a.Body)
	if out.Len() > MaxFile {
		return nil, &SizeError{"the exchange", MaxFile}
	}
	return out.Bytes(), nil
}

func section(out *bytes.Buffer, title, first string, headers httpcore.Fields, body []byte) {
	as, text := wayOf(body)
	out.WriteString(title)
	if as != asText {
		out.WriteString(" " + string(as))
	}
	out.WriteString("\n" + first + "\n")
	for _, h := range headers {
		out.WriteString(escapeName(h.Name) + ":")
		if h.Value != "" {
			out.WriteString(" " + escape(h.Value))
		}
		out.WriteByte('\n')
	}
	if len(body) == 0 {
		return
	}
	out.WriteByte('\n')
	if as == asBase64 {
		writeBase64(out, body)
	} else {
		writeText(out, text)
	}
}

// wayOf finds the most readable way to write a body that brings every byte of it back, and the text that it has then.
func wayOf(body []byte) (as written, text []byte) {
	returns := bytes.Count(body, []byte("\r"))
	switch {
	case !isText(body):
		return asBase64, nil
	case returns == 0:
		if text, ok := spread(body); ok {
			return asCompact, text
		}
		return asText, body
	case returns == bytes.Count(body, []byte("\n")) && returns == bytes.Count(body, []byte("\r\n")):
		return asCRLF, bytes.ReplaceAll(body, []byte("\r\n"), []byte("\n"))
	default:
		return asBase64, nil
	}
}

// isText reports whether a body is UTF-8 without control characters but those of lines.
func isText(body []byte) bool {
	return utf8.Valid(body) && !bytes.ContainsFunc(body, func(r rune) bool {
		return unicode.IsControl(r) && r != '\t' && r != '\n' && r != '\r'
	})
}

func writeText(out *bytes.Buffer, text []byte) {
	for line := range bytes.Lines(text) {
		if isMarked(line) {
			out.WriteByte('\\')
		}
		out.Write(line)
	}
	out.WriteByte('\n')
}

// isMarked reports whether a line of a body could be taken for that of a section, or for one that was kept from it.
func isMarked(line []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(line, `\`), []byte("###"))
}

func writeBase64(out *bytes.Buffer, body []byte) {
	text := base64.StdEncoding.EncodeToString(body)
	for len(text) > base64Line {
		out.WriteString(text[:base64Line] + "\n")
		text = text[base64Line:]
	}
	out.WriteString(text + "\n")
}
