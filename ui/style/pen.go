package style

import (
	"image/color"
	"strconv"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"parley/themes"
)

// pen is everything that SGR can set; a nil colour is the terminal's own.
type pen struct {
	fg, bg color.Color
	attrs  themes.Attr
}

// pen works out what role looks like on a surface.
func (t *table) pen(role, on themes.Role) pen {
	if role < surfaces {
		role, on = themes.Text, role
	}
	switch t.profile {
	case colorprofile.TrueColor, colorprofile.ANSI256:
		return t.colored(role, on)
	case colorprofile.ANSI:
		if !t.theme.Hueless() {
			return sixteen(role, on)
		}
	}
	return pen{attrs: plain[role] | plain[on]}
}

func (t *table) colored(role, on themes.Role) pen {
	style, under := t.theme.Style(role), t.theme.Style(on)
	bg := style.Bg
	if !bg.IsSet() {
		bg = t.surface(on)
	}
	fg := style.Fg
	if t.profile == colorprofile.ANSI256 {
		fg = t.fitted(role, fg, bg)
	}
	return pen{fg: t.convert(fg), bg: t.convert(bg), attrs: style.Attrs | under.Attrs}
}

func (t *table) convert(c themes.Color) color.Color {
	if !c.IsSet() {
		return nil
	}
	r, g, b := c.Channels()
	return t.profile.Convert(color.RGBA{R: r, G: g, B: b, A: 0xff})
}

// sixteen uses the terminal's palette, which its owner has chosen to be readable, on the terminal's own background.
// The selection is drawn in reverse and without colours: which pairs of the sixteen can be read is not known.
func sixteen(role, on themes.Role) pen {
	p := palette[role]
	p.attrs |= plain[on]
	if on == themes.Selection && p.bg == nil {
		p.fg = nil
	}
	return p
}

// palette is how roles look in 16 colours. Only the plain eight are used for text: the bright ones can't be read on
// most light backgrounds.
var palette = func() (p [themes.NumRoles]pen) {
	set := func(fg color.Color, attrs themes.Attr, roles ...themes.Role) {
		for _, role := range roles {
			p[role] = pen{fg: fg, attrs: attrs}
		}
	}
	set(nil, themes.FaintText, themes.Muted, themes.Faint, themes.Border, themes.MethodOptions, themes.MethodTrace,
		themes.Status1xx, themes.Punctuation, themes.Operator)
	set(nil, themes.Bold, themes.Title, themes.MethodOther)
	set(nil, themes.FaintText|themes.Italic, themes.Comment)
	set(ansi.Cyan, 0, themes.Shortcut, themes.MethodHead, themes.Key, themes.Tag, themes.Function)
	set(ansi.Cyan, themes.Bold, themes.Accent, themes.Focus, themes.Variable)
	set(ansi.Cyan, themes.Underline, themes.Link)
	set(ansi.Cyan, themes.Bold|themes.Underline, themes.Bracket)
	set(ansi.Green, 0, themes.Success, themes.MethodGet, themes.String, themes.Added)
	set(ansi.Green, themes.Bold, themes.Status2xx)
	set(ansi.Yellow, 0, themes.Warning, themes.MethodPost, themes.Number, themes.Attribute, themes.Type, themes.Changed)
	set(ansi.Yellow, themes.Bold, themes.Status4xx)
	set(ansi.Blue, 0, themes.Info, themes.MethodPut, themes.Moved)
	set(ansi.Blue, themes.Bold, themes.Status3xx)
	set(ansi.Magenta, 0, themes.MethodPatch, themes.Literal, themes.Keyword, themes.Escape)
	set(ansi.Red, 0, themes.Error, themes.MethodDelete, themes.Removed)
	set(ansi.Red, themes.Bold, themes.Status5xx)
	set(ansi.Red, themes.Underline, themes.Unresolved, themes.Invalid)
	set(ansi.Red, themes.Reverse, themes.Control)
	p[themes.Active] = pen{attrs: themes.Bold | themes.Reverse}
	p[themes.Danger] = pen{fg: ansi.BrightWhite, bg: ansi.Red, attrs: themes.Bold}
	p[themes.Search] = pen{fg: ansi.Black, bg: ansi.Yellow}
	p[themes.Current] = pen{fg: ansi.Black, bg: ansi.Cyan, attrs: themes.Bold | themes.Underline}
	return p
}()

// plain is how roles look without colours. Surfaces that need telling apart are in it too.
var plain = [themes.NumRoles]themes.Attr{
	themes.Selection:    themes.Reverse,
	themes.Line:         themes.Underline,
	themes.Muted:        themes.FaintText,
	themes.Faint:        themes.FaintText,
	themes.Border:       themes.FaintText,
	themes.Comment:      themes.FaintText | themes.Italic,
	themes.Punctuation:  themes.FaintText,
	themes.Title:        themes.Bold,
	themes.Accent:       themes.Bold,
	themes.Focus:        themes.Bold,
	themes.Shortcut:     themes.Bold,
	themes.Link:         themes.Underline,
	themes.Warning:      themes.Bold,
	themes.Error:        themes.Bold | themes.Underline,
	themes.Active:       themes.Bold | themes.Reverse,
	themes.Danger:       themes.Bold | themes.Reverse | themes.Underline,
	themes.Search:       themes.Underline,
	themes.Current:      themes.Reverse | themes.Underline,
	themes.Bracket:      themes.Bold | themes.Underline,
	themes.MethodDelete: themes.Bold | themes.Underline,
	themes.Status4xx:    themes.Bold,
	themes.Status5xx:    themes.Bold | themes.Underline,
	themes.Key:          themes.Bold,
	themes.Tag:          themes.Bold,
	themes.Keyword:      themes.Bold,
	themes.Variable:     themes.Bold,
	themes.Unresolved:   themes.Bold | themes.Underline,
	themes.Control:      themes.Reverse,
	themes.Invalid:      themes.Underline,
	themes.Added:        themes.Bold,
	themes.Removed:      themes.Strike,
	themes.Changed:      themes.Underline,
	themes.Moved:        themes.Italic,
}

// attrCodes are the SGR parameters of ECMA-48, 8.3.117.
var attrCodes = [...]struct {
	attr themes.Attr
	code string
}{
	{themes.Bold, ";1"},
	{themes.FaintText, ";2"},
	{themes.Italic, ";3"},
	{themes.Underline, ";4"},
	{themes.Reverse, ";7"},
	{themes.Strike, ";9"},
}

func (p pen) sgr() string {
	b := append(make([]byte, 0, 48), "\x1b[0"...)
	for _, a := range attrCodes {
		if p.attrs&a.attr != 0 {
			b = append(b, a.code...)
		}
	}
	b = appendColor(b, p.fg, 30)
	b = appendColor(b, p.bg, 40)
	return string(append(b, 'm'))
}

// appendColor adds the parameters of a colour; base is 30 for text and 40 for what is behind it.
func appendColor(b []byte, c color.Color, base int) []byte {
	param := func(n int) {
		b = append(b, ';')
		b = strconv.AppendInt(b, int64(n), 10)
	}
	switch c := c.(type) {
	case nil:
	case ansi.BasicColor:
		if c >= 8 {
			base += 52
		}
		param(base + int(c))
	case ansi.IndexedColor:
		param(base + 8)
		param(5)
		param(int(c))
	default:
		r, g, bl, _ := c.RGBA()
		for _, n := range []int{base + 8, 2, int(r >> 8), int(g >> 8), int(bl >> 8)} {
			param(n)
		}
	}
	return b
}
