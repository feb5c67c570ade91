package sample

import (
	"os"
	"testing"

	"parley/collections/script"
)

// TestMain lets the test program be the process that hooks run in.
func TestMain(m *testing.M) {
	script.Serve()
	os.Exit(m.Run())
}
