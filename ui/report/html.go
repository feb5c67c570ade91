package report

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"parley/collections/runner/batch"
	"parley/ui/safe"
)

// page makes one file of HTML that needs nothing else: what was run and what came of it, how long it took, and the steps
// with their phases drawn. It works without its script, which filters and sorts.
type page struct {
	w      io.Writer
	about  About
	spool  *spool
	kept   []span
	times  times
	checks struct{ met, asked int }
	// rows bounds the steps that passed, and those that did not, that are listed.
	rows int
	// room is what is left of the details, in bytes, for steps that passed and for all.
	room, allRoom int
	// good and bad count the steps that are kept; dropped those that are not.
	good, bad, dropped int
	// tries is how many of those that are kept were run before all was run again.
	tries int
}

const (
	// maxRows is as many as a browser searches at once.
	maxRows = 5000
	// maxDetails bounds the details of all steps in bytes; those that passed may have half of that.
	maxDetails = 16 << 20
)

func newHTML(w io.Writer, about About) (Report, error) { return newPage(w, about, maxRows) }

func newPage(w io.Writer, about About, rows int) (Report, error) {
	kept, err := newSpool()
	if err != nil {
		return nil, err
	}
	return &page{w: w, about: about, spool: kept, rows: rows, room: maxDetails / 2, allRoom: maxDetails}, nil
}

// Handle implements Report.
func (p *page) Handle(event batch.Event) {
	if _, again := event.(batch.Again); again {
		p.tries = len(p.kept)
		p.checks.met, p.checks.asked = 0, 0
	}
	finished, ok := event.(batch.Finished)
	if !ok {
		return
	}
	s := stepOf(finished.Result)
	p.checks.met += s.Met
	p.checks.asked += s.Asked
	if finished.Result.Exchange != nil {
		p.times.add(s.Elapsed)
	}
	if !p.takes(s) {
		p.dropped++
		return
	}
	if s.failed() && p.allRoom > 0 || p.room > 0 && p.allRoom > 0 {
		s.Details = detailsOf(finished.Result)
	}
	at := p.spool.add(s)
	if s.Details != nil {
		p.allRoom -= at.size
		if !s.failed() {
			p.room -= at.size
		}
	}
	p.kept = append(p.kept, at)
}

func (p *page) takes(s step) bool {
	count := &p.good
	if s.failed() {
		count = &p.bad
	}
	*count++
	return *count <= p.rows
}

// Close implements Report.
func (p *page) Close(s batch.Summary) error {
	err := p.write(s)
	return errors.Join(err, p.spool.close())
}

func (p *page) write(s batch.Summary) error {
	m := newMarkup(p.w)
	m.head(p.about.Title + " · Parley")
	p.summary(m, s)
	p.distribution(m)
	p.tools(m, s)
	m.raw("<div class=\"rows\">\n")
	for i, at := range p.kept {
		var one step
		if err := p.spool.read(at, &one); err != nil {
			return err
		}
		if i < p.tries {
			one.try()
		}
		row(m, one, p.times.max)
	}
	m.raw("</div>\n")
	if p.dropped > 0 {
		m.element("p", "dim", fmt.Sprintf("%s more ran and are in the figures above; they are not listed here.", plural(p.dropped, "request")))
	}
	m.raw("<footer>")
	m.text("Made by Parley " + p.about.Version + ". Secrets are shown as {secret NAME}.")
	m.raw("</footer>\n")
	m.foot()
	return m.w.Flush()
}

