package ui

import (
	"errors"

	tea "charm.land/bubbletea/v2"

	"parley/collections/disk"
	"parley/collections/home"
	"parley/collections/tomldoc"
	"parley/themes"
	"parley/ui/overlay"
	"parley/ui/style"
)

// restyle gives every part the theme.
func (r *Root) restyle() {
	r.styles = style.New(r.theme(), r.profile).In(r.shape())
	if r.options.ReducedMotion {
		r.styles = r.styles.Still()
	}
	r.notices.lasting = r.options.Linear
	r.overlays.SetStyles(r.styles)
	r.sidebar.SetStyles(r.styles)
	r.tabLine.SetStyles(r.styles, themes.Background)
	for _, t := range r.tabs {
		t.setStyles(r.styles)
	}
}

// theme is the one to draw with: that of a preview, else the one for the terminal's background.
func (r *Root) theme() themes.Theme {
	if shown, err := r.options.Themes.ByName(r.preview); err == nil {
		return shown
	}
	return r.themeFor(r.dark)
}

// themeFor is the theme for a background: the chosen one, else the default.
func (r *Root) themeFor(dark bool) themes.Theme {
	name := r.options.Light
	if dark {
		name = r.options.Dark
	}
	if chosen, err := r.options.Themes.ByName(name); err == nil {
		return chosen
	}
	return r.options.Themes.Default(dark)
}

// setTheme shows a theme; an empty name shows the chosen one again.
func (r *Root) setTheme(name string) {
	r.preview = name
	r.restyle()
}

// pickTheme shows each theme while the cursor is on it. One's own may have come since they were read.
func (r *Root) pickTheme() tea.Cmd {
	entries := append([]overlay.Entry{r.followEntry()}, r.themeEntries()...)
	start := 0
	for i, e := range entries {
		if e.Badge == chosenBadge {
			start = i
		}
	}
	r.overlays.Push(overlay.NewPicker(overlay.PickerOptions{
		Title: "Theme", Placeholder: "Search", Empty: "No theme is called that.", Start: start, Aside: true,
		Restore: func() { r.setTheme("") },
	}, entries))
	if r.themesWatched {
		return nil
	}
	r.changedThemes()
	return r.watchThemes()
}

const chosenBadge = "●"

func (r *Root) themeEntries() []overlay.Entry {
	var entries []overlay.Entry
	shown := r.themeFor(r.dark).Name
	for _, theme := range r.options.Themes.List() {
		entry := overlay.Entry{
			Text: theme.Title, Also: "light theme colors", Badge: " ", BadgeRole: themes.Accent, Detail: "light",
			Preview: func() { r.setTheme(theme.Name) },
			Pick:    func() tea.Cmd { return r.chooseTheme(theme) },
		}
		if theme.Dark {
			entry.Detail, entry.Also = "dark", "dark theme colors"
		}
		if theme.Name == shown {
			entry.Badge = chosenBadge
		}
		entries = append(entries, entry)
	}
	return entries
}

// followEntry lets the terminal's background pick again.
func (r *Root) followEntry() overlay.Entry {
	entry := overlay.Entry{Text: "Follow the terminal", Badge: "›", BadgeRole: themes.Accent, Detail: "it is light"}
	if r.dark {
		entry.Detail = "it is dark"
	}
	if !r.oneTheme() {
		entry.Why = "on already"
	}
	entry.Preview = func() { r.setTheme(r.options.Themes.Default(r.dark).Name) }
	entry.Pick = func() tea.Cmd { return r.useThemes("", "", "the theme follows the terminal") }
	return entry
}

// oneTheme reports whether one theme was chosen for both backgrounds.
func (r *Root) oneTheme() bool { return r.options.Dark != "" && r.options.Dark == r.options.Light }

// chooseTheme makes a theme the one for backgrounds like its own. Where it was chosen against the background, it is the
// one for both: it would not come back at the next start otherwise.
func (r *Root) chooseTheme(theme themes.Theme) tea.Cmd {
	dark, light := r.options.Dark, r.options.Light
	switch {
	case theme.Dark != r.dark || r.oneTheme():
		dark, light = theme.Name, theme.Name
	case theme.Dark:
		dark = theme.Name
	default:
		light = theme.Name
	}
	return r.useThemes(dark, light, "theme "+theme.Title)
}

// useThemes shows what was chosen and writes it down.
func (r *Root) useThemes(dark, light, said string) tea.Cmd {
	r.options.Dark, r.options.Light = dark, light
	r.setTheme("")
	fsys, file := r.options.Memory.FS, r.options.ConfigFile
	return r.keepChoice(chosenSetting{"theme", func() error { return writeThemes(fsys, file, dark, light) }, said})
}

// writeThemes writes one name for both backgrounds, or one for each that has one.
func writeThemes(fsys disk.FS, file, dark, light string) error {
	if dark == light {
		err := home.Unset(fsys, file, "theme")
		if err == nil && dark != "" {
			err = home.Set(fsys, file, tomldoc.Str(dark), "theme")
		}
		return err
	}
	var errs []error
	for side, name := range map[string]string{"dark": dark, "light": light} {
		if name != "" {
			errs = append(errs, home.Set(fsys, file, tomldoc.Str(name), "theme", side))
		}
	}
	return errors.Join(errs...)
}
