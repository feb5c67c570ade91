package jsonschema

import (
	"cmp"
	"encoding/json"
	"math"
	"math/big"
	"strconv"
	"strings"
)

// decimal is a number taken apart: 0.digits × 10^exponent, digits without zeros at either end. Zero has no digits. It has
// no bound on its digits, and comparing is quick whatever the exponent.
type decimal struct {
	negative bool
	digits   string
	exponent int64
}

const maxExponent = 1 << 60

func decimalOf(n json.Number) decimal {
	var d decimal
	s, negative := strings.CutPrefix(string(n), "-")
	mantissa := s
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		mantissa = s[:i]
		exponent, err := strconv.ParseInt(strings.TrimPrefix(s[i+1:], "+"), 10, 64)
		if err != nil { // beyond 64 bits
			exponent = maxExponent
			if strings.HasPrefix(s[i+1:], "-") {
				exponent = -maxExponent
			}
		}
		d.exponent = max(-maxExponent, min(exponent, maxExponent))
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	all := whole + fraction
	d.digits = strings.TrimLeft(all, "0")
	d.exponent += int64(len(whole) - len(all) + len(d.digits))
	if d.digits = strings.TrimRight(d.digits, "0"); d.digits == "" {
		return decimal{}
	}
	d.negative = negative
	return d
}

func (d decimal) isInteger() bool { return d.exponent >= int64(len(d.digits)) }

func (d decimal) sign() int {
	switch {
	case d.digits == "":
		return 0
	case d.negative:
		return -1
	}
	return 1
}

func (d decimal) compare(other decimal) int {
	if d.sign() != other.sign() || d.sign() == 0 {
		return cmp.Compare(d.sign(), other.sign())
	}
	return d.sign() * cmp.Or(cmp.Compare(d.exponent, other.exponent), cmp.Compare(d.digits, other.digits))
}

// text is the same for numbers of the same value.
func (d decimal) text() string {
	sign := ""
	if d.negative {
		sign = "-"
	}
	return sign + d.digits + "e" + strconv.FormatInt(d.exponent, 10)
}

// isMultiple divides exactly where that takes no more than a few thousand digits.
func isMultiple(n, of json.Number) bool {
	a, b := decimalOf(n), decimalOf(of)
	const most = 2000
	if max(a.exponent, -a.exponent, b.exponent, -b.exponent) < most && len(a.digits)+len(b.digits) < most {
		x, ok := new(big.Rat).SetString(string(n))
		y, also := new(big.Rat).SetString(string(of))
		return ok && also && y.Sign() != 0 && new(big.Rat).Quo(x, y).IsInt()
	}
	x, _ := n.Float64()
	y, _ := of.Float64()
	return math.Mod(x, y) == 0
}
