package httpcore

import (
	"fmt"
	"strconv"
	"strings"

	"parley/httpcore/body"
)

// addContentHeaders adds what follows from the body, and decides how its end is told: Content-Length when the size is
// known, chunked when not or when the user asks for it. Without a body, methods other than GET and HEAD say
// "Content-Length: 0", as requests does.
func addContentHeaders(p *Prepared) error {
	if p.Body == nil {
		return addEmptyContent(p)
	}
	if mediaType := p.Body.ContentType(); mediaType != "" {
		p.addAutomatic(SourceBody, "Content-Type", mediaType)
	}
	if encoded, ok := p.Body.(body.Encoded); ok {
		p.addAutomatic(SourceBody, "Content-Encoding", encoded.ContentEncoding())
	}
	given := p.written()
	size := p.Body.Size()
	switch {
	case given.Has("Transfer-Encoding"):
		return checkTransferEncoding(given)
	case given.Has("Content-Length"):
		return checkContentLength(given, size)
	case size >= 0 && p.addAutomatic(SourceBody, "Content-Length", strconv.FormatInt(size, 10)):
		return nil
	case p.addAutomatic(SourceBody, "Transfer-Encoding", "chunked"):
		return nil
	default:
		return headerError("Transfer-Encoding", "it is switched off, and without it the server could not tell where the body ends", "leave Content-Length or Transfer-Encoding on")
	}
}

func addEmptyContent(p *Prepared) error {
	given := p.written()
	switch {
	case given.Has("Transfer-Encoding"):
		return headerError("Transfer-Encoding", "there is no body to transfer", "remove the header, or give the request a body")
	case given.Has("Content-Length"):
		return checkContentLength(given, 0)
	case p.Method != "GET" && p.Method != "HEAD":
		p.addAutomatic(SourceBody, "Content-Length", "0")
	}
	return nil
}

func checkTransferEncoding(given Fields) error {
	const name = "Transfer-Encoding"
	values := given.Values(name)
	switch {
	case given.Has("Content-Length"):
		return headerError(name, "with a Content-Length beside it, servers and proxies disagree about where the request ends", "keep one of them")
	case len(values) > 1 || !strings.EqualFold(values[0], "chunked"):
		return headerError(name, "the body could not be sent as it says", `write "chunked"; for compression use Content-Encoding`)
	}
	return nil
}

// checkContentLength lets a length of the user's stand when it is the body's.
func checkContentLength(given Fields, size int64) error {
	const name = "Content-Length"
	values := given.Values(name)
	switch {
	case len(values) > 1:
		return headerError(name, "it is there twice", "keep one, or none: Parley adds it")
	case size < 0:
		return headerError(name, "the size of this body is only known when it has been sent", "remove it: the body is sent chunked")
	case values[0] != strconv.FormatInt(size, 10):
		return headerError(name, fmt.Sprintf("it says %q, but the body has %d bytes; the rest would be taken for the next request", values[0], size), "remove it: Parley adds the right one")
	}
	return nil
}
