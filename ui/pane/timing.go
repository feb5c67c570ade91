package pane

import (
	"fmt"
	"strings"
	"time"

	"parley/httpcore"
	"parley/themes"
	"parley/ui/safe"
)

var phaseRoles = map[httpcore.Phase]themes.Role{
	httpcore.PhaseQueue: themes.Muted, httpcore.PhaseDNS: themes.Info, httpcore.PhaseConnect: themes.Warning, httpcore.PhaseTLS: themes.Literal,
	httpcore.PhaseSend: themes.Accent, httpcore.PhaseWait: themes.Success, httpcore.PhaseReceive: themes.Link,
}

// timing draws the phases of every attempt and the waits between them on one axis of time, shows how the request went
// before, and tells of the connection and its TLS.
func (r *Response) timing(width int) []pageLine {
	tries := r.tries()
	start, total := r.span(tries)
	w := waterfall{start, max(total, 1), width}
	lines := w.axis(tries)
	for _, t := range tries {
		if t.repeat != nil && t.repeat.Wait > 0 {
			lines = append(lines, w.line("pause", themes.Border, t.started.Add(-t.repeat.Wait), t.repeat.Wait))
		}
		text, role := r.cameOf(t)
		lines = append(lines, w.title(t, Span{text, role}))
		for _, span := range t.timeline {
			lines = append(lines, w.line(string(span.Phase), phaseRoles[span.Phase], t.started.Add(span.Start), span.End-span.Start))
		}
	}
	if r.running != nil && r.running.Waiting != nil {
		lines = append(lines, w.line("pause", themes.Warning, r.now, max(0, r.running.Waiting.Until.Sub(r.now))))
	}
	if last := r.lastAttempt(); last != nil && r.running == nil {
		lines = append(lines, pageLine{})
		lines = append(lines, r.pastLines(width)...)
		lines = append(lines, connectionFacts(last, width)...)
		lines = append(lines, tlsFacts(last.TLS, r.exchange.Started, width)...)
	}
	return lines
}

// timingColumn is where the bars of the Timing side begin, behind the names of the phases.
const timingColumn = 12

// leastBar is how many cells a bar needs to tell anything.
const leastBar = 8

// waterfall puts what happened on one axis of time.
type waterfall struct {
	start time.Time
	total time.Duration
	width int
}

// cells is how wide the axis is; 0 when there is no room for one.
func (w waterfall) cells() int {
	cells := w.width - timingColumn - durationCells - 1
	if cells < leastBar {
		return 0
	}
	return cells
}

// axis labels the beginning, the middle and the end of the time. The cursor begins there: what it copies is the URL.
func (w waterfall) axis(tries []try) []pageLine {
	cells := w.cells()
	if cells == 0 || len(tries) == 0 {
		return nil
	}
	line, end := "0", Duration(w.total)
	if middle := Duration(w.total / 2); cells >= 3*columnsOf(middle)+len(line)+columnsOf(end) {
		line += strings.Repeat(" ", cells/2-len(line)-columnsOf(middle)/2) + middle
	}
	line += strings.Repeat(" ", max(1, cells-columnsOf(line)-columnsOf(end))) + end
	return []pageLine{{spans: []Span{{strings.Repeat(" ", timingColumn+1) + line, themes.Faint}}, copy: tries[0].url, what: "the URL"}}
}

// title names an attempt: the URL of its hop, with a mark when a redirect has led there or when it was made again.
func (w waterfall) title(t try, came Span) pageLine {
	spans := []Span{{" ", themes.Text}}
	switch {
	case t.attempt > 0:
		spans = append(spans, Span{fmt.Sprintf("↻ %d ", t.attempt+1), themes.Warning})
	case t.hop > 0:
		spans = append(spans, Span{"↪ ", themes.Muted})
	}
	spans = append(spans, Span{t.method, themes.Method(t.method)}, Span{" ", themes.Text}, Span{t.url, themes.Text})
	return pageLine{spans: spans, right: []Span{came}, copy: t.url, what: "the URL", link: t.url}
}

// line is a bar with its name and how long it is.
func (w waterfall) line(name string, role themes.Role, from time.Time, length time.Duration) pageLine {
	bar := &lineBar{from: timingColumn, to: durationCells, total: int64(w.total)}
	if w.cells() > 0 {
		bar.pieces = []barPiece{{role, int64(from.Sub(w.start)), int64(length)}}
	}
	return pageLine{spans: []Span{{"   " + name, themes.Muted}}, right: []Span{{Duration(length), themes.Text}}, bar: bar}
}

func (r *Response) lastAttempt() *httpcore.Attempt {
	if r.exchange == nil {
		return nil
	}
	return r.exchange.Last()
}

func requests(n int) string {
	if n == 1 {
		return "1 request"
	}
	return fmt.Sprintf("%d requests", n)
}

