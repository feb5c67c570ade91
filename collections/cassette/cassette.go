package cassette

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"

	"parley/collections/disk"
	"parley/collections/har"
	"parley/httpcore"
)

// Cassette answers requests from a recording. It implements httpcore.Transport.
type Cassette struct {
	file *os.File

	mu      sync.Mutex
	entries []*entry
	byKey   map[key][]*entry
}

// key is what finds an entry at once.
type key struct{ method, url string }

// entry is what is in memory of an entry.
type entry struct {
	key    key
	number int // from 1
	place  har.Place
	body   digest
	used   bool
}

// Open reads a recording. The error is a *disk.Error or a *FileError. Close the cassette.
func Open(name string) (*Cassette, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, disk.Wrap("read", name, err)
	}
	c := &Cassette{file: file, byKey: map[key][]*entry{}}
	info, err := file.Stat()
	if err == nil {
		err = har.Scan(file, info.Size(), c.add)
	}
	if err != nil {
		file.Close() // it was only read
		return nil, &FileError{name, err}
	}
	return c, nil
}

// FileError says that a recording cannot be read.
type FileError struct {
	Name string
	Err  error
}

// Error says why.
func (e *FileError) Error() string {
	return fmt.Sprintf("%s cannot be played back: %v", e.Name, e.Err)
}

// Unwrap returns why.
func (e *FileError) Unwrap() error { return e.Err }

// Hint says what can be.
func (e *FileError) Hint() string {
	return "it is an HTTP archive, such as --record writes, or the network panel of a browser as HAR"
}

func (c *Cassette) add(recorded har.Entry, place har.Place) error {
	e := &entry{key: key{strings.ToUpper(recorded.Request.Method), recordedURL(recorded.Request.URL)}, number: len(c.entries) + 1, place: place}
	var err error
	if e.body, err = recordedBody(recorded.Request); err != nil {
		return fmt.Errorf("the body of entry %d is broken: %w", e.number, err)
	}
	c.entries = append(c.entries, e)
	c.byKey[e.key] = append(c.byKey[e.key], e)
	return nil
}

// Len counts the entries, Left those that no request has used.
func (c *Cassette) Len() int { return len(c.entries) }

// Left counts the entries that no request has used.
func (c *Cassette) Left() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	left := 0
	for _, e := range c.entries {
		if !e.used {
			left++
		}
	}
	return left
}

// RoundTrip implements httpcore.Transport.
func (c *Cassette) RoundTrip(ctx context.Context, p *httpcore.Prepared, trace *httpcore.Trace) (*httpcore.Reply, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	asked, body, err := askedOf(p)
	if err != nil {
		return nil, err
	}
	found := c.take(asked, body)
	if found == nil {
		return nil, c.unrecorded(asked, body)
	}
	recorded, err := har.ReadEntry(c.file, found.place)
	if err != nil {
		return nil, &httpcore.Error{Kind: httpcore.KindStorage, Message: fmt.Sprintf("entry %d of the recording cannot be read: %v", found.number, err), Err: err}
	}
	return play(recorded, p, trace)
}

// take finds the entry that answers, and uses it up.
func (c *Cassette) take(asked key, body digest) *entry {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, e := range c.byKey[asked] {
		if !e.used && e.body.fits(body) {
			e.used = true
			return e
		}
	}
	return nil
}

// Close lets the file go.
func (c *Cassette) Close() error { return c.file.Close() }
