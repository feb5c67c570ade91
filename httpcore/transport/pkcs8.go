package transport

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
	"crypto/pbkdf2"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"fmt"
	"hash"
)

// errUnknownEncryption means that a key is encrypted in a way that is not read here.
var errUnknownEncryption = errors.New("it is encrypted in a way that is not known here")

// encryptedKey is EncryptedPrivateKeyInfo (RFC 5958 section 3).
type encryptedKey struct {
	Algorithm pkix.AlgorithmIdentifier
	Data      []byte
}

// pbes2Params are those of PBES2 (RFC 8018 appendix A.4).
type pbes2Params struct{ Derivation, Cipher pkix.AlgorithmIdentifier }

// pbkdf2Params are those of PBKDF2 (RFC 8018 appendix A.2).
type pbkdf2Params struct {
	Salt       []byte
	Iterations int
	KeyLength  int                      `asn1:"optional"`
	PRF        pkix.AlgorithmIdentifier `asn1:"optional"`
}

// maxIterations bounds the work that a file can ask for: some seconds.
const maxIterations = 20_000_000

// decryptPKCS8 opens a private key that is encrypted by PBES2 (RFC 8018 section 6.2.2) with PBKDF2, as OpenSSL does unless
// it is told otherwise. The result is a PrivateKeyInfo.
func decryptPKCS8(der []byte, password string) ([]byte, error) {
	var key encryptedKey
	if _, err := asn1.Unmarshal(der, &key); err != nil {
		return nil, fmt.Errorf("it is no encrypted PKCS#8 key: %w", err)
	}
	if key.Algorithm.Algorithm.String() != "1.2.840.113549.1.5.13" {
		return nil, errUnknownEncryption
	}
	var params pbes2Params
	if _, err := asn1.Unmarshal(key.Algorithm.Parameters.FullBytes, &params); err != nil {
		return nil, fmt.Errorf("its encryption is described wrongly: %w", err)
	}
	scheme, ok := blockCipherOf(params.Cipher.Algorithm)
	if !ok {
		return nil, errUnknownEncryption
	}
	secret, err := deriveKey(params.Derivation, password, scheme.keySize)
	if err != nil {
		return nil, err
	}
	var iv []byte
	if _, err := asn1.Unmarshal(params.Cipher.Parameters.FullBytes, &iv); err != nil {
		return nil, fmt.Errorf("its encryption is described wrongly: %w", err)
	}
	block, err := scheme.new(secret)
	if err != nil {
		return nil, err
	}
	return decryptCBC(block, iv, key.Data)
}

// blockCipher is a cipher for CBC.
type blockCipher struct {
	keySize int
	new     func(key []byte) (cipher.Block, error)
}

func blockCipherOf(id asn1.ObjectIdentifier) (blockCipher, bool) {
	switch id.String() {
	case "2.16.840.1.101.3.4.1.2":
		return blockCipher{16, aes.NewCipher}, true
	case "2.16.840.1.101.3.4.1.22":
		return blockCipher{24, aes.NewCipher}, true
	case "2.16.840.1.101.3.4.1.42":
		return blockCipher{32, aes.NewCipher}, true
	case "1.2.840.113549.3.7":
		return blockCipher{24, des.NewTripleDESCipher}, true
	default:
		return blockCipher{}, false
	}
}

func deriveKey(derivation pkix.AlgorithmIdentifier, password string, size int) ([]byte, error) {
	if derivation.Algorithm.String() != "1.2.840.113549.1.5.12" {
		return nil, errUnknownEncryption
	}
	var params pbkdf2Params
	if _, err := asn1.Unmarshal(derivation.Parameters.FullBytes, &params); err != nil {
		return nil, fmt.Errorf("its encryption is described wrongly: %w", err)
	}
	if params.Iterations < 1 || params.Iterations > maxIterations {
		return nil, fmt.Errorf("it asks for %d iterations", params.Iterations)
	}
	prf, ok := prfOf(params.PRF.Algorithm)
	if !ok {
		return nil, errUnknownEncryption
	}
	return pbkdf2.Key(prf, password, params.Salt, params.Iterations, size)
}

// prfOf returns the hash of an HMAC (RFC 8018 appendix B.1); SHA-1 when there is none.
func prfOf(id asn1.ObjectIdentifier) (func() hash.Hash, bool) {
	switch id.String() {
	case "", "1.2.840.113549.2.7":
		return sha1.New, true
	case "1.2.840.113549.2.8":
		return sha256.New224, true
	case "1.2.840.113549.2.9":
		return sha256.New, true
	case "1.2.840.113549.2.10":
		return sha512.New384, true
	case "1.2.840.113549.2.11":
		return sha512.New, true
	default:
		return nil, false
	}
}

// decryptCBC removes CBC and its padding. That the padding is wrong, or that no DER comes out, tells a wrong password.
func decryptCBC(block cipher.Block, iv, data []byte) ([]byte, error) {
	size := block.BlockSize()
	if len(iv) != size || len(data) == 0 || len(data)%size != 0 {
		return nil, errors.New("its encrypted part is damaged")
	}
	plain := make([]byte, len(data))
	cipher.NewCBCDecrypter(block, iv).CryptBlocks(plain, data)
	padding := int(plain[len(plain)-1])
	if padding < 1 || padding > size {
		return nil, errWrongPassword
	}
	plain = plain[:len(plain)-padding]
	var whole asn1.RawValue
	if rest, err := asn1.Unmarshal(plain, &whole); err != nil || len(rest) > 0 {
		return nil, errWrongPassword
	}
	return plain, nil
}
