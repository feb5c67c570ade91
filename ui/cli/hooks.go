package cli

import "parley/collections/script"

// tellHooks prints on stderr what the hooks of a call have said since it did so last. Secrets are marks in it already.
func (p *Program) tellHooks(c *call, said script.Report) {
	for _, line := range said.Console[min(len(c.told.Console), len(said.Console)):] {
		level := ""
		switch line.Level {
		case "warn":
			level = "warning: "
		case "error":
			level = "error: "
		}
		p.note("%s: %s%s", line.Where, level, line.Text)
	}
	for _, t := range said.Tests[min(len(c.told.Tests), len(said.Tests)):] {
		if t.Skipped {
			p.note("%s: skipped: %s", t.Where, t.Name)
		}
	}
	for _, a := range said.Annotations {
		p.note("%s: %s", a.Name, a.Value)
	}
	c.told = said
}

// isSkipped reports whether a hook keeps the request from being sent.
func (c *call) isSkipped() bool { return c.made != nil && c.made.Hooks.Skip != "" }
