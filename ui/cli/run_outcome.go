package cli

import (
	"errors"
	"fmt"
	"slices"

	"parley/collections/runner/batch"
)

// ranError says that requests have not passed, and what the process exits with. The reports tell which and why.
type ranError struct{ code, failed, of int }

// Error counts them.
func (e *ranError) Error() string {
	return fmt.Sprintf("%d of %d requests did not pass", e.failed, e.of)
}

// outcomes remembers of any number of steps what decides the exit code, and how many snapshots were kept.
type outcomes struct{ code, kept int }

func (o *outcomes) hear(event batch.Event) {
	if _, again := event.(batch.Again); again {
		o.code = exitDone
	}
	finished, ok := event.(batch.Finished)
	if !ok {
		return
	}
	if v := finished.Result.Verdict; v.Err == nil {
		for _, s := range v.Report.Snapshots {
			if s.Accepted {
				o.kept++
			}
		}
	}
	switch r := finished.Result; r.Status {
	case batch.Failed:
		o.take(exitFailed)
	case batch.Broken:
		// What the run's own end has broken is no failure of its own.
		o.take(max(exitFailed, ExitCode(r.Err)))
	}
}

// take keeps the most telling code.
func (o *outcomes) take(code int) {
	if slices.Index(weights, code) > slices.Index(weights, o.code) {
		o.code = code
	}
}

// err is how the run as a whole ended.
func (o *outcomes) err(s batch.Summary) error {
	var ended error
	if s.Err != nil {
		ended = s.Err
	}
	if o.code == exitDone {
		return ended
	}
	all := s.Passed + s.Failed + s.Broken + s.Skipped + s.Tried
	return errors.Join(ended, &ranError{o.code, s.Failed + s.Broken, all})
}
