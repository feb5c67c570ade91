package playground

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"time"
)

// A certTemplate is what differs between the certificates of the playground. The zero times mean a year either way of now.
type certTemplate struct {
	hosts               []string // names and IP addresses
	notBefore, notAfter time.Time
}

// selfSigned makes a key and a certificate that signs itself, so that it can be trusted alone.
func selfSigned(t certTemplate) (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127))
	if err != nil {
		return tls.Certificate{}, err
	}
	now := time.Now()
	if t.notBefore.IsZero() {
		t.notBefore = now.Add(-24 * time.Hour)
	}
	if t.notAfter.IsZero() {
		t.notAfter = now.AddDate(1, 0, 0)
	}
	x := &x509.Certificate{
		SerialNumber:          serial,
		Subject:               pkix.Name{CommonName: t.hosts[0], Organization: []string{"Parley playground"}},
		NotBefore:             t.notBefore,
		NotAfter:              t.notAfter,
		KeyUsage:              x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true,
		IsCA:                  true,
	}
	for _, host := range t.hosts {
		if ip := net.ParseIP(host); ip != nil {
			x.IPAddresses = append(x.IPAddresses, ip)
		} else {
			x.DNSNames = append(x.DNSNames, host)
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, x, x, &key.PublicKey, key)
	if err != nil {
		return tls.Certificate{}, err
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, nil
}

func certPEM(c tls.Certificate) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Certificate[0]})
}
