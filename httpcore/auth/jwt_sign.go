package auth

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	_ "crypto/sha512" // for crypto.SHA384 and crypto.SHA512
	"encoding/asn1"
	"errors"
	"fmt"
	"math/big"
	"strings"
)

// jwtAlgorithm is the name of an algorithm of RFC 7518 section 3.1, or EdDSA of RFC 8037.
type jwtAlgorithm string

func jwtAlgorithms() []string {
	return []string{
		"HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA",
	}
}

func (a jwtAlgorithm) family() string { return string(a[:2]) }

func (a jwtAlgorithm) hash() crypto.Hash {
	switch {
	case strings.HasSuffix(string(a), "512"):
		return crypto.SHA512
	case strings.HasSuffix(string(a), "384"):
		return crypto.SHA384
	default:
		return crypto.SHA256
	}
}

// curveBits is the size of the one curve that an ES algorithm goes with.
func (a jwtAlgorithm) curveBits() int {
	return map[jwtAlgorithm]int{"ES256": 256, "ES384": 384, "ES512": 521}[a]
}

// secret is the key of the HS algorithms.
type secret []byte

// key reads a key, and makes sure that it is one for this algorithm: a secret, or a crypto.Signer.
func (a jwtAlgorithm) key(text string) (any, error) {
	if a.family() == "HS" {
		return hmacSecret(text)
	}
	key, err := parseSigner(text)
	if err != nil {
		return nil, err
	}
	return key, a.fits(key)
}

// hmacSecret takes a text for the secret itself, unless it is a key in one of the forms that the other algorithms take.
func hmacSecret(text string) (any, error) {
	if strings.HasPrefix(strings.TrimSpace(text), "-----BEGIN") {
		return nil, errors.New("it is a PEM text, and would be taken for a shared secret")
	}
	web, err := parseJWK(text)
	switch {
	case err != nil:
		return secret(text), nil
	case web.Type != "oct" || len(web.K) == 0:
		return nil, errors.New(`it is a JSON Web Key of another kind than "oct"`)
	}
	return secret(web.K), nil
}

func parseSigner(text string) (crypto.Signer, error) {
	if !strings.HasPrefix(strings.TrimSpace(text), "{") {
		return parsePrivateKey(text)
	}
	web, err := parseJWK(text)
	if err != nil {
		return nil, err
	}
	return web.signer()
}

func (a jwtAlgorithm) fits(key crypto.Signer) error {
	fits := false
	switch key := key.(type) {
	case *rsa.PrivateKey:
		fits = a.family() == "RS" || a.family() == "PS"
	case *ecdsa.PrivateKey:
		fits = key.Curve.Params().BitSize == a.curveBits()
	case ed25519.PrivateKey:
		fits = a.family() == "Ed"
	}
	if !fits {
		return errors.New("it is of another kind")
	}
	return nil
}

func (a jwtAlgorithm) sign(key any, input []byte) ([]byte, error) {
	switch key := key.(type) {
	case secret:
		mac := hmac.New(a.hash().New, key)
		mac.Write(input)
		return mac.Sum(nil), nil
	case ed25519.PrivateKey:
		return ed25519.Sign(key, input), nil
	case *ecdsa.PrivateKey:
		return a.signECDSA(key, a.digest(input))
	case *rsa.PrivateKey:
		if a.family() == "PS" {
			return key.Sign(rand.Reader, a.digest(input), &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash, Hash: a.hash()})
		}
		return key.Sign(nil, a.digest(input), a.hash())
	default:
		return nil, fmt.Errorf("a key of type %T cannot sign", key)
	}
}

func (a jwtAlgorithm) digest(input []byte) []byte {
	h := a.hash().New()
	h.Write(input)
	return h.Sum(nil)
}

// signECDSA signs as RFC 6979 says, so that the same request leaves twice alike, and returns both numbers at full length
// (RFC 7518 section 3.4).
func (a jwtAlgorithm) signECDSA(key *ecdsa.PrivateKey, digest []byte) ([]byte, error) {
	der, err := key.Sign(nil, digest, a.hash())
	if err != nil {
		return nil, err
	}
	var numbers struct{ R, S *big.Int }
	if _, err := asn1.Unmarshal(der, &numbers); err != nil {
		return nil, err
	}
	size := (a.curveBits() + 7) / 8
	signature := make([]byte, 2*size)
	numbers.R.FillBytes(signature[:size])
	numbers.S.FillBytes(signature[size:])
	return signature, nil
}
