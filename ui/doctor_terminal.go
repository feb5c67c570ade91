package ui

import (
	"fmt"
	"os/exec"
	"runtime"
	"strings"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"parley/ui/document/picture"
	"parley/ui/safe"
)

// measured are characters of which terminals disagree how many cells they take: what is drawn beside them moves then.
var measured = []struct{ text, what string }{
	{"…", "an ellipsis, whose width is ambiguous"},
	{"●", "a sign of the screen, whose width is ambiguous"},
	{"─", "a rule"},
	{"e\u0301", "a letter with an accent of its own"},
	{"漢", "a wide character"},
	{"🙂", "an emoji"},
	{"☁️", "a sign that is drawn as an emoji"},
	{"👩‍💻", "an emoji of several"},
}

// measuringRow is where they are drawn: in the first line an answer could be a key.
const measuringRow = 2

// measuring draws each of them at the start of a line, and asks where the cursor is then.
func measuring() string {
	var b strings.Builder
	b.WriteString(ansi.SaveCursor)
	for _, m := range measured {
		b.WriteString(ansi.CursorPosition(1, measuringRow+1) + m.text + ansi.RequestCursorPositionReport)
	}
	b.WriteString(ansi.CursorPosition(1, measuringRow+1) + ansi.EraseEntireLine + ansi.RestoreCursor)
	return b.String()
}

// The least that the workbench can be drawn on.
const leastWidth, leastHeight = 60, 16

// chapter tells what the terminal has said.
func (a *answers) chapter(place Place) chapter {
	list := []finding{a.identity(place), a.size(), colours(a.profile.Profile, place.Env)}
	list = append(list, a.ground(), a.keyboard(place), a.pictures(), links(a.name, place.Env), a.copying(place))
	return chapter{"Terminal", append(list, a.cells()...)}
}

// untold is the chapter when there is no terminal to ask.
func untold(terminal Terminal, place Place) chapter {
	return chapter{"Terminal", []finding{
		unsure("", "the environment says %s", place.terminal()),
		colours(colorprofile.Env(terminal.Environ), place.Env),
		links("", place.Env),
		(&answers{}).copying(place),
		unsure("run parley doctor on the terminal itself",
			"size, background, keyboard protocol, pictures and widths of characters can only be asked of a terminal, and this is none"),
	}}
}

func (a *answers) identity(place Place) finding {
	switch {
	case a.name != "":
		return good("it is %s; TERM says %s", a.name, first(place.Env("TERM"), "nothing"))
	case !a.device:
		return bad("what it can do is not known: Parley takes it for a plain one", "it has not answered any question; TERM says %s", first(place.Env("TERM"), "nothing"))
	default:
		return good("it answers questions, and has no name of its own; TERM says %s", first(place.Env("TERM"), "nothing"))
	}
}

func (a *answers) size() finding {
	if a.width < leastWidth || a.height < leastHeight {
		return bad(fmt.Sprintf("make it at least %d by %d", leastWidth, leastHeight), "the window has %d by %d cells", a.width, a.height)
	}
	return good("the window has %d by %d cells", a.width, a.height)
}

// colours tells how many there are, and by what that is known.
func colours(profile colorprofile.Profile, env func(string) string) finding {
	by := "TERM=" + env("TERM")
	for _, name := range []string{"COLORTERM", "CLICOLOR_FORCE", "NO_COLOR"} { // the last that is set counts
		if value := env(name); value != "" {
			by = name + "=" + value
		}
	}
	more := "if the terminal can do more, set COLORTERM=truecolor"
	if env("TMUX") != "" {
		more = "for more, in tmux.conf: set -as terminal-features ',*:RGB'"
	}
	switch {
	case env("NO_COLOR") != "":
		return unsure("unset NO_COLOR to have them", "no colours are drawn, by %s", by)
	case profile == colorprofile.TrueColor:
		return good("16 million colours, by %s", by)
	case profile == colorprofile.ANSI256:
		return good("256 colours, by %s; themes are drawn with the nearest ones", by).but(more)
	case profile == colorprofile.ANSI:
		return bad(more, "16 colours, by %s; themes are drawn with the nearest ones", by)
	default:
		return bad(more, "no colours, by %s", by)
	}
}

