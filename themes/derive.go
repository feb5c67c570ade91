package themes

// roleInfos is the one table of roles. A role derives only from those above it, which are complete by then.
var roleInfos = [NumRoles]roleInfo{
	Background: {groupBase, "background", KindSurface, nil},
	Surface:    {groupBase, "surface", KindSurface, tint(Text, 0.04)},
	Raised:     {groupBase, "raised", KindSurface, tint(Text, 0.07)},
	Line:       {groupBase, "line", KindSurface, tint(Text, 0.06)},
	Selection:  {groupBase, "selection", KindSurface, tint(Accent, 0.16)},

	Text:     {groupBase, "text", KindText, nil},
	Muted:    {groupBase, "muted", KindText, fade(0.28)},
	Faint:    {groupBase, "faint", KindText, fade(0.45)},
	Title:    {groupBase, "title", KindText, with(Text, Bold)},
	Link:     {groupBase, "link", KindText, with(Accent, Underline)},
	Accent:   {groupBase, "accent", KindText, nil},
	Shortcut: {groupBase, "shortcut", KindText, same(Accent)},
	Success:  {groupBase, "success", KindText, hue(RGB(0x7b, 0xc8, 0x7b), RGB(0x2a, 0x6f, 0x35))},
	Warning:  {groupBase, "warning", KindText, hue(RGB(0xe3, 0xb3, 0x5f), RGB(0x86, 0x5a, 0x0a))},
	Error:    {groupBase, "error", KindText, hue(RGB(0xf0, 0x80, 0x7f), RGB(0xb3, 0x26, 0x2e))},
	Info:     {groupBase, "info", KindText, hue(RGB(0x82, 0xb1, 0xf2), RGB(0x1f, 0x5f, 0xad))},

	Border: {groupBase, "border", KindLine, border},
	Focus:  {groupBase, "focus", KindLine, same(Accent)},

	Active:  {groupBase, "active", KindMark, filled(Accent, Bold)},
	Danger:  {groupBase, "danger", KindMark, filled(Error, Bold)},
	Search:  {groupBase, "search", KindMark, filled(Warning, 0)},
	Current: {groupBase, "current", KindMark, filled(Accent, Bold|Underline)},
	Bracket: {groupBase, "bracket", KindText, with(Accent, Bold|Underline)},

	MethodGet:     {groupHTTP, "get", KindText, same(Success)},
	MethodPost:    {groupHTTP, "post", KindText, same(Warning)},
	MethodPut:     {groupHTTP, "put", KindText, same(Info)},
	MethodPatch:   {groupHTTP, "patch", KindText, same(Accent)},
	MethodDelete:  {groupHTTP, "delete", KindText, same(Error)},
	MethodHead:    {groupHTTP, "head", KindText, same(MethodGet)},
	MethodOptions: {groupHTTP, "options", KindText, same(Muted)},
	MethodTrace:   {groupHTTP, "trace", KindText, same(Muted)},
	MethodOther:   {groupHTTP, "other", KindText, same(Text)},
	Status1xx:     {groupHTTP, "1xx", KindText, same(Muted)},
	Status2xx:     {groupHTTP, "2xx", KindText, with(Success, Bold)},
	Status3xx:     {groupHTTP, "3xx", KindText, with(Info, Bold)},
	Status4xx:     {groupHTTP, "4xx", KindText, with(Warning, Bold)},
	Status5xx:     {groupHTTP, "5xx", KindText, with(Error, Bold)},

	Key:         {groupSyntax, "key", KindText, same(Accent)},
	String:      {groupSyntax, "string", KindText, same(Success)},
	Number:      {groupSyntax, "number", KindText, same(Warning)},
	Literal:     {groupSyntax, "literal", KindText, same(Info)},
	Punctuation: {groupSyntax, "punctuation", KindText, same(Muted)},
	Comment:     {groupSyntax, "comment", KindText, with(Faint, Italic)},
	Tag:         {groupSyntax, "tag", KindText, same(Key)},
	Attribute:   {groupSyntax, "attribute", KindText, same(Number)},
	Keyword:     {groupSyntax, "keyword", KindText, same(Literal)},
	Function:    {groupSyntax, "function", KindText, same(Info)},
	Type:        {groupSyntax, "type", KindText, same(Warning)},
	Operator:    {groupSyntax, "operator", KindText, same(Punctuation)},
	Escape:      {groupSyntax, "escape", KindText, same(Literal)},
	Variable:    {groupSyntax, "variable", KindText, with(Accent, Bold)},
	Unresolved:  {groupSyntax, "unresolved", KindText, with(Error, Underline)},
	Control:     {groupSyntax, "control", KindText, with(Error, Reverse)},
	Invalid:     {groupSyntax, "invalid", KindText, with(Error, Underline)},
	Added:       {groupSyntax, "added", KindText, same(Success)},
	Removed:     {groupSyntax, "removed", KindText, same(Error)},
	Changed:     {groupSyntax, "changed", KindText, same(Warning)},
	Moved:       {groupSyntax, "moved", KindText, same(Info)},
}

