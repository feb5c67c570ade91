package playground

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"net"
	"net/http"
	"strings"
	"sync"
)

// ntlmConn is what NTLM knows of a connection, which is what it authenticates.
type ntlmConn struct {
	mu sync.Mutex
	// challenge is the one that was sent last, nil without one.
	challenge []byte
	// user is who is signed in, with that password; empty for nobody.
	user, password string
}

type ntlmConnKey struct{}

// withNTLM lets the requests of a connection find what NTLM knows of it.
func withNTLM(ctx context.Context, _ net.Conn) context.Context {
	return context.WithValue(ctx, ntlmConnKey{}, &ntlmConn{})
}

// ntlm signs a user in with NTLMv2, under the name NTLM, or Negotiate with negotiate=1.
func ntlm(w http.ResponseWriter, r *http.Request) {
	scheme := "NTLM"
	if paramsOf(r).flag("negotiate") {
		scheme = "Negotiate"
	}
	conn, ok := r.Context().Value(ntlmConnKey{}).(*ntlmConn)
	if !ok || r.ProtoMajor > 1 {
		problem(w, http.StatusHTTPVersionNotSupported, "NTLM needs a connection of HTTP/1.1 to itself")
		return
	}
	user, password := r.PathValue("user"), r.PathValue("password")
	conn.mu.Lock()
	defer conn.mu.Unlock()
	name, token, given := strings.Cut(r.Header.Get("Authorization"), " ")
	if given && strings.EqualFold(name, scheme) {
		message, err := base64.StdEncoding.DecodeString(token)
		if err != nil {
			problem(w, http.StatusBadRequest, "what follows "+scheme+" is not Base64")
			return
		}
		if challenge := conn.take(message, user, password); challenge != nil {
			refuseNTLM(w, scheme+" "+base64.StdEncoding.EncodeToString(challenge), "answer the challenge")
			return
		}
	}
	if conn.user != user || conn.password != password {
		refuseNTLM(w, scheme, "sign in as "+user)
		return
	}
	answer(w, http.StatusOK, struct {
		Authenticated bool   `json:"authenticated"`
		User          string `json:"user"`
		Scheme        string `json:"scheme"`
	}{true, user, scheme})
}

func refuseNTLM(w http.ResponseWriter, challenge, detail string) {
	w.Header().Set("WWW-Authenticate", challenge)
	problem(w, http.StatusUnauthorized, detail)
}

// take reads a message. It returns the challenge that follows the first one, and signs the user in by the second.
func (c *ntlmConn) take(message []byte, user, password string) []byte {
	switch ntlmType(message) {
	case 1:
		c.challenge = make([]byte, 8)
		rand.Read(c.challenge) // never fails
		return ntlmChallenge(c.challenge)
	case 3:
		if c.challenge != nil && verifyNTLM(message, c.challenge, user, password) {
			c.user, c.password = user, password
		}
		c.challenge = nil
	}
	return nil
}
