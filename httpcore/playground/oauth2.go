package playground

import (
	"crypto/rand"
	"crypto/subtle"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// The clients and the user that the OAuth 2 endpoints know.
const (
	confidentialClient = "playground"
	confidentialSecret = "secret"
	publicClient       = "public" // has no secret, and must use PKCE
	oauthUser          = "ada"
	oauthPassword      = "engine"
)

// maxTokens bounds each kind of thing that the authorization server remembers: beyond it, an arbitrary one is forgotten.
const maxTokens = 10_000

// An authServer is an OAuth 2 authorization server (RFC 6749, 7636, 7009, 8628) that forgets everything with the process.
type authServer struct {
	mu      sync.Mutex
	codes   map[string]*grantedCode
	devices map[string]*pendingDevice
	access  map[string]*granted
	refresh map[string]*granted
}

// granted is what a token stands for.
type granted struct {
	client, user, scope string
	expires             time.Time
	// family is shared by all tokens that came of one grant: a refresh token that is used twice ends them all.
	family *family
	// used says that the refresh token was redeemed.
	used bool
}

type family struct{ revoked bool }

func newAuthServer() *authServer {
	s := &authServer{}
	s.reset()
	return s
}

func (s *authServer) reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.codes, s.devices = map[string]*grantedCode{}, map[string]*pendingDevice{}
	s.access, s.refresh = map[string]*granted{}, map[string]*granted{}
}

// oauthServer makes a handler of what its authorization server does. The table of endpoints is also made without a Handler.
func (h *Handler) oauthServer(serve func(*authServer, http.ResponseWriter, *http.Request)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { serve(h.oauth, w, r) }
}

// keep adds to one of the server's maps.
func keep[T any](m map[string]T, key string, value T) {
	if len(m) >= maxTokens {
		for other := range m {
			delete(m, other)
			break
		}
	}
	m[key] = value
}

// oauthError answers as RFC 6749 section 5.2 has it.
func oauthError(w http.ResponseWriter, status int, code, description string) {
	w.Header().Set("Cache-Control", "no-store")
	if status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `Basic realm="playground"`)
	}
	answer(w, status, struct {
		Error       string `json:"error"`
		Description string `json:"error_description"`
	}{code, description})
}

// client checks who asks: by Basic auth or in the form.
func oauthClient(w http.ResponseWriter, r *http.Request) (client string, ok bool) {
	client, secret, inHeader := r.BasicAuth()
	if inHeader {
		client, secret = unescapeForm(client), unescapeForm(secret)
	} else {
		client, secret = r.PostForm.Get("client_id"), r.PostForm.Get("client_secret")
	}
	switch {
	case client == publicClient && secret == "":
		return client, true
	case client == confidentialClient && subtle.ConstantTimeCompare([]byte(secret), []byte(confidentialSecret)) == 1:
		return client, true
	}
	oauthError(w, http.StatusUnauthorized, "invalid_client", fmt.Sprintf("the clients are %s with the secret %s, and %s without one", confidentialClient, confidentialSecret, publicClient))
	return "", false
}

func unescapeForm(s string) string {
	if text, err := url.QueryUnescape(s); err == nil {
		return text
	}
	return s
}

// isLoopbackURL reports whether a redirect stays on this computer, which keeps the playground from being used to send
// people elsewhere.
func isLoopbackURL(s string) bool {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" {
		return false
	}
	return u.Hostname() == "localhost" || net.ParseIP(u.Hostname()).IsLoopback()
}

// resource is what the tokens are for.
func (s *authServer) resource(w http.ResponseWriter, r *http.Request) {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		w.Header().Set("WWW-Authenticate", `Bearer realm="playground"`)
		problem(w, http.StatusUnauthorized, "this needs an access token of /oauth2/token")
		return
	}
	s.mu.Lock()
	g, known := s.access[token]
	s.mu.Unlock()
	if !known || g.family.revoked || time.Now().After(g.expires) {
		w.Header().Set("WWW-Authenticate", `Bearer realm="playground", error="invalid_token", error_description="the token is unknown, revoked or expired"`)
		problem(w, http.StatusUnauthorized, "the token is unknown, revoked or expired")
		return
	}
	answer(w, http.StatusOK, struct {
		Authenticated bool   `json:"authenticated"`
		Client        string `json:"client"`
		User          string `json:"user,omitempty"`
		Scope         string `json:"scope,omitempty"`
		ExpiresIn     int    `json:"expires_in"`
	}{true, g.client, g.user, g.scope, int(time.Until(g.expires).Round(time.Second).Seconds())})
}

// revoke is RFC 7009: a token that is not known is no error. A refresh token takes the access tokens that came of it along.
func (s *authServer) revoke(w http.ResponseWriter, r *http.Request) {
	if !parseSmallForm(w, r) {
		return
	}
	if _, ok := oauthClient(w, r); !ok {
		return
	}
	token := r.PostForm.Get("token")
	s.mu.Lock()
	defer s.mu.Unlock()
	if g, known := s.refresh[token]; known {
		g.family.revoked = true
	}
	delete(s.access, token)
	w.WriteHeader(http.StatusOK)
}

// parseSmallForm reads a form of at most 64 KiB.
func parseSmallForm(w http.ResponseWriter, r *http.Request) bool {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	if err := r.ParseForm(); err != nil {
		oauthError(w, http.StatusBadRequest, "invalid_request", "the body is no form: "+err.Error())
		return false
	}
	return true
}

func newTokenText() string { return rand.Text() }
