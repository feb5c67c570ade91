package collections

import (
	"strconv"
	"strings"

	"parley/collections/tomldoc"
)

// retry reads options.retry: a number of repeats, or a table of counters and waits.
func (d *decoder) retry(r *Retry, v Value) {
	if v.Kind != tomldoc.Table {
		d.set("options.retry", v, field{&r.Total, aCount})
		d.checkCount("options.retry", r.Total)
		return
	}
	kinds := [][]tomldoc.Kind{
		aCount, aCount, aCount, aCount, aCount, aCount, aList, aList, aDuration, aDuration, aDuration, aDuration, aBoolean,
	}
	known := map[string]field{}
	for i, into := range r.fields() {
		known[retryKeys[i]] = field{into, kinds[i]}
	}
	d.fields("options.retry", v, known)
	for i, counter := range r.fields()[:6] {
		d.checkCount("options.retry."+retryKeys[i], *counter)
	}
	d.checkStatuses(r.OnStatus)
	if r.Methods.Kind == tomldoc.Array {
		for _, method := range d.texts("options.retry.methods", r.Methods) {
			d.checkMethod(method)
		}
	}
}

// checkCount refuses true and what is below 0, which no number of repeats can be.
func (d *decoder) checkCount(where string, v Value) {
	if v.IsTrue() || strings.HasPrefix(v.Text, "-") && v.Kind == tomldoc.Integer {
		d.fault(v.Pos, "write how many times to try again, or false", "%s cannot be %s", where, v.Text)
	}
}

// checkStatuses refuses what RFC 9110, section 15, does not let be a status code.
func (d *decoder) checkStatuses(list Value) {
	for _, item := range list.Items {
		if strings.Contains(item.Text, "{{") {
			continue
		}
		if n, err := strconv.Atoi(item.Text); err != nil || n < 100 || n > 599 {
			d.fault(item.Pos, "write a status between 100 and 599, such as 503", "options.retry.on_status cannot have %q", item.Text)
		}
	}
}