// required are the roles that nothing can stand in for.
var required = [...]Role{Background, Text, Accent}

// complete fills in every role that the file left out.
func (t *Theme) complete(given [NumRoles]bool) {
	for r := range NumRoles {
		if !given[r] && roleInfos[r].derive != nil {
			t.styles[r] = roleInfos[r].derive(t)
		}
	}
}

// tint moves the background a little towards another role.
func tint(towards Role, share float64) func(*Theme) Style {
	return func(t *Theme) Style {
		return Style{Bg: t.styles[Background].Bg.Mix(t.styles[towards].Fg, share)}
	}
}

// fade moves the text towards the background, as far as it stays readable.
func fade(share float64) func(*Theme) Style {
	return func(t *Theme) Style {
		text := t.styles[Text].Fg
		return Style{Fg: t.legible(text.Mix(t.styles[Background].Bg, share))}
	}
}

// hue is a colour that means the same in every theme, fitted to this one.
func hue(onDark, onLight Color) func(*Theme) Style {
	return func(t *Theme) Style {
		if t.Dark {
			return Style{Fg: t.legible(onDark)}
		}
		return Style{Fg: t.legible(onLight)}
	}
}

func same(as Role) func(*Theme) Style {
	return func(t *Theme) Style { return t.styles[as] }
}

func with(as Role, attrs Attr) func(*Theme) Style {
	return func(t *Theme) Style {
		return Style{Fg: t.styles[as].Fg, Attrs: attrs}
	}
}

func filled(with Role, attrs Attr) func(*Theme) Style {
	return func(t *Theme) Style {
		return t.mark(t.styles[with].Fg, attrs)
	}
}

func border(t *Theme) Style {
	return Style{Fg: t.styles[Background].Bg.Mix(t.styles[Text].Fg, 0.22)}
}

// mark is a filled style whose text is whichever of the theme's own two ends reads best.
func (t *Theme) mark(fill Color, attrs Attr) Style {
	fg, other := t.styles[Background].Bg, t.styles[Text].Fg
	if Contrast(other, fill) > Contrast(fg, fill) {
		fg = other
	}
	return Style{Fg: fg, Bg: fill, Attrs: attrs}
}

// legible moves c towards the text's own colour until it can be read on every surface.
func (t *Theme) legible(c Color) Color {
	for share := 0.0; share < 1; share += 0.05 {
		moved := c.Mix(t.styles[Text].Fg, share)
		if t.leastContrast(moved) >= Readable {
			return moved
		}
	}
	return t.styles[Text].Fg
}

func (t *Theme) leastContrast(c Color) float64 {
	least := 21.0
	for r := Background; r <= Selection; r++ {
		least = min(least, Contrast(c, t.styles[r].Bg))
	}
	return least
}