// summary is the head of the page.
func (p *page) summary(m markup, s batch.Summary) {
	verdict, class := "passed", "good"
	switch {
	case s.Err != nil:
		verdict, class = "ended before its time", "bad"
	case s.Failed+s.Broken > 0:
		verdict, class = "not passed", "bad"
	}
	m.raw("<header><h1>")
	m.text(p.about.Title)
	m.raw(" ")
	m.element("span", "verdict "+class, verdict)
	m.raw("</h1>")
	facts := []string{s.Started.Format("Monday, 2 January 2006, 15:04:05 MST"), "took " + timeText(s.Elapsed)}
	if len(p.about.Environments) > 0 {
		facts = append(facts, "environment "+strings.Join(p.about.Environments, ", "))
	}
	m.element("p", "dim", strings.Join(facts, " · "))
	if s.Err != nil {
		m.raw(`<div class="problem">`)
		m.element("b", "", safe.Text(s.Err.Error()))
		m.raw("</div>")
	}
	m.raw("</header>\n<ul class=\"cards\">\n")
	sent := s.Passed + s.Failed + s.Broken + s.Tried
	card(m, "", sent+s.Skipped, "requests")
	card(m, "passed", s.Passed, "passed")
	card(m, "failed", s.Failed, "failed")
	card(m, "broken", s.Broken, "broken")
	card(m, "skipped", s.Skipped, "skipped")
	if s.Tried > 0 {
		card(m, "tried", s.Tried, "earlier tries")
	}
	if p.checks.asked > 0 {
		figure(m, fmt.Sprintf("%d/%d", p.checks.met, p.checks.asked), "expectations met")
	}
	if elapsed := s.Elapsed.Seconds(); sent > 1 && elapsed > 0 {
		figure(m, RateText(float64(sent)/elapsed), "requests a second")
	}
	m.raw("</ul>\n")
}

func card(m markup, class string, n int, word string) {
	if n == 0 {
		class = "none"
	}
	m.raw("<li")
	m.attribute("class", class)
	m.rawf("><b>%d</b>", n)
	m.element("span", "", word)
	m.raw("</li>\n")
}

// tools filter the rows; they are shown by the script that they need.
func (p *page) tools(m markup, s batch.Summary) {
	m.raw("<h2 id=\"requests\">Requests</h2>\n<div class=\"tools\" role=\"group\" aria-label=\"Filter\" hidden>\n")
	m.raw("<button type=\"button\" data-state=\"\" aria-pressed=\"true\">All</button>\n")
	for _, state := range []struct {
		status batch.Status
		count  int
	}{{batch.Failed, s.Failed}, {batch.Broken, s.Broken}, {batch.Skipped, s.Skipped}, {batch.Tried, s.Tried}, {batch.Passed, s.Passed}} {
		if state.count > 0 {
			m.rawf("<button type=\"button\" data-state=\"%s\" aria-pressed=\"false\">%s %d</button>\n", stateName(state.status), capital(stateName(state.status)), state.count)
		}
	}
	m.raw("<input type=\"search\" aria-label=\"Filter by text\" placeholder=\"Filter by text ( / )\">\n")
	m.raw("<button type=\"button\" id=\"slowest\" aria-pressed=\"false\">Slowest first</button>\n<span id=\"said\" class=\"dim\" role=\"status\"></span>\n</div>\n")
	m.raw("<ul class=\"legend\">\n")
	for _, name := range phaseNames {
		m.rawf("<li><svg viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect class=\"%s\" width=\"10\" height=\"10\" rx=\"2\"/></svg>%[1]s</li>\n", name)
	}
	m.raw("<li>the length of a bar: time on a logarithmic scale</li>\n</ul>\n")
}

func stateName(s batch.Status) string {
	return [...]string{batch.Passed: "passed", batch.Failed: "failed", batch.Broken: "broken", batch.Skipped: "skipped", batch.Tried: "tried"}[s]
}

func capital(word string) string { return strings.ToUpper(word[:1]) + word[1:] }

