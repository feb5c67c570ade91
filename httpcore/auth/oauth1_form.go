package auth

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"parley/httpcore"
	"parley/httpcore/body"
)

const formType = "application/x-www-form-urlencoded"

// longestForm is more than servers take as a form; what is longer is a mistake, and is not read into memory.
const longestForm = 16 << 20

// form returns the body of p when it is a form, whose parameters are then part of the signature (RFC 5849 section 3.4.1.3);
// of any other body, "". A signature that is to go into the body needs a form, or nothing that could not become one.
func (a oauth1Authorizer) form(ctx context.Context, p *httpcore.Prepared, inBody bool) (string, error) {
	if inBody && p.Request.Headers.Has("Content-Length") {
		return "", authError(a.scheme, "with in = \"body\" makes the body longer than the Content-Length header says", "remove the header: Parley adds the right one")
	}
	if p.Body == nil {
		return "", nil
	}
	if mediaType(p) != formType {
		if inBody {
			return "", authError(a.scheme, "with in = \"body\" needs a form, and the body is something else", "use in = \"header\" or \"query\"")
		}
		return "", nil
	}
	if _, coded := p.Header("Content-Encoding"); coded {
		return "", authError(a.scheme, "cannot sign a compressed form: its parameters are part of the signature", "switch compress off")
	}
	text, err := a.readForm(ctx, p)
	if err != nil {
		return "", err
	}
	return without(text, isOAuthSigned(inBody)), nil
}

func (a oauth1Authorizer) readForm(ctx context.Context, p *httpcore.Prepared) (string, error) {
	var text strings.Builder
	err := readBody(ctx, &shortText{Builder: &text, room: longestForm}, p)
	if errors.Is(err, errTooLong) {
		return "", authError(a.scheme, fmt.Sprintf("cannot sign a form of more than %d MiB", longestForm>>20), "send it as multipart, which is not signed")
	}
	return text.String(), err
}

var errTooLong = errors.New("too long")

// shortText takes no more than it has room for.
type shortText struct {
	*strings.Builder
	room int
}

func (s *shortText) Write(p []byte) (int, error) {
	if s.room -= len(p); s.room < 0 {
		return 0, errTooLong
	}
	return s.Builder.Write(p)
}

// setForm puts the protocol parameters behind those of the form.
func setForm(p *httpcore.Prepared, form string, protocol httpcore.Fields) {
	for _, param := range protocol {
		if form != "" {
			form += "&"
		}
		form += encode(param.Name) + "=" + encode(param.Value)
	}
	if p.Body == nil {
		p.SetHeader(httpcore.SourceBody, "Content-Type", formType)
	}
	p.Body = body.Text(form, formType)
	if _, chunked := p.Header("Transfer-Encoding"); !chunked {
		p.SetHeader(httpcore.SourceBody, "Content-Length", strconv.FormatInt(p.Body.Size(), 10))
	}
}
