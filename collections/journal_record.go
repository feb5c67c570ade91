package collections

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"time"
)

// Draft is an unsaved edit.
type Draft struct {
	// Path is the request's path in the collection; Tab names a tab that was never saved. One of them is set.
	Path string `json:"path,omitempty"`
	Tab  string `json:"tab,omitempty"`
	// Base is the file that the edit was made from, nil for a new request. Text is the file as it would be saved.
	Base []byte `json:"base,omitempty"`
	Text []byte `json:"text"`
	// Held is what was typed as the text of the file and cannot be read yet, such as half a line; nil for none. Text is then
	// what could be read last.
	Held []byte `json:"held,omitempty"`
	// At is when it was recorded.
	At time.Time `json:"at"`
}

// key tells drafts apart. A path never begins with a NUL.
func (d Draft) key() string {
	if d.Path != "" {
		return d.Path
	}
	return "\x00" + d.Tab
}

// record is a line of the journal: a draft as it is now, or that it is done with.
type record struct {
	Draft
	Gone bool `json:"gone,omitempty"`
}

// encodeRecord writes a line: the checksum of the rest, a space, JSON, a newline. JSON holds no newline, so that a
// reader finds the next record behind one that is damaged.
func encodeRecord(r record) ([]byte, error) {
	text, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	return fmt.Appendf(nil, "%08x %s\n", crc32.ChecksumIEEE(text), text), nil
}

// decodeRecords reads what is whole, in order, and counts the lines that are not. A last line without its newline is
// what a crash leaves of a write, and is not counted.
func decodeRecords(data []byte) (list []record, damaged int) {
	for len(data) > 0 {
		line, rest, whole := bytes.Cut(data, []byte{'\n'})
		data = rest
		if !whole {
			break
		}
		if r, ok := decodeRecord(line); ok {
			list = append(list, r)
		} else {
			damaged++
		}
	}
	return list, damaged
}

func decodeRecord(line []byte) (record, bool) {
	var r record
	sum, text, ok := bytes.Cut(line, []byte{' '})
	if !ok || string(sum) != fmt.Sprintf("%08x", crc32.ChecksumIEEE(text)) {
		return r, false
	}
	return r, json.Unmarshal(text, &r) == nil
}
