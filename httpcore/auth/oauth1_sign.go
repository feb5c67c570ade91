package auth

import (
	"crypto"
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"hash"
	"strings"

	"parley/httpcore"
)

// The signature methods, by the names that are sent.
const (
	hmacSHA1       = "HMAC-SHA1"
	hmacSHA256Name = "HMAC-SHA256"
	rsaSHA1        = "RSA-SHA1"
	rsaSHA256      = "RSA-SHA256"
	plaintext      = "PLAINTEXT"
)

// baseString is what gets signed (RFC 5849 section 3.4.1).
func baseString(p *httpcore.Prepared, params httpcore.Fields) string {
	return p.Method + "&" + encode(baseURI(p)) + "&" + encode(canonical(params))
}

// baseURI is the URL without query and without the scheme's own port (RFC 5849 section 3.4.1.2).
func baseURI(p *httpcore.Prepared) string {
	host, port := authority(p)
	if standard := map[string]string{"http": "80", "https": "443"}; standard[p.URL.Scheme] != port {
		host += ":" + port
	}
	return p.URL.Scheme + "://" + host + p.URL.Path
}

func (a oauth1Authorizer) sign(base string) (string, error) {
	consumer, _ := a.values.Get("consumer_secret")
	token, _ := a.values.Get("token_secret")
	secret := encode(consumer) + "&" + encode(token)
	switch a.method {
	case plaintext:
		return secret, nil
	case hmacSHA256Name:
		return sumHMAC(sha256.New, secret, base), nil
	case rsaSHA1:
		return a.signRSA(crypto.SHA1, base)
	case rsaSHA256:
		return a.signRSA(crypto.SHA256, base)
	default:
		return sumHMAC(sha1.New, secret, base), nil
	}
}

func sumHMAC(newHash func() hash.Hash, secret, text string) string {
	mac := hmac.New(newHash, []byte(secret))
	mac.Write([]byte(text))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

func (a oauth1Authorizer) signRSA(h crypto.Hash, base string) (string, error) {
	digest := h.New()
	digest.Write([]byte(base))
	signature, err := a.key.Sign(nil, digest.Sum(nil), h)
	if err != nil {
		return "", authError(a.scheme, "cannot sign with private_key: "+strings.TrimPrefix(err.Error(), "crypto/rsa: "), "")
	}
	return base64.StdEncoding.EncodeToString(signature), nil
}
