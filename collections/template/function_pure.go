package template

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"hash"
	"strings"
)

func base64Of(_ *evaluation, args []any) (any, error) {
	text, err := stringArg(args, 0)
	return base64.StdEncoding.EncodeToString([]byte(text)), err
}

func sha256Of(_ *evaluation, args []any) (any, error) {
	text, err := stringArg(args, 0)
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:]), err
}

func hmacOf(_ *evaluation, args []any) (any, error) {
	var texts [4]string
	for i := range texts {
		text, err := stringArg(args, i)
		if err != nil {
			return nil, err
		}
		texts[i] = text
	}
	algorithm, err := hashOf(texts[0])
	if err != nil {
		return nil, err
	}
	mac := hmac.New(algorithm, []byte(texts[1]))
	mac.Write([]byte(texts[2]))
	switch sum := mac.Sum(nil); texts[3] {
	case "", "hex":
		return hex.EncodeToString(sum), nil
	case "base64":
		return base64.StdEncoding.EncodeToString(sum), nil
	case "base64url":
		return base64.RawURLEncoding.EncodeToString(sum), nil
	default:
		return nil, &Error{Kind: KindValue, Message: fmt.Sprintf("unknown form %q", texts[3]), Advice: "hex, base64 or base64url"}
	}
}

func hashOf(name string) (func() hash.Hash, error) {
	switch strings.ReplaceAll(strings.ToLower(name), "-", "") {
	case "md5":
		return md5.New, nil
	case "sha1":
		return sha1.New, nil
	case "sha256":
		return sha256.New, nil
	case "sha384":
		return sha512.New384, nil
	case "sha512":
		return sha512.New, nil
	default:
		return nil, &Error{Kind: KindValue, Message: fmt.Sprintf("unknown hash %q", name), Advice: "the first value is md5, sha1, sha256, sha384 or sha512, then come key and text"}
	}
}

// urlencode escapes all but the unreserved characters of RFC 3986, a space too, so that the result fits anywhere in a URL.
func urlencode(_ *evaluation, args []any) (any, error) {
	text, err := stringArg(args, 0)
	var out strings.Builder
	for i := range len(text) {
		c := text[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte("-._~", c) >= 0:
			out.WriteByte(c)
		default:
			fmt.Fprintf(&out, "%%%02X", c)
		}
	}
	return out.String(), err
}

func repeat(e *evaluation, args []any) (any, error) {
	text, err := stringArg(args, 0)
	if err != nil {
		return nil, err
	}
	n, ok := args[1].(int)
	if !ok || n < 0 {
		return nil, &Error{Kind: KindValue, Message: "the second value is how often, 0 or more"}
	}
	if len(text) > 0 && n > valueLimit/len(text) {
		return nil, e.fits(valueLimit + 1)
	}
	return strings.Repeat(text, n), nil
}
