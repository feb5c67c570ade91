package pane

import (
	"fmt"
	"time"

	"parley/httpcore"
	"parley/themes"
	"parley/ui/widget"
)

var phaseRoles = map[httpcore.Phase]themes.Role{
	httpcore.PhaseQueue: themes.Muted, httpcore.PhaseDNS: themes.Info, httpcore.PhaseConnect: themes.Warning, httpcore.PhaseTLS: themes.Literal,
	httpcore.PhaseSend: themes.Accent, httpcore.PhaseWait: themes.Success, httpcore.PhaseReceive: themes.Link,
}

// timing draws the phases of every attempt to one scale, and tells of the connection.
func (r *Response) timing(width int) []string {
	var lines []string
	start := r.exchange.Hops[0].Attempts[0].Started
	for hop, attempt := range r.exchange.Attempts() {
		lines = append(lines, r.attemptTitle(hop, attempt, width))
		for _, bar := range widget.Waterfall(r.styles, themes.Background, bars(attempt, start), int64(r.exchange.Total()), width-1) {
			lines = append(lines, bar+r.styles.Paint(themes.Background, themes.Background, " "))
		}
		for _, dropped := range hop.Dropped {
			lines = append(lines, r.text(width, themes.Warning, "  left out: "+dropped.What+": "+dropped.Why))
		}
	}
	lines = append(lines, r.text(width, themes.Muted, ""))
	for _, fact := range facts(r.exchange.Last()) {
		lines = append(lines, widget.NewRow(r.styles, themes.Background, width).Space(1).Fit(themes.Muted, fact[0], 14).Text(themes.Text, fact[1]).String())
	}
	return lines
}

func (r *Response) text(width int, role themes.Role, text string) string {
	return widget.NewRow(r.styles, themes.Background, width).Space(1).Text(role, text).String()
}

func (r *Response) attemptTitle(hop *httpcore.Hop, attempt *httpcore.Attempt, width int) string {
	row := widget.NewRow(r.styles, themes.Background, width).Space(1)
	row.Text(themes.Method(hop.Prepared.Method), hop.Prepared.Method).Space(1).Text(themes.Text, r.masked(hop.Prepared.URL.Redacted()))
	if attempt.Response != nil {
		badge, role := StatusBadge(attempt.Response.Status)
		row.Space(2).Text(role, badge)
	} else if attempt.Err != nil {
		row.Space(2).Text(themes.Error, string(attempt.Err.Kind))
	}
	return row.String()
}

func bars(attempt *httpcore.Attempt, start time.Time) []widget.Bar {
	offset := attempt.Started.Sub(start)
	list := make([]widget.Bar, 0, len(attempt.Timeline))
	for _, span := range attempt.Timeline {
		list = append(list, widget.Bar{
			Label: "  " + string(span.Phase), Detail: Duration(span.End - span.Start), Role: phaseRoles[span.Phase],
			Start: int64(offset + span.Start), Length: int64(span.End - span.Start),
		})
	}
	return list
}

func requests(n int) string {
	if n == 1 {
		return "1 request"
	}
	return fmt.Sprintf("%d requests", n)
}

// facts tells about the connection and its TLS.
func facts(a *httpcore.Attempt) [][2]string {
	list := [][2]string{
		{"Connection", a.Conn.Local.String() + " → " + a.Conn.Remote.String()},
		{"Protocol", a.Conn.Protocol},
	}
	if a.Conn.Reused {
		list = append(list, [2]string{"Reused", fmt.Sprintf("after %s, idle for %s", requests(a.Conn.Uses), Duration(a.Conn.Idle))})
	}
	if a.TLS == nil {
		return list
	}
	list = append(list, [2]string{"TLS", a.TLS.Version + ", " + a.TLS.CipherSuite})
	switch {
	case !a.TLS.Verified && a.TLS.Problem != "":
		list = append(list, [2]string{"Not verified", a.TLS.Problem})
	case !a.TLS.Verified:
		list = append(list, [2]string{"Not verified", "the check is switched off"})
	}
	for i, certificate := range a.TLS.Chain {
		label := ""
		if i == 0 {
			label = "Certificate"
		}
		list = append(list, [2]string{label, certificate.Subject + ", until " + certificate.NotAfter.Format(time.DateOnly)})
	}
	return list
}
