package har_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/collections/har"
	"parley/testdata/corpora"
)

// scanned lists what Scan finds, and checks that each entry can be read again from its place.
func scanned(t *testing.T, text string) (found []string, err error) {
	t.Helper()
	err = har.Scan(strings.NewReader(text), int64(len(text)), func(e har.Entry, at har.Place) error {
		again, err := har.ReadEntry(strings.NewReader(text), at)
		if err != nil || again.Request.URL != e.Request.URL {
			t.Errorf("at %+v is %s, %v", at, again.Request.URL, err)
		}
		found = append(found, e.Request.Method+" "+e.Request.URL)
		return nil
	})
	return found, err
}

func TestScanFindsEntriesWhereverTheyLie(t *testing.T) {
	entry := func(n int) string { return fmt.Sprintf(`{"request": {"method": "GET", "url": "http://h/%d"}}`, n) }
	for _, text := range []string{
		`{"log": {"entries": [` + entry(1) + `,` + entry(2) + `]}}`,
		"\xef\xbb\xbf{ \"x\": [1, {}],\n \"log\": {\"version\": \"1.2\", \"pages\": [{}], \"entries\": [\n" + entry(1) + " ,\n\t" + entry(2) + "\n], \"z\": null}}\n",
	} {
		if found, err := scanned(t, text); err != nil || strings.Join(found, ",") != "GET http://h/1,GET http://h/2" {
			t.Errorf("found %v, %v", found, err)
		}
	}
	stop := errors.New("enough")
	text := `{"log": {"entries": [` + entry(1) + `,` + entry(2) + `]}}`
	calls := 0
	if err := har.Scan(strings.NewReader(text), int64(len(text)), func(har.Entry, har.Place) error { calls++; return stop }); !errors.Is(err, stop) || calls != 1 {
		t.Errorf("it went on: %d, %v", calls, err)
	}
}

func TestScanSaysWhatIsNoArchive(t *testing.T) {
	for text, want := range map[string]string{
		``:                                       "it ends in the middle",
		`[]`:                                     "this is not an object",
		`{"a": 1}`:                               "it has no `log`",
		`{"log":{}}`:                             "has no `entries`",
		`{"log":{"entries": 3}}`:                 "this is not a list of entries",
		"{\"log\":{\"entries\": [\n{]}}":         "line 2, column 1: ",
		`{"log":{"entries": [{"request": {}}]}}`: "entry 1 of the archive has no request with a method",
		`{"log":{"entries": [{"request": {"method":"GET"}}`: "it ends in the middle",
	} {
		_, err := scanned(t, text)
		if wrong, ok := errors.AsType[*har.DecodeError](err); !ok || !strings.Contains(wrong.Error(), want) {
			t.Errorf("%s gives %v, want %q", text, err, want)
		}
	}
}

// What Decode reads of the archives of others, Scan does.
func TestScanReadsTheCorpus(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(corpora.Dir(t, "har"), "har-validator", "har", "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		log, want := har.Decode(strings.NewReader(string(data)))
		found, err := scanned(t, string(data))
		if (err == nil) != (want == nil) || want == nil && len(found) != len(log.Entries) {
			t.Errorf("%s: %d entries, %v; Decode says %v", file, len(found), err, want)
		}
	}
}
