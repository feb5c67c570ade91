package pane

import (
	"fmt"
	"strings"
	"time"

	"parley/history"
	"parley/themes"
	"parley/ui/safe"
	"parley/ui/widget"
)

// SetHistory shows exchanges, newest first.
func (s *Sidebar) SetHistory(entries []history.Summary) {
	s.entries = entries
	items := make([]widget.Item, len(entries))
	for i, e := range entries {
		badge, role := StatusBadge(e.Status)
		items[i] = widget.Item{
			Text: ShortMethod(e.Method) + " " + shortURL(e), Badge: badge, BadgeRole: role, Detail: Ago(s.now().Sub(e.ID.Time())),
		}
	}
	s.list.SetItems(items)
}

// SetHistoryProblem says why there are no exchanges to show.
func (s *Sidebar) SetHistoryProblem(why string) { s.list.SetEmpty(safe.Line(why)) }

// shortURL is what tells an exchange apart in a narrow column: its request's name, else the path of its URL.
func shortURL(e history.Summary) string {
	if e.Request != "" {
		return e.Request
	}
	_, rest, _ := strings.Cut(e.URL, "://")
	if _, path, ok := strings.Cut(rest, "/"); ok && path != "" {
		return "/" + path
	}
	return rest
}

// StatusBadge returns a status code and its colour; an exchange without one failed.
func StatusBadge(status int) (string, themes.Role) {
	if status == 0 {
		return "ERR", themes.Error
	}
	return fmt.Sprint(status), themes.Status(status)
}

// Ago says how long ago something was, in at most four cells.
func Ago(d time.Duration) string {
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%ds", max(0, int(d.Seconds())))
	case d < time.Hour:
		return fmt.Sprintf("%dm", int(d.Minutes()))
	case d < 48*time.Hour:
		return fmt.Sprintf("%dh", int(d.Hours()))
	default:
		return fmt.Sprintf("%dd", int(d.Hours()/24))
	}
}
