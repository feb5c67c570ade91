package ui

import (
	"bytes"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"

	"parley/collections"
	"parley/collections/script"
	"parley/collections/template"
	"parley/history"
	"parley/httpcore"
	"parley/httpcore/auth"
	"parley/themes"
	"parley/ui/job"
	"parley/ui/pane"
	"parley/ui/style"
)

// tab is one open request: what is edited, what runs, what came back, and the panes that show it.
type tab struct {
	id int
	// loaded is the request as its file has it, nil for one that was never saved; draft is what is edited.
	loaded, draft *collections.Request
	// dirty says that draft differs from what is on disk; its journal entry is written at the next tick when stale. noting
	// is the one that is being written, nil for none.
	dirty, stale bool
	noting       *note
	// gone says that the file of the request is not there, or cannot be read.
	gone bool
	// key is the name in the journal of a request that was recovered and has no file; empty for any other.
	key string
	// entry is the exchange from history that the tab was opened for; nil for none.
	entry *history.Entry

	generation int
	job        *job.Job
	state      job.State     // of the job, as it was drawn last
	told       time.Time     // when that was
	slow       bool          // the job is shown: it was not over at once
	meta       *history.Meta // of the exchange that runs; nil: it is not recorded
	came       *outcome      // of the job, which writes it until it is done
	exchange   *httpcore.Exchange
	looks      int                // how often history was asked how the request went before
	passed     *httpcore.Exchange // the newest of the job's exchanges that another one has followed; nil for none

	// comparing is what runs to compare the response; nil for nothing.
	comparing *comparison

	// asks is what the request asks of its response now, askedFor what it did when it was sent last.
	asks, askedFor asks
	// recheck says that the response that is shown was not asked that; checking is what runs for it, nil for nothing.
	recheck  bool
	checking *checking
	hooks    script.Report // what hooks said of the response that is shown
	// seen is the exchange that expressions are completed with, nil before there is need of one; looking is the one that
	// is being read for that.
	seen, looking *httpcore.Exchange

	answers map[string]string // what was answered when a request was sent, to be offered the next time

	grant httpcore.Fields // the values of oauth2 auth that were used last; nil for none
	token *auth.KeptToken // theirs, nil while there is none
	// ticking says that the countdown of the token is drawn again by itself.
	ticking bool

	session   string // the name of the one that it is sent in
	sessionOf sessionOf

	scope template.Scope // the variables there are; nil while the request cannot be read

	url      *pane.URL
	request  *pane.Request
	response *pane.Response
	// before is the exchange that was shown before this one, 0 for none; second is what stands beside it, nil for nothing.
	before history.ID
	asleep *asleep // the response that is to be shown; nil for none
	second *second
	// pinned tabs come first; the one tab that is a preview makes room for the next one.
	pinned, preview bool
}

// name is what the tab is called.
func (t *tab) name() string {
	folder, settings := t.settings()
	switch {
	case settings:
		return path.Join(path.Base(folder), "settings")
	case t.draft.Path != "":
		return path.Base(t.draft.Path)
	case t.draft.URL.Text != "":
		return t.draft.URL.Text
	default:
		return "New request"
	}
}

// settings returns the folder whose settings the tab edits; ok is false for a request.
func (t *tab) settings() (folder string, ok bool) { return collections.SettingsOf(t.draft.Path) }

// place is where the tree has what the tab edits.
func (t *tab) place() string {
	switch folder, settings := t.settings(); {
	case settings && folder == "":
		return ""
	case settings:
		return folder + "/"
	default:
		return t.draft.Path
	}
}

// untitled reports whether the request has no file.
func (t *tab) untitled() bool { return t.draft.Path == "" }

const untitledPrefix = "untitled:"

// journalTab names the tab in the journal as long as its request has no path. A recovered one keeps its name.
func (t *tab) journalTab() string {
	switch {
	case !t.untitled():
		return ""
	case t.key != "":
		return t.key
	default:
		return untitledPrefix + strconv.Itoa(t.id)
	}
}

// number is the id that the tab's name in the journal has in it.
func (t *tab) number() int {
	_, digits, _ := strings.Cut(t.journalTab(), ":")
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}

// suggestedName is the path to offer for a request that is saved for the first time: the last words of its URL.
func (t *tab) suggestedName() string {
	target := t.draft.URL.Text
	if _, rest, ok := strings.Cut(target, "://"); ok {
		_, target, _ = strings.Cut(rest, "/")
	}
	target, _, _ = strings.Cut(target, "?")
	target = strings.Trim(nameable.ReplaceAllString(target, "-"), "-")
	if target == "" {
		return "request"
	}
	return strings.ToLower(t.method()) + "-" + target
}

var nameable = regexp.MustCompile(`[^A-Za-z0-9]+`)

// unchanged reports whether what is edited says what its file said when it was loaded.
func (t *tab) unchanged() bool {
	text, err := collections.Render(t.loaded, t.draft)
	return err == nil && bytes.Equal(text, t.loaded.Source())
}

func (t *tab) setStyles(s style.Styles) {
	t.url.SetStyles(s)
	t.request.SetStyles(s)
	t.response.SetStyles(s)
	if t.second != nil {
		t.second.response.SetStyles(s)
	}
}

// stop ends what runs, and what follows the response. The job's Done is stale by then.
func (t *tab) stop() {
	t.generation++
	if t.job != nil {
		t.job.Cancel()
		t.job = nil
	}
	t.stopComparing()
	t.stopChecking()
	t.response.Close()
	if t.second != nil {
		t.second.response.Close()
	}
}

// runs reports whether something does that can be stopped, and has gone on for long enough to be shown.
func (t *tab) runs() bool { return t.job != nil && t.slow || t.comparing != nil }

// mark tells what is special about a tab: it runs, or it has changes that are not saved.
func (t *tab) mark() string {
	switch {
	case t.runs():
		return "◌"
	case t.dirty:
		return "●"
	default:
		return " " // the tabs beside must not move when that changes
	}
}

// lead is what stands before a tab.
func (t *tab) lead() string {
	if t.pinned {
		return "◆"
	}
	return ""
}

// badge is the tab's method, in short.
func (t *tab) badge() string {
	if _, settings := t.settings(); settings {
		return "SET"
	}
	return pane.ShortMethod(t.method())
}

// methodRole is the colour of the tab's method.
func (t *tab) methodRole() themes.Role {
	if _, settings := t.settings(); settings {
		return themes.Accent
	}
	return themes.Method(t.method())
}

func (t *tab) method() string {
	if m := t.draft.Method.Text; m != "" {
		return m
	}
	return "GET"
}
