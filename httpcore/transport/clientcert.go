package transport

import (
	"bytes"
	"crypto"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"os"
	"strings"

	"software.sslmate.com/src/go-pkcs12"

	"parley/httpcore"
)

const certHint = "cert needs a PEM certificate and its PEM key, in one file or two, or a PKCS#12 file"

var (
	errWrongPassword = errors.New("the password does not open it")
	errNoPassword    = errors.New("it is encrypted, and there is no password")
)

// loadClientCert reads a client certificate with its chain and its key: PEM, or PKCS#12.
func loadClientCert(o httpcore.TLSOptions) (tls.Certificate, error) {
	data, err := os.ReadFile(o.Cert)
	if err != nil {
		return tls.Certificate{}, fileError("client certificate", o.Cert, certHint, err)
	}
	if block, _ := pem.Decode(data); block == nil {
		cert, err := openPKCS12(data, o)
		if err != nil {
			return tls.Certificate{}, fileError("client certificate", o.Cert, passwordHint(err), err)
		}
		return cert, nil
	}
	keyFile, keyData := o.Cert, data
	if o.Key != "" {
		keyFile = o.Key
		if keyData, err = os.ReadFile(o.Key); err != nil {
			return tls.Certificate{}, fileError("key of the client certificate", o.Key, certHint, err)
		}
	}
	key, err := openKey(keyData, o.Password)
	if err != nil {
		return tls.Certificate{}, fileError("key of the client certificate", keyFile, passwordHint(err), err)
	}
	pair, err := tls.X509KeyPair(data, key)
	if err != nil {
		return tls.Certificate{}, fileError("client certificate", o.Cert, certHint, errors.New(strings.TrimPrefix(err.Error(), "tls: ")))
	}
	return pair, nil
}

func passwordHint(err error) string {
	switch {
	case errors.Is(err, errNoPassword):
		return "give the password with cert.password"
	case errors.Is(err, errWrongPassword):
		return "check cert.password"
	case errors.Is(err, errUnknownEncryption):
		return "encrypt it anew: openssl pkcs8 -topk8 -in old.key -out new.key"
	default:
		return certHint
	}
}

// openKey returns the first private key in PEM data, decrypted, as PEM.
func openKey(data []byte, password string) ([]byte, error) {
	for {
		var block *pem.Block
		if block, data = pem.Decode(data); block == nil {
			return nil, errors.New("there is no private key in it")
		}
		if !strings.HasSuffix(block.Type, "PRIVATE KEY") {
			continue
		}
		opened, err := openBlock(block, password)
		if err != nil {
			return nil, err
		}
		return pem.EncodeToMemory(opened), nil
	}
}

// openBlock decrypts a private key: PKCS#8, or what OpenSSL wrote before it.
func openBlock(block *pem.Block, password string) (*pem.Block, error) {
	//lint:ignore SA1019 weak or not, keys encrypted that way are in use, and here are only read
	legacy := x509.IsEncryptedPEMBlock(block)
	switch {
	case !legacy && block.Type != "ENCRYPTED PRIVATE KEY":
		return block, nil
	case password == "":
		return nil, errNoPassword
	case !legacy:
		der, err := decryptPKCS8(block.Bytes, password)
		return &pem.Block{Type: "PRIVATE KEY", Bytes: der}, err
	}
	//lint:ignore SA1019 as above
	der, err := x509.DecryptPEMBlock(block, []byte(password))
	if errors.Is(err, x509.IncorrectPasswordError) || err == nil && !isSequence(der) {
		err = errWrongPassword // its check lets one wrong password in 256 pass
	}
	return &pem.Block{Type: block.Type, Bytes: der}, err
}

// openPKCS12 reads a PKCS#12 file, which holds the key too.
func openPKCS12(data []byte, o httpcore.TLSOptions) (tls.Certificate, error) {
	if o.Key != "" {
		return tls.Certificate{}, errors.New("it is no PEM file; a PKCS#12 file holds its key, so leave cert.key out")
	}
	key, first, others, err := pkcs12.DecodeChain(data, o.Password)
	switch {
	case errors.Is(err, pkcs12.ErrIncorrectPassword) && o.Password == "":
		return tls.Certificate{}, errNoPassword
	case errors.Is(err, pkcs12.ErrIncorrectPassword):
		return tls.Certificate{}, errWrongPassword
	case err != nil && !isSequence(data):
		return tls.Certificate{}, errors.New("it is neither PEM nor PKCS#12")
	case err != nil:
		return tls.Certificate{}, errors.New(strings.TrimPrefix(err.Error(), "pkcs12: "))
	}
	chain := chainOf(key, append([]*x509.Certificate{first}, others...))
	if chain == nil {
		return tls.Certificate{}, errors.New("none of its certificates belongs to its key")
	}
	cert := tls.Certificate{PrivateKey: key, Leaf: chain[0]}
	for _, c := range chain {
		cert.Certificate = append(cert.Certificate, c.Raw)
	}
	return cert, nil
}

// chainOf puts certificates in the order that TLS wants: that of the key, and each one's issuer after it. A file may hold
// them in any order.
func chainOf(key any, certs []*x509.Certificate) []*x509.Certificate {
	signer, ok := key.(crypto.Signer)
	if !ok {
		return nil
	}
	next := func(c *x509.Certificate) bool {
		public, ok := c.PublicKey.(interface{ Equal(crypto.PublicKey) bool })
		return ok && public.Equal(signer.Public())
	}
	var chain []*x509.Certificate
	for len(chain) < len(certs) {
		var found *x509.Certificate
		for _, c := range certs {
			if next(c) {
				found = c
				break
			}
		}
		if found == nil {
			break
		}
		chain = append(chain, found)
		next = func(c *x509.Certificate) bool {
			return bytes.Equal(c.RawSubject, found.RawIssuer) && !bytes.Equal(c.RawSubject, c.RawIssuer)
		}
	}
	return chain
}

// isSequence reports whether data begins as DER does.
func isSequence(data []byte) bool { return len(data) > 0 && data[0] == 0x30 }
