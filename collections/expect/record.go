package expect

import (
	"parley/collections/har"
	"parley/httpcore"
)

// Record writes a report as it is kept and exported, through a masker that knows the secrets of the exchange and those
// that were captured.
func (r Report) Record(m *httpcore.Masker) ([]har.Captured, []har.Expect) {
	var captured []har.Captured
	for _, c := range r.Captured {
		kept := har.Captured{Name: c.Name, Secret: c.Secret}
		if c.Err != nil {
			kept.Error = m.Shortened(c.Err.Error())
		} else {
			kept.Value = m.String(Text(c.Value))
		}
		captured = append(captured, kept)
	}
	var outcomes []har.Expect
	for _, o := range r.Expected {
		outcome := har.Expect{Name: m.Shortened(o.Name), Expression: m.Shortened(o.Expression), Passed: o.Passed}
		for _, line := range o.Explanation {
			outcome.Explanation = append(outcome.Explanation, m.Shortened(line))
		}
		outcomes = append(outcomes, outcome)
	}
	return captured, outcomes
}
