package auth

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"math/big"
	"net/url"
	"strings"
	"testing"

	"parley/httpcore"
)

// Every algorithm makes a token that the public key verifies; all but PS make the same one twice.
func TestJWTVerifies(t *testing.T) {
	rsaKey := newRSA(t)
	ecKey := func(curve elliptic.Curve) *ecdsa.PrivateKey {
		key, err := ecdsa.GenerateKey(curve, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		return key
	}
	_, edKey, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string]crypto.Signer{
		"RS": rsaKey, "PS": rsaKey, "ES256": ecKey(elliptic.P256()), "ES384": ecKey(elliptic.P384()), "ES512": ecKey(elliptic.P521()), "Ed": edKey,
	}
	for _, name := range jwtAlgorithms() {
		algorithm := jwtAlgorithm(name)
		key := keys[name]
		if key == nil {
			key = keys[algorithm.family()]
		}
		if key == nil {
			continue // HS, which has published vectors
		}
		t.Run(name, func(t *testing.T) {
			values := [][2]string{{"algorithm", name}, {"key", pkcs8(t, key)}, {"claims", `{"sub":"ada"}`}}
			first := authorization(t, "jwt", &httpcore.Request{URL: "http://h/"}, values)
			second := authorization(t, "jwt", &httpcore.Request{URL: "http://h/"}, values)
			if same := first == second; same == (algorithm.family() == "PS") {
				t.Errorf("the same token twice: %v", same)
			}
			input, signature, _ := cutLast(strings.TrimPrefix(first, "Bearer "))
			raw, err := base64.RawURLEncoding.DecodeString(signature)
			if err != nil {
				t.Fatal(err)
			}
			if !verifies(algorithm, key.Public(), []byte(input), raw) {
				t.Error("the signature does not verify")
			}
		})
	}
}

func cutLast(token string) (input, signature string, found bool) {
	at := strings.LastIndexByte(token, '.')
	return token[:max(at, 0)], token[at+1:], at >= 0
}

func verifies(a jwtAlgorithm, public crypto.PublicKey, input, signature []byte) bool {
	switch public := public.(type) {
	case *rsa.PublicKey:
		if a.family() == "PS" {
			return rsa.VerifyPSS(public, a.hash(), a.digest(input), signature, &rsa.PSSOptions{SaltLength: a.hash().Size()}) == nil
		}
		return rsa.VerifyPKCS1v15(public, a.hash(), a.digest(input), signature) == nil
	case *ecdsa.PublicKey:
		half := len(signature) / 2
		return ecdsa.Verify(public, a.digest(input), new(big.Int).SetBytes(signature[:half]), new(big.Int).SetBytes(signature[half:]))
	case ed25519.PublicKey:
		return ed25519.Verify(public, input, signature)
	default:
		return false
	}
}

// The key and the signature of RFC 8037 appendix A.4, whose payload is no JSON.
func TestEdDSA(t *testing.T) {
	key, err := jwtAlgorithm("EdDSA").key(`{"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwaaPJHURo"}`)
	if err != nil {
		t.Fatal(err)
	}
	signature, err := jwtAlgorithm("EdDSA").sign(key, []byte("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"))
	const want = "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
	if got := encodeSegment(signature); got != want || err != nil {
		t.Errorf("%s, want %s (%v)", got, want, err)
	}
}

func TestOAuth1SignsWithRSA(t *testing.T) {
	key := newRSA(t)
	pkcs1 := string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}))
	for name, hash := range map[string]crypto.Hash{rsaSHA1: crypto.SHA1, rsaSHA256: crypto.SHA256} {
		got := authorization(t, "oauth1", &httpcore.Request{URL: "https://h/a"}, [][2]string{
			{"consumer_key", "k"}, {"signature", name}, {"private_key", pkcs1}, {"nonce", "n"}, {"timestamp", "1"},
		})
		_, encoded, _ := strings.Cut(got, `oauth_signature="`)
		encoded, err := url.QueryUnescape(strings.TrimSuffix(encoded, `"`))
		if err != nil {
			t.Fatal(err)
		}
		signature, err := base64.StdEncoding.DecodeString(encoded)
		if err != nil {
			t.Fatal(err)
		}
		digest := hash.New()
		digest.Write([]byte("GET&https%3A%2F%2Fh%2Fa&oauth_consumer_key%3Dk%26oauth_nonce%3Dn%26oauth_signature_method%3D" + name + "%26oauth_timestamp%3D1"))
		if err := rsa.VerifyPKCS1v15(&key.PublicKey, hash, digest.Sum(nil), signature); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What is no key for an algorithm is said when it is given, and not by a signature that nobody accepts.
func TestBrokenKeys(t *testing.T) {
	cases := []struct {
		algorithm jwtAlgorithm
		key, say  string
	}{
		{"RS256", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "asn1"},
		{"RS256", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "it holds a public key"},
		{"RS256", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----", "it is encrypted"},
		{"RS256", `{"kty":"RSA","n":"AQAB","e":"AQAB"}`, "no private part"},
		{"RS256", `{"kty":"RSA","n":"AQAB","e":"AQAB","d":"AQAB","p":"AQ","q":"AA"}`, "modulus"},
		{"RS256", `{"kty":"oct","k":"AQAB","d":"AQAB"}`, "kind (kty) is not known: oct"},
		{"RS256", `{"n":"?"}`, "no JSON Web Key"},
		{"ES256", `{"kty":"EC","crv":"P-256","d":"AQAB"}`, "scalar length"},
		{"ES256", `{"kty":"EC","crv":"secp256k1","d":"AQAB"}`, "curve (crv) is not known: secp256k1"},
		{"EdDSA", `{"kty":"OKP","crv":"Ed25519","d":"AQAB"}`, "no Ed25519 key"},
		{"HS256", `{"kty":"RSA","n":"AQAB","e":"AQAB"}`, "another kind than"},
	}
	for _, c := range cases {
		if _, err := c.algorithm.key(c.key); err == nil || !strings.Contains(err.Error(), c.say) {
			t.Errorf("%s with %s: %v, want …%s…", c.algorithm, c.key, err, c.say)
		}
	}
}

func newRSA(t *testing.T) *rsa.PrivateKey {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func pkcs8(t *testing.T, key crypto.Signer) string {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
}
