package auth

import (
	"context"
	"encoding/base64"
	"strings"
	"sync"

	"github.com/Azure/go-ntlmssp"

	"parley/httpcore"
	"parley/httpcore/body"
)

// ntlm is NTLMv2 over HTTP ([MS-NTHT]), under the name NTLM or, as Windows servers offer it as well, Negotiate. It
// authorises a connection: a request without credentials is refused, the next one carries a first message and brings a
// challenge back, the third one answers it, all on one connection of HTTP/1.1.
type ntlm struct{}

func (ntlm) Type() string  { return "ntlm" }
func (ntlm) Title() string { return "NTLM" }

func (ntlm) Fields() []httpcore.SchemeField {
	return []httpcore.SchemeField{
		{Name: "username", Label: "Username", Help: `the user's name, as DOMAIN\name or name@domain where it belongs to a domain`, Required: true},
		{Name: "password", Label: "Password", Help: "the password, which is never sent", Secret: true},
	}
}

func (s ntlm) Authorizer(values httpcore.Fields) (httpcore.Authorizer, error) {
	if err := checkFilled(s, values); err != nil {
		return nil, err
	}
	a := &ntlmAuthorizer{scheme: s, handshakes: map[uint64]*ntlmHandshake{}}
	a.username, _ = values.Get("username")
	a.password, _ = values.Get("password")
	return a, nil
}

// ntlmAuthorizer has a handshake for each connection that is being authorised.
type ntlmAuthorizer struct {
	scheme             ntlm
	username, password string

	mu         sync.Mutex
	handshakes map[uint64]*ntlmHandshake // by affinity
}

// ntlmHandshake is what the next request of a connection has to say.
type ntlmHandshake struct {
	// name is the scheme as the server calls it.
	name    string
	message []byte
	// last says that the message is the answer to the challenge: there is nothing to be said after it.
	last bool
}

// BindsConnection is true: see httpcore.ConnectionBound.
func (*ntlmAuthorizer) BindsConnection() bool { return true }

func (a *ntlmAuthorizer) Authorize(ctx context.Context, p *httpcore.Prepared) error {
	p.Options.Protocol = httpcore.ProtocolHTTP1
	a.mu.Lock()
	handshake := a.handshakes[p.Affinity]
	a.mu.Unlock()
	if handshake == nil {
		p.Incomplete = append(p.Incomplete, "the Authorization headers of the NTLM handshake, which the server's challenge begins")
		return nil
	}
	if !handshake.last {
		leaveBodyOut(p)
	}
	return header(handshake.name+" "+base64.StdEncoding.EncodeToString(handshake.message)).Authorize(ctx, p)
}

// leaveBodyOut keeps a body from being sent with a message that only fetches the challenge, as other clients do.
func leaveBodyOut(p *httpcore.Prepared) {
	if p.Body == nil {
		return
	}
	p.DelHeader("Transfer-Encoding")
	p.Body = body.Bytes(nil, "")
	p.SetHeader(httpcore.SourceBody, "Content-Length", "0")
}

// Answer takes the next step of the handshake on the connection of p.
func (a *ntlmAuthorizer) Answer(_ context.Context, p *httpcore.Prepared, r *httpcore.Response, _ httpcore.Requester, _ int) (bool, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	before := a.handshakes[p.Affinity]
	delete(a.handshakes, p.Affinity)
	if r.Status != 401 || before != nil && before.last {
		return false, nil // done, well or ill
	}
	next, err := a.step(before, ntlmChallenge(r.Headers))
	if next == nil || err != nil {
		return false, err
	}
	a.handshakes[p.Affinity] = next
	return true, nil
}

// step returns what to say next, or nil when the server does not offer what is needed.
func (a *ntlmAuthorizer) step(before *ntlmHandshake, offered *httpcore.Challenge) (*ntlmHandshake, error) {
	if offered == nil {
		return nil, nil
	}
	if before == nil {
		message, err := ntlmssp.NewNegotiateMessage("", "")
		if err != nil {
			return nil, authError(a.scheme, "cannot begin: "+err.Error(), "")
		}
		return &ntlmHandshake{name: offered.Scheme, message: message}, nil
	}
	if offered.Token == "" {
		return nil, nil // it has begun anew: the server did not like the first message
	}
	challenge, err := base64.StdEncoding.DecodeString(offered.Token)
	if err == nil && !strings.HasPrefix(string(challenge), "NTLMSSP\x00") {
		return nil, authError(a.scheme, "cannot answer the server: it speaks another mechanism under the name "+offered.Scheme, "Kerberos is not supported")
	}
	var message []byte
	if err == nil {
		message, err = ntlmssp.NewAuthenticateMessage(challenge, a.username, a.password, nil)
	}
	if err != nil {
		return nil, authError(a.scheme, "cannot answer the server's challenge: "+err.Error(), "")
	}
	return &ntlmHandshake{name: offered.Scheme, message: message, last: true}, nil
}

// ntlmChallenge is what a server offers: NTLM before Negotiate, which may mean Kerberos.
func ntlmChallenge(headers httpcore.Fields) *httpcore.Challenge {
	offered := httpcore.Challenges(headers, "WWW-Authenticate")
	for _, name := range []string{"NTLM", "Negotiate"} {
		for i := range offered {
			if offered[i].Is(name) {
				return &offered[i]
			}
		}
	}
	return nil
}
