package example

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"parley/httpcore"
)

// Decode reads the text of a file. The error is a *FileError or a *SizeError.
func Decode(data []byte) (*Example, error) {
	if len(data) > MaxFile {
		return nil, &SizeError{"the file", MaxFile}
	}
	if first, _, _ := bytes.Cut(data, []byte("\n")); bytes.HasSuffix(first, []byte("\r")) {
		data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	}
	request, response, found := bytes.Cut(data, []byte("\n"+responseLine))
	if !found {
		return nil, &FileError{1 + bytes.Count(data, []byte("\n")), "the file ends, and there is no section ### response"}
	}
	rest, ok := bytes.CutPrefix(request, []byte(requestLine))
	if !ok {
		return nil, &FileError{1, "the file does not begin with a section ### request"}
	}
	q, err := sectionOf(rest, 1)
	if err != nil {
		return nil, err
	}
	a, err := sectionOf(response, 2+bytes.Count(request, []byte("\n")))
	if err != nil {
		return nil, err
	}
	e := &Example{Request: Request{Headers: q.headers, Body: q.body}, Response: Response{Headers: a.headers, Body: a.body}}
	if err := q.requestLine(&e.Request); err != nil {
		return nil, err
	}
	if err := a.statusLine(&e.Response); err != nil {
		return nil, err
	}
	return e, nil
}

// part is a section as it was read.
type part struct {
	line    int // of its title
	first   string
	headers httpcore.Fields
	body    []byte
}

// sectionOf reads a section from behind its title, which stands in that line.
func sectionOf(text []byte, line int) (*part, error) {
	rest, text, _ := bytes.Cut(text, []byte("\n"))
	as := written(strings.TrimSpace(string(rest)))
	if as != asText && (as != asCRLF && as != asCompact && as != asBase64 || rest[0] != ' ') {
		return nil, &FileError{line, fmt.Sprintf("%q is no way to write a body, as crlf, compact and base64 are", as)}
	}
	p := &part{line: line}
	first, text, _ := bytes.Cut(text, []byte("\n"))
	p.first = string(first)
	at := line + 2
	for ; len(text) > 0 && text[0] != '\n'; at++ {
		var header []byte
		header, text, _ = bytes.Cut(text, []byte("\n"))
		name, value, ok := strings.Cut(string(header), ":")
		if !ok {
			return nil, &FileError{at, fmt.Sprintf("%q is no header: it has no colon", name)}
		}
		p.headers = append(p.headers, httpcore.Field{Name: unescape(name), Value: unescape(strings.TrimSpace(value))})
	}
	if len(text) == 0 {
		return p, nil
	}
	var err error
	p.body, err = readBody(bytes.TrimSuffix(text[1:], []byte("\n")), as, at+1)
	return p, err
}

// readBody reads a body that begins in that line.
func readBody(text []byte, as written, line int) ([]byte, error) {
	var body []byte
	if as == asBase64 {
		body = make([]byte, base64.StdEncoding.DecodedLen(len(text)))
		n, err := base64.StdEncoding.Decode(body, text) // it takes line ends for nothing
		if err != nil {
			return nil, &FileError{line, "the body is said to be Base64, and is none"}
		}
		body = body[:n]
	} else {
		for l := range bytes.Lines(text) {
			if l[0] == '\\' && isMarked(l) {
				l = l[1:]
			}
			body = append(body, l...)
		}
	}
	switch as {
	case asCRLF:
		body = bytes.ReplaceAll(body, []byte("\n"), []byte("\r\n"))
	case asCompact:
		var ok bool
		if body, ok = gather(body); !ok {
			return nil, &FileError{line, "the body is said to be JSON, and is none"}
		}
	}
	if len(body) > MaxBody {
		return nil, &SizeError{"a body of the example", MaxBody}
	}
	if len(body) == 0 {
		return nil, nil
	}
	return body, nil
}

// requestLine reads METHOD URL PROTOCOL; the last may be left out.
func (p *part) requestLine(q *Request) error {
	method, url, ok := strings.Cut(p.first, " ")
	q.Proto = plainProto
	if i := strings.LastIndexByte(url, ' '); i >= 0 && strings.HasPrefix(url[i+1:], "HTTP/") {
		url, q.Proto = url[:i], unescape(url[i+1:])
	}
	q.Method, q.URL = unescape(method), unescape(strings.TrimSpace(url))
	if !ok || q.Method == "" || q.URL == "" {
		return &FileError{p.line + 1, "a request begins with METHOD URL HTTP/1.1"}
	}
	return nil
}

// statusLine reads PROTOCOL STATUS REASON; the last may be left out.
func (p *part) statusLine(a *Response) error {
	proto, rest, _ := strings.Cut(p.first, " ")
	code, reason, _ := strings.Cut(rest, " ")
	status, err := strconv.Atoi(code)
	if proto == "" || err != nil || len(code) != 3 || status < 100 {
		return &FileError{p.line + 1, "a response begins with HTTP/1.1 STATUS REASON"}
	}
	a.Proto, a.Status, a.Reason = unescape(proto), status, unescape(strings.TrimSpace(reason))
	return nil
}
