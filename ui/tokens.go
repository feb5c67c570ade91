package ui

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"parley/httpcore"
	"parley/httpcore/auth"
	"parley/ui/action"
	"parley/ui/overlay"
	"parley/ui/pane"
	"parley/ui/widget"
)

const oauth2 = "oauth2"

// listTokens reads the list of tokens off the screen's goroutine.
func (r *Root) listTokens(then func([]auth.KeptToken) tea.Cmd) tea.Cmd {
	return r.Background(func() func() tea.Cmd {
		list, err := r.options.Tokens.List()
		return func() tea.Cmd {
			if err != nil {
				return r.fail(err)
			}
			return then(list)
		}
	})
}

// showTokens lists the OAuth 2 tokens there are.
func (r *Root) showTokens() tea.Cmd {
	return r.listTokens(func(list []auth.KeptToken) tea.Cmd {
		r.pushTokens(list)
		return nil
	})
}

func (r *Root) pushTokens(list []auth.KeptToken) {
	t := r.tab()
	var screen *overlay.Screen
	var forgotten []auth.KeptToken
	of := func(do func(auth.KeptToken) tea.Cmd) func(int) tea.Cmd {
		return func(row int) tea.Cmd {
			if row < 0 || row >= len(list) {
				return nil
			}
			return do(list[row])
		}
	}
	again := func() tea.Cmd {
		return r.listTokens(func(now []auth.KeptToken) tea.Cmd {
			list = now
			screen.Refresh()
			return r.tellToken(t, now)
		})
	}
	screen = overlay.NewScreen(overlay.ScreenOptions{
		Title: "OAuth 2 tokens", Titles: [3]string{"Client", "Gives it · for", "State"},
		Empty: "There are no tokens yet. A request with oauth2 auth gets one when it is sent; a gets it now.",
		Tips: r.keysOf(
			keyWord{action.ItemNew, "get one now"}, keyWord{action.ItemRefresh, "refresh"}, keyWord{action.ItemDelete, "forget"},
			keyWord{action.Copy, "copy"}, keyWord{action.Find, "filter"}, keyWord{action.Escape, "close"},
		),
		Rows: func() []widget.Entry {
			rows := make([]widget.Entry, len(list))
			for i, token := range list {
				rows[i] = widget.Entry{Name: token.ClientID, Value: token.TokenURL + tokenFor(token.Token), Note: tokenState(token, r.now())}
			}
			return rows
		},
		Do: map[action.ID]func(int) tea.Cmd{
			action.ItemNew:     func(int) tea.Cmd { return r.getToken(t, again) },
			action.ItemRefresh: of(func(token auth.KeptToken) tea.Cmd { return r.refreshToken(t, token, again) }),
			action.ItemDelete: of(func(token auth.KeptToken) tea.Cmd {
				return r.Background(func() func() tea.Cmd {
					err := r.options.Tokens.Forget(token.Key)
					return func() tea.Cmd {
						if err != nil {
							return r.fail(err)
						}
						forgotten = append(forgotten, token)
						return tea.Batch(r.notify(success("the token is forgotten · "+r.undoKey()+" brings it back")), again())
					}
				})
			}),
			action.Undo: func(int) tea.Cmd {
				if len(forgotten) == 0 {
					return r.notify(info("no token was forgotten here"))
				}
				token := forgotten[len(forgotten)-1]
				forgotten = forgotten[:len(forgotten)-1]
				return r.Background(func() func() tea.Cmd {
					err := r.options.Tokens.Restore(token)
					return func() tea.Cmd {
						if err != nil {
							return r.fail(err)
						}
						return tea.Batch(r.notify(success("the token is back")), again())
					}
				})
			},
			action.Copy: of(func(token auth.KeptToken) tea.Cmd { return r.Copy(token.Access.Reveal(), "the access token") }),
		},
	})
	r.overlays.Push(screen)
}

func tokenFor(t auth.Token) string {
	text := ""
	if t.Username != "" {
		text += " · " + t.Username
	}
	if t.Audience != "" {
		text += " · " + t.Audience
	}
	if t.Scope != "" {
		text += " · " + t.Scope
	}
	return text
}

