package auth

import (
	"bytes"
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
	a := &ntlmAuthorizer{scheme: s, next: map[uint64]ntlmMessage{}}
	a.username, _ = values.Get("username")
	a.password, _ = values.Get("password")
	return a, nil
}

// ntlmAuthorizer has what is to be said next on each connection that is being authorised.
type ntlmAuthorizer struct {
	scheme             ntlm
	username, password string

	mu   sync.Mutex
	next map[uint64]ntlmMessage // by affinity
}

// ntlmMessage is good for one request.
type ntlmMessage struct {
	// scheme is NTLM or Negotiate, as the server calls it.
	scheme string
	data   []byte
}

func (m ntlmMessage) String() string {
	return m.scheme + " " + base64.StdEncoding.EncodeToString(m.data)
}

// BindsConnection is true: see httpcore.ConnectionBound.
func (*ntlmAuthorizer) BindsConnection() bool { return true }

func (a *ntlmAuthorizer) Authorize(ctx context.Context, p *httpcore.Prepared) error {
	p.Options.Protocol = httpcore.ProtocolHTTP1
	a.mu.Lock()
	message, found := a.next[p.Affinity]
	delete(a.next, p.Affinity)
	a.mu.Unlock()
	if !found {
		p.Incomplete = append(p.Incomplete, "the Authorization headers of the NTLM handshake, which the server's challenge begins")
		return nil
	}
	if ntlmNumber(message.data) == ntlmNegotiate {
		leaveBodyOut(p)
	}
	return header(message.String()).Authorize(ctx, p)
}

// ntlmNegotiate is the number of the first message ([MS-NLMP] section 2.2.1.1).
const ntlmNegotiate = 1

// ntlmNumber is that of a message, 0 when it is none.
func ntlmNumber(message []byte) byte {
	if rest, found := bytes.CutPrefix(message, []byte(ntlmSignature)); found && len(rest) > 0 {
		return rest[0]
	}
	return 0
}

const ntlmSignature = "NTLMSSP\x00"

// leaveBodyOut keeps a body from being sent with a message that only fetches the challenge, as other clients do.
func leaveBodyOut(p *httpcore.Prepared) {
	if p.Body == nil {
		return
	}
	p.DelHeader("Transfer-Encoding")
	p.Body = body.Bytes(nil, "")
	p.SetHeader(httpcore.SourceBody, "Content-Length", "0")
}

// Answer takes the next step of the handshake on the connection of p. Where it was broken off, it begins anew.
func (a *ntlmAuthorizer) Answer(_ context.Context, p *httpcore.Prepared, r *httpcore.Response, _ httpcore.Requester, round int) (bool, error) {
	offered := ntlmChallenge(r.Headers)
	if r.Status != 401 || offered == nil {
		return false, nil
	}
	message := ntlmMessage{scheme: offered.Scheme}
	var err error
	switch said := ntlmSaid(p); {
	case said == ntlmNegotiate && offered.Token != "":
		message.data, err = a.authenticate(offered)
	case round > 1:
		return false, nil // all has been said
	default:
		message.data, err = ntlmssp.NewNegotiateMessage("", "")
	}
	if err != nil {
		return false, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.next[p.Affinity] = message
	return true, nil
}

// ntlmSaid is the number of the message in a request, 0 without one.
func ntlmSaid(p *httpcore.Prepared) byte {
	value, _ := p.Header("Authorization")
	_, token, _ := strings.Cut(value, " ")
	message, err := base64.StdEncoding.DecodeString(token)
	if err != nil {
		return 0
	}
	return ntlmNumber(message)
}

// authenticate answers a challenge.
func (a *ntlmAuthorizer) authenticate(offered *httpcore.Challenge) ([]byte, error) {
	challenge, err := base64.StdEncoding.DecodeString(offered.Token)
	if err == nil && ntlmNumber(challenge) == 0 {
		return nil, authError(a.scheme, "cannot answer the server: it speaks another mechanism under the name "+offered.Scheme, "Kerberos is not supported")
	}
	var message []byte
	if err == nil {
		message, err = ntlmssp.NewAuthenticateMessage(challenge, a.username, a.password, nil)
	}
	if err != nil {
		return nil, authError(a.scheme, "cannot answer the server's challenge: "+err.Error(), "")
	}
	return message, nil
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