// but gives what is good a hint.
func (f finding) but(hint string) finding {
	f.hint = hint
	return f
}

func (a *answers) ground() finding {
	if a.background == nil {
		return unsure("if it is light, choose a theme for it: Theme in the palette", "it has not said whether its background is light or dark, and is taken to be dark")
	}
	ground := "light"
	if a.background.IsDark() {
		ground = "dark"
	}
	return good("the background is %s, %s: the theme for that is drawn", ground, a.background.String())
}

func (a *answers) keyboard(place Place) finding {
	switch {
	case a.enhanced:
		return good("keys are told apart by the keyboard protocol of kitty")
	case place.Env("TMUX") != "":
		return unsure("in tmux.conf: set -s extended-keys on, and set -as terminal-features 'xterm*:extkeys'",
			"without the keyboard protocol of kitty, keys such as ctrl+enter may not come")
	default:
		return unsure("chords that begin with ctrl+x come everywhere", "without the keyboard protocol of kitty, keys such as ctrl+enter may not come")
	}
}

func (a *answers) pictures() finding {
	switch a.graphics {
	case picture.Kitty:
		return good("pictures are drawn by the protocol of kitty")
	case picture.Sixel:
		return good("pictures are drawn as sixels")
	default:
		return unsure("", "pictures are drawn with half blocks: it knows neither the protocol of kitty nor sixels")
	}
}

// linking are terminals that are known to follow links, by what they call themselves.
var linking = []string{"kitty", "wezterm", "iterm", "ghostty", "foot", "alacritty", "vscode", "konsole", "contour", "rio"}

// links tells whether links can be followed. That cannot be asked.
func links(name string, env func(string) string) finding {
	name = strings.ToLower(name + " " + env("TERM_PROGRAM") + " " + env("TERM"))
	for _, known := range linking {
		if strings.Contains(name, known) {
			return good("links can be clicked, as %s knows them (OSC 8)", known)
		}
	}
	if env("VTE_VERSION") != "" || env("WT_SESSION") != "" {
		return good("links can be clicked (OSC 8)")
	}
	if env("TMUX") != "" {
		return unsure("in tmux.conf, from 3.4 on: set -as terminal-features ',*:hyperlinks'", "whether links can be clicked (OSC 8) cannot be asked")
	}
	return unsure("", "whether links can be clicked (OSC 8) cannot be asked")
}

// copying tells how a text gets onto the clipboard.
func (a *answers) copying(place Place) finding {
	command := copyProgram(runtime.GOOS, place.Env, exec.LookPath)
	switch {
	case command == nil && a.clipboard:
		return good("copying goes through the terminal, which says that it takes it (OSC 52)")
	case command == nil:
		return unsure("if nothing arrives, allow programs to copy in its settings (OSC 52)", "copying goes through the terminal, which does not say whether it takes it")
	case command[0] == "tmux":
		return good("copying goes through tmux load-buffer -w").but("in tmux.conf, for the clipboard outside: set -s set-clipboard on")
	default:
		return good("copying goes through %s, and through the terminal (OSC 52)", command[0])
	}
}

// cells tells which characters are wider or narrower here than they are drawn for.
func (a *answers) cells() []finding {
	if len(a.widths) < len(measured) {
		return []finding{unsure("", "it has not said how wide it draws characters")}
	}
	var list []finding
	for i, m := range measured {
		if want := safe.Width(m.text); a.widths[i] != want {
			list = append(list, bad("look for widths of ambiguous or of emoji characters in its settings, or for another font",
				"%s, %s, is %d wide here, and drawn for %d: what is beside it moves", m.what, m.text, a.widths[i], want))
		}
	}
	if len(list) == 0 {
		list = append(list, good("characters are as wide as they are drawn for: ambiguous ones, accents, wide ones and emoji"))
	}
	return list
}
