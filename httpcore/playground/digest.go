package playground

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"parley/httpcore"
)

const (
	digestRealm  = "playground"
	digestOpaque = "as it was"
	maxNonceUses = 1000
)

// digestHash returns the hash of an algorithm, nil for one that is not known.
func digestHash(algorithm string) func() hash.Hash {
	switch strings.ToUpper(strings.TrimSuffix(algorithm, "-sess")) {
	case "MD5":
		return md5.New
	case "SHA":
		return sha1.New
	case "SHA-256":
		return sha256.New
	case "SHA-512-256":
		return sha512.New512_256
	case "SHA-512":
		return sha512.New
	default:
		return nil
	}
}

// nonces counts the uses of each nonce that was given out.
type nonces struct {
	mu   sync.Mutex
	uses map[string]uint64
}

func newNonces() *nonces { return &nonces{uses: map[string]uint64{}} }

func (n *nonces) reset() {
	n.mu.Lock()
	defer n.mu.Unlock()
	clear(n.uses)
}

func (n *nonces) give() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	nonce := newTokenText()
	keep(n.uses, nonce, 0)
	return nonce
}

// take reports whether a nonce may be used with that count, which has to grow, and at most to a limit.
func (n *nonces) take(nonce string, count, limit uint64) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	last, known := n.uses[nonce]
	if !known || count <= last || count > limit {
		return false
	}
	n.uses[nonce] = count
	return true
}

// digestWants is what a request for /digest asks the server to ask for.
type digestWants struct {
	qop, user, password, algorithm string
	userhash, several              bool
	uses                           uint64
}

// digest is Digest auth (RFC 7616) in any of its ways.
func (h *Handler) digest(w http.ResponseWriter, r *http.Request) {
	p := paramsOf(r)
	wants := digestWants{
		qop: r.PathValue("qop"), user: r.PathValue("user"), password: r.PathValue("password"), algorithm: r.PathValue("algorithm"),
		userhash: p.flag("userhash"), several: p.flag("several"), uses: uint64(p.number("uses", maxNonceUses, 1, maxNonceUses)),
	}
	if !slices.Contains([]string{"auth", "auth-int", "none"}, wants.qop) {
		p.fail("qop", "%q is none of auth, auth-int and none", wants.qop)
	}
	if digestHash(wants.algorithm) == nil {
		p.fail("algorithm", "%q is none of MD5, SHA, SHA-256, SHA-512-256, SHA-512, with or without -sess", wants.algorithm)
	}
	if !p.ok(w) {
		return
	}
	given := httpcore.Challenges(httpcore.Fields{{Name: "a", Value: r.Header.Get("Authorization")}}, "a")
	if len(given) != 1 || !given[0].Is("Digest") {
		h.askDigest(w, wants, "sign in with Digest auth", "false")
		return
	}
	if why := wants.check(r, given[0].Params); why != "" {
		h.askDigest(w, wants, why, "false")
		return
	}
	nonce, count := h.nonceOf(given[0].Params)
	if !h.nonces.take(nonce, count, wants.uses) {
		h.askDigest(w, wants, "the nonce is unknown or was used up", "true")
		return
	}
	answer(w, http.StatusOK, struct {
		Authenticated bool   `json:"authenticated"`
		User          string `json:"user"`
		Algorithm     string `json:"algorithm"`
		QOP           string `json:"qop"`
		Count         uint64 `json:"count"`
	}{true, wants.user, wants.algorithm, wants.qop, count})
}

// nonceOf returns the nonce of an answer and its count; without qop there is none, and the nonce is good once.
func (h *Handler) nonceOf(params httpcore.Fields) (nonce string, count uint64) {
	nonce, _ = params.Get("nonce")
	text, counted := params.Get("nc")
	if !counted {
		return nonce, 1
	}
	count, _ = strconv.ParseUint(text, 16, 32)
	return nonce, count
}

func (h *Handler) askDigest(w http.ResponseWriter, wants digestWants, detail, stale string) {
	ask := func(algorithm string) string {
		challenge := fmt.Sprintf(`Digest realm="%s", nonce="%s", opaque="%s", algorithm=%s, charset=UTF-8, stale=%s`, digestRealm, h.nonces.give(), digestOpaque, algorithm, stale)
		if wants.qop != "none" {
			challenge += fmt.Sprintf(`, qop="%s"`, wants.qop)
		}
		if wants.userhash {
			challenge += ", userhash=true"
		}
		return challenge
	}
	challenge := ask(wants.algorithm)
	if wants.several {
		challenge = ask("SHA3-512") + ", " + ask("MD5") + ", " + challenge + `, Basic realm="playground"`
	}
	w.Header().Set("WWW-Authenticate", challenge)
	problem(w, http.StatusUnauthorized, detail)
}

// check says what is wrong with an answer, or nothing.
func (wants digestWants) check(r *http.Request, params httpcore.Fields) string {
	get := func(name string) string { value, _ := params.Get(name); return value }
	newHash := digestHash(wants.algorithm)
	digest := func(s string) string {
		h := newHash()
		io.WriteString(h, s)
		return hex.EncodeToString(h.Sum(nil))
	}
	user := get("username")
	if encoded, found := strings.CutPrefix(get("username*"), "UTF-8''"); found {
		user, _ = url.PathUnescape(encoded)
	}
	expected := wants.user
	if wants.userhash {
		expected = digest(wants.user + ":" + digestRealm)
	}
	if qop := get("qop"); qop != wants.qop && (wants.qop != "none" || qop != "") {
		return "qop is another one"
	}
	switch {
	case user != expected, get("userhash") == "true" != wants.userhash:
		return "the user is " + expected
	case get("realm") != digestRealm || get("opaque") != digestOpaque || get("uri") != r.RequestURI:
		return "realm, opaque or uri is another one"
	case !strings.EqualFold(get("algorithm"), wants.algorithm):
		return "the algorithm is " + wants.algorithm
	}
	secret := digest(wants.user + ":" + digestRealm + ":" + wants.password)
	if strings.HasSuffix(wants.algorithm, "-sess") {
		secret = digest(secret + ":" + get("nonce") + ":" + get("cnonce"))
	}
	request := r.Method + ":" + r.RequestURI
	if wants.qop == "auth-int" {
		content := newHash()
		if _, err := io.Copy(content, http.MaxBytesReader(nil, r.Body, maxEcho)); err != nil {
			return "the body cannot be read: " + err.Error()
		}
		request += ":" + hex.EncodeToString(content.Sum(nil))
	}
	response := digest(secret + ":" + get("nonce") + ":" + digest(request))
	if wants.qop != "none" {
		response = digest(strings.Join([]string{secret, get("nonce"), get("nc"), get("cnonce"), get("qop"), digest(request)}, ":"))
	}
	if subtle.ConstantTimeCompare([]byte(response), []byte(get("response"))) == 0 {
		return "the response is another one: is the password right?"
	}
	return ""
}
