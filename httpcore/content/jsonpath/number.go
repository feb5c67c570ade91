package jsonpath

import (
	"bytes"
	"cmp"
	"strconv"
)

// compareNumbers compares two numbers exactly, as JSON writes them.
func compareNumbers(a, b []byte) int {
	if x, ok := smallInt(a); ok {
		if y, ok := smallInt(b); ok {
			return cmp.Compare(x, y)
		}
	}
	return decimalOf(a).compare(decimalOf(b))
}

// smallInt reads an integer of at most 18 digits.
func smallInt(text []byte) (int64, bool) {
	digits, negative := bytes.CutPrefix(text, []byte{'-'})
	if len(digits) > 18 {
		return 0, false
	}
	n := int64(0)
	for _, c := range digits {
		if !isDigit(c) {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	if negative {
		n = -n
	}
	return n, true
}

// decimal is a number: 0.DIGITS times ten to the power of exponent, with
// neither leading nor trailing zeros, so that equal numbers are equal decimals.
type decimal struct {
	sign     int
	digits   []byte
	exponent int64
}

func decimalOf(text []byte) decimal {
	d := decimal{sign: 1}
	text, negative := bytes.CutPrefix(text, []byte{'-'})
	if negative {
		d.sign = -1
	}
	if e := bytes.IndexAny(text, "eE"); e >= 0 {
		d.exponent = exponentOf(text[e+1:])
		text = text[:e]
	}
	whole, fraction, _ := bytes.Cut(text, []byte{'.'})
	if len(fraction) > 0 {
		d.digits = append(append(d.digits, whole...), fraction...)
	} else {
		d.digits = whole
	}
	d.exponent += int64(len(whole))
	significant := bytes.TrimLeft(d.digits, "0")
	d.exponent -= int64(len(d.digits) - len(significant))
	d.digits = bytes.TrimRight(significant, "0")
	if len(d.digits) == 0 {
		return decimal{}
	}
	return d
}

// exponentOf reads an exponent. One that no number of digits can make up for
// is cut to the largest.
func exponentOf(text []byte) int64 {
	const most = 1 << 60
	n, _ := strconv.ParseInt(string(text), 10, 64) // of too many digits, the nearest that fits
	return max(min(n, most), -most)
}

func (d decimal) compare(e decimal) int {
	switch {
	case d.sign != e.sign:
		return cmp.Compare(d.sign, e.sign)
	case d.exponent != e.exponent:
		return d.sign * cmp.Compare(d.exponent, e.exponent)
	}
	return d.sign * bytes.Compare(d.digits, e.digits)
}
