package style

import (
	"image/color"

	"parley/themes"
)

// Of 256 colours only some are near what a theme asks for: two that can be told apart in the theme may become one, and text
// may lose the contrast it had. What is asked for then moves until what is drawn can be read.

// steps is how often a colour is moved before it is as far as it goes.
const steps = 12

// lineContrast is the least for lines that only separate.
const lineContrast = 1.15

// fitted returns a colour for text or a line on bg that can be seen there once both are among the 256.
func (t *table) fitted(role themes.Role, fg, bg themes.Color) themes.Color {
	need := min(max(themes.Contrast(fg, bg), themes.Readable), themes.HighContrast)
	if role.Kind() == themes.KindLine {
		need = lineContrast
	}
	drawn := themed(t.convert(bg))
	away := themes.RGB(0, 0, 0)
	if white := themes.RGB(0xff, 0xff, 0xff); themes.Contrast(white, drawn) > themes.Contrast(away, drawn) {
		away = white
	}
	for i := range steps {
		moved := fg.Mix(away, float64(i)/steps)
		if themes.Contrast(themed(t.convert(moved)), drawn) >= need {
			return moved
		}
	}
	return away
}

// surface returns what text stands on. Among 256 colours the selection may fall together with another surface, and then
// moves towards the accent.
func (t *table) surface(on themes.Role) themes.Color {
	bg := t.theme.Style(on).Bg
	if on != themes.Selection {
		return bg
	}
	accent := t.theme.Style(themes.Accent).Fg
	for i := range steps {
		if moved := bg.Mix(accent, float64(i)/(4*steps)); t.alone(moved) {
			return moved
		}
	}
	return bg
}

// alone reports whether no other surface is drawn in that colour.
func (t *table) alone(selection themes.Color) bool {
	drawn := t.convert(selection)
	for on := range themes.Selection {
		if t.convert(t.theme.Style(on).Bg) == drawn {
			return false
		}
	}
	return true
}

// themed is a colour of the terminal as a theme has it.
func themed(c color.Color) themes.Color {
	r, g, b, _ := c.RGBA()
	return themes.RGB(uint8(r>>8), uint8(g>>8), uint8(b>>8))
}
