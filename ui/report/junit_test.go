package report

import (
	"bytes"
	"context"
	"encoding/xml"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"parley/collections/runner/batch"
)

// suites is JUnit's XML as its readers know it.
type suites struct {
	XMLName  xml.Name `xml:"testsuites"`
	Tests    int      `xml:"tests,attr"`
	Failures int      `xml:"failures,attr"`
	Errors   int      `xml:"errors,attr"`
	Skipped  int      `xml:"skipped,attr"`
	Suites   []struct {
		Name     string `xml:"name,attr"`
		Tests    int    `xml:"tests,attr"`
		Failures int    `xml:"failures,attr"`
		Errors   int    `xml:"errors,attr"`
		Skipped  int    `xml:"skipped,attr"`
		Cases    []struct {
			Name      string   `xml:"name,attr"`
			Class     string   `xml:"classname,attr"`
			File      string   `xml:"file,attr"`
			Time      float64  `xml:"time,attr"`
			Failure   *outcome `xml:"failure"`
			Error     *outcome `xml:"error"`
			Skipped   *outcome `xml:"skipped"`
			SystemOut string   `xml:"system-out"`
		} `xml:"testcase"`
	} `xml:"testsuite"`
}

type outcome struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Text    string `xml:",chardata"`
}

func junitOf(t *testing.T, run func(Report) batch.Summary) ([]byte, suites) {
	t.Helper()
	var out bytes.Buffer
	r, err := New("junit", &out, About{Title: "Acme"})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Close(run(r)); err != nil {
		t.Fatal(err)
	}
	var read suites
	decoder := xml.NewDecoder(bytes.NewReader(out.Bytes()))
	if err := decoder.Decode(&read); err != nil {
		t.Fatalf("%v in\n%s", err, out.String())
	}
	return out.Bytes(), read
}

func TestJUnitIsWhatItsReadersKnow(t *testing.T) {
	data, got := junitOf(t, func(r Report) batch.Summary { return sample(t, r) })
	if got.Tests != 5 || got.Failures != 1 || got.Errors != 2 || got.Skipped != 1 || len(got.Suites) != 2 {
		t.Fatalf("read %+v", got)
	}
	users, other := got.Suites[0], got.Suites[1]
	if users.Name != "users" || users.Tests != 4 || users.Errors != 1 || other.Name != "other" || other.Tests != 1 || other.Errors != 1 {
		t.Errorf("read %+v", got)
	}
	login, read, gone, later := users.Cases[0], users.Cases[1], users.Cases[2], users.Cases[3]
	if login.Failure != nil || login.Error != nil || login.Skipped != nil || login.Name != "login" || login.Class != "users" ||
		login.File != "users/login.toml" || login.Time != 0.007 {
		t.Errorf("login is %+v", login)
	}
	if want := "POST http://api.test/login?key={secret key}\n201 Created\ncaptured token = {secret token}\ncaptured id = 7"; login.SystemOut != want {
		t.Errorf("login says %q", login.SystemOut)
	}
	if read.Name != "read (row 2)" || read.Failure == nil || read.Failure.Message != `not as expected: is ada: json.name == "ada" && ok` ||
		read.Failure.Type != "expectation" || !strings.Contains(read.Failure.Text, "  json.name is \"bob\"\n") || !strings.Contains(read.Failure.Text, "has mail") {
		t.Errorf("read is %+v", read.Failure)
	}
	if gone.Error == nil || gone.Error.Message != "cannot connect to gone.test" || gone.Error.Type != "connect" {
		t.Errorf("gone is %+v", gone.Error)
	}
	if later.Skipped == nil || later.Skipped.Message != `when: env == "prod" is false` {
		t.Errorf("later is %+v", later)
	}
	golden(t, "sample.xml", data)
}

func TestJUnitHoldsWhateverServersSay(t *testing.T) {
	data, got := junitOf(t, func(r Report) batch.Summary {
		s := hostileStage(t)
		s.run("a/bad", 0, r)
		s.run("a/gone", 0, r)
		s.skip("a/image", hostile, r)
		return batch.Summary{Passed: 1, Broken: 1, Skipped: 1}
	})
	if len(got.Suites) != 1 || len(got.Suites[0].Cases) != 3 || !utf8.Valid(data) {
		t.Fatalf("read %+v", got)
	}
	for _, r := range string(data) {
		if r < ' ' && r != '\n' || r == 0x7f || r == '\u202e' {
			t.Fatalf("%q is in the file", r)
		}
	}
	if strings.Contains(string(data), "<script") || strings.Contains(string(data), "&#x1B;") {
		t.Errorf("got %s", data)
	}
}

func TestJUnitOfARunThatBeganNothingIsNoSuccess(t *testing.T) {
	_, got := junitOf(t, func(Report) batch.Summary { return batch.Summary{Err: context.Canceled} })
	if len(got.Suites) != 1 || got.Suites[0].Errors != 1 || got.Suites[0].Cases[0].Error == nil {
		t.Errorf("read %+v", got)
	}
}

// TestJUnitOfARunThatEndedEarlyIsNoSuccess although every step of it passed.
func TestJUnitOfARunThatEndedEarlyIsNoSuccess(t *testing.T) {
	_, got := junitOf(t, func(r Report) batch.Summary {
		s := newStage(t, sampleFiles, sampleReplies)
		s.tell(&batch.Result{Step: batch.Step{ID: 1, Chain: "jobs"}}, []Report{r})
		return batch.Summary{Passed: 1, Err: &batch.UntilError{Expression: "json.done", Limit: time.Minute}}
	})
	if got.Tests != 2 || got.Errors != 1 || len(got.Suites) != 2 || got.Suites[1].Cases[0].Error == nil ||
		!strings.Contains(got.Suites[1].Cases[0].Error.Message, "`json.done` was not true within 1m0s") {
		t.Errorf("read %+v", got)
	}
}

func TestJUnitSortsChainsThatRunSideBySide(t *testing.T) {
	_, got := junitOf(t, func(r Report) batch.Summary {
		s := newStage(t, sampleFiles, sampleReplies)
		for i := range 300 {
			s.tell(&batch.Result{Step: batch.Step{ID: i, Chain: fmt.Sprintf("users (row %d)", i%3), Row: i%3 + 1}}, []Report{r})
		}
		return batch.Summary{Passed: 300}
	})
	if len(got.Suites) != 3 {
		t.Fatalf("there are %d suites", len(got.Suites))
	}
	for i, suite := range got.Suites {
		if suite.Name != fmt.Sprintf("users (row %d)", i) || suite.Tests != 100 || len(suite.Cases) != 100 {
			t.Errorf("suite %d is %s with %d cases", i, suite.Name, len(suite.Cases))
		}
	}
}

var update = flag.Bool("update", false, "write the expected files of testdata")

// golden compares a report with a file of testdata.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := "testdata/" + name
	if *update {
		if err := os.WriteFile(file, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is different:\n%s", file, got)
	}
}
