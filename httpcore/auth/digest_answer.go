package auth

import (
	"context"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"hash"
	"slices"
	"strings"

	"parley/httpcore"
)

// digestHash is a hash with the name that challenges give it.
type digestHash struct {
	name string
	new  func() hash.Hash
}

// digestHashes are those known, the weakest first.
func digestHashes() []digestHash {
	return []digestHash{{"MD5", md5.New}, {"SHA", sha1.New}, {"SHA-256", sha256.New}, {"SHA-512-256", sha512.New512_256}, {"SHA-512", sha512.New}}
}

func digestAlgorithms() []string {
	var names []string
	for _, h := range digestHashes() {
		names = append(names, h.name, h.name+"-sess")
	}
	return names
}

// digestRank says how strong an algorithm is, -1 when it is not known. None means MD5 (RFC 7616 section 3.3).
func digestRank(algorithm string) int {
	name, _ := cutSess(algorithm)
	return slices.IndexFunc(digestHashes(), func(h digestHash) bool { return strings.EqualFold(h.name, name) })
}

// cutSess takes the -sess off an algorithm.
func cutSess(algorithm string) (name string, sess bool) {
	const suffix = "-sess"
	if at := len(algorithm) - len(suffix); at >= 0 && strings.EqualFold(algorithm[at:], suffix) {
		return algorithm[:at], true
	}
	if algorithm == "" {
		return "MD5", false
	}
	return algorithm, false
}

// digestAnswer is all that the credentials for a challenge are made of.
type digestAnswer struct {
	challenge                           digestChallenge
	qop, username, password, nc, cnonce string
}

// authorization returns the value of the Authorization header, with its parts in the order of the examples of RFC 7616,
// or of RFC 2617 for a challenge of that time, which names no algorithm: there are servers that know no other order.
func (a digestAnswer) authorization(ctx context.Context, p *httpcore.Prepared) (string, error) {
	response, err := a.response(ctx, p)
	if err != nil {
		return "", err
	}
	c := a.challenge
	parts := []string{a.name(), "realm=" + quote(c.realm)}
	if c.algorithm == "" {
		parts = append(parts, "nonce="+quote(c.nonce), "uri="+quote(p.Target))
		if a.qop != "" {
			parts = append(parts, "qop="+a.qop, "nc="+a.nc, "cnonce="+quote(a.cnonce))
		}
	} else {
		parts = append(parts, "uri="+quote(p.Target), "algorithm="+c.algorithm, "nonce="+quote(c.nonce))
		parts = append(parts, a.counted()...)
	}
	parts = append(parts, "response="+quote(response))
	if c.hasOpaque {
		parts = append(parts, "opaque="+quote(c.opaque))
	}
	if c.userhash {
		parts = append(parts, "userhash=true")
	}
	return "Digest " + strings.Join(parts, ", "), nil
}

// counted are the parts that keep an answer from being used twice.
func (a digestAnswer) counted() []string {
	_, sess := cutSess(a.challenge.algorithm)
	switch {
	case a.qop != "":
		return []string{"nc=" + a.nc, "cnonce=" + quote(a.cnonce), "qop=" + a.qop}
	case sess:
		return []string{"cnonce=" + quote(a.cnonce)}
	default:
		return nil
	}
}

// name is the user's name as the challenge wants to be told it (RFC 7616 section 3.4).
func (a digestAnswer) name() string {
	isPlain := !strings.ContainsFunc(a.username, func(r rune) bool { return r > '~' })
	switch {
	case a.challenge.userhash:
		return "username=" + quote(a.hash(a.username+":"+a.challenge.realm))
	case isPlain || !a.challenge.utf8:
		return "username=" + quote(a.username)
	default:
		return "username*=UTF-8''" + encode(a.username)
	}
}

// response proves that the password is known (RFC 7616 section 3.4.1).
func (a digestAnswer) response(ctx context.Context, p *httpcore.Prepared) (string, error) {
	secret := a.hash(a.username + ":" + a.challenge.realm + ":" + a.password)
	if _, sess := cutSess(a.challenge.algorithm); sess {
		secret = a.hash(secret + ":" + a.challenge.nonce + ":" + a.cnonce)
	}
	request := p.Method + ":" + p.Target
	if a.qop == "auth-int" {
		content := a.newHash()
		if err := readBody(ctx, content, p); err != nil {
			return "", err
		}
		request += ":" + hex.EncodeToString(content.Sum(nil))
	}
	if a.qop == "" {
		return a.hash(secret + ":" + a.challenge.nonce + ":" + a.hash(request)), nil
	}
	return a.hash(strings.Join([]string{secret, a.challenge.nonce, a.nc, a.cnonce, a.qop, a.hash(request)}, ":")), nil
}

func (a digestAnswer) hash(text string) string {
	h := a.newHash()
	h.Write([]byte(text))
	return hex.EncodeToString(h.Sum(nil))
}

func (a digestAnswer) newHash() hash.Hash {
	return digestHashes()[digestRank(a.challenge.algorithm)].new()
}

// quote writes a quoted-string (RFC 9110 section 5.6.4).
func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}