// tokenState tells how long a token is good for, and how it was obtained.
func tokenState(t auth.KeptToken, now time.Time) string {
	parts := []string{goodFor(t.Token, now), strings.ReplaceAll(t.Grant, "_", " ")}
	if t.Refreshable {
		parts = append(parts, "refreshable")
	}
	return strings.Join(parts, " · ")
}

func goodFor(t auth.Token, now time.Time) string {
	switch left := t.Expiry.Sub(now); {
	case t.Expiry.IsZero():
		return "good until it is refused"
	case !t.GoodAt(now):
		return "expired"
	default:
		return "good for " + pane.Coarse(left)
	}
}

// tellToken says in the auth section what the request's token is worth, once it is known which one that is.
func (r *Root) tellToken(t *tab, list []auth.KeptToken) tea.Cmd {
	t.token = nil
	for _, token := range list {
		if t.grant != nil && isOf(token.Token, t.grant) {
			t.token = &token
		}
	}
	r.drawToken(t)
	if t.token == nil || t.token.Expiry.IsZero() || t.ticking {
		return nil
	}
	t.ticking = true
	return tickToken(t)
}

// isOf reports whether a token is that of a grant.
func isOf(t auth.Token, values httpcore.Fields) bool {
	for name, value := range map[string]string{"token_url": t.TokenURL, "client_id": t.ClientID, "audience": t.Audience, "username": t.Username} {
		if wanted, _ := values.Get(name); wanted != value {
			return false
		}
	}
	grant, _ := values.Get("grant")
	return t.Grant == grant || grant == ""
}

// tokenTick is when the countdown of a token is to be drawn again.
type tokenTick struct{ tab int }

// drawToken draws the state of the token in the auth section.
func (r *Root) drawToken(t *tab) {
	key := action.Label(r.keymap.Best(action.Tokens, action.Field, nil))
	switch {
	case t.token != nil:
		text := "Token: " + goodFor(t.token.Token, r.now())
		if t.token.Scope != "" {
			text += " · scope " + t.token.Scope
		}
		t.request.SetToken(text, t.token.GoodAt(r.now()), key+" tokens")
	default:
		t.request.SetToken("Token: obtained when the request is sent", false, key+" tokens")
	}
}

// countToken draws the countdown of the current tab's token, and asks for the next time.
func (r *Root) countToken(msg tokenTick) tea.Cmd {
	t := r.byID(msg.tab)
	if t == nil {
		return nil
	}
	r.drawToken(t)
	t.ticking = t.token != nil && t.token.GoodAt(r.now())
	if !t.ticking {
		return nil
	}
	return tickToken(t)
}

func tickToken(t *tab) tea.Cmd {
	id := t.id
	return tea.Tick(time.Second, func(time.Time) tea.Msg { return tokenTick{id} })
}

// learnToken looks up the token of a request that was sent with one.
func (r *Root) learnToken(t *tab, request *httpcore.Request) tea.Cmd {
	if r.options.Tokens == nil || request == nil || request.Auth.Type != oauth2 {
		return nil
	}
	t.grant = request.Auth.Values
	return r.listTokens(func(list []auth.KeptToken) tea.Cmd { return r.tellToken(t, list) })
}

func (r *Root) whyNoTokens() string {
	if r.options.Tokens == nil {
		return "no tokens are kept here"
	}
	return ""
}

// getToken obtains the token that the request asks for.
func (r *Root) getToken(t *tab, then func() tea.Cmd) tea.Cmd {
	return r.askToken(t, then, func(ctx context.Context, a httpcore.Authorizer, p *httpcore.Prepared, via httpcore.Requester) error {
		obtainer, ok := a.(httpcore.Obtainer)
		if !ok {
			return &httpcore.Error{Kind: httpcore.KindAuth, Message: "this request needs no token", Advice: "choose oauth2 in its Auth side"}
		}
		return obtainer.Obtain(ctx, p, via)
	})
}

func (r *Root) refreshToken(t *tab, token auth.KeptToken, then func() tea.Cmd) tea.Cmd {
	return r.askToken(t, then, func(ctx context.Context, _ httpcore.Authorizer, _ *httpcore.Prepared, via httpcore.Requester) error {
		_, err := r.options.Tokens.Refresh(ctx, token.Key, via)
		return err
	})
}

// errandTab is the tab of the job of an errand, which has none.
const errandTab = -1
