package cli

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"parley/collections/runner/bench"
	"parley/ui/document"
	"parley/ui/safe"
)

// percentiles are those that are told, in the order of the table.
var percentiles = []struct {
	name string
	part float64
}{{"50%", 0.5}, {"75%", 0.75}, {"90%", 0.9}, {"95%", 0.95}, {"99%", 0.99}, {"99.9%", 0.999}, {"99.99%", 0.9999}, {"max", 1}}

// print tells a person what was measured.
func (m *measurement) print(s *bench.Summary) error {
	var out strings.Builder
	fmt.Fprintf(&out, "%s\n%s\n\n", safe.Line(m.title), loadText(s.Load))
	facts := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	benchFacts(facts, s)
	if err := facts.Flush(); err != nil {
		return err
	}
	if s.Answered > 0 {
		out.WriteString("\n" + percentileTable(s) + "\n")
		on, off := "", ""
		if m.program.looks(outputFlags{color: "auto"}).colors {
			on, off = sixteenColors(document.Key)
		}
		for _, line := range chart(s.Latency, min(max(m.program.Width(m.program.Stdout), 40), 200), on, off) {
			out.WriteString(line + "\n")
		}
	}
	_, err := io.WriteString(m.program.Stdout, out.String())
	return err
}

func loadText(l bench.Load) string {
	var how, until []string
	if l.IsOpen() {
		how = append(how, "open loop, "+rateText(l.Rate)+" requests a second")
	} else {
		how = append(how, fmt.Sprintf("closed loop, %s at a time", grouped(int64(l.Jobs))))
	}
	if l.Requests > 0 {
		until = append(until, grouped(l.Requests)+" requests")
	}
	if l.Duration > 0 {
		until = append(until, l.Duration.String())
	}
	how = append(how, strings.Join(until, " or "))
	if l.WarmUp > 0 {
		how = append(how, l.WarmUp.String()+" of warm-up not counted")
	}
	return strings.Join(how, ", ")
}

// benchFacts writes a line of columns for each thing that was counted.
func benchFacts(w io.Writer, s *bench.Summary) {
	seconds := s.Elapsed.Seconds()
	fmt.Fprintf(w, "answered\t%s in %s, %s a second\n", grouped(s.Answered), latencyText(s.Elapsed), rateText(perSecond(s.Answered, seconds)))
	if len(s.Statuses) > 0 {
		var list []string
		for _, status := range slices.Sorted(maps.Keys(s.Statuses)) {
			list = append(list, fmt.Sprintf("%d × %s", status, grouped(s.Statuses[status])))
		}
		fmt.Fprintf(w, "statuses\t%s\n", strings.Join(list, ", "))
	}
	if s.Failed > 0 {
		fmt.Fprintf(w, "not as expected\t%s\n", grouped(s.Failed))
	}
	for _, name := range slices.Sorted(maps.Keys(s.Unmet)) {
		fmt.Fprintf(w, "\t%s × %s\n", grouped(s.Unmet[name]), safe.Line(name))
	}
	if s.Broken > 0 {
		fmt.Fprintf(w, "no answer\t%s\n", grouped(s.Broken))
	}
	for _, failure := range byFrequency(s) {
		fmt.Fprintf(w, "\t%s × %s, such as: %s\n", grouped(failure.Count), failure.First.Kind, safe.Line(failure.First.Message))
	}
	if s.Unfinished > 0 {
		fmt.Fprintf(w, "unfinished\t%s were in flight at the end, and are not counted\n", grouped(s.Unfinished))
	}
	if s.Late > 0 {
		fmt.Fprintf(w, "late\t%s had to wait because %s were in flight\n", grouped(s.Late), grouped(int64(s.Load.Jobs)))
	}
	if s.Missed > 0 {
		fmt.Fprintf(w, "missed\t%s were due and never sent: they are in no percentile, and would make them worse\n", grouped(s.Missed))
	}
	fmt.Fprintf(w, "connections\t%s opened, reused %s times\n", grouped(s.Opened), grouped(s.Reused))
	fmt.Fprintf(w, "bytes\tsent %s, received %s, %s/s\n", bytesText(s.Sent), bytesText(s.Received), bytesText(int64(perSecond(s.Received, seconds))))
}

// percentileTable has the service time as well where it differs from the latency by its meaning.
func percentileTable(s *bench.Summary) string {
	var out strings.Builder
	line := func(name, latency, service string) {
		text := fmt.Sprintf("%-8s%12s", name, latency)
		if s.Load.IsOpen() {
			text += fmt.Sprintf("%12s", service)
		}
		out.WriteString(text + "\n")
	}
	line("", "latency", "service")
	for _, p := range percentiles {
		line(p.name, latencyText(s.Latency.Quantile(p.part)), latencyText(s.Service.Quantile(p.part)))
	}
	if s.Load.IsOpen() {
		out.WriteString("latency is counted from when a request was due, service from when it was sent\n")
	}
	return out.String()
}

func perSecond(n int64, seconds float64) float64 {
	if seconds <= 0 {
		return 0
	}
	return float64(n) / seconds
}

// rateText writes a rate with as many digits as mean something.
func rateText(rate float64) string {
	if rate >= 100 || rate == float64(int64(rate)) {
		return grouped(int64(rate + 0.5))
	}
	return strconv.FormatFloat(rate, 'f', 1, 64)
}

// latencyText writes a time with three digits.
func latencyText(d time.Duration) string {
	switch {
	case d < time.Millisecond:
		return fmt.Sprintf("%d µs", d.Microseconds())
	case d < time.Second:
		return threeDigits(float64(d)/float64(time.Millisecond)) + " ms"
	case d < 100*time.Second:
		return threeDigits(d.Seconds()) + " s"
	default:
		return d.Round(time.Second).String()
	}
}

func threeDigits(n float64) string {
	switch {
	case n < 9.995:
		return strconv.FormatFloat(n, 'f', 2, 64)
	case n < 99.95:
		return strconv.FormatFloat(n, 'f', 1, 64)
	default:
		return strconv.FormatFloat(n, 'f', 0, 64)
	}
}

// grouped writes a number with its thousands apart.
func grouped(n int64) string {
	digits := strconv.FormatInt(n, 10)
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}
