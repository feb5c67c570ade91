package httpcore

import (
	"errors"
	"math"
	"net/netip"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// parseHost applies the standard's host parser: an IPv6 address in brackets, an IPv4 address in any of its spellings,
// or a domain, which becomes lower-case ASCII.
func parseHost(typed, host string) (string, error) {
	if strings.HasPrefix(host, "[") {
		return parseIPv6(typed, host)
	}
	domain, problem := domainToASCII(unescape(host))
	if problem != "" {
		return "", urlError(typed, "the host '"+host+"' "+problem, "")
	}
	if !endsInNumber(domain) {
		return domain, nil
	}
	address, ok := parseIPv4(domain)
	if !ok {
		return "", urlError(typed, "the host '"+host+"' ends in a number but is no IPv4 address", "write four numbers from 0 to 255 with dots between")
	}
	return address, nil
}

func parseIPv6(typed, host string) (string, error) {
	inner, closed := strings.CutSuffix(host[1:], "]")
	address, err := netip.ParseAddr(inner)
	if !closed || err != nil || !address.Is6() || address.Zone() != "" {
		return "", urlError(typed, "'"+host+"' is no IPv6 address", "write it as [::1], without a zone")
	}
	if address.Is4In6() {
		// The standard prints these in hexadecimal like any other, and not with dots as netip does.
		b := address.As16()
		high, low := uint64(b[12])<<8|uint64(b[13]), uint64(b[14])<<8|uint64(b[15])
		return "[::ffff:" + strconv.FormatUint(high, 16) + ":" + strconv.FormatUint(low, 16) + "]", nil
	}
	return "[" + address.String() + "]", nil
}

// domainToASCII is the standard's "domain to ASCII" (UTS 46, non-transitional, neither STD3 rules nor DNS lengths) with
// the check for forbidden code points; problem completes the sentence "the host 'x' …".
func domainToASCII(domain string) (ascii, problem string) {
	if !utf8.ValidString(domain) {
		return "", "is not valid UTF-8"
	}
	ascii = strings.ToLower(domain)
	if !isASCII(domain) {
		var err error
		if ascii, err = hostProfile().ToASCII(domain); err != nil {
			return "", "is no valid international domain name"
		}
	}
	if ascii == "" {
		return "", "is empty"
	}
	for i := range len(ascii) {
		if c := ascii[i]; c <= ' ' || c >= 0x7F || strings.IndexByte("#/:<>?@[\\]^|%", c) >= 0 {
			return "", "holds a character that no host can have"
		}
	}
	return ascii, ""
}

// isASCII reports whether the standard lets a domain through unmapped: even a malformed "xn--" label is the resolver's
// business, not the parser's.
func isASCII(domain string) bool {
	for i := range len(domain) {
		if domain[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func hostProfile() *idna.Profile {
	return idna.New(idna.MapForLookup(), idna.Transitional(false), idna.StrictDomainName(false), idna.CheckHyphens(false),
		idna.CheckJoiners(true), idna.BidiRule(), idna.VerifyDNSLength(false))
}

// endsInNumber decides whether a host is meant to be an IPv4 address.
func endsInNumber(host string) bool {
	host = strings.TrimSuffix(host, ".")
	last := host[strings.LastIndexByte(host, '.')+1:]
	if last == "" {
		return false
	}
	if strings.Trim(last, "0123456789") == "" {
		return true
	}
	_, ok := parseIPv4Number(last)
	return ok
}

// parseIPv4 takes one to four numbers, each decimal, octal (0…) or hexadecimal (0x…), and returns them in dotted form.
func parseIPv4(host string) (string, bool) {
	parts := strings.Split(strings.TrimSuffix(host, "."), ".")
	if len(parts) > 4 {
		return "", false
	}
	var address uint64
	for i, part := range parts {
		number, ok := parseIPv4Number(part)
		if !ok {
			return "", false
		}
		if i < len(parts)-1 {
			if number > 255 {
				return "", false
			}
			address |= number << (8 * (3 - i))
			continue
		}
		if number >= 1<<(8*(5-len(parts))) {
			return "", false
		}
		address |= number
	}
	octets := [4]byte{byte(address >> 24), byte(address >> 16), byte(address >> 8), byte(address)}
	return netip.AddrFrom4(octets).String(), true
}

// parseIPv4Number reports whether s is a number, by its spelling alone, and which.
func parseIPv4Number(s string) (uint64, bool) {
	base, digits := 10, s
	switch {
	case s == "":
		return 0, false
	case len(s) >= 2 && strings.EqualFold(s[:2], "0x"):
		base, digits = 16, s[2:]
	case len(s) >= 2 && s[0] == '0':
		base, digits = 8, s[1:]
	}
	if digits == "" {
		return 0, true
	}
	number, err := strconv.ParseUint(digits, base, 64)
	if errors.Is(err, strconv.ErrRange) {
		return math.MaxUint64, true // a number, though too large for any address
	}
	return number, err == nil
}
