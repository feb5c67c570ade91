package body

import "slices"

// IsSpent reports whether a payload was opened and can't be opened again: a pipe or a device, or whatever holds one.
func IsSpent(p Payload) bool {
	once, ok := p.(interface{ isSpent() bool })
	return ok && once.isSpent()
}

func (p *pipe) isSpent() bool      { return p.used.Load() }
func (m multipart) isSpent() bool  { return slices.ContainsFunc(m.pieces, IsSpent) }
func (c compressed) isSpent() bool { return IsSpent(c.inner) }
