package collections

import "parley/collections/tomldoc"

// captures reads [capture]: under each name an expression, or a table { expr, secret }.
func (d *decoder) captures(v Value) []Entry {
	list := d.entries("[capture]", v, true)
	for _, e := range list {
		switch e.Value.Kind {
		case tomldoc.String:
		case tomldoc.Table:
			d.captureTable("capture."+e.Name, e.Value)
		default:
			d.fault(e.Value.Pos, `write an expression in quotes, such as 'json.id', or { expr = 'json.token', secret = true }`,
				"%q in [capture] cannot be %s", e.Name, e.Value.Kind)
		}
	}
	return list
}

func (d *decoder) captureTable(where string, v Value) {
	var expr, secret Value
	d.fields(where, v, map[string]field{"expr": {&expr, aString}, "secret": {&secret, aBoolean}})
	if !expr.IsSet() {
		d.fault(v.Pos, `write { expr = 'json.token', secret = true }`, "%s has no expr", where)
	}
	if secret.Kind == tomldoc.String {
		d.fault(secret.Pos, "write true or false", "%s.secret cannot be %q", where, secret.Text)
	}
}

// expectations reads [expect]: an expression under each name.
func (d *decoder) expectations(v Value) []Entry {
	list := d.entries("[expect]", v, false)
	for _, e := range list {
		// One that switches an inherited expectation off may say anything.
		if e.Value.Kind != tomldoc.String && !e.Off {
			d.fault(e.Value.Pos, "write an expression in quotes, such as 'status == 200'",
				"%q in [expect] must be %s, not %s", e.Name, tomldoc.String, e.Value.Kind)
		}
	}
	return list
}

// Capture takes the value of an entry of [capture] apart: its expression, and whether what it captures is secret.
func (e Entry) Capture() (expression Value, secret bool) {
	if e.Value.Kind != tomldoc.Table {
		return e.Value, false
	}
	return e.Value.Get("expr"), e.Value.Get("secret").IsTrue()
}

// WithCapture returns the entry with another expression or secrecy; what else its table holds stays.
func (e Entry) WithCapture(expression string, secret bool) Entry {
	if old, was := e.Capture(); old.Text == expression && was == secret && e.Value.IsSet() {
		return e
	}
	if e.Value.Kind != tomldoc.Table && !secret {
		e.Value = Str(expression)
		return e
	}
	v := e.Value
	if v.Kind != tomldoc.Table {
		v = tomldoc.TableOf()
	}
	put(&v, "expr", Str(expression), true)
	put(&v, "secret", tomldoc.Boolean(secret), secret)
	e.Value = v
	return e
}
