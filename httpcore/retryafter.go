package httpcore

import (
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// parseRetryAfter reads a Retry-After field (RFC 9110 section 10.2.3): seconds, or a date, which may be over by now. One
// that is neither is an error, as in urllib3.
func parseRetryAfter(value string, now time.Time) (time.Duration, error) {
	value = strings.TrimSpace(value)
	if isDigits(value) {
		return secondsOf(value), nil
	}
	date, err := parseDate(value)
	if err != nil {
		return 0, &Error{
			Kind:    KindProtocol,
			Message: fmt.Sprintf("Invalid Retry-After header: %.100q", value),
			Advice:  "it is neither seconds nor a date; respect_retry_after = false waits by backoff instead",
		}
	}
	return max(0, date.Sub(now)), nil
}

// parseDate reads the three forms of an HTTP-date, and the zones of mail that some servers write instead of GMT.
func parseDate(value string) (time.Time, error) {
	date, err := http.ParseTime(value)
	for _, layout := range []string{time.RFC1123Z, "Mon, 2 Jan 2006 15:04:05 MST", "Mon, 2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04:05 MST"} {
		if err == nil {
			return date, nil
		}
		date, err = time.Parse(layout, value)
	}
	return date, err
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// secondsOf reads digits; more than a duration can hold are as many as it can.
func secondsOf(digits string) time.Duration {
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		n = math.MaxInt64
	}
	return seconds(n)
}

func seconds(n int64) time.Duration {
	return time.Duration(min(n, math.MaxInt64/int64(time.Second))) * time.Second
}
