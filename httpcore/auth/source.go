package auth

import (
	"crypto/rand"
	"strconv"
	"strings"
	"time"

	"parley/httpcore"
)

// source is where schemes take from what their values leave open.
type source struct {
	now func() time.Time
	// nonce returns a word that no request had before, of letters and digits.
	nonce func() string
}

func system() source { return source{now: time.Now, nonce: rand.Text} }

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
