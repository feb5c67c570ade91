package collections

import "bytes"

// mergeConflict notes what git leaves in a file that it could not merge, where it lies in a text of several lines and so
// is TOML all the same. Such a text may be meant, so it is no fault.
func (d *decoder) mergeConflict(src *source) {
	text := src.doc.Bytes()
	at := bytes.Index(text, []byte("\n<<<<<<< "))
	if at < 0 || !bytes.Contains(text[at:], []byte("\n>>>>>>> ")) {
		return
	}
	pos := Pos{File: src.doc.File(), Line: 2 + bytes.Count(text[:at], []byte{'\n'}), Column: 1}
	d.note(pos, "keep one side and remove the markers", "a text holds an unresolved merge conflict of git")
}
