package filter

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/itchyny/gojq"

	"parley/httpcore/content"
	"parley/testdata/corpora"
)

// jqCase is a block of jq's own tests: a filter, a text, its results.
type jqCase struct {
	line          int
	filter, input string
	want          []string
	fails         bool // the filter must be refused
}

// jqCases reads a file of tests: blocks of lines with blank lines between.
func jqCases(data string) []jqCase {
	var cases []jqCase
	var block []string
	fails := false
	for i, line := range strings.Split(data+"\n", "\n") {
		switch {
		case strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "%%FAIL"):
			fails = true
		case strings.TrimSpace(line) != "":
			block = append(block, line)
		case len(block) > 0:
			c := jqCase{line: i + 1 - len(block), filter: block[0], fails: fails}
			if !fails && len(block) > 1 {
				c.input, c.want = block[1], block[2:]
			}
			cases = append(cases, c)
			block, fails = nil, false
		}
	}
	return cases
}

// jqDifferences are the cases that go otherwise here than in jq itself, by the
// line at which they begin, and why.
var jqDifferences = map[string][][]int{
	"jq.test": {
		// modules, which are not loaded here
		{1900, 1904, 1908, 1912, 1917, 1921, 1925, 1929, 1969, 1973, 1977, 1993},
		// integers are of any size, and numbers are no decimals
		{661, 2014, 2196, 2200, 2204, 2211, 2215, 2219, 2224, 2228, 2232, 2241, 2271, 2275},
		// NaN and Infinity are no JSON
		{1306, 2315, 2319, 2324, 2407},
		// functions that gojq lacks, or that would reach outside: $__loc__, input, debug
		{1499, 1553, 1557, 2304, 2337, 2341},
		// keys that gojq also takes
		{127, 139, 566},
		// values nested more than 10000 deep
		{2563, 2568, 2577, 2585, 2593, 2602, 2611, 2616, 2621, 2625, 2629, 2633},
		// other words in an error that is caught, or another error
		{200, 213, 217, 229, 405, 701, 709, 720, 745, 1123, 1127, 1131, 1135, 1173, 1214, 1258, 1290, 1294, 1302, 1448, 1481, 1575, 1641, 1811, 1839, 1868, 1872, 1876, 1881, 1885, 1997, 2001, 2005, 2034, 2038, 2046, 2050, 2054, 2058, 2062, 2411, 2475, 2479, 2487, 2494, 2498, 2516, 2523, 2533},
	},
	// Errors that are caught have other words.
	"base64.test": {{40, 45}},
	"uri.test":    {{65, 70, 75, 80, 85, 90}},
}

func TestJQAgreesWithJQ(t *testing.T) {
	for name, groups := range jqDifferences {
		t.Run(name, func(t *testing.T) {
			cases := jqCases(string(corpora.Read(t, "jq", name)))
			known := slices.Concat(groups...)
			for _, c := range cases {
				if agrees := jqAgrees(t, c); agrees == slices.Contains(known, c.line) {
					t.Errorf("line %d, %.60q: agrees with jq: %v", c.line, c.filter, agrees)
				}
			}
			t.Logf("%d of %d cases agree with jq", len(cases)-len(known), len(cases))
		})
	}
}

func jqAgrees(t *testing.T, c jqCase) bool {
	code, err := parseJQ(c.filter)
	if c.fails || err != nil {
		_, refused := errors.AsType[*SyntaxError](err)
		return c.fails && refused
	}
	var out strings.Builder
	// A filter that fails after its results counts by these.
	_ = runHere(code, c.input, &out)
	got := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	if out.Len() == 0 {
		got = nil
	}
	return sameJSON(t, got, c.want)
}

// sameJSON compares results by what jq thinks of them.
func sameJSON(t *testing.T, got, want []string) bool {
	if len(got) != len(want) {
		return false
	}
	code, err := parseJQ(".[0] == .[1]")
	if err != nil {
		t.Fatal(err)
	}
	for i := range got {
		pair := "[" + got[i] + "," + want[i] + "]"
		var equal strings.Builder
		if err := runHere(code, pair, &equal); err != nil || equal.String() != "true\n" {
			return false
		}
	}
	return true
}

// runHere runs an expression in this process.
func runHere(code *gojq.Code, body string, to io.Writer) error {
	from := &reader{ctx: context.Background(), src: content.NewSource(strings.NewReader(body), int64(len(body)))}
	return newJQRun(code, false, inMemory{from}, func(results []byte) error { _, err := to.Write(results); return err }).all()
}

type inMemory struct{ *reader }

func (inMemory) ready() bool { return true }
