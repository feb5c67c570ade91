package cli

import (
	"errors"
	"fmt"
	"sync"

	"parley/collections/resolve"
	"parley/collections/runner"
	"parley/collections/runner/batch"
	"parley/history"
)

// recorder keeps what a run sends in history. It is safe for concurrent use.
type recorder struct {
	root string
	log  *history.Log // nil records nothing

	mu     sync.Mutex
	err    error
	missed int
}

func (p *Program) recorder(work runner.Workspace, f runFlags) *recorder {
	r := &recorder{root: work.Collection.Root}
	if f.noHistory || f.replay != "" {
		return r
	}
	folders, err := p.home()
	if err != nil {
		r.err = err
		return r
	}
	r.log = history.NewSpool(p.FS, folders.History()).NewLog()
	return r
}

// keep records a result, unless its request asks not to be.
func (r *recorder) keep(result *batch.Result) {
	if r.log == nil || result.Call == nil || result.Call.Out.Record == resolve.RecordNone {
		return
	}
	if err := r.log.Add(r.meta(result), result.Exchange); err != nil {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.missed++
		r.err = err
	}
}

func (r *recorder) meta(result *batch.Result) history.Meta {
	call := result.Call
	return history.Meta{
		Collection: r.root, Request: call.Request.Path, Environments: call.Work.Names(), Session: call.Work.SessionName(call.Out.Session),
		Written: string(call.Request.Source()), WithoutBodies: call.Out.Record == resolve.RecordNoBody,
		Captured: result.Verdict.Captured, Expect: result.Verdict.Expect,
	}
}

// close ends the recording.
func (r *recorder) close() {
	if r.log == nil {
		return
	}
	if err := r.log.Close(); err != nil {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.err = err
	}
}

// warnOfHistory says once what could not be recorded.
func (p *Program) warnOfHistory(r *recorder) {
	r.close()
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err == nil {
		return
	}
	p.warn(r.err)
	if r.missed > 1 {
		p.warn(errors.New(fmt.Sprint(r.missed, " exchanges are not in history")))
	}
}
