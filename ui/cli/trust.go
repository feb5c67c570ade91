package cli

import (
	"fmt"

	"parley/httpcore"
	"parley/ui/safe"
)

// warnOfTrust says on stderr which server's certificate was not checked, in red where there are colours, and what of one
// that was checked needs care. Each is said once, whatever the number of attempts.
func (p *Program) warnOfTrust(x *httpcore.Exchange) {
	said := map[string]bool{}
	for hop, attempt := range x.Attempts() {
		for _, line := range trustWarnings(hop.Prepared.URL, attempt.TLS) {
			if !said[line] {
				said[line] = true
				on, off := p.alarm()
				fmt.Fprintf(p.Stderr, "parley: %swarning: %s%s\n", on, safe.Text(line), off)
			}
		}
	}
}

func trustWarnings(u *httpcore.URL, t *httpcore.TLSInfo) []string {
	var lines []string
	if t == nil {
		return nil
	}
	if !t.Verified {
		line := "the certificate of " + u.Authority() + " is not checked, as verify = false says"
		if t.Problem != "" {
			line += "; the check would fail: " + t.Problem
		}
		lines = append(lines, line)
	}
	if t.Warning != "" {
		lines = append(lines, t.Warning)
	}
	return lines
}

// alarm returns what makes text on stderr red, and what ends it; nothing where colours are not wanted.
func (p *Program) alarm() (on, off string) {
	if !p.IsTerminal(p.Stderr) || p.env("NO_COLOR") != "" || p.env("TERM") == "dumb" {
		return "", ""
	}
	return "\x1b[31m", "\x1b[0m"
}
