package cassette

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"regexp"

	"parley/httpcore"
)

// Secret is a secret for requests that are played back. It has a value that fits wherever a token does, which is the same
// for a name each time; the real one is not needed.
func Secret(_ context.Context, name string) (httpcore.Secret, error) {
	return httpcore.NewSecret(name, valueOf(name)), nil
}

func valueOf(name string) string {
	sum := sha256.Sum256([]byte(name))
	return "played" + hex.EncodeToString(sum[:12])
}

var mark = regexp.MustCompile(`\{secret ([^{}]+)\}`)

// unmark puts such values in the place of the marks in what a server said: a token that was captured from there is sent
// again, and a mark fits into no header.
func unmark(text []byte) []byte {
	return mark.ReplaceAllFunc(text, func(found []byte) []byte {
		return []byte(valueOf(string(mark.FindSubmatch(found)[1])))
	})
}
