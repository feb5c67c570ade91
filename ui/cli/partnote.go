package cli

import (
	"encoding/json"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"parley/collections/disk"
	"parley/httpcore"
)

const (
	partSuffix = ".part"      // of a download that is not whole
	noteSuffix = ".part.json" // of what is known about it
)

// noteName is the file that says what is known of the part of a file.
func noteName(name string) string { return name + noteSuffix }

// partNote is what --continue has to know of a file that is not whole: where it comes from, and which version of it
// that is. Without a validator nobody could tell that the rest belongs to the same.
type partNote struct {
	name string // of the note

	URL          string `json:"url"` // with marks in the place of secrets
	ETag         string `json:"etag,omitempty"`
	LastModified string `json:"last_modified,omitempty"`
	Total        int64  `json:"total"` // -1 when the server did not say
}

// describe fills the note in from a response that brings the file from its first byte on, and reports whether its rest
// can be asked for later (RFC 9110 section 13.1.5): only with a strong validator, and never under a content coding, since
// ranges count coded bytes.
func (n *partNote) describe(url string, r *httpcore.Response) bool {
	n.URL, n.Total, n.ETag, n.LastModified = url, -1, "", ""
	if r.Status != http.StatusOK || r.Headers.Has("Content-Encoding") {
		return false
	}
	if length, ok := r.Headers.Get("Content-Length"); ok {
		if total, err := strconv.ParseInt(length, 10, 64); err == nil {
			n.Total = total
		}
	}
	if tag, _ := r.Headers.Get("ETag"); strings.HasPrefix(tag, `"`) {
		n.ETag = tag
		return true
	}
	modified, _ := r.Headers.Get("Last-Modified")
	if isStrongDate(modified, r.Headers) {
		n.LastModified = modified
		return true
	}
	return false
}

// isStrongDate reports whether nothing else can have been modified at that date: it lies a second or more before the
// response was made (RFC 9110 section 8.8.2.2).
func isStrongDate(modified string, headers httpcore.Fields) bool {
	made, _ := headers.Get("Date")
	at, err := http.ParseTime(modified)
	now, madeErr := http.ParseTime(made)
	return err == nil && madeErr == nil && now.Sub(at) >= time.Second
}

// validator is what If-Range says; empty when nothing is known.
func (n *partNote) validator() string {
	if n.ETag != "" {
		return n.ETag
	}
	return n.LastModified
}

// write leaves the note. A file of that name that is no note stays as it is, and is an error.
func (n *partNote) write(fsys disk.FS) error {
	data, err := json.MarshalIndent(n, "", "  ")
	if err != nil {
		return err
	}
	if n.isThere(fsys) {
		return disk.WriteFile(fsys, n.name, append(data, '\n'), 0o600)
	}
	return disk.CreateFile(fsys, n.name, append(data, '\n'), 0o600)
}

// read takes the note in. One that is missing, or that is none, is as if it said nothing.
func (n *partNote) read(fsys disk.FS) bool {
	data, err := disk.ReadFile(fsys, n.name)
	return err == nil && json.Unmarshal(data, n) == nil && n.URL != "" && n.validator() != ""
}

// isThere reports whether there is a note, whatever it says.
func (n *partNote) isThere(fsys disk.FS) bool {
	there := partNote{name: n.name}
	return there.read(fsys)
}

// remove forgets the note, if there is one.
func (n *partNote) remove(fsys disk.FS) {
	if n.isThere(fsys) {
		_ = os.Remove(n.name) // one that stays is of no harm: it belongs to a file that is whole
	}
}
