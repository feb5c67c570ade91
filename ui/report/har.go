package report

import (
	"bufio"
	"errors"
	"io"

	"parley/collections/har"
	"parley/collections/runner/batch"
	"parley/httpcore"
)

// archive writes every exchange into an HTTP archive, each attempt and each redirect as an entry, with whole bodies.
type archive struct {
	w   *bufio.Writer
	log *har.Writer
	err error
}

func newHAR(w io.Writer, about About) (Report, error) {
	out := bufio.NewWriterSize(w, 64<<10)
	return &archive{w: out, log: har.NewWriter(out, har.Creator{Name: "parley", Version: about.Version})}, nil
}

// Handle implements Report.
func (a *archive) Handle(event batch.Event) {
	finished, ok := event.(batch.Finished)
	if !ok || finished.Result.Exchange == nil || a.err != nil {
		return
	}
	r := finished.Result
	options := har.Options{
		Masker:   httpcore.NewMasker(r.Exchange.Request.Secrets, httpcore.Mark),
		Captured: r.Verdict.Captured, Expect: r.Verdict.Expect,
	}
	if r.Step.Request != nil {
		options.SavedRequest = r.Step.Request.Path
	}
	a.err = a.log.Add(r.Exchange, options)
}

// Close implements Report.
func (a *archive) Close(batch.Summary) error {
	if a.err != nil {
		return a.err
	}
	return errors.Join(a.log.Close(), a.w.Flush())
}
