package report

import (
	"math"
	"slices"
	"strings"
	"time"

	"parley/httpcore"
)

// phaseNames are those that have a colour.
var phaseNames = [...]string{
	string(httpcore.PhaseQueue), string(httpcore.PhaseDNS), string(httpcore.PhaseConnect), string(httpcore.PhaseTLS),
	string(httpcore.PhaseSend), string(httpcore.PhaseWait), string(httpcore.PhaseReceive),
}

// least is what a logarithmic scale begins with.
const least = 100 * time.Microsecond

// lengthOf is which share of the width a time takes on a logarithmic scale that ends with longest.
func lengthOf(d, longest time.Duration) float64 {
	if longest <= 0 {
		return 0
	}
	return min(1, math.Log1p(float64(d)/float64(least))/math.Log1p(float64(longest)/float64(least)))
}

// waterfall draws phases beside one another; scale is what fills the width.
func waterfall(m markup, phases []phase, scale time.Duration) {
	m.raw(`<svg class="bars" viewBox="0 0 1000 12" preserveAspectRatio="none" aria-hidden="true">`)
	for _, p := range phases {
		phaseBar(m, p, scale)
	}
	m.raw("</svg>")
}

func phaseBar(m markup, p phase, scale time.Duration) {
	if scale <= 0 || !slices.Contains(phaseNames[:], p.Name) {
		return
	}
	x := min(1000, 1000*float64(p.Start)/float64(scale))
	width := min(1000-x, max(2, 1000*float64(p.End-p.Start)/float64(scale)))
	m.rawf(`<rect class="%s" x="%.1f" width="%.1f" height="12"/>`, p.Name, x, width)
}

// phaseTable lists the phases of an attempt, each where it lies in the whole.
func phaseTable(m markup, phases []phase) {
	if len(phases) == 0 {
		return
	}
	end := time.Duration(0)
	for _, p := range phases {
		end = max(end, p.End)
	}
	m.raw("<table class=\"phases\">\n")
	for _, p := range phases {
		m.raw("<tr>")
		m.element("td", "", p.Name)
		m.element("td", "time", timeText(p.End-p.Start))
		m.raw("<td class=\"bar\">")
		waterfall(m, []phase{p}, end)
		m.raw("</td></tr>\n")
	}
	m.raw("</table>\n")
}

const (
	chartWidth  = 720
	chartHeight = 170
	chartFoot   = 34
)

// distribution draws how long responses took: how many are in each bucket of time.
func (p *page) distribution(m markup) {
	bars := p.times.bars()
	if len(bars) == 0 {
		return
	}
	m.raw("<h2>Times</h2>\n<ul class=\"cards\">\n")
	for _, fact := range []struct {
		share float64
		word  string
	}{{0.5, "median"}, {0.9, "90 % within"}, {0.95, "95 % within"}, {0.99, "99 % within"}} {
		figure(m, timeText(p.times.percentile(fact.share)), fact.word)
	}
	figure(m, timeText(p.times.max), "slowest")
	m.raw("</ul>\n")
	most := 0
	for _, b := range bars {
		most = max(most, b.count)
	}
	slot := min(80, float64(chartWidth)/float64(len(bars)))
	said := make([]string, 0, len(bars))
	for _, b := range bars {
		said = append(said, plural(b.count, "request")+" within "+timeText(b.to))
	}
	m.element("p", "dim", "How many requests took how long, up to:")
	m.rawf("<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\"", chartWidth, chartHeight)
	m.attribute("aria-label", strings.Join(said, ", "))
	m.raw(">\n")
	for i, b := range bars {
		height := float64(chartHeight-chartFoot-20) * float64(b.count) / float64(most)
		if b.count > 0 {
			height = max(height, 1)
		}
		x, middle := slot*float64(i), slot*(float64(i)+0.5)
		top := chartHeight - chartFoot - height
		m.rawf(`<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" rx="2"/>`, x+slot*0.1, top, slot*0.8, height)
		if b.count > 0 {
			m.rawf(`<text x="%.1f" y="%.1f" text-anchor="middle">%d</text>`, middle, top-4, b.count)
		}
		m.rawf(`<text x="%.1f" y="%d" text-anchor="middle">%s</text>`+"\n", middle, chartHeight-12, shortTime(b.to))
	}
	m.rawf(`<line x1="0" x2="%d" y1="%d" y2="%[2]d"/>`+"</svg>\n", chartWidth, chartHeight-chartFoot)
}

// shortTime writes one of the round times between buckets.
func shortTime(d time.Duration) string {
	return strings.TrimSuffix(strings.TrimSuffix(d.String(), "0s"), "0m")
}
