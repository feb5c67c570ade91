package expect

import (
	"cmp"
	"encoding/json"
	"strconv"
	"strings"
	"time"
)

// Number is a number that neither an int nor a float64 can hold with all its digits.
type Number string

// MarshalJSON writes the number as it was spelled.
func (n Number) MarshalJSON() ([]byte, error) { return []byte(n), nil }

// decimal is a number taken apart: 0.digits × 10^exponent, digits without zeros at either end. Zero has no digits.
type decimal struct {
	negative bool
	digits   string
	exponent int64
}

// maxExponent bounds exponents, of which a text of JSON may have any.
const maxExponent = 1 << 60

// parseDecimal reads a number as JSON spells it.
func parseDecimal(s string) (decimal, bool) {
	if !json.Valid([]byte(s)) || strings.TrimLeft(s, "-0123456789") == s {
		return decimal{}, false
	}
	var d decimal
	s, d.negative = strings.CutPrefix(s, "-")
	mantissa := s
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		mantissa = s[:i]
		n, err := strconv.ParseInt(strings.TrimPrefix(s[i+1:], "+"), 10, 64)
		if err != nil { // beyond 64 bits
			n = maxExponent
			if s[i+1] == '-' {
				n = -maxExponent
			}
		}
		d.exponent = max(-maxExponent, min(n, maxExponent))
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	d.exponent += int64(len(whole))
	all := whole + fraction
	d.digits = strings.TrimLeft(all, "0")
	d.exponent -= int64(len(all) - len(d.digits))
	if d.digits = strings.TrimRight(d.digits, "0"); d.digits == "" {
		return decimal{}, true
	}
	return d, true
}

// compare orders two numbers by their values.
func (d decimal) compare(other decimal) int {
	switch {
	case d.sign() != other.sign():
		return cmp.Compare(d.sign(), other.sign())
	case d.sign() == 0:
		return 0
	}
	order := cmp.Or(cmp.Compare(d.exponent, other.exponent), cmp.Compare(d.digits, other.digits))
	if d.negative {
		return -order
	}
	return order
}

func (d decimal) sign() int {
	switch {
	case d.digits == "":
		return 0
	case d.negative:
		return -1
	}
	return 1
}

// exactDigits is how many digits of a decimal a float64 keeps apart from its neighbours.
const exactDigits = 15

// numberFrom is a spelled number as expressions calculate with it: an int or a float64 where that loses nothing.
func numberFrom(spelled string) any {
	if n, err := strconv.Atoi(spelled); err == nil {
		return n
	}
	d, ok := parseDecimal(spelled)
	f, err := strconv.ParseFloat(spelled, 64)
	isInteger := !strings.ContainsAny(spelled, ".eE")
	if !ok || err != nil || isInteger || len(d.digits) > exactDigits || f == 0 && d.sign() != 0 {
		return Number(spelled)
	}
	return f
}

// exactly is the value of a number, whatever holds it.
func exactly(value any) (decimal, bool) {
	switch v := value.(type) {
	case Number:
		return parseDecimal(string(v))
	case int:
		return parseDecimal(strconv.Itoa(v))
	case int64:
		if _, isTime := value.(time.Duration); !isTime {
			return parseDecimal(strconv.FormatInt(v, 10))
		}
	case float64:
		return parseDecimal(strconv.FormatFloat(v, 'g', -1, 64))
	case float32:
		return parseDecimal(strconv.FormatFloat(float64(v), 'g', -1, 32))
	}
	return decimal{}, false
}

// operand turns the numbers of a tree into what expressions calculate with, in place.
func operand(value any) any {
	switch v := value.(type) {
	case json.Number:
		return numberFrom(string(v))
	case []any:
		for i := range v {
			v[i] = operand(v[i])
		}
	case map[string]any:
		for key, item := range v {
			v[key] = operand(item)
		}
	}
	return value
}
