package auth

import (
	"context"
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"hash"
	"strings"

	"parley/httpcore"
)

// hawk is version 1 of Hawk (github.com/mozilla/hawk, API.md): an HMAC over the request line, the host and a hash of the
// body. The hash is sent whenever there is a body; servers that do not validate payloads pass over it.
type hawk struct{ source source }

func (hawk) Type() string  { return "hawk" }
func (hawk) Title() string { return "Hawk" }

func (hawk) Fields() []httpcore.SchemeField {
	return append([]httpcore.SchemeField{
		{Name: "id", Label: "ID", Help: "the name that the server knows the key by", Required: true},
		{Name: "key", Label: "Key", Help: "the key that is shared with the server", Required: true, Secret: true},
		{Name: "algorithm", Label: "Algorithm", Help: "the hash that the server expects for this key", Choices: []string{"sha256", "sha1"}},
		{Name: "ext", Label: "Ext", Help: "what the application wants to send along, signed"},
	}, stampFields()...)
}

func (s hawk) Authorizer(values httpcore.Fields) (httpcore.Authorizer, error) {
	if err := checkFilled(s, values); err != nil {
		return nil, err
	}
	if err := checkQuotable(s, values, "id", "ext", "nonce"); err != nil {
		return nil, err
	}
	if err := checkTimestamp(s, values); err != nil {
		return nil, err
	}
	return hawkAuthorizer{s, values}, nil
}

type hawkAuthorizer struct {
	scheme hawk
	values httpcore.Fields
}

func (a hawkAuthorizer) Authorize(ctx context.Context, p *httpcore.Prepared) error {
	id, _ := a.values.Get("id")
	key, _ := a.values.Get("key")
	ext, _ := a.values.Get("ext")
	at := a.scheme.source.stamp(a.values)
	digest, err := a.payloadHash(ctx, p)
	if err != nil {
		return err
	}
	mac := hmac.New(a.newHash(), []byte(key))
	mac.Write([]byte(hawkString(p, at, digest, ext)))

	attributes := []string{`id="` + id + `"`, `ts="` + at.timestamp + `"`, `nonce="` + at.nonce + `"`}
	if digest != "" {
		attributes = append(attributes, `hash="`+digest+`"`)
	}
	if ext != "" {
		attributes = append(attributes, `ext="`+ext+`"`)
	}
	attributes = append(attributes, `mac="`+base64.StdEncoding.EncodeToString(mac.Sum(nil))+`"`)
	return header("Hawk "+strings.Join(attributes, ", ")).Authorize(ctx, p)
}

// hawkString is what the MAC is over.
func hawkString(p *httpcore.Prepared, at stamp, digest, ext string) string {
	host, port := authority(p)
	lines := []string{"hawk.1.header", at.timestamp, at.nonce, p.Method, p.Target, host, port, digest, ext}
	return strings.Join(lines, "\n") + "\n"
}

// payloadHash returns the hash of the body with its media type, or "" without a body.
func (a hawkAuthorizer) payloadHash(ctx context.Context, p *httpcore.Prepared) (string, error) {
	if p.Body == nil {
		return "", nil
	}
	h := a.newHash()()
	h.Write([]byte("hawk.1.payload\n" + mediaType(p) + "\n"))
	if err := readBody(ctx, h, p); err != nil {
		return "", err
	}
	h.Write([]byte("\n"))
	return base64.StdEncoding.EncodeToString(h.Sum(nil)), nil
}

func (a hawkAuthorizer) newHash() func() hash.Hash {
	if choice(a.scheme, a.values, "algorithm") == "sha1" {
		return sha1.New
	}
	return sha256.New
}
