package ui

import (
	"strings"
	"testing"

	"parley/collections"
)

// A person asks why, filters, and sees from which place each value comes; secrets stay hidden.
func TestWhySaysWhereEveryValueComesFrom(t *testing.T) {
	b := open(t, 120, 36)
	b.root.OpenRequest("echo/by-prefix")
	b.Press("alt+y")
	b.WaitText("Where every value comes from")
	b.WaitText("{{base_url}}")
	b.Press("/", "ctrl+a", "ctrl+k")
	b.Type("x-from")
	b.WaitFor("the filtered list", func(grid string) bool {
		return strings.Contains(grid, "headers.X-From") && strings.Contains(grid, `[for."{{base_url}}`) && !strings.Contains(grid, "options.redirects")
	})
	b.Press("esc", "esc")
	b.WaitFor("the screen to close", func(grid string) bool { return !strings.Contains(grid, "Where every value comes from") })

	b.root.OpenRequest("echo/in-a-session")
	b.Press("alt+y")
	b.WaitText("Where every value comes from")
	b.Press("/", "esc")
	b.WaitText("[sessions.visitor]")
	b.Press("/", "ctrl+a", "ctrl+k")
	b.Type("timeout")
	b.WaitText("Parley's default")
}

func TestTheValueThatHasFocusIsExplainedFirst(t *testing.T) {
	b := open(t, 120, 36)
	b.root.tab().draft.Headers = []collections.Entry{{Name: "X-Key", Value: collections.Str(`{{secret("token")}}`)}}
	b.root.tab().request.SetRequest(b.root.tab().draft)
	b.root.tab().request.Show("Headers")
	b.Press("alt+3", "alt+y")
	b.WaitText("headers.X-Key")
	b.WaitText("•")
	if grid := b.Grid(); strings.Contains(grid, "s3cret-value") || strings.Contains(grid, "options.redirects") {
		t.Errorf("the screen is\n%s", grid)
	}
	b.Press("esc")

	b.root.tab().request.Show("Options")
	b.Press("alt+3", "alt+y")
	b.WaitText("options.timeout.connect")
	b.WaitText("Parley's default")
	b.Press("esc", "f5")
	b.WaitText("200 OK")
	b.root.tab().response.ShowSide("Sent")
	b.Press("alt+4", "G", "alt+y")
	b.WaitText("headers.")
}

func TestEveryOptionIsWrittenAsTheFileHasIt(t *testing.T) {
	b := open(t, 120, 36)
	b.root.OpenRequest("tour/retry")
	b.root.tab().request.Show("Options")
	b.Press("alt+3", "alt+z")
	fill := func(label, typed string) {
		t.Helper()
		for range 60 {
			for line := range strings.Lines(b.Grid()) {
				if strings.Contains(line, "▌") && strings.Contains(line, label+" ") {
					b.Press("ctrl+a", "ctrl+k")
					b.Type(typed)
					return
				}
			}
			b.Press("tab")
		}
		t.Fatalf("there is no field %s:\n%s", label, b.Grid())
	}
	fill("on statuses", "502, 503")
	fill("methods", "get post")
	fill("jitter", "100ms")
	fill("Client certificate", "me.p12")
	fill("its password", `{{secret("token")}}`)
	fill("Proxy", "none")
	fill("Unix socket", "/run/x.sock")
	fill("Fixed addresses", "a.test:80=127.0.0.1:8080, b.test:443=127.0.0.1:8443")
	fill("Tags", "smoke, two words")
	fill("Run when", `env != "prod"`)
	b.Press("ctrl+s")
	b.WaitText("saved tour/retry.toml")
	text := b.read("tour/retry.toml")
	for _, want := range []string{
		`on_status = [502, 503]`, `methods = ["GET", "POST"]`, `jitter = "100ms"`, `file = "me.p12"`, `password = '{{secret("token")}}'`,
		`proxy = ""`, `unix = "/run/x.sock"`, `"a.test:80" = "127.0.0.1:8080"`, `"b.test:443" = "127.0.0.1:8443"`,
		`tags = ["smoke", "two words"]`, `when = 'env != "prod"'`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the file has no %s:\n%s", want, text)
		}
	}
}
