package themes

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Color is an sRGB colour, or none at all: the zero value, which leaves the terminal's own colour in place.
type Color uint32

// colorSet tells black from no colour.
const colorSet Color = 1 << 24

// RGB makes a colour of its three channels.
func RGB(r, g, b uint8) Color {
	return colorSet | Color(r)<<16 | Color(g)<<8 | Color(b)
}

// ParseColor reads `#rrggbb` and `#rgb`, in either case.
func ParseColor(s string) (Color, error) {
	digits, ok := strings.CutPrefix(s, "#")
	if ok && len(digits) == 3 {
		digits = string([]byte{digits[0], digits[0], digits[1], digits[1], digits[2], digits[2]})
	}
	if !ok || len(digits) != 6 {
		return 0, fmt.Errorf("%q is not a colour: write it as \"#rrggbb\"", s)
	}
	n, err := strconv.ParseUint(digits, 16, 24)
	if err != nil {
		return 0, fmt.Errorf("%q is not a colour: only 0-9 and a-f may follow the #", s)
	}
	return colorSet | Color(n), nil
}

// IsSet reports whether c is a colour at all.
func (c Color) IsSet() bool { return c&colorSet != 0 }

// Channels returns red, green and blue.
func (c Color) Channels() (r, g, b uint8) { return uint8(c >> 16), uint8(c >> 8), uint8(c) }

// String writes c as `#rrggbb`; the empty string is no colour.
func (c Color) String() string {
	if !c.IsSet() {
		return ""
	}
	return fmt.Sprintf("#%06x", uint32(c)&0xffffff)
}

// Mix returns the colour a share of the way from c to other; 0 is c, 1 is other.
func (c Color) Mix(other Color, share float64) Color {
	r1, g1, b1 := c.Channels()
	r2, g2, b2 := other.Channels()
	between := func(a, b uint8) uint8 {
		return uint8(math.Round(float64(a) + (float64(b)-float64(a))*share))
	}
	return RGB(between(r1, r2), between(g1, g2), between(b1, b2))
}

// Contrast is the contrast ratio of WCAG 2.2, from 1 (the same) to 21 (black on white).
// https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
func Contrast(a, b Color) float64 {
	la, lb := a.luminance(), b.luminance()
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// luminance is WCAG's relative luminance.
func (c Color) luminance() float64 {
	r, g, b := c.Channels()
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

func linear(channel uint8) float64 {
	v := float64(channel) / 255
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}
