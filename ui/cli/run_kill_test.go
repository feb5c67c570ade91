package cli_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"parley/httpcore/playground"
)

// killedRuns is a collection that is run again and again, each time with another number, and killed.
type killedRuns struct {
	dir, home, out, server string
	files                  map[string][]byte
	// told are the URLs of the requests that a run said were answered.
	told map[string]bool
}

const (
	chainsOfKilled = 5
	stepsOfKilled  = 4
)

// TestKilledRunsLoseNothing kills runs at random moments, and looks at what is there: what was told is in history, reports
// and snapshots are those of one run and whole, and the collection is as it was. PARLEY_SOAK=1 does it 200 times.
func TestKilledRunsLoseNothing(t *testing.T) {
	server, err := playground.Start(playground.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	runs := newKilledRuns(t, server.URL)
	kills := 20
	if os.Getenv("PARLEY_SOAK") != "" {
		kills = 200
	}
	runs.run(t, 0, nil)
	runs.checkFiles(t)
	for n := 1; n <= kills; n++ {
		said := rand.IntN(chainsOfKilled*stepsOfKilled + 2) // the last ones are those of the summary
		runs.run(t, n, &said)
		runs.checkFiles(t)
		if t.Failed() {
			t.Fatalf("after %d kills, the last one at line %d", n, said)
		}
	}
	runs.run(t, kills+1, nil)
	runs.checkFiles(t)
	if number := runs.checkReports(t); number != kills+1 {
		t.Errorf("the last run was whole, and the reports are those of run %d", number)
	}
	runs.checkHistory(t)
}

func newKilledRuns(t *testing.T, server string) *killedRuns {
	t.Helper()
	r := &killedRuns{dir: t.TempDir(), home: t.TempDir(), out: t.TempDir(), server: server, files: map[string][]byte{}, told: map[string]bool{}}
	r.files["collection.toml"] = []byte("name = 'Killed'\n")
	for chain := range chainsOfKilled {
		for step := range stepsOfKilled {
			text := fmt.Sprintf("method = 'POST'\nurl = '{{base_url}}/anything/%d/%d?run={{run}}'\noptions.session = 's%d'\n", chain, step, chain%2)
			if step == 1 { // too large a body to lie in the record
				text += "body.text = '" + strings.Repeat("0123456789abcdef", 1200) + "{{run}}'\n"
			}
			text += "[capture]\nwas = 'json.args.run'\n"
			if step == 2 {
				text += "[expect]\n'as kept' = 'snapshot(\"kept\")'\n"
			}
			r.files[fmt.Sprintf("%d/%d.toml", chain, step)] = []byte(text)
		}
	}
	for name, text := range r.files {
		file := filepath.Join(r.dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

// run runs the collection with a number and remembers what it tells. It is killed once it has told so many lines, and a
// little later than that; with nil it has to end well.
func (r *killedRuns) run(t *testing.T, number int, kill *int) {
	t.Helper()
	command := parley(t, "run", "-C", r.dir, "--jobs", "4", "--update-snapshots", "--var", "base_url="+r.server, "--var", fmt.Sprint("run=", number),
		"--report", "junit="+filepath.Join(r.out, "r.xml"), "--report", "html="+filepath.Join(r.out, "r.html"), "--record", filepath.Join(r.out, "r.har"))
	command.Env = append(command.Env, "PARLEY_HOME="+r.home)
	var stderr bytes.Buffer
	command.Stderr = &stderr
	stdout, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	atLine := func(lines int) {
		if kill != nil && lines == *kill {
			time.AfterFunc(rand.N(20*time.Millisecond), func() { _ = command.Process.Kill() }) // it may have ended
		}
	}
	atLine(0)
	lines := 0
	for s := bufio.NewScanner(stdout); s.Scan(); {
		lines++
		if words := strings.Fields(s.Text()); len(words) > 3 && words[0] == "ok" {
			r.told[fmt.Sprintf("%s/anything/%s?run=%d", r.server, words[1], number)] = true
		}
		atLine(lines)
	}
	err = command.Wait()
	if kill == nil && (err != nil || lines < chainsOfKilled*stepsOfKilled) {
		t.Fatalf("run %d tells %d lines, and ends with %v\n%s", number, lines, err, stderr.String())
	}
	if kill != nil && command.ProcessState.Exited() && err != nil {
		t.Fatalf("run %d ends with %v\n%s", number, err, stderr.String())
	}
}

// checkFiles looks at all that runs write to outside of history.
func (r *killedRuns) checkFiles(t *testing.T) {
	t.Helper()
	r.checkReports(t)
	err := filepath.WalkDir(r.dir, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasPrefix(entry.Name(), ".") {
			return err // what begins with a dot is nothing to the collection
		}
		name, err := filepath.Rel(r.dir, file)
		if err != nil {
			return err
		}
		content, err := os.ReadFile(file)
		name = filepath.ToSlash(name)
		switch want, ours := r.files[name]; {
		case err != nil:
			return err
		case ours && !bytes.Equal(content, want):
			t.Errorf("%s is changed:\n%s", name, content)
		case strings.HasPrefix(name, "snapshots/"):
			if !json.Valid(content) || !bytes.Contains(content, []byte(`"run"`)) {
				t.Errorf("%s is not whole:\n%s", name, content)
			}
		case !ours:
			t.Errorf("there is a file %s", name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

var runOfURL = regexp.MustCompile(`/anything/\d/\d\?run=(\d+)`)

// checkReports holds each report to be whole and of a single run, and returns the number of the recorded one.
func (r *killedRuns) checkReports(t *testing.T) (number int) {
	t.Helper()
	all := chainsOfKilled * stepsOfKilled
	var suites struct {
		Tests int `xml:"tests,attr"`
	}
	if err := xml.Unmarshal(content(t, r.out, "r.xml"), &suites); err != nil || suites.Tests != all {
		t.Errorf("the report has %d tests, %v", suites.Tests, err)
	}
	if page := string(content(t, r.out, "r.html")); !strings.HasPrefix(page, "<!") || !strings.HasSuffix(page, "</html>\n") {
		t.Error("the page is not whole")
	}
	var archive struct {
		Log struct {
			Entries []struct{ Request struct{ URL string } }
		}
	}
	if err := json.Unmarshal(content(t, r.out, "r.har"), &archive); err != nil || len(archive.Log.Entries) != all {
		t.Fatalf("the recording has %d entries, %v", len(archive.Log.Entries), err)
	}
	for i, entry := range archive.Log.Entries {
		found := runOfURL.FindStringSubmatch(entry.Request.URL)
		if found == nil {
			t.Fatalf("the recording has %s", entry.Request.URL)
		}
		n, err := strconv.Atoi(found[1])
		if err != nil || i > 0 && n != number {
			t.Fatalf("the recording has runs %d and %d, %v", number, n, err)
		}
		number = n
	}
	return number
}

// checkHistory looks for everything that was told, once, with its body.
func (r *killedRuns) checkHistory(t *testing.T) {
	t.Helper()
	command := parley(t, "history", "list", "-n", "100000", "--json")
	command.Env = append(command.Env, "PARLEY_HOME="+r.home)
	var list []struct {
		URL    string
		Status int
	}
	out, err := command.Output()
	if err == nil {
		err = json.Unmarshal(out, &list)
	}
	if err != nil {
		t.Fatalf("history list: %v\n%.300s", err, out)
	}
	found := map[string]int{}
	for _, entry := range list {
		found[entry.URL]++
		if found[entry.URL] > 1 {
			t.Errorf("%s is in history twice", entry.URL)
		}
	}
	lost := slices.DeleteFunc(slices.Collect(maps.Keys(r.told)), func(url string) bool { return found[url] > 0 })
	if len(lost) > 0 || len(list) < len(r.told) {
		t.Errorf("%d requests were told, and of these %d are not in history: %q", len(r.told), len(lost), lost)
	}
}
