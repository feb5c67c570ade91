package playground

import (
	"fmt"
	"net/http"
	"strings"
)

// hostile answers with everything a terminal might act on, each on a line that says what would happen, and with a head that
// holds what RFC 9110, section 5.5, lets through: C1 controls, direction overrides and misleading names. C0 controls in a head
// are no HTTP; the fault hostile-head sends them.
func hostile(w http.ResponseWriter, _ *http.Request) {
	header := w.Header()
	header.Set("Content-Type", "text/plain; charset=utf-8")
	header.Set("X-C1", "\xc2\x9b31mCSI as UTF-8, \x9b31mand as a single byte")
	header.Set("X-Title", "\xc2\x9d0;pwned by a header\xc2\x9c")
	header.Set("X-Bidi", "txt.\u202egnp.exe\u202c")
	header.Set("X-Tab", "a\tb")
	header.Set("Content-Disposition", `attachment; filename="../../.bashrc"; filename*=UTF-8''..%2F..%2F.profile%1B%5B31m`)
	header.Add("Set-Cookie", "hostile=\u202eeikooc; Path=/hostile")
	header.Set("Link", "<javascript:alert(1)>; rel=\"next\"")
	fmt.Fprint(w, hostileText())
}

// hostileText holds every C0 and C1 control, the terminal's string and control sequences, and every direction control.
func hostileText() string {
	var b strings.Builder
	b.WriteString("Nothing below may act on your terminal: you should see a mark for each.\n\n")
	for c := range 0x20 {
		fmt.Fprintf(&b, "C0 0x%02x: [%c]\n", c, c)
	}
	fmt.Fprintf(&b, "DEL 0x7f: [%c]\n", 0x7f)
	for c := 0x80; c < 0xa0; c++ {
		fmt.Fprintf(&b, "C1 U+%04X: [%c] as a bare byte: [%s]\n", c, c, string([]byte{byte(c)}))
	}
	for _, s := range sequences {
		fmt.Fprintf(&b, "%s: [%s]\n", s.name, s.bytes)
	}
	for _, r := range "\u061c\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\ufff9\ufffa\ufffb\U000e0041" {
		fmt.Fprintf(&b, "U+%04X: [before%cafter]\n", r, r)
	}
	b.WriteString("invalid UTF-8: [\xff\xfe\xc0\xaf\xed\xa0\x80\xf4\x90\x80\x80]\n")
	b.WriteString("many marks on one letter: [a" + strings.Repeat("\u0301", 200) + "]\n")
	b.WriteString("an unfinished sequence: [\x1b]0;no terminator")
	return b.String()
}

var sequences = []struct{ name, bytes string }{
	{"OSC sets the title, BEL", "\x1b]0;pwned\x07"},
	{"OSC sets the title, ST", "\x1b]2;pwned\x1b\\"},
	{"OSC 4 changes a colour", "\x1b]4;1;rgb:00/00/00\x1b\\"},
	{"OSC 7 changes the folder", "\x1b]7;file://host/etc\x1b\\"},
	{"OSC 8 hides a link", "\x1b]8;;http://evil.test/\x1b\\click\x1b]8;;\x1b\\"},
	{"OSC 9 notifies", "\x1b]9;pwned\x07"},
	{"OSC 10 asks for the foreground", "\x1b]10;?\x07"},
	{"OSC 50 sets the font", "\x1b]50;?\x07"},
	{"OSC 52 writes the clipboard", "\x1b]52;c;cHduZWQ=\x07"},
	{"OSC 1337 downloads a file", "\x1b]1337;File=name=cHduZWQ=;inline=0:cHduZWQ=\x07"},
	{"CSI clears the screen", "\x1b[2J\x1b[H"},
	{"CSI moves up and clears the line", "\x1b[1A\x1b[2K"},
	{"CSI colours", "\x1b[31;1;5mred\x1b[0m"},
	{"CSI hides text", "\x1b[8mhidden\x1b[28m"},
	{"CSI asks for the cursor's place", "\x1b[6n"},
	{"CSI asks what the terminal is", "\x1b[c\x1b[>c"},
	{"CSI reports the title", "\x1b[21t"},
	{"CSI resizes the window", "\x1b[8;1;1t"},
	{"CSI turns the alternate screen on", "\x1b[?1049h"},
	{"CSI hides the cursor", "\x1b[?25l"},
	{"CSI turns the mouse on", "\x1b[?1000h\x1b[?1006h"},
	{"CSI turns bracketed paste off", "\x1b[?2004l"},
	{"CSI sets margins", "\x1b[5;6r"},
	{"CSI repeats a character", "x\x1b[9999b"},
	{"CSI opens the printer", "\x1b[5i"},
	{"C1 CSI as UTF-8", "\u009b31mred\u009b0m"},
	{"C1 OSC as UTF-8", "\u009d0;pwned\u009c"},
	{"DCS asks for a setting", "\x1bP$q\"p\x1b\\"},
	{"DCS defines keys", "\x1bP0;1|17/6c73\x1b\\"},
	{"DCS draws sixels", "\x1bPq#0;2;0;0;0~~\x1b\\"},
	{"DCS passes through tmux", "\x1bPtmux;\x1b\x1b]0;pwned\x07\x1b\\"},
	{"APC draws with kitty's protocol", "\x1b_Ga=T,f=24,s=1,v=1;AAAA\x1b\\"},
	{"PM", "\x1b^private\x1b\\"},
	{"SOS", "\x1bXstring\x1b\\"},
	{"ESC resets the terminal", "\x1bc"},
	{"ESC changes the character set", "\x1b(0lqqk\x1b(B"},
	{"SO and SI shift", "\x0elqqk\x0f"},
	{"ESC fills the screen", "\x1b#8"},
	{"carriage return overwrites", "harmless\rpwned   "},
	{"backspaces overwrite", "harmless\b\b\b\b\b\b\b\bpwned   "},
}
