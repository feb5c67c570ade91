package action

import (
	"fmt"
	"strings"
)

// Markdown writes the table of keys for the README.
func (k Keymap) Markdown() string {
	var b strings.Builder
	b.WriteString("| key | does | where |\n| --- | --- | --- |\n")
	for _, group := range Groups() {
		for _, a := range k.actions {
			if a.Group == group && len(k.keys[a.ID]) > 0 {
				fmt.Fprintf(&b, "| %s | %s | %s |\n", k.markdownKeys(a), markdownText(a), a.Where)
			}
		}
	}
	return b.String()
}

func (k Keymap) markdownKeys(a Action) string {
	quoted := make([]string, 0, len(k.keys[a.ID]))
	for _, key := range k.keys[a.ID] {
		quoted = append(quoted, "`"+strings.ReplaceAll(Spelled(key), "|", `\|`)+"`")
	}
	return strings.Join(quoted, " ")
}

func markdownText(a Action) string {
	if a.Help == "" {
		return a.Title
	}
	return strings.TrimSuffix(a.Title, "…") + ". " + a.Help
}
