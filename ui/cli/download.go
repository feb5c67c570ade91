package cli

import (
	"fmt"
	"path/filepath"

	"parley/httpcore"
	"parley/httpcore/body"
)

// download saves an answer in NAME.part, with a note beside it, and gives it its name once it is whole.
type download struct {
	program *Program
	named   string // that -o gives, absolute; empty when the server's is taken
	resume  bool
	tell    bool // where it was saved
	say     func(format string, args ...any)
	asked   string // the URL, masked

	name   string // the final one, once it is known
	part   *offsetFile
	note   partNote
	answer *httpcore.Response
	from   int64 // bytes that were there before
}

// begin asks for the content as it is in the file, and for the rest of it when a part of it is here.
func (d *download) begin(r *httpcore.Request) error {
	if !r.Headers.Has("Accept-Encoding") {
		r.Headers.Set("Accept-Encoding", "identity")
	}
	if !d.resume {
		return nil
	}
	if err := d.findPart(); err != nil || d.from == 0 {
		return err
	}
	r.Headers.Set("Range", fmt.Sprintf("bytes=%d-", d.from))
	r.Headers.Set("If-Range", d.note.validator())
	return nil
}

func (d *download) kept(*httpcore.Response) bool { return true } // nothing is printed of a download

// keep opens the part for what is an answer to a download.
func (d *download) keep(r *httpcore.Response) (body.StoreFile, error) {
	switch {
	case d.answer != nil || r.Status < 200 || r.Status > 299:
		return nil, nil
	case r.Status == 206:
		if err := d.checkRange(r); err != nil {
			return nil, err
		}
	default:
		if d.from > 0 {
			d.say("the server sends all of it: it has changed, or cannot be continued")
		}
		d.from = 0
	}
	if err := d.open(r); err != nil {
		return nil, err
	}
	d.answer = r
	return d.part, nil
}

// finish gives a whole file its name. Of one that is not, the part stays.
func (d *download) finish(x *httpcore.Exchange, failure error) error {
	r := x.Response()
	switch {
	case d.answer == nil && failure != nil:
		return failure
	case d.answer == nil && r.Status == 416 && d.isWhole(r):
		return d.place()
	case d.answer == nil:
		return d.notSaved(x, r)
	}
	size := d.from + d.answer.Body.Size()
	if failure == nil && d.note.Total >= 0 && size != d.note.Total {
		failure = &httpcore.Error{
			Kind:    httpcore.KindTruncated,
			Message: fmt.Sprintf("the server sent %d of %d bytes", size, d.note.Total),
		}
	}
	if closed := d.answer.Body.Close(); failure == nil {
		failure = closed
	}
	if failure == nil {
		return d.place()
	}
	if d.note.validator() != "" {
		d.program.note("%d bytes are in %s: --continue goes on from there", size, filepath.Base(d.name)+partSuffix)
	}
	return failure
}

func (d *download) notSaved(x *httpcore.Exchange, r *httpcore.Response) error {
	asked := x.Hops[len(x.Hops)-1].Prepared.URL
	if failed := httpcore.StatusError(r, asked); failed != nil {
		return failed
	}
	return &httpcore.Error{
		Kind:    httpcore.KindStatus,
		Message: fmt.Sprintf("there is nothing to download: status %d %s", r.Status, r.Reason),
		Advice:  "a redirect is only followed with options.redirects above 0",
	}
}

// place gives a whole download its name, and forgets the note.
func (d *download) place() error {
	if err := d.rename(); err != nil {
		return err
	}
	d.note.remove(d.program.FS)
	if d.tell {
		d.program.note("saved in %s", filepath.Base(d.name))
	}
	return nil
}
