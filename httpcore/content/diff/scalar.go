package diff

import (
	"bytes"
	"math"
	"math/big"
	"net/http"
	"strconv"
	"time"
	"unicode/utf16"
	"unicode/utf8"
)

// unquote appends what a JSON string says, as UTF-8. Half a surrogate pair
// stays apart from all else (as WTF-8 writes it), and so do bytes that are not
// UTF-8.
func unquote(dst, quoted []byte) []byte {
	text := quoted[1 : len(quoted)-1]
	for len(text) > 0 {
		i := bytes.IndexByte(text, '\\')
		if i < 0 {
			return append(dst, text...)
		}
		dst = append(dst, text[:i]...)
		dst, text = unescape(dst, text[i+1:])
	}
	return dst
}

// unescape appends what the escape after a backslash says, and returns what
// follows it.
func unescape(dst, text []byte) (out, rest []byte) {
	switch c := text[0]; c {
	case 'b':
		return append(dst, '\b'), text[1:]
	case 'f':
		return append(dst, '\f'), text[1:]
	case 'n':
		return append(dst, '\n'), text[1:]
	case 'r':
		return append(dst, '\r'), text[1:]
	case 't':
		return append(dst, '\t'), text[1:]
	case 'u':
	default:
		return append(dst, c), text[1:]
	}
	r := hex4(text[1:])
	text = text[5:]
	if utf16.IsSurrogate(r) {
		if len(text) >= 6 && text[0] == '\\' && text[1] == 'u' {
			if pair := utf16.DecodeRune(r, hex4(text[2:])); pair != utf8.RuneError {
				return utf8.AppendRune(dst, pair), text[6:]
			}
		}
		return append(dst, 0xE0|byte(r>>12), 0x80|byte(r>>6)&0x3F, 0x80|byte(r)&0x3F), text
	}
	return utf8.AppendRune(dst, r), text
}

// hex4 reads four digits, which the scanner has seen.
func hex4(digits []byte) (r rune) {
	n, _ := strconv.ParseUint(string(digits[:4]), 16, 32)
	return rune(n)
}

// maxExponent is how many digits an exponent may have for the value of its
// number to be known.
const maxExponent = 17

// canonical appends a number in the form that all spellings of its value
// share: its digits without zeros at either end, and an exponent. Numbers whose
// exponent has more than 17 digits are told apart by their text.
func canonical(dst, text []byte) []byte {
	mantissa, exponent := text, []byte(nil)
	if i := bytes.IndexAny(text, "eE"); i >= 0 {
		mantissa, exponent = text[:i], text[i+1:]
	}
	start := len(dst)
	if mantissa[0] == '-' {
		dst, mantissa = append(dst, '-'), mantissa[1:]
	}
	whole, fraction, _ := bytes.Cut(mantissa, []byte("."))
	first := len(dst)
	dst = append(append(dst, whole...), fraction...)
	digits := bytes.TrimLeft(dst[first:], "0")
	if len(digits) == 0 {
		return append(dst[:start], '0')
	}
	kept := bytes.TrimRight(digits, "0")
	shift := int64(len(digits)-len(kept)) - int64(len(fraction))
	dst = dst[:first+copy(dst[first:], kept)]
	if len(bytes.TrimLeft(exponent, "+-0")) > maxExponent {
		return append(dst[:start], text...)
	}
	if len(exponent) > 0 {
		sign, magnitude := int64(1), bytes.TrimLeft(exponent, "+-0")
		if exponent[0] == '-' {
			sign = -1
		}
		n, _ := strconv.ParseInt(string(magnitude), 10, 64) // at most 17 digits; none is 0
		shift += sign * n
	}
	return strconv.AppendInt(append(dst, 'e'), shift, 10)
}

// maxTolerated is how long a number may be for a tolerance to apply to it.
const maxTolerated = 400

// near reports whether two numbers are within the tolerance.
func (t Tolerance) near(a, b []byte) bool {
	if len(a) > maxTolerated || len(b) > maxTolerated {
		return false
	}
	if t.far(a, b) {
		return false
	}
	x, y := parseNumber(a), parseNumber(b)
	if x == nil || y == nil {
		return false
	}
	apart := new(big.Float).Sub(x, y)
	apart.Abs(apart)
	larger := x.Abs(x)
	if y.Abs(y); larger.Cmp(y) < 0 {
		larger = y
	}
	return within(apart, t.Absolute, nil) || within(apart, t.Relative, larger)
}

// far reports at little cost whether two numbers are clearly not within the
// tolerance.
func (t Tolerance) far(a, b []byte) bool {
	x, errX := strconv.ParseFloat(string(a), 64)
	y, errY := strconv.ParseFloat(string(b), 64)
	if errX != nil || errY != nil {
		return false
	}
	larger := max(math.Abs(x), math.Abs(y))
	return math.Abs(x-y) > 2*max(t.Absolute, t.Relative*larger)+1e-12*larger
}

// within reports whether apart is at most a limit, which is a share of whole
// unless that is nil.
func within(apart *big.Float, limit float64, whole *big.Float) bool {
	if !(limit > 0) || math.IsInf(limit, 0) {
		return limit > 0
	}
	// What people write is decimal: 0.01 is meant, not the nearest fraction of
	// two, and 1.01 is that far from 1.
	most := parseNumber(strconv.AppendFloat(nil, limit, 'g', -1, 64))
	if whole != nil {
		most.Mul(most, whole)
	}
	apart.Sub(apart, new(big.Float).SetMantExp(most, -precision/2))
	return apart.Cmp(most) <= 0
}

// precision is enough for the 400 digits of a number.
const precision = 1400

// parseNumber returns nil for what is too large.
func parseNumber(text []byte) *big.Float {
	f, _, err := big.ParseFloat(string(text), 10, precision, big.ToNearestEven)
	if err != nil || f.IsInf() {
		return nil
	}
	if e := f.MantExp(nil); e > 1<<20 || e < -1<<20 {
		return nil
	}
	return f
}

func isTime(text []byte) bool {
	_, ok := parseTime(text)
	return ok
}

// maxTime is how long a date may be: the longest form of an HTTP date, or
// nanoseconds with a zone.
const maxTime = 40

// parseTime reads an RFC 3339 or HTTP date.
func parseTime(text []byte) (time.Time, bool) {
	if len(text) < len("2006-01-02T15:04Z") || len(text) > maxTime {
		return time.Time{}, false
	}
	if text[0] >= '0' && text[0] <= '9' {
		at, err := time.Parse(time.RFC3339Nano, string(text))
		return at, err == nil
	}
	at, err := http.ParseTime(string(text))
	return at, err == nil
}

// close reports whether two strings are times within the tolerance.
func (t Tolerance) close(a, b []byte) bool {
	x, ok := parseTime(a)
	y, also := parseTime(b)
	return ok && also && x.Sub(y).Abs() <= t.Time
}