// factCells is the width of the names of facts.
const factCells = 16

// fact is a name and what there is to say, in as many lines as that takes.
func fact(name string, role themes.Role, text string, width int) []pageLine {
	lines := wrapped(role, text, factCells, width)
	lines[0].spans[0] = Span{" " + name + strings.Repeat(" ", max(1, factCells-1-columnsOf(name))), themes.Muted}
	lines[0].copy, lines[0].what = text, strings.ToLower(name)
	return lines
}

// columnsOf is how many cells a text takes once it is safe to show.
func columnsOf(text string) int { return safe.Width(safe.Line(text)) }

// connectionFacts tell which connection carried an attempt, and why that one.
func connectionFacts(a *httpcore.Attempt, width int) []pageLine {
	var lines []pageLine
	add := func(name, text string) {
		if text != "" {
			lines = append(lines, fact(name, themes.Text, text, width)...)
		}
	}
	if a.Conn.Remote.IsValid() {
		add("Connection", a.Conn.Local.String()+" → "+a.Conn.Remote.String())
	}
	add("Protocol", because(a.Conn.Protocol, a.Conn.ProtocolWhy))
	switch {
	case a.Conn.Proxy != "":
		add("Proxy", because(a.Conn.Proxy, a.Conn.ProxyWhy))
	case a.Conn.ProxyWhy != "":
		add("Proxy", because("none", a.Conn.ProxyWhy))
	}
	switch {
	case a.Conn.Reused:
		add("Reused", fmt.Sprintf("after %s, idle for %s", requests(a.Conn.Uses), Duration(a.Conn.Idle)))
	case a.Conn.Remote.IsValid():
		add("Reused", "no, it is new")
	}
	return lines
}

func because(what, why string) string {
	switch {
	case why == "" || what == "":
		return what
	case strings.HasPrefix(why, what):
		return why // it says what in its own words
	}
	return what + " · " + why
}

// expiresSoon is when the end of a certificate is worth a warning.
const expiresSoon = 30 * 24 * time.Hour

// tlsFacts tell of the handshake and of the certificates; what was not verified, or is over, stands in red.
func tlsFacts(t *httpcore.TLSInfo, at time.Time, width int) []pageLine {
	if t == nil {
		return nil
	}
	var lines []pageLine
	switch {
	case !t.Verified && t.Problem != "":
		lines = append(lines, fact("Not verified", themes.Danger, " "+t.Problem+" ", width)...)
	case !t.Verified:
		lines = append(lines, fact("Not verified", themes.Danger, " the check is switched off ", width)...)
	default:
		lines = append(lines, fact("Verified", themes.Success, "the chain leads to a trusted root", width)...)
	}
	lines = append(lines, fact("TLS", themes.Text, t.Version+", "+t.CipherSuite, width)...)
	if t.ALPN != "" {
		lines = append(lines, fact("ALPN", themes.Text, t.ALPN, width)...)
	}
	if t.ServerName != "" {
		lines = append(lines, fact("Server name", themes.Text, t.ServerName, width)...)
	}
	for i, certificate := range t.Chain {
		lines = append(lines, certificateFacts(i, certificate, at, width)...)
	}
	return lines
}

func certificateFacts(i int, c httpcore.Certificate, at time.Time, width int) []pageLine {
	name := "Certificate"
	if i > 0 {
		name = "issued by"
	}
	lines := fact(name, themes.Text, c.Subject, width)
	if len(c.Names) > 0 {
		lines = append(lines, fact("  for", themes.Text, strings.Join(c.Names, ", "), width)...)
	}
	if i == 0 && c.Issuer != c.Subject {
		lines = append(lines, fact("  issuer", themes.Text, c.Issuer, width)...)
	}
	role, text := expiry(c, at)
	lines = append(lines, fact("  valid", role, text, width)...)
	return append(lines, fact("  SHA-256", themes.Faint, c.Fingerprint, width)...)
}

// expiry tells until when a certificate is good.
func expiry(c httpcore.Certificate, at time.Time) (themes.Role, string) {
	until := c.NotAfter.UTC().Format(time.DateOnly)
	left := c.NotAfter.Sub(at)
	switch {
	case at.Before(c.NotBefore):
		return themes.Danger, " not yet: from " + c.NotBefore.UTC().Format(time.DateOnly) + " "
	case left < 0:
		return themes.Danger, " expired " + until + ", " + days(-left) + " ago "
	case left < expiresSoon:
		return themes.Warning, "until " + until + ", " + days(left) + " left"
	default:
		return themes.Text, "until " + until + ", " + days(left) + " left"
	}
}

func days(d time.Duration) string {
	if n := int(d / (24 * time.Hour)); n != 1 {
		return fmt.Sprintf("%d days", n)
	}
	return "1 day"
}