// row is a step: a line of the list, and what is below it.
func row(m markup, s step, longest time.Duration) {
	state := stateName(s.Status)
	m.rawf("<details class=\"row is-%s\" data-state=\"%[1]s\" data-time=\"%d\"", state, s.Elapsed.Microseconds())
	if s.failed() {
		m.raw(" open")
	}
	m.raw("><summary>")
	m.element("span", "state", state)
	m.element("span", "method", s.Method)
	m.element("span", "name", s.label())
	m.element("span", "answer", s.Answer)
	if s.Attempts == 0 {
		m.raw("<span></span><span></span>")
	} else {
		m.element("span", "time", timeText(s.Elapsed))
		rowBars(m, s.Phases, longest)
	}
	m.raw("</summary>\n<div class=\"inside\">\n")
	below(m, s)
	m.raw("</div></details>\n")
}

// rowBars draws the phases of a step so that steps of milliseconds and of minutes can be told apart in one list: the whole
// has a length on a logarithmic scale, and the phases their shares of that.
func rowBars(m markup, phases []phase, longest time.Duration) {
	end := time.Duration(0)
	for _, p := range phases {
		end = max(end, p.End)
	}
	scale := time.Duration(0)
	if share := lengthOf(end, longest); share > 0 {
		scale = time.Duration(float64(end) / share)
	}
	waterfall(m, phases, scale)
}

// below is what one sees of a step when it is unfolded.
func below(m markup, s step) {
	if len(s.Details) == 0 {
		m.element("p", "dim", s.Method+" "+s.URL)
	}
	if s.Chain != "" {
		m.element("p", "dim", "in "+s.Chain)
	}
	if s.Reason != "" {
		m.element("p", "", s.Reason)
	}
	for _, problem := range s.Problems {
		m.raw(`<div class="problem">`)
		m.element("b", "", problem.Title)
		if len(problem.Lines) > 0 {
			m.element("pre", "", strings.Join(problem.Lines, "\n"))
		}
		m.raw("</div>\n")
	}
	if s.Asked > 0 {
		m.element("p", "", fmt.Sprintf("%d of %s met", s.Met, plural(s.Asked, "expectation")))
	}
	if len(s.Captured) > 0 {
		m.element("h4", "", "Captured")
		m.element("pre", "", strings.Join(s.Captured, "\n"))
	}
	if len(s.Notes) > 0 {
		m.element("h4", "", "Notes of the hooks")
		m.element("pre", "", strings.Join(s.Notes, "\n"))
	}
	if len(s.Details) == 0 && s.Attempts > 0 {
		phaseTable(m, s.Phases)
		m.element("p", "dim", "Heads and bodies are left out to keep this page small; --report har has them all.")
	}
	for i, d := range s.Details {
		told := ""
		if len(s.Problems) > 0 {
			told = s.Problems[0].Title
		}
		attempt(m, d, i, len(s.Details), told)
	}
}

// attempt is one of several; told is what was said of the step as a whole.
func attempt(m markup, d detail, i, of int, told string) {
	title := d.Title
	if of > 1 {
		title = fmt.Sprintf("%d. %s", i+1, title)
	}
	m.element("h3", "", title)
	if d.Why != "" {
		m.element("p", "dim", "again: "+d.Why)
	}
	if d.Connection != "" {
		m.element("p", "dim", d.Connection)
	}
	if d.Error != "" && d.Error != told {
		m.raw(`<div class="problem">`)
		m.element("b", "", d.Error)
		m.raw("</div>\n")
	}
	phaseTable(m, d.Phases)
	m.raw("<div class=\"two\">\n<div>")
	message(m, "Request", d.Sent, d.SentBody)
	m.raw("</div>\n<div>")
	message(m, "Response", d.Received, d.ReceivedBody)
	m.raw("</div>\n</div>\n")
}

func message(m markup, title, head, body string) {
	if head == "" {
		return
	}
	m.element("h4", "", title)
	m.element("pre", "", head)
	if body != "" {
		m.element("pre", "", body)
	}
}

// figure is a card with a number that is written already.
func figure(m markup, value, word string) {
	m.raw("<li>")
	m.element("b", "", value)
	m.element("span", "", word)
	m.raw("</li>\n")
}
