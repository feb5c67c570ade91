package expect

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"parley/collections/template"
	"parley/httpcore"
	"parley/httpcore/body"
	"parley/httpcore/content"
	"parley/httpcore/content/jsonschema"
)

// maxTree is the largest body that is taken as a whole.
const maxTree = 16 << 20

// facts are what an exchange says, each made once. They belong to one run of a Set.
type facts struct {
	exchange *httpcore.Exchange
	response *httpcore.Response

	raw  func() ([]byte, error)
	text func() (string, error)
	tree func() (any, error)

	host      Host
	secrets   []httpcore.Secret // of the request, and captured ones
	schemas   map[string]*jsonschema.Schema
	verdicts  map[string]verdict
	snapshots []Snapshot
}

func newFacts(x *httpcore.Exchange, host Host) *facts {
	f := &facts{
		exchange: x, response: x.Response(), host: host, schemas: map[string]*jsonschema.Schema{}, verdicts: map[string]verdict{},
	}
	if x.Request != nil {
		f.secrets = x.Request.Secrets
	}
	f.raw = sync.OnceValues(f.readBody)
	f.text = sync.OnceValues(f.decodeText)
	f.tree = sync.OnceValues(f.parseJSON)
	return f
}

// value returns what a name stands for.
func (f *facts) value(name string) (any, error) {
	r := f.response
	switch name {
	case "status":
		return r.Status, nil
	case "reason":
		return r.Reason, nil
	case "ok":
		return r.Status < 400, nil
	case "proto":
		return r.Proto, nil
	case "url":
		return f.exchange.Hops[len(f.exchange.Hops)-1].Prepared.URL.String(), nil
	case "redirects":
		return len(f.exchange.Hops) - 1, nil
	case "elapsed":
		return f.exchange.Elapsed(), nil
	case "timing":
		return f.timing(), nil
	case "tls":
		return f.tls(), nil
	case "headers":
		return f.headers(), nil
	case "body":
		return f.text()
	case "json":
		return f.tree()
	}
	return nil, fmt.Errorf("unknown name `%s`", name)
}

func (f *facts) timing() map[string]any {
	attempts := 0
	for range f.exchange.Attempts() {
		attempts++
	}
	m := map[string]any{"total": f.exchange.Total(), "ttfb": f.exchange.Elapsed(), "attempts": attempts}
	last := f.exchange.Last()
	for _, phase := range []httpcore.Phase{
		httpcore.PhaseQueue, httpcore.PhaseDNS, httpcore.PhaseConnect, httpcore.PhaseTLS, httpcore.PhaseSend, httpcore.PhaseWait,
		httpcore.PhaseReceive,
	} {
		span, _ := last.Timeline.Of(phase) // a phase that did not happen took no time
		m[string(phase)] = span.End - span.Start
	}
	return m
}

// tls has no members for a connection in the clear: each is nil.
func (f *facts) tls() map[string]any {
	m := map[string]any{}
	info := f.exchange.Last().TLS
	if info == nil {
		return m
	}
	m["version"], m["cipher"], m["alpn"] = info.Version, info.CipherSuite, info.ALPN
	m["server_name"], m["verified"], m["problem"] = info.ServerName, info.Verified, info.Problem
	if len(info.Chain) > 0 {
		leaf := info.Chain[0]
		names := make([]any, len(leaf.Names))
		for i, name := range leaf.Names {
			names[i] = name
		}
		m["subject"], m["issuer"], m["names"] = leaf.Subject, leaf.Issuer, names
		m["expires"], m["expires_in"] = leaf.NotAfter, leaf.NotAfter.Sub(f.exchange.Ended)
	}
	return m
}

// headers are all fields under their names as they first came.
func (f *facts) headers() map[string]any {
	m := map[string]any{}
	for _, field := range f.response.Headers {
		if !f.named(m, field.Name) {
			m[field.Name] = f.header(field.Name)
		}
	}
	return m
}

func (f *facts) named(m map[string]any, name string) bool {
	for known := range m {
		if strings.EqualFold(known, name) {
			return true
		}
	}
	return false
}

// header is the value of a field, several joined as RFC 9110, section 5.3, says; nil when there is none.
func (f *facts) header(name string) any {
	list := f.response.Headers.Values(name)
	if len(list) == 0 {
		return nil
	}
	return strings.Join(list, ", ")
}

// source is the body, as far as it is there. The error says why it is not.
func (f *facts) source() (content.Source, error) {
	if _, err := f.response.Body.Done(); err != nil {
		return nil, fmt.Errorf("there is no whole body: %w", err)
	}
	return f.response.Body, nil
}

// readBody returns the content as it came, without its codings.
func (f *facts) readBody() ([]byte, error) {
	source, err := f.source()
	if err != nil {
		return nil, err
	}
	if size := source.Size(); size > maxTree {
		return nil, &template.Error{
			Kind: template.KindLimit, Message: fmt.Sprintf("the body has %d MiB, and no more than %d are taken as a whole", size>>20, maxTree>>20),
			Advice: "jsonpath() reads a body of any size",
		}
	}
	data := make([]byte, source.Size())
	_, err = io.ReadFull(io.NewSectionReader(source, 0, int64(len(data))), data)
	return data, err
}

// kind and charset tell what the body is.
func (f *facts) kind() (kind content.Kind, charset string, err error) {
	source, err := f.source()
	if err != nil {
		return content.Unknown, "", err
	}
	head := make([]byte, content.SniffLen)
	n, err := content.ReadAt(source, head, 0)
	contentType, _ := f.response.Headers.Get("Content-Type")
	return content.Sniff(contentType, head[:n]), body.DetectCharset(contentType, head[:n]).Name, err
}

func (f *facts) decodeText() (string, error) {
	data, err := f.raw()
	if err != nil {
		return "", err
	}
	_, charset, err := f.kind()
	if err != nil {
		return "", err
	}
	decoded, err := body.NewUTF8Reader(bytes.NewReader(data), charset)
	if err != nil {
		return strings.ToValidUTF8(string(data), "\ufffd"), nil // a charset that nobody knows
	}
	text, err := io.ReadAll(io.LimitReader(decoded, 4*maxTree))
	return string(text), err
}

// parseJSON reads the one JSON text that the body is.
func (f *facts) parseJSON() (any, error) {
	data, err := f.raw()
	if err != nil {
		return nil, err
	}
	return parseJSON(bytes.TrimPrefix(data, []byte("\ufeff")))
}

// parseJSON reads a text of JSON with its numbers as they are written. It nests at most 10,000 levels.
func parseJSON(data []byte) (any, error) {
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, errors.New("the body is empty, and no JSON")
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, fmt.Errorf("the body is no JSON: %w", err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, &template.Error{
			Kind: template.KindValue, Message: "the body holds more than one text of JSON", Advice: "jq() and jsonpath() select from each of them",
		}
	}
	return operand(value), nil
}

// allowance is how long reading a body of a size may take an expression beyond its own time: what a slow and busy machine
// keeps up with, for it bounds what never ends and measures nothing.
func allowance(size int64) time.Duration {
	const bytesPerSecond = 1 << 20
	return time.Duration(float64(size) / bytesPerSecond * float64(time.Second))
}

// bounded is a context that ends when one function has had its time with a body of that size.
func bounded(ctx context.Context, size int64) (context.Context, context.CancelFunc) {
	return context.WithTimeoutCause(ctx, selecting+allowance(size), errSlow)
}

var errSlow = &template.Error{Kind: template.KindLimit, Message: "the expression runs too long and was stopped", Advice: "select less"}
