package cli

import (
	"os"

	"parley/httpcore"
	"parley/httpcore/body"
)

// saver puts the content of an answer into a file while it arrives.
type saver interface {
	// keep opens the file for a response; nil when it is not to be saved. An error ends the exchange.
	keep(r *httpcore.Response) (body.StoreFile, error)
	// kept reports whether it is this response's content that goes into the file.
	kept(r *httpcore.Response) bool
	// finish is called when the exchange is over and its history is written. It returns failure, or what went wrong beyond.
	finish(x *httpcore.Exchange, failure error) error
}

// toFile writes an answer straight to the file of -o.
type toFile struct {
	program *Program
	name    string // absolute
	asked   string // the URL, masked
	file    *os.File
	answer  *httpcore.Response
}

func (t *toFile) kept(r *httpcore.Response) bool { return t.answer == r }

// keep opens the file. What cannot be written at any place, such as a pipe, is copied to instead, and so is what may not
// be read, since history reads it: nothing is kept then.
func (t *toFile) keep(r *httpcore.Response) (body.StoreFile, error) {
	if info, err := os.Stat(t.name); t.answer != nil || err == nil && !info.Mode().IsRegular() {
		return nil, nil
	}
	file, err := os.OpenFile(t.name, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o666)
	if err != nil {
		return nil, nil // opening it to copy says why
	}
	t.file, t.answer = file, r
	return file, nil
}

// finish leaves a note of what is missing beside a file that is not whole, for --continue.
func (t *toFile) finish(_ *httpcore.Exchange, failure error) error {
	if t.answer == nil {
		return failure
	}
	note := partNote{name: noteName(t.name)}
	if failure == nil || t.answer.Body.Size() == 0 || !note.describe(t.asked, t.answer) {
		note.remove(t.program.FS)
		return failure
	}
	if err := note.write(t.program.FS); err != nil {
		t.program.warn(err)
	}
	return failure
}
