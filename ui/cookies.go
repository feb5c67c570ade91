package ui

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/collections/disk"
	"parley/httpcore/cookies"
	"parley/ui/action"
	"parley/ui/overlay"
	"parley/ui/pane"
	"parley/ui/widget"
)

// sessionName is the name of the session that the current request is sent in, as far as that is known before its
// variables are resolved.
func (r *Root) sessionName() string {
	t := r.tab()
	of := sessionOf{r.work.Collection, r.work.Session, t.draft.Path, t.draft.Options.Session.Text}
	if t.sessionOf != of || t.session == "" {
		t.sessionOf, t.session = of, r.work.SessionOf(t.draft)
	}
	return t.session
}

// sessionOf is what the session of a request depends on. It is asked for whenever the screen is drawn.
type sessionOf struct {
	collection           *collections.Collection
	chosen, path, wanted string
}

// showCookies opens the cookies of the session.
func (r *Root) showCookies() tea.Cmd {
	name := r.sessionName()
	jar := r.work.Sessions.Get(name).Jar()
	var listed, gone []cookies.Cookie
	var screen *overlay.Screen
	of := func(do func(cookies.Cookie) tea.Cmd) func(int) tea.Cmd {
		return func(row int) tea.Cmd {
			if row < 0 || row >= len(listed) {
				return nil
			}
			return do(listed[row])
		}
	}
	screen = overlay.NewScreen(overlay.ScreenOptions{
		Title: "Cookies of the session " + name, Titles: [3]string{"Name", "Value", "Goes to"},
		Empty: "This session has no cookies. A server sets them, a adds one, i imports a cookies.txt.",
		Tips: r.keysOf(
			keyWord{action.Open, "edit"}, keyWord{action.ItemNew, "add"}, keyWord{action.ItemDelete, "delete"}, keyWord{action.ItemImport, "import"},
			keyWord{action.ItemExport, "export"}, keyWord{action.Find, "filter"}, keyWord{action.Escape, "close"},
		),
		Rows: func() []widget.Entry {
			listed = jar.All()
			rows := make([]widget.Entry, len(listed))
			for i, c := range listed {
				rows[i] = widget.Entry{Name: c.Name, Value: c.Value, Note: cookieScope(c, r.now())}
			}
			return rows
		},
		Do: map[action.ID]func(int) tea.Cmd{
			action.Open: of(func(c cookies.Cookie) tea.Cmd { return r.editCookie(screen, name, jar, c) }),
			action.ItemNew: func(int) tea.Cmd {
				return r.editCookie(screen, name, jar, cookies.Cookie{Path: "/", HostOnly: true, Domain: r.host()})
			},
			action.ItemDelete: of(func(c cookies.Cookie) tea.Cmd {
				jar.Delete(c)
				gone = append(gone, c)
				back := action.Label(r.keymap.Best(action.Undo, action.Screen, nil))
				return tea.Batch(r.saveSession(name), r.notify(info(c.Name+" is deleted; "+back+" brings it back")))
			}),
			action.Undo: func(int) tea.Cmd {
				if len(gone) == 0 {
					return r.notify(info("nothing was deleted here"))
				}
				jar.Put(gone[len(gone)-1])
				gone = gone[:len(gone)-1]
				return r.saveSession(name)
			},
			action.Copy:       of(func(c cookies.Cookie) tea.Cmd { return r.Copy(c.Value, "the value of "+c.Name) }),
			action.ItemImport: func(int) tea.Cmd { return r.importCookies(screen, name, jar) },
			action.ItemExport: func(int) tea.Cmd { return r.exportCookies(jar) },
		},
	})
	r.overlays.Push(screen)
	return nil
}

// host is that of the response that is shown: whose cookies one is likely to mean.
func (r *Root) host() string {
	if x := r.tab().exchange; x != nil && len(x.Hops) > 0 {
		return x.Hops[len(x.Hops)-1].Prepared.URL.Host
	}
	return ""
}

// cookieScope tells where a cookie goes, how long it lasts, and what it asks for.
func cookieScope(c cookies.Cookie, now time.Time) string {
	parts := []string{cookies.TypedOf(c).Domain + c.Path, "session"}
	if !c.Expires.IsZero() {
		parts[1] = "for " + lasting(c.Expires.Sub(now))
	}
	if c.Secure {
		parts = append(parts, "Secure")
	}
	if c.HTTPOnly {
		parts = append(parts, "HttpOnly")
	}
	if c.SameSite != cookies.SameSiteDefault {
		parts = append(parts, string(c.SameSite))
	}
	if c.Partitioned {
		parts = append(parts, "Partitioned")
	}
	return strings.Join(parts, " · ")
}

// lasting is a time in the largest unit that is worth telling.
func lasting(d time.Duration) string {
	switch {
	case d >= 48*time.Hour:
		return fmt.Sprintf("%d days", d/(24*time.Hour))
	case d >= 2*time.Hour:
		return fmt.Sprintf("%d h", d/time.Hour)
	default:
		return fmt.Sprintf("%d min", d/time.Minute)
	}
}

