package uitest

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aymanbagabas/go-udiff"
)

var update = flag.Bool("update", false, "rewrite the golden files with what the tests see")

// Golden fails the test unless got is what testdata/NAME.golden holds.
func Golden(t testing.TB, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", filepath.FromSlash(name)+".golden")
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; go test -update writes it", err)
	}
	// A checkout on Windows may have turned the line ends.
	if text := strings.ReplaceAll(string(want), "\r\n", "\n"); text != got {
		t.Errorf("the screen differs from %s (go test -update accepts it):\n%s", path, udiff.Unified("want", "got", text, got))
	}
}
