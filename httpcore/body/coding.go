package body

import (
	"fmt"
	"strings"
)

// Codings lists the content codings that [Decode] and [Compress] know, in the order a client prefers them. It is what an
// Accept-Encoding field may promise.
func Codings() []string { return []string{"gzip", "deflate", "br", "zstd"} }

// canonicalCoding is a coding's registered name in lower case (RFC 9110 section 8.4.1), "" for identity.
func canonicalCoding(coding string) (string, error) {
	name := strings.ToLower(strings.TrimSpace(coding))
	switch name {
	case "", "identity":
		return "", nil
	case "x-gzip":
		return "gzip", nil
	case "gzip", "deflate", "br", "zstd":
		return name, nil
	}
	return "", &Error{
		Kind:    UnknownCoding,
		Message: fmt.Sprintf("the content coding %q is not known", coding),
		Advice:  "known are " + strings.Join(Codings(), ", ") + " and identity",
	}
}
