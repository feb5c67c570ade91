package ui

import (
	"strings"
	"testing"
)

// A person asks why, filters, and sees from which place each value comes; secrets stay hidden.
func TestWhySaysWhereEveryValueComesFrom(t *testing.T) {
	b := open(t, 120, 36)
	b.root.OpenRequest("echo/by-prefix")
	b.Press("alt+y")
	b.WaitText("Where every value comes from")
	b.WaitText("{{base_url}}")
	b.Press("/")
	b.Type("x-from")
	b.WaitFor("the filtered list", func(grid string) bool {
		return strings.Contains(grid, "headers.X-From") && strings.Contains(grid, `[for."{{base_url}}/anything`) && !strings.Contains(grid, "options.redirects")
	})
	b.Press("esc", "esc")
	b.WaitFor("the screen to close", func(grid string) bool { return !strings.Contains(grid, "Where every value comes from") })

	b.root.OpenRequest("echo/in-a-session")
	b.Press("alt+y")
	b.WaitText("[sessions.visitor]")
	b.Press("/")
	b.Type("timeout")
	b.WaitText("Parley's default")
}
