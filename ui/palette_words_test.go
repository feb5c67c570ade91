package ui

import (
	"strings"
	"testing"
)

// Who does not know what an action is called here types what others call it, and finds it first.
func TestThePaletteKnowsTheWordsOfStrangers(t *testing.T) {
	b := open(t, 120, 36)
	b.Press("f5")
	b.WaitText("200 OK")
	for _, c := range []struct{ typed, first string }{
		{"go to body", "Request: Body"},
		{"copy curl", "Copy as curl"},
		{"new env", "Environments"},
		{"variables", "Environments"},
		{"change method", "Method"},
		{"dark", "Theme: "},
		{"dark theme", "Theme: "},
		{"light theme", "Theme: "},
		{"colors", "Theme"},
		{"close", "Close tab"},
		{"send", "Send"},
		{"run", "Run the whole collection"},
		{"save", "Save"},
		{"save as", "Save"},
		{"delete header", "Request: Headers"},
		{"add header", "Add a header"},
		{"wrap", "Wrap long lines"},
		{"word wrap", "Wrap long lines"},
		{"zoom", "Zoom pane"},
		{"fullscreen", "Zoom pane"},
		{"vim", "Keymap"},
		{"keys", "Keymap"},
		{"shortcuts", "Keymap"},
		{"quit", "Quit"},
		{"exit", "Quit"},
		{"w", "Save"},
		{"q", "Quit"},
		{"split", "Split"},
		{"import curl", "Import"},
		{"postman", "Import"},
		{"cookies", "Cookies"},
		{"token", "Bearer token auth"},
		{"tokens", "OAuth 2 tokens"},
		{"password", "Basic auth"},
		{"proxy", "Request: Options"},
		{"timeout", "Request: Options"},
		{"certificate", "Request: Options"},
		{"retry", "Request: Options"},
		{"insecure", "Request: Options"},
		{"download", "Save the body to a file"},
		{"upload", "Body as multipart"},
		{"settings", "Settings of the folder"},
		{"diff", "Compare response"},
		{"search", "Search history"},
		{"tests", "Request: Expect"},
		{"script", "Request: Hooks"},
	} {
		b.Press("ctrl+p")
		b.Type(c.typed)
		row := ""
		for line := range strings.Lines(b.Grid()) {
			if _, after, ok := strings.Cut(line, "│▌"); ok {
				row = strings.TrimSpace(after)
			}
		}
		if !strings.HasPrefix(strings.TrimLeft(row, "›● "), c.first) {
			t.Errorf("%q finds %q first, not %q", c.typed, row, c.first)
		}
		b.Press("esc")
	}
}
