package auth

import (
	"encoding/base32"
	"encoding/base64"
	"io"
	"strconv"
	"strings"
	"time"

	"parley/httpcore"
)

// source is where schemes take from what their values leave open.
type source struct {
	now  func() time.Time
	rand io.Reader
}

// nonce returns a word of letters and digits that no request had before: 128 bits of chance.
func (s source) nonce() string {
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(s.bytes(16))
}

// word returns 43 letters, digits, "-" and "_" that nobody can guess: 256 bits of chance.
func (s source) word() string { return base64.RawURLEncoding.EncodeToString(s.bytes(32)) }

// bytes reads n bytes; crypto/rand never fails, and a test's own source that does is a mistake of the test.
func (s source) bytes(n int) []byte {
	b := make([]byte, n)
	if _, err := io.ReadFull(s.rand, b); err != nil {
		panic("auth: no random bytes: " + err.Error())
	}
	return b
}

// stamp is a nonce with the time it belongs to, in seconds since 1970.
type stamp struct{ nonce, timestamp string }

// stamp returns the values named nonce and timestamp, and fills in those that are not given.
func (s source) stamp(values httpcore.Fields) stamp {
	var at stamp
	at.nonce, _ = values.Get("nonce")
	at.timestamp, _ = values.Get("timestamp")
	if at.nonce == "" {
		at.nonce = s.nonce()
	}
	if at.timestamp == "" {
		at.timestamp = strconv.FormatInt(s.now().Unix(), 10)
	}
	return at
}

func checkTimestamp(scheme httpcore.Scheme, values httpcore.Fields) error {
	timestamp, _ := values.Get("timestamp")
	if strings.ContainsFunc(timestamp, func(r rune) bool { return r < '0' || r > '9' }) {
		return authError(scheme, "cannot read timestamp = \""+timestamp+"\"", "it is the number of seconds since 1970, such as 1700000000")
	}
	return nil
}

// stampFields describe what stamp takes.
func stampFields() []httpcore.SchemeField {
	return []httpcore.SchemeField{
		{Name: "nonce", Label: "Nonce", Help: "a word used only once; random when empty"},
		{Name: "timestamp", Label: "Timestamp", Help: "seconds since 1970; now when empty"},
	}
}
