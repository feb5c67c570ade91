package themes

import (
	"math"
	"strings"
	"testing"
)

// vision is how an eye sees: it mixes linear red, green and blue. The rows are those of Machado, Oliveira and Fernandes,
// "A Physiologically-based Model for Simulation of Color Vision Deficiency" (2009), for a severity of 1.
type vision [3][3]float64

var eyes = map[string]vision{
	"every cone":   {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protanopia":   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"deuteranopia": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"tritanopia":   {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
}

// lab is a colour in OKLab, in which equal distances look alike: lightness, and two axes of hue.
type lab [3]float64

func (v vision) see(c Color) lab {
	red, green, blue := c.Channels()
	from := [3]float64{linear(red), linear(green), linear(blue)}
	var seen [3]float64
	for i, row := range v {
		seen[i] = min(1, max(0, row[0]*from[0]+row[1]*from[1]+row[2]*from[2]))
	}
	r, g, b := seen[0], seen[1], seen[2]
	l := math.Cbrt(0.4122214708*r + 0.5363325363*g + 0.0514459929*b)
	m := math.Cbrt(0.2119034982*r + 0.6806995451*g + 0.1073969566*b)
	s := math.Cbrt(0.0883024619*r + 0.2817188376*g + 0.6299787005*b)
	return lab{
		0.2104542553*l + 0.7936177850*m - 0.0040720468*s,
		1.9779984951*l - 2.4285922050*m + 0.4505937099*s,
		0.0259040371*l + 0.7827717662*m - 0.8086757660*s,
	}
}

func (a lab) distance(b lab) float64 {
	return math.Hypot(math.Hypot(a[0]-b[0], a[1]-b[1]), a[2]-b[2])
}

// Two colours of a distance of 0.02 can just be told apart side by side; words far apart need several times that.
const apart = 0.06

func TestColourBlindThemesTellLevelsAndMethodsApart(t *testing.T) {
	groups := [][]Role{
		{Success, Warning, Error, Info},
		{MethodGet, MethodPost, MethodPut, MethodPatch, MethodDelete},
		{Status2xx, Status3xx, Status4xx, Status5xx},
	}
	tried := 0
	for _, theme := range Embedded().List() {
		if !strings.HasPrefix(theme.Name, "colorblind") {
			continue
		}
		tried++
		for name, eye := range eyes {
			for _, roles := range groups {
				for i, a := range roles {
					for _, b := range roles[:i] {
						if d := eye.see(theme.Style(a).Fg).distance(eye.see(theme.Style(b).Fg)); d < apart {
							t.Errorf("%s, %s: %s and %s are %.3f apart, want %.2f", theme.Name, name, a.Name(), b.Name(), d, apart)
						}
					}
				}
			}
			good, bad := eye.see(theme.Style(Success).Fg), eye.see(theme.Style(Error).Fg)
			if name != "tritanopia" && math.Abs(good[0]-bad[0]) < apart {
				t.Errorf("%s, %s: success is as light as error", theme.Name, name)
			}
		}
	}
	if tried != 2 {
		t.Errorf("%d colour-blind themes, want a dark and a light one", tried)
	}
}

// The measure must find what it is there to find: red and green of one lightness are alike to many.
func TestEyesConfuseRedAndGreen(t *testing.T) {
	red, green := RGB(0xb8, 0x6a, 0x2a), RGB(0x8a, 0x84, 0x2a)
	if d := eyes["every cone"].see(red).distance(eyes["every cone"].see(green)); d < apart {
		t.Errorf("%.3f apart to most", d)
	}
	if d := eyes["deuteranopia"].see(red).distance(eyes["deuteranopia"].see(green)); d >= apart {
		t.Errorf("%.3f apart without the cones for green", d)
	}
}

func TestMonochromeThemesHaveNoHue(t *testing.T) {
	for _, theme := range Embedded().List() {
		if theme.Hueless() != strings.HasPrefix(theme.Name, "monochrome") {
			t.Errorf("%s: without hue is %v", theme.Name, theme.Hueless())
		}
		if !theme.Hueless() {
			continue
		}
		plain := theme.Style(Text).Attrs
		for _, role := range []Role{Title, Link, Accent, Warning, Error, Info, MethodPost, MethodPut, MethodDelete, Unresolved, Added, Removed} {
			if theme.Style(role).Attrs == plain {
				t.Errorf("%s: nothing but its shade tells %s from text", theme.Name, role.Name())
			}
		}
	}
}

func TestThemesForEveryTaste(t *testing.T) {
	names := map[string]bool{}
	for _, theme := range Embedded().List() {
		names[theme.Name] = true
	}
	for _, want := range []string{
		"catppuccin-latte", "catppuccin-mocha", "gruvbox-dark", "gruvbox-light", "solarized-dark", "solarized-light", "tokyo-night", "dracula",
		"rose-pine", "rose-pine-dawn", "everforest", "kanagawa", "one-dark", "github-dark", "github-light", "nord",
		"high-contrast-dark", "high-contrast-light", "colorblind-dark", "colorblind-light", "monochrome-dark", "monochrome-light",
	} {
		if !names[want] {
			t.Errorf("no theme is called %s", want)
		}
	}
}
