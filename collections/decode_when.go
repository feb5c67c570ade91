package collections

import (
	"strings"

	"parley/collections/tomldoc"
)

// when reads the expression that says whether a run sends the request. What is wrong with it is said when it is compiled,
// with the variables at hand.
func (d *decoder) when(r *Request, v Value) {
	const advice = `write an expression in quotes, such as 'env != "prod"'`
	switch {
	case v.Kind != tomldoc.String:
		d.fault(v.Pos, advice, "when must be %s, not %s", tomldoc.String, v.Kind)
	case strings.TrimSpace(v.Text) == "":
		d.fault(v.Pos, advice, "when is empty")
	default:
		r.When = v
	}
}
