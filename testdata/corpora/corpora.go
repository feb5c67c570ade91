// Package corpora finds third-party test data for the tests of every other package.
//
// The data is never part of the project. It lives in the folder that the environment variable PARLEY_CORPORA names,
// one folder a corpus.
package corpora

import (
	"os"
	"path/filepath"
	"testing"
)

// Dir returns the folder of the named corpus. It skips the test when PARLEY_CORPORA is unset, and fails it when the
// variable is set but the corpus is not there, so that a mistyped path is never taken for a pass.
func Dir(tb testing.TB, name string) string {
	tb.Helper()
	root := os.Getenv("PARLEY_CORPORA")
	if root == "" {
		tb.Skipf("PARLEY_CORPORA is unset: the %s corpus was not tried", name)
	}
	dir := filepath.Join(root, name)
	if _, err := os.Stat(dir); err != nil {
		tb.Fatalf("PARLEY_CORPORA is set, but the %s corpus is missing: %v", name, err)
	}
	return dir
}

// Read returns one file of the named corpus; parts are joined below the corpus' folder.
func Read(tb testing.TB, name string, parts ...string) []byte {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join(append([]string{Dir(tb, name)}, parts...)...))
	if err != nil {
		tb.Fatal(err)
	}
	return data
}
