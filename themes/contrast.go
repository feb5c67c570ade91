package themes

// Least contrasts of WCAG 2.2: of text at level AA (1.4.3) and AAA (1.4.6), and of lines that say something, such as where
// focus is (1.4.11).
const (
	Readable     = 4.5
	HighContrast = 7.0
	lineSeen     = 3.0
)

// Pair is a role where it is drawn: on a surface, or, a mark, on its own background.
type Pair struct {
	Role, On Role
	// Ratio is the contrast that there is, Need the least that there should be.
	Ratio, Need float64
}

// Enough reports whether the pair can be told apart.
func (p Pair) Enough() bool { return p.Ratio >= p.Need }

// Pairs measures everything that is drawn: every text on every surface, since lists, tables, editors and overlays put any
// of them on any, every mark on its own background, and the line that shows where focus is. Lines that only separate say
// nothing, and are left out.
func (t *Theme) Pairs() []Pair {
	var pairs []Pair
	for r := range NumRoles {
		style := t.styles[r]
		switch r.Kind() {
		case KindText:
			for on := Background; on <= Selection; on++ {
				pairs = append(pairs, Pair{r, on, Contrast(style.Fg, t.styles[on].Bg), Readable})
			}
		case KindMark:
			pairs = append(pairs, Pair{r, r, Contrast(style.Fg, style.Bg), Readable})
		}
	}
	for _, on := range []Role{Background, Raised} {
		pairs = append(pairs, Pair{Focus, on, Contrast(t.styles[Focus].Fg, t.styles[on].Bg), lineSeen})
	}
	return pairs
}

// Hueless reports whether every colour of the theme is a grey: what it tells apart, it tells apart without colours.
func (t *Theme) Hueless() bool {
	grey := func(c Color) bool {
		r, g, b := c.Channels()
		return r == g && g == b
	}
	for _, style := range t.styles {
		if !grey(style.Fg) || !grey(style.Bg) {
			return false
		}
	}
	return true
}
