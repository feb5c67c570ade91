package ui

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/collections/runner"
	"parley/httpcore/cookies"
	"parley/ui/action"
	"parley/ui/overlay"
	"parley/ui/widget"
)

// keyWord is an action of a screen with the word for what it does there.
type keyWord struct {
	id   action.ID
	word string
}

// keysOf lists the keys of a screen for its lower edge and the footer.
func (r *Root) keysOf(words ...keyWord) []overlay.Tip { return r.keysIn(action.Screen, words...) }

func (r *Root) keysIn(in action.Context, words ...keyWord) []overlay.Tip {
	var tips []overlay.Tip
	for _, w := range words {
		if key := r.keymap.Best(w.id, in, r.delivers); key != "" {
			tips = append(tips, overlay.Tip{Key: key, Word: w.word})
		}
	}
	return tips
}

// openSession takes in what is kept of a session's cookies, so that they are counted and listed before they are sent.
func (r *Root) openSession(name string) tea.Cmd {
	return r.Background(func() func() tea.Cmd {
		_, err := r.work.Sessions.Open(name)
		return func() tea.Cmd {
			if err != nil {
				return r.fail(err)
			}
			return nil
		}
	})
}

// saveSession keeps what was changed of a session's cookies.
func (r *Root) saveSession(name string) tea.Cmd {
	return r.Background(func() func() tea.Cmd {
		err := r.work.Sessions.Save(context.WithoutCancel(r.ctx), name)
		return func() tea.Cmd {
			if err != nil {
				return r.fail(err)
			}
			return nil
		}
	})
}

// showSessions lists the sessions that are open or kept.
func (r *Root) showSessions() tea.Cmd {
	return r.listSessions(func(list []runner.SessionInfo) tea.Cmd {
		r.pushSessions(list)
		return nil
	})
}

func (r *Root) listSessions(then func([]runner.SessionInfo) tea.Cmd) tea.Cmd {
	return r.Background(func() func() tea.Cmd {
		list, err := r.work.Sessions.List()
		return func() tea.Cmd {
			if err != nil {
				return tea.Batch(r.fail(err), then(list))
			}
			return then(list)
		}
	})
}

func (r *Root) pushSessions(list []runner.SessionInfo) {
	var screen *overlay.Screen
	var closed []closedSession
	of := func(do func(runner.SessionInfo) tea.Cmd) func(int) tea.Cmd {
		return func(row int) tea.Cmd {
			if row < 0 || row >= len(list) {
				return nil
			}
			return do(list[row])
		}
	}
	again := func(now []runner.SessionInfo) tea.Cmd {
		list = now
		screen.Refresh()
		return nil
	}
	screen = overlay.NewScreen(overlay.ScreenOptions{
		Title: "Sessions", Titles: [3]string{"Name", "Cookies", "State"}, Empty: "No session was used yet: a adds one.",
		Tips: r.keysOf(
			keyWord{action.Open, "use"}, keyWord{action.ItemNew, "add"}, keyWord{action.ItemDelete, "close and forget"},
			keyWord{action.Find, "filter"}, keyWord{action.Escape, "leave"},
		),
		Rows: func() []widget.Entry {
			rows := make([]widget.Entry, len(list))
			for i, s := range list {
				rows[i] = widget.Entry{Name: s.Name, Value: countCookies(s.Cookies), Note: r.sessionState(s)}
			}
			return rows
		},
		Do: map[action.ID]func(int) tea.Cmd{
			action.Open: of(func(s runner.SessionInfo) tea.Cmd {
				screen.Close()
				return r.useSession(s.Name)
			}),
			action.ItemNew: func(int) tea.Cmd {
				screen.Close()
				return r.nameSession()
			},
			action.ItemDelete: of(func(s runner.SessionInfo) tea.Cmd {
				return r.closeSession(s.Name, func(was closedSession) { closed = append(closed, was) }, again)
			}),
			action.Undo: func(int) tea.Cmd {
				if len(closed) == 0 {
					return r.notify(info("no session was closed here"))
				}
				was := closed[len(closed)-1]
				closed = closed[:len(closed)-1]
				return r.reopenSession(was, again)
			},
		},
	})
	r.overlays.Push(screen)
}

