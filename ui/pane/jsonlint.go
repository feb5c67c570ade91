package pane

import (
	"parley/themes"
	"parley/ui/widget"
)

// later does work off the screen's goroutine, and on it what work returns.
type later func(work func() (then func()))

// lint marks where the JSON in an editor is wrong, as one types. What is long is read in the background, once at a time.
type lint struct {
	editor  *widget.Editor
	later   later
	checked int // the version that the mark is of, and one more; 0 for none
	running bool
}

const (
	lintAtOnce = 64 << 10
	lintMost   = 16 << 20
)

// check brings the mark up to date. is says whether the text is to be JSON at all.
func (l *lint) check(is bool) {
	text, version := l.editor.Text(), l.editor.Version()+1
	switch {
	case !is, text == "", len(text) > lintMost:
		l.checked = 0
		l.mark(nil)
	case l.checked == version || l.running:
	case len(text) <= lintAtOnce:
		l.checked = version
		l.mark(checkJSON(text))
	default:
		l.running = true
		l.later(func() func() {
			problem := checkJSON(text)
			return func() {
				l.running = false
				l.found(version, problem)
			}
		})
	}
}

// found takes what a check in the background came to; if the text has changed since, it is followed by another.
func (l *lint) found(version int, problem *jsonProblem) {
	if l.editor.Version()+1 != version {
		l.check(true)
		return
	}
	l.checked = version
	l.mark(problem)
}

// renew forgets what was checked: the text is another.
func (l *lint) renew() { l.checked = 0 }

func (l *lint) mark(problem *jsonProblem) {
	if problem == nil {
		l.editor.SetMarks()
		return
	}
	l.editor.SetMarks(widget.Mark{From: problem.at, To: problem.at, Role: themes.Invalid, Message: problem.Error()})
}
