package playground

import (
	"fmt"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// maxPause bounds every wait that a client may ask for.
const maxPause = 5 * time.Minute

// A params reads query parameters and gathers what is wrong with them, so that a client hears it all at once.
type params struct {
	values url.Values
	errs   []fieldError
}

func paramsOf(r *http.Request) *params { return &params{values: r.URL.Query()} }

// ok reports whether everything read so far was valid, and answers 400 when it was not.
func (p *params) ok(w http.ResponseWriter) bool {
	if len(p.errs) == 0 {
		return true
	}
	problem(w, http.StatusBadRequest, "a query parameter is not valid", p.errs...)
	return false
}

func (p *params) fail(name, format string, args ...any) {
	p.errs = append(p.errs, fieldError{Field: name, Message: fmt.Sprintf(format, args...)})
}

// text is the parameter's first value, or fallback when it is absent or empty.
func (p *params) text(name, fallback string) string {
	if v := p.values.Get(name); v != "" {
		return v
	}
	return fallback
}

// flag is true for a parameter that is there and not "0" or "false".
func (p *params) flag(name string) bool {
	if !p.values.Has(name) {
		return false
	}
	v := p.values.Get(name)
	return v != "0" && v != "false"
}

// number is a whole number between low and high.
func (p *params) number(name string, fallback, low, high int) int {
	v := p.values.Get(name)
	if v == "" {
		return fallback
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < low || n > high {
		p.fail(name, "%q is not a whole number from %d to %d", v, low, high)
		return fallback
	}
	return n
}

// pause is a duration ("200ms", or a bare number of seconds) between nothing and maxPause.
func (p *params) pause(name string, fallback time.Duration) time.Duration {
	v := p.values.Get(name)
	if v == "" {
		return fallback
	}
	d, err := time.ParseDuration(v)
	if err != nil {
		d, err = time.ParseDuration(v + "s")
	}
	if err != nil || d < 0 || d > maxPause {
		p.fail(name, "%q is not a duration such as 200ms, 1.5s or 2, of at most %v", v, maxPause)
		return fallback
	}
	return d
}

// size is a number of bytes, as [parseSize] reads it.
func (p *params) size(name string, fallback int64) int64 {
	v := p.values.Get(name)
	if v == "" {
		return fallback
	}
	n, err := parseSize(v)
	if err != nil {
		p.fail(name, "%v", err)
		return fallback
	}
	return n
}

// parseSize reads a number of bytes: "1500", "64KiB", "1.5 GiB", "10MB". KB, MB and so on are powers of 1000, KiB and MiB powers
// of 1024, and so are the bare letters K, M, G and T; case does not matter.
func parseSize(s string) (int64, error) {
	digits := strings.TrimRightFunc(s, func(r rune) bool { return (r < '0' || r > '9') && r != '.' })
	unit, ok := sizeUnits[strings.ToLower(strings.TrimSpace(s[len(digits):]))]
	n, err := strconv.ParseFloat(digits, 64)
	if err != nil || !ok || n < 0 || math.IsNaN(n) {
		return 0, fmt.Errorf("%q is not a size such as 1500, 64KiB or 1GiB", s)
	}
	if n*unit > maxSize {
		return 0, fmt.Errorf("%q is more than %d TiB", s, int64(maxSize)>>40)
	}
	return int64(n * unit), nil
}

// maxSize keeps sizes exact: every whole number up to it is a float64.
const maxSize = 1 << 50

var sizeUnits = map[string]float64{
	"": 1, "b": 1,
	"k": 1 << 10, "kib": 1 << 10, "kb": 1e3,
	"m": 1 << 20, "mib": 1 << 20, "mb": 1e6,
	"g": 1 << 30, "gib": 1 << 30, "gb": 1e9,
	"t": 1 << 40, "tib": 1 << 40, "tb": 1e12,
}
