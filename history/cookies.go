package history

import (
	"parley/httpcore"
	"parley/httpcore/cookies"
)

// maxDecisions bounds how many of a hop's decisions about cookies are kept; those that were sent come first.
const maxDecisions = 100

// decision is a cookies.Decision without the cookie's value: what was sent stands in the head.
type decision struct {
	Name     string         `json:"name"`
	Domain   string         `json:"domain,omitempty"`
	HostOnly bool           `json:"host_only,omitempty"`
	Path     string         `json:"path,omitempty"`
	Sent     bool           `json:"sent,omitempty"`
	Reason   cookies.Reason `json:"reason"`
	Why      string         `json:"why"`
}

// verdict is a cookies.Verdict; the line that it is about stands in the head.
type verdict struct {
	Outcome cookies.Outcome `json:"outcome"`
	Why     string          `json:"why,omitempty"`
	Note    string          `json:"note,omitempty"`
}

func (e *encoder) decisions(list []cookies.Decision) []decision {
	var kept []decision
	for _, d := range list[:min(len(list), maxDecisions)] {
		kept = append(kept, decision{
			Name: e.mask.String(d.Cookie.Name), Domain: e.mask.String(d.Cookie.Domain), HostOnly: d.Cookie.HostOnly,
			Path: e.mask.String(d.Cookie.Path), Sent: d.Sent, Reason: d.Reason, Why: e.mask.String(d.Why),
		})
	}
	return kept
}

func decisionsOf(kept []decision) []cookies.Decision {
	var list []cookies.Decision
	for _, k := range kept {
		c := cookies.Cookie{Name: k.Name, Domain: k.Domain, HostOnly: k.HostOnly, Path: k.Path}
		list = append(list, cookies.Decision{Cookie: c, Sent: k.Sent, Reason: k.Reason, Why: k.Why})
	}
	return list
}

func (e *encoder) verdicts(list []cookies.Verdict) []verdict {
	var kept []verdict
	for _, v := range list {
		kept = append(kept, verdict{Outcome: v.Outcome, Why: e.mask.String(v.Why), Note: v.Note})
	}
	return kept
}

func verdictsOf(kept []verdict, headers httpcore.Fields) []cookies.Verdict {
	lines := headers.Values("Set-Cookie")
	var list []cookies.Verdict
	for i, k := range kept[:min(len(kept), len(lines))] {
		list = append(list, cookies.Verdict{Line: lines[i], Outcome: k.Outcome, Why: k.Why, Note: k.Note})
	}
	return list
}
