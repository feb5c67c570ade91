package ui

import (
	"cmp"
	"fmt"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"parley/collections/script"
	"parley/history"
	"parley/httpcore"
	"parley/ui/pane"
)

const (
	// logKept is how many messages can be read again.
	logKept = 500
	// logText is how many bytes of a message are kept, and logHint of its hint: hooks may write what they like.
	logText, logHint = 8 << 10, 1 << 10
)

// log holds the messages that can be read again, the newest last: notices, and what is not worth one, such as the console
// of hooks.
type log struct {
	messages []message
	dropped  int
}

// message is one of them.
type message struct {
	at time.Time
	pane.Notice
	of about
	// wrapped are its lines, as wide as they were drawn last.
	wrapped []string
	cells   int
}

// about is what a message is about and can be opened; the zero value is nothing.
type about struct {
	request  string // the path of a saved one, or what a tab is called
	exchange history.ID
	file     string
}

// where names it.
func (a about) where() string {
	if a.file != "" {
		return filepath.Base(a.file)
	}
	return a.request
}

// note keeps a message; beyond the bound the oldest is forgotten.
func (l *log) note(at time.Time, notice pane.Notice, of about) {
	if len(l.messages) >= logKept {
		l.messages = append(l.messages[:0], l.messages[1:]...)
		l.dropped++
	}
	notice.Text, notice.Hint = bounded(notice.Text, logText), bounded(notice.Hint, logHint)
	l.messages = append(l.messages, message{at: at, Notice: notice, of: of})
}

// bounded is the beginning of a text, and how much is missing.
func bounded(text string, most int) string {
	if len(text) <= most {
		return text
	}
	cut := most
	for cut > most-utf8.UTFMax && !utf8.RuneStart(text[cut]) {
		cut--
	}
	return strings.Clone(text[:cut]) + fmt.Sprintf("… (%d bytes more are not kept)", len(text)-cut)
}

// noteSent keeps what hooks wrote to their console, and how a send failed. The response pane shows both, as long as that
// response is shown.
func (r *Root) noteSent(t *tab, x *httpcore.Exchange, err error, hooks script.Report) {
	of := about{request: cmp.Or(t.draft.Path, t.name())}
	if t.meta != nil && len(x.Hops) > 0 {
		of.exchange = idOf(x)
	}
	for _, line := range hooks.Console {
		notice := pane.Notice{Level: consoleLevel(line.Level), Text: line.Text}
		if where := line.Where.String(); where != "" {
			notice.Text = where + ": " + notice.Text
		}
		r.notices.note(r.now(), notice, of)
	}
	if err == nil && x.Err != nil {
		err = x.Err
	}
	if err != nil {
		notice := failure(err)
		if failed, ok := err.(*httpcore.Error); ok && failed.Kind == httpcore.KindCanceled { //nolint:errorlint // only as it is
			notice = info("stopped")
		}
		r.notices.note(r.now(), notice, of)
	}
	r.refreshLog()
}

func consoleLevel(level string) pane.Level {
	switch level {
	case "error":
		return pane.Failure
	case "warn":
		return pane.Warning
	default:
		return pane.Info
	}
}
