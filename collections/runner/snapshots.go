package runner

import (
	"errors"

	"parley/collections"
	"parley/collections/expect"
)

// ExpectHost is what the expectations of a request can reach: the collection's files, and the request's snapshots.
func (w Workspace) ExpectHost(r *collections.Request) expect.Host {
	host := expect.Host{
		ReadFile:     w.Collection.ReadFile,
		ReadSnapshot: func(file string) ([]byte, error) { return w.Collection.ReadSnapshot(r.Path, file) },
		Accept:       w.Snapshots,
	}
	for _, rule := range r.Compare.Ignore {
		host.Ignore = append(host.Ignore, rule.Text)
	}
	return host
}

// KeepSnapshots writes bodies that are accepted as snapshots of a request; a person may accept those that
// [Workspace.Snapshots] did not.
func (w Workspace) KeepSnapshots(r *collections.Request, list []expect.Snapshot) error {
	var errs []error
	for _, s := range list {
		errs = append(errs, w.Collection.WriteSnapshot(r.Path, s.File, s.Replaces, s.Content))
	}
	return errors.Join(errs...)
}

// accepted are the snapshots of a report that are to be kept without asking anyone.
func accepted(r expect.Report) (list []expect.Snapshot) {
	for _, s := range r.Snapshots {
		if s.Accepted {
			list = append(list, s)
		}
	}
	return list
}
