package ui

import (
	"os"
	"testing"
	"time"
)

// tempDir is a folder that goes with the test. What the workbench does in the background may write to it for a moment
// after the end, as it may when a person leaves: it is taken away again until nothing comes back.
func tempDir(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "parley-ui-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		const patience = 10 * time.Second
		for end := time.Now().Add(patience); ; {
			err := os.RemoveAll(dir)
			if err == nil {
				return
			}
			if time.Now().After(end) {
				t.Error(err)
				return
			}
		}
	})
	return dir
}
