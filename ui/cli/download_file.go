package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"parley/collections/disk"
	"parley/httpcore"
	"parley/httpcore/content"
)

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
