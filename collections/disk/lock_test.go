package disk_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"parley/collections/disk"
	"parley/collections/disk/disktest"
)

func TestLockWaitsForWhoHoldsIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mem := disktest.NewMem()
		held, err := disk.Lock(t.Context(), mem, "/lock")
		if err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		_, err = disk.Lock(t.Context(), mem, "/lock")
		if busy, ok := errors.AsType[*disk.Error](err); !ok || busy.Kind != disk.KindBusy || busy.Hint() == "" || time.Since(began) < time.Second {
			t.Errorf("after %s: %v", time.Since(began), err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := disk.Lock(ctx, mem, "/lock"); !errors.Is(err, context.Canceled) {
			t.Errorf("a cancelled one ends with %v", err)
		}
		time.AfterFunc(time.Second, func() {
			if err := held(); err != nil {
				t.Error(err)
			}
		})
		unlock, err := disk.Lock(t.Context(), mem, "/lock")
		if err != nil {
			t.Fatal(err)
		}
		if err := unlock(); err != nil {
			t.Error(err)
		}
	})
}
