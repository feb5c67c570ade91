package report

import (
	"math/bits"
	"strconv"
	"time"
)

// times is a histogram of durations that takes the same memory for any number of them. Buckets grow with what is in them:
// a value is told to 1.6 %.
type times struct {
	counts [octaves * fine]int
	n      int
	max    time.Duration
}

const (
	// fine is the number of buckets for each power of two.
	fine = 64
	// octaves are as many as a year of microseconds has.
	octaves = 40
)

func bucketOf(d time.Duration) int {
	us := uint64(max(d, 0) / time.Microsecond)
	if us < fine {
		return int(us)
	}
	shift := bits.Len64(us) - bits.Len64(fine-1) - 1
	return min(fine*(shift+1)+int(us>>shift)-fine, octaves*fine-1)
}

// from returns where a bucket begins.
func from(bucket int) time.Duration {
	if bucket < 2*fine {
		return time.Duration(bucket) * time.Microsecond
	}
	shift := bucket/fine - 1
	return time.Duration(uint64(fine+bucket%fine)<<shift) * time.Microsecond
}

func (t *times) add(d time.Duration) {
	t.counts[bucketOf(d)]++
	t.n++
	t.max = max(t.max, d)
}

// percentile returns the time below which that share of all lies, at most the largest one.
func (t *times) percentile(share float64) time.Duration {
	need := int(share * float64(t.n))
	for bucket, count := range t.counts {
		if need -= count; need < 0 {
			return min(from(bucket+1), t.max)
		}
	}
	return t.max
}

// bar is a part of a distribution.
type bar struct {
	from, to time.Duration
	count    int
}

// steps divide each power of ten of a distribution.
var steps = [...]int{1, 2, 5}

// bars returns the distribution in buckets of 1, 2, 5, 10 … µs, from the first one with something in it to the last.
func (t *times) bars() []bar {
	var list []bar
	begin := time.Duration(0)
	for power := 10 * time.Microsecond; power < 100*time.Hour; power *= 10 {
		for _, step := range steps {
			end := power * time.Duration(step)
			list = append(list, bar{begin, end, 0})
			begin = end
		}
	}
	at := 0
	for bucket, count := range t.counts {
		for at < len(list)-1 && from(bucket) >= list[at].to {
			at++
		}
		list[at].count += count
	}
	for len(list) > 0 && list[0].count == 0 {
		list = list[1:]
	}
	for len(list) > 0 && list[len(list)-1].count == 0 {
		list = list[:len(list)-1]
	}
	return list
}

// timeText writes a duration with as many digits as one reads.
func timeText(d time.Duration) string {
	switch {
	case d <= 0:
		return "0ms"
	case d < time.Millisecond:
		return strconv.FormatFloat(float64(d.Microseconds())/1000, 'g', 2, 64) + "ms"
	case d < 10*time.Millisecond:
		return strconv.FormatFloat(float64(d.Microseconds())/1000, 'f', 1, 64) + "ms"
	case d < time.Second:
		return strconv.FormatInt(d.Round(time.Millisecond).Milliseconds(), 10) + "ms"
	case d < time.Minute:
		return strconv.FormatFloat(d.Seconds(), 'f', 2, 64) + "s"
	default:
		return d.Round(time.Second).String()
	}
}

// RateText writes a number a second.
func RateText(rate float64) string {
	if rate >= 100 {
		return strconv.FormatFloat(rate, 'f', 0, 64) + "/s"
	}
	return strconv.FormatFloat(rate, 'g', 3, 64) + "/s"
}
