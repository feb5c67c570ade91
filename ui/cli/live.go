package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"parley/httpcore"
	"parley/httpcore/body"
	"parley/ui/safe"
)

// live hears an exchange as it runs: it prints, and keeps the status line up to date.
type live struct {
	program *Program
	ctx     context.Context
	request *httpcore.Request
	// shown says that the head of the first attempt is on the screen already.
	shown   bool
	flags   printFlags
	failed  context.CancelCauseFunc // the output cannot be written
	saver   saver                   // nil when nothing is saved
	status  *statusLine             // nil when nobody would see it
	printed chan error              // nil until printing has begun
	// waits says that the answer holds a secret that is not known before the end, and a terminal would show it.
	waits bool
	// holds says that the answer holds such a secret: heads and the wire are held back until it is known.
	holds bool
	held  []string
}

// Keep lets the saver have the content of an answer, and bounds what is kept of a stream that is printed.
func (l *live) Keep(r *httpcore.Response) body.StoreFile {
	if l.saver == nil && l.flags.stream != "" {
		return windowOr(l.ctx)
	}
	if l.saver == nil {
		return nil
	}
	file, err := l.saver.keep(r)
	if err != nil {
		l.failed(err)
	}
	return file
}

// Handle shows heads, and begins to print the body of a response that is the answer for sure. What may be tried again is
// printed when the exchange is over.
func (l *live) Handle(event httpcore.Event) {
	if l.status != nil {
		l.status.hear(event)
	}
	switch e := event.(type) {
	case httpcore.HeadReceived:
		l.request = e.Request
		if l.flags.showsHeads() {
			if e.Hop > 0 || e.Attempt > 0 || !l.shown {
				l.head(e.Head)
			}
			l.head(e.Response.RawHead)
		}
		if !e.Provisional {
			l.begin(e.Response)
		}
	case httpcore.Redirected:
		for _, dropped := range e.Dropped {
			l.note("redirected to %s without %s: %s", e.To, dropped.What, dropped.Why)
		}
		if l.flags.explain {
			l.explainCookies(e)
		}
	case httpcore.Waiting:
		if l.flags.verbose > 0 || l.status != nil && e.Repeat.Wait > 0 {
			l.note("%s", repeatText(e, l.request.Options.Retry.Total, e.Repeat.Wait.Round(time.Millisecond)))
		}
	case httpcore.Wired:
		if !l.flags.har {
			l.show(wireText(e.Entry))
		}
	case httpcore.Notice:
		l.note("%s", e.Text)
	}
}

// explainCookies says of each cookie of the site that a redirect leads to whether it goes there.
func (l *live) explainCookies(e httpcore.Redirected) {
	masker := httpcore.NewMasker(l.request.Secrets, httpcore.Secret.String)
	for _, d := range e.Cookies {
		sent := "not sent"
		if d.Sent {
			sent = "sent"
		}
		l.note("redirected to %s: cookies.%s = %s  (%s)", e.To, masker.String(d.Cookie.Name), sent, d.Why)
	}
}

func (l *live) begin(r *httpcore.Response) {
	if l.waits || l.flags.har || l.printed != nil || l.flags.hides != nil && l.flags.hides(r) || l.saver != nil && l.saver.kept(r) {
		return
	}
	l.endStatus() // the output is on its way to the same terminal
	l.printed = make(chan error, 1)
	secrets := l.request.Secrets
	go func() {
		err := l.program.printAnswer(l.ctx, r, secrets, l.flags)
		if err != nil {
			l.failed(err)
		}
		l.printed <- err
	}()
}

// endStatus takes the status line away.
func (l *live) endStatus() {
	if l.status != nil {
		l.status.close()
	}
}

// finish waits until everything is printed. A redirect that could not be followed is no answer: the error tells of it.
func (l *live) finish(x *httpcore.Exchange) error {
	l.waits, l.request = false, x.Request // which knows the secrets that came
	isStranded := x.Err != nil && errors.Is(x.Err, httpcore.KindRedirect)
	if r := x.Response(); r != nil && !isStranded {
		l.begin(r)
	}
	if l.printed == nil {
		return nil
	}
	return <-l.printed
}

// head shows the head of a message on stderr.
func (l *live) head(head []byte) {
	masker := httpcore.NewMasker(l.request.Secrets, httpcore.Secret.String)
	l.show(safe.Text(masker.String(string(head))))
}

// show says what was sent or received, at once unless it is held back.
func (l *live) show(text string) {
	if l.holds {
		l.held = append(l.held, text)
		return
	}
	l.say(text)
}

// release says what was held back, without the secrets that came with the answer.
func (l *live) release(x *httpcore.Exchange) {
	masker := httpcore.NewMasker(x.Request.Secrets, httpcore.Secret.String)
	for _, text := range l.held {
		l.say(masker.String(text))
	}
	l.holds, l.held = false, nil
}

// note says something that is neither a result nor an error. What it is given is made safe.
func (l *live) note(format string, args ...any) {
	l.say(safe.Text(fmt.Sprintf(format, args...)) + "\n")
}

// say writes safe text to stderr, above the status line.
func (l *live) say(text string) {
	if l.status != nil {
		l.status.say(text)
		return
	}
	fmt.Fprint(l.program.Stderr, text)
}

// repeatText says that a request is sent again, in how long when it waits, and why; of is how many retries there may be.
func repeatText(e httpcore.Waiting, of int, wait time.Duration) string {
	text := fmt.Sprintf("attempt %d", e.Attempt+1)
	if of > 0 && e.Attempt <= of {
		text = fmt.Sprintf("retry %d of %d", e.Attempt, of)
	}
	if e.Repeat.Wait > 0 {
		text += " in " + wait.String()
	}
	text += " (" + e.Repeat.Why
	if e.Repeat.Rule != "" {
		text += ", " + e.Repeat.Rule
	}
	return text + ")"
}

// wireText writes a piece of the wire log, which is masked already: when it passed and in which direction.
func wireText(entry httpcore.WireEntry) string {
	way := "<"
	if entry.Sent {
		way = ">"
	}
	var out strings.Builder
	at := fmt.Sprintf("%.3fms", float64(entry.At.Microseconds())/1000)
	for _, line := range entry.Lines() {
		fmt.Fprintf(&out, "%11s %s %s\n", at, way, safe.Line(line))
		at = ""
	}
	return out.String()
}