// sessionState tells whether a session is in use, and where its cookies are.
func (r *Root) sessionState(s runner.SessionInfo) string {
	var parts []string
	if s.Name == r.sessionName() {
		parts = append(parts, "in use")
	} else if s.Open {
		parts = append(parts, "open")
	}
	switch {
	case s.Err != nil:
		parts = append(parts, "its file cannot be read")
	case s.File == "":
		parts = append(parts, "not on disk")
	default:
		parts = append(parts, "kept "+s.Saved.Local().Format("2006-01-02 15:04"))
	}
	return strings.Join(parts, " · ")
}

// nameSession asks for the name of a session to use, which begins empty.
func (r *Root) nameSession() tea.Cmd {
	r.overlays.Push(overlay.NewPrompt(overlay.PromptOptions{
		Title: "Session", Label: "A name, such as admin or ada@staging", Accept: "use", Check: runner.CheckSessionName, Answer: r.useSession,
	}))
	return nil
}

// useSession sends from now on in that session what names none itself.
func (r *Root) useSession(name string) tea.Cmd {
	r.work.Session = name
	note := info("session " + name)
	if used := r.sessionName(); used != name {
		note = warning("session "+name+", but this request asks for "+used+" itself", "its option session says so")
	}
	return tea.Batch(r.openSession(name), r.notify(note))
}

// closedSession is one that was closed, with the cookies that it had.
type closedSession struct {
	name string
	kept []cookies.Cookie
}

// closeSession ends a session's connections and forgets its cookies; closed is told what it takes to bring them back.
func (r *Root) closeSession(name string, closed func(closedSession), then func([]runner.SessionInfo) tea.Cmd) tea.Cmd {
	sessions, ctx := r.work.Sessions, context.WithoutCancel(r.ctx)
	return r.Background(func() func() tea.Cmd {
		was := closedSession{name: name}
		if session, err := sessions.Open(name); err == nil { // else its file is put aside
			was.kept = session.Jar().All()
		}
		aside, err := sessions.Forget(ctx, name)
		return func() tea.Cmd {
			note := success("session " + name + " is closed" + forgetting(len(was.kept)) + " · " + r.undoKey() + " brings it back")
			switch {
			case err != nil:
				note = failure(err)
			case aside != "":
				note = warning("session "+name+" is closed; its file could not be read and was put aside", aside)
			default:
				closed(was)
			}
			return tea.Batch(r.notify(note), r.listSessions(then))
		}
	})
}

// reopenSession brings a session back with its cookies.
func (r *Root) reopenSession(was closedSession, then func([]runner.SessionInfo) tea.Cmd) tea.Cmd {
	sessions, ctx := r.work.Sessions, context.WithoutCancel(r.ctx)
	return r.Background(func() func() tea.Cmd {
		session, err := sessions.Open(was.name)
		if err == nil {
			for _, c := range was.kept {
				session.Jar().Put(c)
			}
			err = sessions.Save(ctx, was.name)
		}
		return func() tea.Cmd {
			note := success("session " + was.name + " is back, with " + countCookies(len(was.kept)))
			if err != nil {
				note = failure(err)
			}
			return tea.Batch(r.notify(note), r.listSessions(then))
		}
	})
}

// forgetting says what becomes of the cookies of a session that is closed.
func forgetting(n int) string {
	switch n {
	case 0:
		return ""
	case 1:
		return ", and its cookie forgotten"
	default:
		return fmt.Sprintf(", and its %d cookies forgotten", n)
	}
}

func countCookies(n int) string {
	switch n {
	case 0:
		return "no cookies"
	case 1:
		return "1 cookie"
	default:
		return fmt.Sprintf("%d cookies", n)
	}
}
