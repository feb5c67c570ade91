package batch_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"parley/collections/runner/batch"
	"parley/collections/template"
)

func read(file, text string) batch.Rows {
	return batch.ReadRows(file, func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil })
}

func TestRowsAreReadFromEachFormat(t *testing.T) {
	for _, c := range []struct{ name, file, text, want string }{
		{"CSV", "a.csv", "name,age\nAda,36\n\"Lov\ne, lace\",7\n", "a.csv:2:1 name=Ada age=36|a.csv:3:1 name=Lov\ne, lace age=7"},
		{"a mark and semicolons", "a.csv", "\uFEFFname;x\r\nAda;1,5\r\n", "a.csv:2:1 name=Ada x=1,5"},
		{"tabs", "-", "name\tx\nAda\t1\n", "-:2:1 name=Ada x=1"},
		{"one column", "-", "name\nAda\n", "-:2:1 name=Ada"},
		{"no rows", "a.csv", "name,age\n", ""},
		{"an empty file", "a.csv", "", ""},
		{"a JSON array", "a.json", " [{\"b\": 1e3, \"a\": [1.0]}, {}]", "a.json a=[1.0] b=1e3|a.json"},
		{"lines of JSON", "a.ndjson", "{\"a\": 12345678901234567890}\n\n{\"a\": null}", "a.ndjson:1:1 a=12345678901234567890|a.ndjson:3:1 a=<nil>"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			rows := read(c.file, c.text)
			for range 2 { // as they are counted first
				got = nil
				for row, err := range rows {
					if err != nil {
						t.Fatal(err)
					}
					text := row.Where.String()
					for i, name := range row.Names {
						text += fmt.Sprintf(" %s=%v", name, row.Values[i])
					}
					got = append(got, text)
				}
			}
			if strings.Join(got, "|") != c.want {
				t.Errorf("read %q", got)
			}
		})
	}
}

func TestWrongRowsAreNamedWithTheirPlace(t *testing.T) {
	for _, c := range []struct{ name, file, text, want string }{
		{"too few fields", "a.csv", "a,b\n1,2\n3\n", "a.csv:3:1: wrong number of fields"},
		{"a quote", "a.csv", "a,b\n1,x\"y\n", "a.csv:2:4: bare"},
		{"names alike", "a.csv", "a,a\n", "a.csv:1:1: column 2 has no name"},
		{"a number in the list", "a.json", "[{}, 7]", "row 2: a row is an object, and this is a number"},
		{"a list that breaks off", "a.json", "[{\"a\": 1},", "a.json: "},
		{"null in the list", "a.json", "[null]", "row 1: it is null"},
		{"a broken line", "a.ndjson", "{}\n{\"a\"\n", "a.ndjson:2:1: the file ends in the middle"},
		{"two on a line", "a.ndjson", "{} {}\n", "a.ndjson:1:1: a line is one object"},
		{"a row without an end", "a.csv", "a\n\"" + strings.Repeat("x", 17<<20), "longer than 16 MiB"},
		{"a line without an end", "a.ndjson", "{\"a\": \"" + strings.Repeat("x", 17<<20), "a.ndjson: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			var last error
			for _, err := range read(c.file, c.text) {
				last = err
			}
			if _, ok := errors.AsType[*batch.RowsError](last); !ok || !strings.Contains(last.Error(), c.want) {
				t.Errorf("got %v", last)
			}
		})
	}
}

func TestRowsAreVariablesNearestAfterVar(t *testing.T) {
	query := ""
	handler := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { query, _ = url.QueryUnescape(r.URL.RawQuery) })
	files := map[string]string{"0.toml": request("a", "[capture]", "n = '7'"), "a.toml": request("a?{{who}}-{{n}}-{{base}}", "[vars]", "who = 'request'")}
	rows := func(yield func(batch.Row, error) bool) {
		yield(batch.Row{Names: []string{"who", "n", "base"}, Values: []any{"{{Ada}}", template.Number("1.0"), "no server"}}, nil)
	}
	got := runs(t.Context(), t, written(t, handler, files), batch.Choice{}, batch.Options{Rows: rows})
	if got.Passed != 2 || !strings.HasPrefix(query, "{{Ada}}-1.0-http://") || !strings.Contains(got.text(), " · row 1: 0 passed") {
		t.Errorf("sent %s\n%s", query, got.text())
	}
}

func TestAWrongRowIsSaidBeforeAnythingIsSent(t *testing.T) {
	sent := 0
	work := written(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { sent++ }), map[string]string{"a.toml": request("a")})
	got := runs(t.Context(), t, work, batch.Choice{}, batch.Options{Rows: read("a.csv", "a,b\n1,2\n3\n")})
	if sent > 0 || got.Err == nil {
		t.Errorf("%d were sent, %v", sent, got.Err)
	}
	missing := batch.ReadRows("a.csv", func() (io.ReadCloser, error) { return os.Open(t.TempDir() + "/a.csv") })
	if got := runs(t.Context(), t, work, batch.Choice{}, batch.Options{Rows: missing}); !errors.Is(got.Err, os.ErrNotExist) {
		t.Errorf("a file that is not there: %v", got.Err)
	}
}
