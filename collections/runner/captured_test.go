package runner_test

import (
	"context"
	"errors"
	"testing"

	"parley/collections/disk"
	"parley/collections/disk/disktest"
	"parley/collections/expect"
	"parley/collections/runner"
)

// After a crash at any step what was captured earlier is there, and all or nothing of what was being kept.
func TestACrashWhileKeepingWhatWasCaptured(t *testing.T) {
	store := func(fsys disk.FS) *runner.CapturedStore {
		return runner.NewCapturedStore(fsys, "/state/captured", "/collection")
	}
	keep := func(fsys disk.FS, value string) error {
		captured := []expect.Captured{{Name: "token", Value: value}, {Name: value, Value: value}}
		return store(fsys).Keep(context.Background(), []string{"dev"}, "default", "login", captured)
	}
	disktest.EachCrash(t,
		func(fsys disk.FS) error { return errors.Join(disk.MkdirAll(fsys, "/state", 0o700), keep(fsys, "old")) },
		func(fsys disk.FS) error { return keep(fsys, "new") },
		func(t *testing.T, found disk.FS, done bool) {
			layer, err := store(found).Layer([]string{"dev"}, "default")
			if err != nil {
				t.Fatal(err)
			}
			values := map[string]any{}
			for _, v := range layer.Vars {
				values[v.Name] = v.Value
			}
			isNew := values["token"] == "new" && values["new"] == "new"
			isOld := values["token"] == "old" && len(values) == 2
			if values["old"] != "old" || !isNew && (done || !isOld) {
				t.Errorf("found %v (done %v)", values, done)
			}
			if err := keep(found, "next"); err != nil {
				t.Errorf("nothing more can be kept: %v", err)
			}
		})
}
