package auth

import (
	"slices"
	"strings"

	"parley/httpcore"
)

// digestChallenge is what a server asks for (RFC 7616 section 3.3).
type digestChallenge struct {
	realm, nonce, opaque, algorithm string
	hasOpaque                       bool
	qop, domain                     []string
	userhash, utf8, stale           bool
}

// maxDomains bounds how many parts of a protection space are remembered; those beyond are asked about anew.
const maxDomains = 100

// digestChallenges are those of a response.
func digestChallenges(headers httpcore.Fields) []digestChallenge {
	var list []digestChallenge
	for _, offered := range httpcore.Challenges(headers, "WWW-Authenticate") {
		if offered.Is("Digest") {
			list = append(list, newDigestChallenge(offered.Params))
		}
	}
	return list
}

// nextNonce is what Authentication-Info says; its parameters are those of a challenge without a scheme before them.
func nextNonce(headers httpcore.Fields) string {
	info, _ := headers.Get("Authentication-Info")
	for _, c := range httpcore.Challenges(httpcore.Fields{{Name: "info", Value: "Digest " + info}}, "info") {
		nonce, _ := c.Params.Get("nextnonce")
		return nonce
	}
	return ""
}

func newDigestChallenge(params httpcore.Fields) digestChallenge {
	is := func(name, value string) bool {
		got, _ := params.Get(name)
		return strings.EqualFold(got, value)
	}
	c := digestChallenge{userhash: is("userhash", "true"), stale: is("stale", "true"), utf8: is("charset", "UTF-8")}
	c.realm, _ = params.Get("realm")
	c.nonce, _ = params.Get("nonce")
	c.algorithm, _ = params.Get("algorithm")
	c.opaque, c.hasOpaque = params.Get("opaque")
	qop, _ := params.Get("qop")
	c.qop = strings.FieldsFunc(qop, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' })
	domain, _ := params.Get("domain")
	c.domain = strings.Fields(domain)
	c.domain = c.domain[:min(len(c.domain), maxDomains)]
	return c
}

// choose returns the quality of protection to use: the wanted one, else auth, which proves as much for less work. It is
// empty for a challenge of RFC 2069, that knows none.
func (c digestChallenge) choose(wanted string) string {
	for _, qop := range []string{wanted, "auth", "auth-int"} {
		if slices.ContainsFunc(c.qop, func(offered string) bool { return qop != "" && strings.EqualFold(offered, qop) }) {
			return qop
		}
	}
	return ""
}

// allows reports whether the challenge can be answered, in the way that is wanted if one is.
func (c digestChallenge) allows(algorithm, qop string) bool {
	offered := c.algorithm
	if offered == "" {
		offered = "MD5"
	}
	chosen := c.choose(qop)
	return c.nonce != "" && digestRank(c.algorithm) >= 0 && (algorithm == "" || strings.EqualFold(algorithm, offered)) &&
		(chosen != "" || len(c.qop) == 0) && (qop == "" || chosen == qop)
}

// strongest returns the challenge to answer, the server's first among equals.
func strongest(offered []digestChallenge, algorithm, qop string) (digestChallenge, bool) {
	best, found := digestChallenge{}, false
	for _, c := range offered {
		if c.allows(algorithm, qop) && (!found || digestRank(c.algorithm) > digestRank(best.algorithm)) {
			best, found = c, true
		}
	}
	return best, found
}

func describeDigests(offered []digestChallenge) string {
	var list []string
	for _, c := range offered {
		algorithm, qop := c.algorithm, strings.Join(c.qop, " or ")
		if algorithm == "" {
			algorithm = "MD5"
		}
		if qop == "" {
			qop = "none"
		}
		list = append(list, "algorithm "+clip(algorithm)+", qop "+clip(qop))
	}
	return strings.Join(list, "; ")
}
