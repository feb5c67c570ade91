package ui

import (
	"os"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/themes"
)

// themesRead brings what the person's themes say now, and noThemeFolder says that there is no folder of theirs to watch.
type (
	noThemeFolder struct{}
	themesRead    struct {
		all, own themes.Set
		err      error
	}
)

// watchThemes has the person's themes read again whenever one of their files changes. Where there is no folder for them
// nothing is watched: the picker of themes looks for it each time it opens.
func (r *Root) watchThemes() tea.Cmd {
	folder := r.options.ThemeFolder
	if r.themesWatched || folder == "" {
		return nil
	}
	r.themesWatched = true
	watch := func() tea.Msg {
		if info, err := os.Stat(folder); err != nil || !info.IsDir() {
			return noThemeFolder{}
		}
		return watchStopped{collections.Watch(r.ctx, folder, r.started, func([]string) { r.changedThemes() })}
	}
	if r.themesAwaited {
		return watch
	}
	r.themesAwaited = true
	return tea.Batch(watch, r.nextThemes())
}

// nextThemes reads the person's themes again at the next change, off the screen's goroutine. One reading follows another,
// each from the state that the one before has left.
func (r *Root) nextThemes() tea.Cmd {
	folder, before := r.options.ThemeFolder, r.options.OwnThemes
	return func() tea.Msg {
		select {
		case <-r.themeChanges:
		case <-r.ctx.Done():
			return nil
		}
		own, err := themes.Reload(os.DirFS(folder), before)
		return themesRead{themes.Embedded().With(own), own, err}
	}
}

// changedThemes has the person's themes read again.
func (r *Root) changedThemes() {
	select {
	case r.themeChanges <- struct{}{}:
	default: // one reading sees all that changed before it
	}
}

// gotThemes shows what the person's themes are now. One that is broken stays as it was, and what is wrong is said once.
func (r *Root) gotThemes(msg themesRead) tea.Cmd {
	before := r.theme()
	r.options.OwnThemes, r.options.Themes = msg.own, msg.all
	if r.theme() != before {
		r.restyle()
	}
	told := r.options.ThemeProblem
	r.options.ThemeProblem = msg.err
	if told != nil && msg.err != nil && told.Error() == msg.err.Error() {
		return r.nextThemes()
	}
	return tea.Batch(r.tellThemes(msg.err), r.nextThemes())
}

// tellThemes says what is wrong with the first of the person's themes that cannot be used.
func (r *Root) tellThemes(err error) tea.Cmd {
	if err == nil {
		return nil
	}
	n := failure(err)
	n.Text, _, _ = strings.Cut(n.Text, "\n")
	n.Text = "theme " + n.Text
	return r.notify(n)
}
