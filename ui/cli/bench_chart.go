package cli

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"parley/collections/runner/bench"
)

// chartRows is how many bars a histogram has at most.
const chartRows = 12

// chart draws a histogram in lines of at most width cells; the bars stand between on and off.
func chart(d bench.Distribution, width int, on, off string) []string {
	bars := d.Bars(chartRows)
	most := int64(0)
	labels, counts := make([]string, len(bars)), make([]string, len(bars))
	labelWidth, countWidth := 0, 0
	for i, bar := range bars {
		most = max(most, bar.Count)
		labels[i], counts[i] = latencyText(bar.From), grouped(bar.Count)
		labelWidth = max(labelWidth, utf8.RuneCountInString(labels[i]))
		countWidth = max(countWidth, len(counts[i]))
	}
	room := width - labelWidth - countWidth - 4
	lines := make([]string, len(bars))
	for i, bar := range bars {
		drawn := barText(bar.Count, most, room)
		if drawn != "" {
			drawn = on + drawn + off
		}
		lines[i] = strings.TrimRight(fmt.Sprintf("%s%s  %*s  %s", strings.Repeat(" ", labelWidth-utf8.RuneCountInString(labels[i])), labels[i], countWidth, counts[i], drawn), " ")
	}
	return lines
}

// eighths are the parts of a cell.
var eighths = []string{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"}

// barText draws n of most in so many cells, to an eighth; what is there is seen, however little it is.
func barText(n, most int64, cells int) string {
	if n == 0 || most == 0 || cells < 1 {
		return ""
	}
	length := max(1, int(float64(n)/float64(most)*float64(cells)*8+0.5))
	return strings.Repeat("█", length/8) + eighths[length%8]
}
