package jsonpath

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"testing"

	"parley/httpcore/content"
	"parley/testdata/corpora"
)

// selected are the values that a query selects from a text, and where they are.
func selected(t testing.TB, expr string, src content.Source) (values, paths []string, err error) {
	t.Helper()
	q, err := Parse(expr)
	if err != nil {
		t.Fatalf("%s: %v", expr, err)
	}
	err = q.Select(t.Context(), src, func(n Node) error {
		text := make([]byte, n.End-n.Start)
		if _, err := content.ReadAt(src, text, n.Start); err != nil {
			return err
		}
		path, err := n.Location()
		values, paths = append(values, string(text)), append(paths, path)
		return err
	})
	return values, paths, err
}

func source(text string) content.Source {
	return content.NewSource(bytes.NewReader([]byte(text)), int64(len(text)))
}

// TestComplianceSuite runs jsonpath-standard/jsonpath-compliance-test-suite.
func TestComplianceSuite(t *testing.T) {
	var suite struct {
		Tests []struct {
			Name, Selector string
			Invalid        bool `json:"invalid_selector"`
			Document       json.RawMessage
			Result         []json.RawMessage
			Results        [][]json.RawMessage
			Paths          []string   `json:"result_paths"`
			PathsOf        [][]string `json:"results_paths"`
		}
	}
	if err := json.Unmarshal(corpora.Read(t, "jsonpath", "cts.json"), &suite); err != nil {
		t.Fatal(err)
	}
	if len(suite.Tests) != 703 {
		t.Errorf("%d cases, not 703", len(suite.Tests))
	}
	for _, tc := range suite.Tests {
		t.Run(tc.Name, func(t *testing.T) {
			if tc.Invalid {
				_, err := Parse(tc.Selector)
				var bad *SyntaxError
				if !errors.As(err, &bad) || bad.Offset < 0 || bad.Offset > len(tc.Selector) {
					t.Errorf("%s: %v", tc.Selector, err)
				}
				return
			}
			values, paths, err := selected(t, tc.Selector, source(string(tc.Document)))
			if err != nil {
				t.Fatalf("%s: %v", tc.Selector, err)
			}
			results, pathsOf := tc.Results, tc.PathsOf
			if tc.Results == nil {
				results, pathsOf = [][]json.RawMessage{tc.Result}, [][]string{tc.Paths}
			}
			for i := range results {
				if sameValues(t, values, results[i]) && slices.Equal(paths, pathsOf[i]) {
					return
				}
			}
			t.Errorf("%s of %s\n got %q at %q\nwant one of %s", tc.Selector, tc.Document, values, paths, results)
		})
	}
}

func sameValues(t *testing.T, got []string, want []json.RawMessage) bool {
	if len(got) != len(want) {
		return false
	}
	for i := range got {
		if !reflect.DeepEqual(decoded(t, []byte(got[i])), decoded(t, want[i])) {
			return false
		}
	}
	return true
}

func decoded(t testing.TB, text []byte) (v any) {
	t.Helper()
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return v
}