// editCookie asks for what a cookie is to be; another name, domain or path makes another cookie of it.
func (r *Root) editCookie(screen *overlay.Screen, session string, jar *cookies.Jar, old cookies.Cookie) tea.Cmd {
	typed, title := cookies.TypedOf(old), "Edit the cookie "+old.Name
	if old.Name == "" {
		title = "Add a cookie"
	}
	r.overlays.Push(overlay.NewForm(overlay.FormOptions{
		Title: title, Accept: "save",
		Fields: []widget.Field{
			{Key: "name", Label: "Name", Value: typed.Name},
			{Key: "value", Label: "Value", Value: typed.Value},
			{Key: "domain", Label: "Domain", Value: typed.Domain, Help: "a host; with a dot before it, the hosts below as well"},
			{Key: "path", Label: "Path", Value: typed.Path, Placeholder: "/", Help: "it goes to this path and below"},
			{Key: "expires", Label: "Expires", Value: typed.Expires, Placeholder: "with the session", Help: "30d, 2h, 2030-12-31, or nothing: with the session"},
			{Key: "samesite", Label: "SameSite", Kind: widget.FieldSelect, Options: []string{"", "Lax", "Strict", "None"}, Value: typed.SameSite, Placeholder: "not said"},
			{Key: "secure", Label: "Secure", Kind: widget.FieldToggle, Value: fmt.Sprint(typed.Secure), Help: "it goes over https only"},
			{Key: "httponly", Label: "HttpOnly", Kind: widget.FieldToggle, Value: fmt.Sprint(typed.HTTPOnly), Help: "scripts of a page cannot read it"},
			{Key: "partitioned", Label: "Partitioned", Kind: widget.FieldToggle, Value: fmt.Sprint(typed.Partitioned)},
		},
		Check: func(value func(string) string) (string, error) {
			_, err := typedCookie(value).Cookie(r.now())
			wrong, _ := errors.AsType[*cookies.FieldError](err)
			if wrong == nil {
				return "", err
			}
			return wrong.Field, wrong
		},
		Answer: func(value func(string) string) tea.Cmd {
			c, err := typedCookie(value).Cookie(r.now())
			if err != nil {
				return r.fail(err)
			}
			jar.Replace(old, c)
			screen.Refresh()
			return r.saveSession(session)
		},
	}))
	return nil
}

func typedCookie(value func(string) string) cookies.Typed {
	return cookies.Typed{
		Name: value("name"), Value: value("value"), Domain: value("domain"), Path: value("path"), Expires: value("expires"), SameSite: value("samesite"),
		Secure: value("secure") == "true", HTTPOnly: value("httponly") == "true", Partitioned: value("partitioned") == "true",
	}
}

// importCookies asks for a cookies.txt and takes its cookies into the jar.
func (r *Root) importCookies(screen *overlay.Screen, session string, jar *cookies.Jar) tea.Cmd {
	r.overlays.Push(overlay.NewPrompt(overlay.PromptOptions{
		Title: "Import cookies", Label: "A cookies.txt, as curl, wget and browsers' exports write it. Cookies of the same name, domain and path are replaced.",
		Value: "cookies.txt", Accept: "import",
		Answer: func(path string) tea.Cmd {
			return r.Background(func() func() tea.Cmd {
				data, err := disk.ReadFile(r.options.Memory.FS, path)
				if err != nil {
					return func() tea.Cmd { return r.fail(err) }
				}
				list, problems, err := cookies.ReadNetscape(bytes.NewReader(data))
				return func() tea.Cmd {
					if err != nil {
						return r.fail(err)
					}
					for _, c := range list {
						jar.Put(c)
					}
					screen.Refresh()
					return tea.Batch(r.saveSession(session), r.notify(cookiesMoved(len(list), "imported from "+path, problems)))
				}
			})
		},
	}))
	return nil
}

// exportCookies asks for a file and writes the jar's cookies into it.
func (r *Root) exportCookies(jar *cookies.Jar) tea.Cmd {
	r.overlays.Push(overlay.NewPrompt(overlay.PromptOptions{
		Title: "Export cookies", Label: "A file for a cookies.txt. It will hold credentials: only you can read it.", Value: "cookies.txt", Accept: "export",
		Answer: func(path string) tea.Cmd { return r.writeCookies(jar, path, disk.CreateFile) },
	}))
	return nil
}

type writeFile = func(disk.FS, string, []byte, fs.FileMode) error

func (r *Root) writeCookies(jar *cookies.Jar, path string, write writeFile) tea.Cmd {
	list := jar.All()
	return r.Background(func() func() tea.Cmd {
		var text bytes.Buffer
		problems, err := cookies.WriteNetscape(&text, list)
		if err == nil {
			err = write(r.options.Memory.FS, path, text.Bytes(), 0o600)
		}
		refused, _ := errors.AsType[*disk.Error](err)
		return func() tea.Cmd {
			switch {
			case refused != nil && refused.Kind == disk.KindExists:
				r.overlays.Push(overlay.NewLateChoice(r.now, "Write over it?", path+" is there already.",
					overlay.Option{Key: "w", Label: "write over it", Danger: true, Run: func() tea.Cmd { return r.writeCookies(jar, path, disk.WriteFile) }},
				))
				return nil
			case err != nil:
				return r.fail(err)
			default:
				return r.notify(cookiesMoved(len(list), "exported to "+path, problems))
			}
		}
	})
}

// cookiesMoved tells how many cookies were imported or exported, and what could not be.
func cookiesMoved(n int, how string, problems []cookies.Problem) pane.Notice {
	text := fmt.Sprintf("%d cookies %s", n, how)
	if n == 1 {
		text = "1 cookie " + how
	}
	if len(problems) == 0 {
		return success(text)
	}
	hint := problems[0].String()
	if more := len(problems) - 1; more > 0 {
		hint = fmt.Sprintf("%s (and %d more)", hint, more)
	}
	return warning(text+", but not all of it", hint)
}
