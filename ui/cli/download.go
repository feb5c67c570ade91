package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"parley/collections/disk"
	"parley/httpcore"
	"parley/httpcore/body"
	"parley/httpcore/content"
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

// findPart looks for what an earlier download has left: NAME.part, or NAME itself, with their note.
func (d *download) findPart() error {
	name := d.named
	if name == "" {
		if name = d.searchNote(); name == "" {
			return nil
		}
	}
	d.note.name = noteName(name)
	if !d.note.read(d.program.FS) || d.note.URL != d.asked {
		if _, err := os.Stat(name); err == nil {
			d.program.note("nothing is known of where %s comes from: it is downloaded anew", filepath.Base(name))
		}
		return nil
	}
	info, err := os.Stat(name + partSuffix)
	if errors.Is(err, fs.ErrNotExist) {
		if err = os.Rename(name, name+partSuffix); err == nil { // -o without --download writes to the file itself
			info, err = os.Stat(name + partSuffix)
		}
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	}
	d.name, d.from = name, info.Size()
	return nil
}

// searchNote finds the download of this URL in the current folder; "" when there is none.
func (d *download) searchNote() string {
	entries, err := d.program.FS.ReadDir(d.program.Dir)
	if err != nil {
		return ""
	}
	for _, entry := range entries {
		name, ok := strings.CutSuffix(entry.Name(), noteSuffix)
		path := filepath.Join(d.program.Dir, name)
		if note := (partNote{name: noteName(path)}); ok && note.read(d.program.FS) && note.URL == d.asked {
			return path
		}
	}
	return ""
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

// checkRange refuses a part that would not fit behind what is here.
func (d *download) checkRange(r *httpcore.Response) error {
	value, _ := r.Headers.Get("Content-Range")
	first, total, ok := parseContentRange(value)
	switch {
	case d.from == 0:
		return rangeError("the server sends a part, and was not asked for one", "leave Range out; --continue sets it")
	case r.Headers.Has("Content-Encoding"):
		return rangeError("the server sends the rest under a content coding, which does not fit behind what is here", d.startAnew())
	case !ok || first != d.from:
		return rangeError(fmt.Sprintf("the server sends %q instead of what follows the %d bytes that are here", value, d.from), d.startAnew())
	case total >= 0 && d.note.Total >= 0 && total != d.note.Total:
		return rangeError(fmt.Sprintf("the file has %d bytes now, and had %d when the download began", total, d.note.Total), d.startAnew())
	}
	if total >= 0 {
		d.note.Total = total
	}
	return nil
}

func (d *download) startAnew() string {
	return fmt.Sprintf("without --continue the download begins anew; %s is left as it is", filepath.Base(d.name)+partSuffix)
}

func rangeError(message, advice string) error {
	return &httpcore.Error{Kind: httpcore.KindProtocol, Message: message, Advice: advice}
}

// parseContentRange reads "bytes 5-9/10" or "bytes */10", whose first byte is -1; total is -1 when it is not known.
func parseContentRange(value string) (first, total int64, ok bool) {
	unit, rest, _ := strings.Cut(strings.TrimSpace(value), " ")
	span, size, ok := strings.Cut(strings.TrimSpace(rest), "/")
	if !ok || !strings.EqualFold(unit, "bytes") {
		return 0, 0, false
	}
	first, total = -1, -1
	var err, sizeErr error
	if span != "*" {
		begin, _, _ := strings.Cut(span, "-")
		first, err = strconv.ParseInt(begin, 10, 64)
	}
	if size != "*" {
		total, sizeErr = strconv.ParseInt(size, 10, 64)
	}
	return first, total, err == nil && sizeErr == nil
}

// open opens the part to write from d.from on, and leaves the note.
func (d *download) open(r *httpcore.Response) error {
	if d.from > 0 {
		file, err := os.OpenFile(d.name+partSuffix, os.O_RDWR, 0)
		if err == nil {
			d.part = &offsetFile{File: file, offset: d.from}
		}
		return err
	}
	if err := d.create(r); err != nil {
		return err
	}
	d.note.name = noteName(d.name)
	if !d.note.describe(d.asked, r) {
		d.note.remove(d.program.FS)
		return nil
	}
	if err := d.note.write(d.program.FS); err != nil {
		return errors.Join(err, d.part.Close(), os.Remove(d.part.Name()))
	}
	return nil
}

// create makes the part of the name that is known, or else of one that is free.
func (d *download) create(r *httpcore.Response) error {
	if d.name == "" && d.named == "" {
		return d.createFree(r)
	}
	flags := os.O_RDWR | os.O_CREATE | os.O_TRUNC
	if d.name == "" {
		d.name = d.named
		if d.note.name = noteName(d.name); !d.note.isThere(d.program.FS) {
			flags |= os.O_EXCL // without a note it is somebody else's file
		}
	}
	file, err := os.OpenFile(d.name+partSuffix, flags, 0o666)
	d.part = &offsetFile{File: file}
	return err
}

func (d *download) createFree(r *httpcore.Response) error {
	disposition, _ := r.Headers.Get("Content-Disposition")
	mediaType, _ := r.Headers.Get("Content-Type")
	proposed := content.FileName(disposition, d.path(), mediaType)
	for n := 0; ; n++ {
		d.name = filepath.Join(d.program.Dir, numbered(proposed, n))
		if exists(d.name) || exists(noteName(d.name)) {
			continue
		}
		file, err := os.OpenFile(d.name+partSuffix, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		d.part = &offsetFile{File: file}
		return err
	}
}

func exists(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}

// path is that of the URL, which a name may come from.
func (d *download) path() string {
	_, rest, _ := strings.Cut(d.asked, "://")
	rest, _, _ = strings.Cut(rest, "?")
	rest, _, _ = strings.Cut(rest, "#")
	if at := strings.IndexByte(rest, '/'); at >= 0 {
		return rest[at:]
	}
	return ""
}

// numbered puts a number before the extension: "a.tar" becomes "a-1.tar".
func numbered(name string, n int) string {
	if n == 0 {
		return name
	}
	extension := filepath.Ext(name)
	return fmt.Sprintf("%s-%d%s", strings.TrimSuffix(name, extension), n, extension)
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

// isWhole reports whether there is nothing to continue: the server has as many bytes as are here.
func (d *download) isWhole(r *httpcore.Response) bool {
	value, _ := r.Headers.Get("Content-Range")
	_, total, ok := parseContentRange(value)
	return ok && d.from > 0 && total == d.from
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

// rename names the part. A name that the server proposed never takes the place of another file.
func (d *download) rename() error {
	part := d.name + partSuffix
	if d.named != "" {
		return os.Rename(part, d.name)
	}
	folder, base := filepath.Split(d.name)
	for n := 0; ; n++ {
		d.name = filepath.Join(folder, numbered(base, n))
		err := disk.Rename(d.program.FS, part, d.name)
		if known, ok := errors.AsType[*disk.Error](err); !ok || known.Kind != disk.KindExists {
			return err
		}
	}
}

// offsetFile is a file whose beginning is not the content's.
type offsetFile struct {
	*os.File
	offset int64
}

// ReadAt implements io.ReaderAt.
func (f *offsetFile) ReadAt(p []byte, at int64) (int, error) { return f.File.ReadAt(p, f.offset+at) }

// WriteAt implements io.WriterAt.
func (f *offsetFile) WriteAt(p []byte, at int64) (int, error) { return f.File.WriteAt(p, f.offset+at) }
