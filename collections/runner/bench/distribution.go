package bench

import (
	"io"
	"math"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
)

// unit is what the histograms count in, longest the longest time that they tell from longer ones.
const (
	unit    = time.Microsecond
	longest = time.Hour
	digits  = 3
)

// Distribution is how long things took, to three digits.
type Distribution struct{ histogram *hdrhistogram.Histogram }

func newDistribution() Distribution {
	return Distribution{hdrhistogram.New(1, int64(longest/unit), digits)}
}

// add takes in a time; one longer than the longest counts as that.
func (d Distribution) add(took time.Duration) {
	// What is within the bounds is never refused.
	_ = d.histogram.RecordValue(int64(min(max(took, unit), longest) / unit))
}

// Count is how many times there are.
func (d Distribution) Count() int64 { return d.histogram.TotalCount() }

// Quantile is what a part of the times does not exceed, 0.99 for 99 of 100; 0 without any.
func (d Distribution) Quantile(q float64) time.Duration {
	if d.Count() == 0 {
		return 0
	}
	return time.Duration(d.histogram.ValueAtQuantile(100*q)) * unit
}

// Min, Max and Mean are 0 without any times.
func (d Distribution) Min() time.Duration { return time.Duration(d.histogram.Min()) * unit }

// Max is the longest time.
func (d Distribution) Max() time.Duration { return time.Duration(d.histogram.Max()) * unit }

// Mean is the average, which says little.
func (d Distribution) Mean() time.Duration {
	return time.Duration(d.histogram.Mean() * float64(unit))
}

// Bar is how many times there are from one on up to another, which is not in it.
type Bar struct {
	From, To time.Duration
	Count    int64
}

// Bars cuts the times from the shortest to the longest into at most n bars. Each is as many times as long as the one
// before it, because latencies have a long tail.
func (d Distribution) Bars(n int) []Bar {
	if d.Count() == 0 || n < 1 {
		return nil
	}
	low, high := float64(max(d.histogram.Min(), 1)), float64(d.histogram.Max()+1)
	factor := math.Pow(high/low, 1/float64(n))
	var bars []Bar
	for i, from := 1, int64(low); i <= n; i++ {
		to := int64(math.Ceil(low * math.Pow(factor, float64(i))))
		if i == n {
			to = int64(high)
		}
		if to > from { // a narrow distribution has fewer bars
			bars = append(bars, Bar{From: time.Duration(from) * unit, To: time.Duration(to) * unit})
			from = to
		}
	}
	at := 0
	for _, part := range d.histogram.Distribution() {
		for at < len(bars)-1 && time.Duration(part.From)*unit >= bars[at].To {
			at++
		}
		bars[at].Count += part.Count
	}
	return bars
}

// WriteHGRM writes the percentiles in the text format of HdrHistogram (.hgrm), in milliseconds.
func (d Distribution) WriteHGRM(w io.Writer) error {
	_, err := d.histogram.PercentilesPrint(w, 5, float64(time.Millisecond/unit))
	return err
}
