package report

import (
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"time"

	"parley/collections/runner/batch"
)

// junit writes what Jenkins, GitLab and their like read: a testsuite for each chain, in the order of their beginnings, and a
// testcase for each step. Steps of several chains come in turns, and a suite's head counts what is in it: so steps are kept
// until the end, in a file, with some bytes of memory each.
type junit struct {
	w      *bufio.Writer
	about  About
	spool  *spool
	suites []*suite
	byName map[string]*suite
}

type suite struct {
	name    string
	started time.Time
	elapsed time.Duration
	counts  [batch.Tried + 1]int // by status
	cases   []span
	// tries is how many of the first cases were run before all was run again.
	tries int
}

func newJUnit(w io.Writer, about About) (Report, error) {
	kept, err := newSpool()
	if err != nil {
		return nil, err
	}
	return &junit{w: bufio.NewWriter(w), about: about, spool: kept, byName: map[string]*suite{}}, nil
}

// Handle implements Report.
func (j *junit) Handle(event batch.Event) {
	if _, again := event.(batch.Again); again {
		j.again()
	}
	finished, ok := event.(batch.Finished)
	if !ok {
		return
	}
	s := stepOf(finished.Result)
	in := j.byName[s.Chain]
	if in == nil {
		in = &suite{name: s.Chain, started: s.Started}
		j.byName[s.Chain] = in
		j.suites = append(j.suites, in)
	}
	in.counts[s.Status]++
	in.elapsed += s.Elapsed
	in.cases = append(in.cases, j.spool.add(s))
}

// again makes tries of what has not passed so far.
func (j *junit) again() {
	for _, in := range j.suites {
		in.counts[batch.Tried] += in.counts[batch.Failed] + in.counts[batch.Broken]
		in.counts[batch.Failed], in.counts[batch.Broken] = 0, 0
		in.tries = len(in.cases)
	}
}

// Close implements Report.
func (j *junit) Close(s batch.Summary) error {
	err := j.write(s)
	return errors.Join(err, j.spool.close())
}

func (j *junit) write(s batch.Summary) error {
	j.raw(xml.Header)
	j.raw("<testsuites")
	j.attribute("name", j.about.Title)
	broken := s.Broken
	if s.Err != nil {
		broken++ // the run itself
	}
	j.counts([...]int{s.Passed, s.Failed, broken, s.Skipped, s.Tried}, s.Elapsed)
	j.raw(">\n")
	for _, in := range j.suites {
		if err := j.suite(in); err != nil {
			return err
		}
	}
	if s.Err != nil {
		j.unfinished(s.Err)
	}
	j.raw("</testsuites>\n")
	return j.w.Flush()
}

// counts writes how many cases there are. One that was only a try is skipped: JUnit knows nothing else that does not count.
func (j *junit) counts(n [batch.Tried + 1]int, elapsed time.Duration) {
	n[batch.Skipped] += n[batch.Tried]
	fmt.Fprintf(j.w, ` tests="%d" failures="%d" errors="%d" skipped="%d" time="%s"`,
		n[batch.Passed]+n[batch.Failed]+n[batch.Broken]+n[batch.Skipped], n[batch.Failed], n[batch.Broken], n[batch.Skipped], seconds(elapsed))
}

func (j *junit) suite(in *suite) error {
	j.raw("  <testsuite")
	name := in.name
	if name == "" {
		name = j.about.Title
	}
	j.attribute("name", name)
	j.counts(in.counts, in.elapsed)
	j.attribute("timestamp", in.started.UTC().Format("2006-01-02T15:04:05")) // without a zone, as Jenkins wants it
	j.raw(">\n")
	for i, at := range in.cases {
		var s step
		if err := j.spool.read(at, &s); err != nil {
			return err
		}
		if i < in.tries {
			s.try()
		}
		j.testcase(s, name)
	}
	j.raw("  </testsuite>\n")
	return nil
}

func (j *junit) testcase(s step, suite string) {
	j.raw("    <testcase")
	j.attribute("name", path.Base(s.Name)+strings.TrimPrefix(s.label(), s.Name))
	j.attribute("classname", suite)
	if s.File != "" {
		j.attribute("file", s.File)
	}
	j.attribute("time", seconds(s.Elapsed))
	j.raw(">\n")
	switch s.Status {
	case batch.Skipped, batch.Tried:
		j.raw("      <skipped")
		j.attribute("message", s.Reason)
		j.raw("/>\n")
	case batch.Failed:
		j.outcome("failure", s.Problems)
	case batch.Broken:
		j.outcome("error", s.Problems)
	}
	j.output(s)
	j.raw("    </testcase>\n")
}

// outcome writes all problems in one element: more than one, or none, is more than some readers take.
func (j *junit) outcome(element string, problems []problem) {
	message, kind := "not passed", element
	var text strings.Builder
	for i, p := range problems {
		if i == 0 {
			message, kind = p.Title, p.Kind
		}
		fmt.Fprintln(&text, p.Title)
		for _, line := range p.Lines {
			fmt.Fprintln(&text, "  "+strings.ReplaceAll(line, "\n", "\n  "))
		}
	}
	j.raw("      <" + element)
	j.attribute("message", message)
	j.attribute("type", kind)
	j.raw(">")
	j.text(text.String())
	j.raw("</" + element + ">\n")
}

// output writes what a person wants to know who reads of the testcase elsewhere.
func (j *junit) output(s step) {
	if s.Status == batch.Skipped {
		return
	}
	lines := []string{s.Method + " " + s.URL}
	if s.Answer != "" {
		lines = append(lines, s.Answer)
	}
	if s.Status == batch.Tried {
		for _, p := range s.Problems {
			lines = append(lines, p.Title)
		}
	}
	for _, captured := range s.Captured {
		lines = append(lines, "captured "+captured)
	}
	lines = append(lines, s.Notes...)
	j.raw("      <system-out>")
	j.text(strings.Join(lines, "\n"))
	j.raw("</system-out>\n")
}

// unfinished is a testcase for the run itself, which ended before its time: where all that ran has passed, or nothing has run,
// the report would be taken for a success without it.
func (j *junit) unfinished(err error) {
	j.raw(`  <testsuite name="run" tests="1" failures="0" errors="1" skipped="0" time="0.000"><testcase name="run" classname="run" time="0.000"><error`)
	j.attribute("message", words{}.text(err.Error()))
	j.raw("/></testcase></testsuite>\n")
}

func (j *junit) attribute(name, value string) {
	j.raw(" " + name + `="`)
	j.text(value)
	j.raw(`"`)
}

// text writes text in a form that is right in an attribute as well. What XML cannot hold becomes U+FFFD.
func (j *junit) text(s string) {
	_ = xml.EscapeText(j.w, []byte(s)) // a bufio.Writer keeps its error for Flush
}

func (j *junit) raw(s string) { _, _ = j.w.WriteString(s) } // as text

func seconds(d time.Duration) string { return fmt.Sprintf("%.3f", d.Seconds()) }
