package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"parley/httpcore"
)

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

// isWhole reports whether there is nothing to continue: the server has as many bytes as are here.
func (d *download) isWhole(r *httpcore.Response) bool {
	value, _ := r.Headers.Get("Content-Range")
	_, total, ok := parseContentRange(value)
	return ok && d.from > 0 && total == d.from
}
