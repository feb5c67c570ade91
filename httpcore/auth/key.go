package auth

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"math/big"
	"strings"
)

// parsePrivateKey reads a private key in PEM: PKCS #8, PKCS #1 (RSA) or SEC 1 (EC). Errors do not quote the text.
func parsePrivateKey(text string) (crypto.Signer, error) {
	block, _ := pem.Decode([]byte(strings.TrimSpace(text) + "\n"))
	switch {
	case block == nil:
		return nil, errors.New("it is no PEM text")
	case strings.Contains(block.Type, "ENCRYPTED") || block.Headers["DEK-Info"] != "":
		return nil, errors.New("it is encrypted, and has to be decrypted first")
	case block.Type == "RSA PRIVATE KEY":
		return signer(x509.ParsePKCS1PrivateKey(block.Bytes))
	case block.Type == "EC PRIVATE KEY":
		return signer(x509.ParseECPrivateKey(block.Bytes))
	case block.Type != "PRIVATE KEY":
		return nil, errors.New("it holds a " + strings.ToLower(block.Type) + ", and not a private key")
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, err
	}
	if key, ok := key.(crypto.Signer); ok {
		return key, nil
	}
	return nil, errors.New("it is of a kind that cannot sign")
}

// signer keeps a nil key from becoming a crypto.Signer that is not nil.
func signer[K crypto.Signer](key K, err error) (crypto.Signer, error) {
	if err != nil {
		return nil, err
	}
	return key, nil
}

// jwk is a private key as RFC 7517 writes it.
type jwk struct {
	Type  string     `json:"kty"`
	Curve string     `json:"crv"`
	K     base64Text `json:"k"`
	N     base64Text `json:"n"`
	E     base64Text `json:"e"`
	D     base64Text `json:"d"`
	P     base64Text `json:"p"`
	Q     base64Text `json:"q"`
}

// base64Text is base64url without padding.
type base64Text []byte

func (b *base64Text) UnmarshalText(text []byte) error {
	decoded, err := base64.RawURLEncoding.DecodeString(string(text))
	*b = decoded
	return err
}

func (b base64Text) integer() *big.Int { return new(big.Int).SetBytes(b) }

func parseJWK(text string) (*jwk, error) {
	var key jwk
	if err := json.Unmarshal([]byte(text), &key); err != nil || key.Type == "" {
		return nil, errors.New("it is no JSON Web Key")
	}
	return &key, nil
}

// signer returns the key of an asymmetric kind.
func (k *jwk) signer() (crypto.Signer, error) {
	if len(k.D) == 0 {
		return nil, errors.New("it has no private part (d)")
	}
	switch k.Type {
	case "RSA":
		key := &rsa.PrivateKey{
			PublicKey: rsa.PublicKey{N: k.N.integer(), E: int(k.E.integer().Int64())},
			D:         k.D.integer(), Primes: []*big.Int{k.P.integer(), k.Q.integer()},
		}
		if err := key.Validate(); err != nil {
			return nil, err
		}
		key.Precompute()
		return key, nil
	case "EC":
		curve, known := map[string]elliptic.Curve{"P-256": elliptic.P256(), "P-384": elliptic.P384(), "P-521": elliptic.P521()}[k.Curve]
		if !known {
			return nil, errors.New("its curve (crv) is not known: " + k.Curve)
		}
		return signer(ecdsa.ParseRawPrivateKey(curve, k.D))
	case "OKP":
		if k.Curve != "Ed25519" || len(k.D) != ed25519.SeedSize {
			return nil, errors.New("it is no Ed25519 key")
		}
		return ed25519.NewKeyFromSeed(k.D), nil
	default:
		return nil, errors.New("its kind (kty) is not known: " + k.Type)
	}
}
