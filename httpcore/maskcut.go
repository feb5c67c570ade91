package httpcore

import "strings"

// Shortened is String for a text that was perhaps shortened before it came here, in the middle of a secret: at least six
// bytes that stand before an ellipsis and that a secret begins with are replaced as well.
func (m *Masker) Shortened(s string) string {
	s = m.String(s)
	if m == nil || m.starts == nil {
		return s
	}
	for _, ellipsis := range []string{"…", "..."} { // the second is what jq's errors have
		s = m.shortened(s, ellipsis)
	}
	return s
}

func (m *Masker) shortened(s, ellipsis string) string {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(s, ellipsis)
		if !found {
			b.WriteString(s)
			return b.String()
		}
		text := strings.TrimSuffix(before, " ")
		at, secret := m.begun(text)
		b.WriteString(text[:at])
		if secret != nil {
			b.WriteString(m.replace(*secret))
		}
		b.WriteString(before[len(text):] + ellipsis)
		s = after
	}
}

// begun finds where s ends with the beginning of a secret; len(s) when it does not.
func (m *Masker) begun(s string) (at int, found *Secret) {
	for i := max(0, len(s)-m.longest); i <= len(s)-shortSecret; i++ {
		for _, n := range m.starts[s[i]] {
			if n.mayGrow(s[i:]) {
				return m.withBefore(s[:i]), &n.secret
			}
		}
	}
	return len(s), nil
}
