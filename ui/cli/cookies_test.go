package cli

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"parley/collections/disk"
	"parley/httpcore"
)

func TestAnImportThatIsTooLargeSaysWhatIsGone(t *testing.T) {
	var file, stderr bytes.Buffer
	for i := range 200 {
		fmt.Fprintf(&file, "h.test\tFALSE\t/\tFALSE\t0\tc%d\t1\n", i)
	}
	home := t.TempDir()
	program := &Program{
		Stdin: &file, Stdout: &bytes.Buffer{}, Stderr: &stderr, IsTerminal: func(any) bool { return false },
		LookupEnv: func(name string) (string, bool) { return home, name == "PARLEY_HOME" },
		Dir:       t.TempDir(), OS: runtime.GOOS, FS: disk.OS(), Now: time.Now, Version: "test",
		NewSession: func(string) *httpcore.Session {
			return httpcore.NewSession(httpcore.SessionOptions{Transport: answering{}})
		},
	}
	if err := program.Run(t.Context(), []string{"cookies", "import", "-", "--session", "large"}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(stderr.String(), "200 added") || !strings.Contains(stderr.String(), "the 20 that were not used") {
		t.Errorf("it says %q", stderr.String())
	}
}
