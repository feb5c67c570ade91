package har

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Place is where an entry lies in an archive, in bytes.
type Place struct{ At, Size int64 }

// maxEntry bounds an entry, bodies and all, which is in memory as a whole.
const maxEntry = 256 << 20

// Scan goes through an archive of any size, with one entry in memory at a time; it stops with the error of each. Like
// [Decode], it skips a byte order mark and unknown fields. An archive that is none is a *DecodeError.
func Scan(file io.ReaderAt, size int64, each func(Entry, Place) error) error {
	start := int64(0)
	mark := make([]byte, 3)
	if n, _ := file.ReadAt(mark, 0); n == 3 && string(mark) == "\xef\xbb\xbf" {
		start = 3
	}
	s := &scanner{from: io.NewSectionReader(file, start, size-start), start: start, each: each}
	s.decoder = json.NewDecoder(s)
	err := s.archive()
	if wrong, ok := errors.AsType[*DecodeError](err); ok && wrong.Err != nil {
		wrong.locate(file, start+s.decoder.InputOffset())
	}
	return err
}

// ReadEntry reads the entry at a place that Scan told.
func ReadEntry(file io.ReaderAt, at Place) (Entry, error) {
	var e Entry
	err := json.NewDecoder(io.NewSectionReader(file, at.At, at.Size)).Decode(&e)
	return e, err
}

// scanner walks through the archive token by token.
type scanner struct {
	from    io.Reader
	start   int64
	read    int64
	begun   int64 // what was read when the value at hand began
	each    func(Entry, Place) error
	decoder *json.Decoder
	entries bool
	count   int
}

// Read implements io.Reader for the decoder, which keeps a value in memory until it has all of it.
func (s *scanner) Read(p []byte) (int, error) {
	if s.read-s.begun > maxEntry {
		return 0, &DecodeError{Message: fmt.Sprintf("entry %d of the archive is larger than %d MiB", s.count+1, maxEntry>>20)}
	}
	n, err := s.from.Read(p)
	s.read += int64(n)
	return n, err
}

func (s *scanner) archive() error {
	found := false
	err := s.object(func(key string) error {
		if key != "log" {
			return s.skip()
		}
		found = true
		return s.object(func(key string) error {
			if key != "entries" {
				return s.skip()
			}
			s.entries = true
			return s.list()
		})
	})
	switch {
	case err != nil:
		return err
	case !found:
		return &DecodeError{Message: "this is JSON, but no HTTP archive: it has no `log`"}
	case !s.entries:
		return &DecodeError{Message: "the archive's `log` has no `entries`"}
	}
	return nil
}

// object goes through the members of an object.
func (s *scanner) object(member func(key string) error) error {
	if err := s.open('{', "an object"); err != nil {
		return err
	}
	for s.decoder.More() {
		key, err := s.decoder.Token()
		if err != nil {
			return broken(err)
		}
		if err := member(key.(string)); err != nil { // More says that it is a key
			return err
		}
	}
	_, err := s.decoder.Token()
	return broken(err)
}

func (s *scanner) open(bracket json.Delim, what string) error {
	token, err := s.decoder.Token()
	if err == nil && token != bracket {
		err = fmt.Errorf("this is not %s", what)
	}
	return broken(err)
}

func (s *scanner) skip() error {
	var unknown json.RawMessage
	s.begun = s.decoder.InputOffset()
	return broken(s.decoder.Decode(&unknown))
}

func (s *scanner) list() error {
	if err := s.open('[', "a list of entries"); err != nil {
		return err
	}
	for s.decoder.More() {
		s.begun = s.decoder.InputOffset()
		var raw json.RawMessage
		if err := s.decoder.Decode(&raw); err != nil {
			return broken(err)
		}
		var e Entry
		if err := json.Unmarshal(raw, &e); err != nil {
			return broken(err)
		}
		s.count++
		if e.Request.Method == "" {
			return &DecodeError{Message: fmt.Sprintf("entry %d of the archive has no request with a method", s.count)}
		}
		end := s.start + s.decoder.InputOffset()
		if err := s.each(e, Place{end - int64(len(raw)), int64(len(raw))}); err != nil {
			return err
		}
	}
	_, err := s.decoder.Token()
	return broken(err)
}

// broken is what is wrong with the JSON; what the reader says of itself stays.
func broken(err error) error {
	if err == nil {
		return nil
	}
	if known, ok := errors.AsType[*DecodeError](err); ok {
		return known
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = errors.New("it ends in the middle")
	}
	return decodeError(nil, 0, err)
}

// locate finds line and column of a place in the file.
func (e *DecodeError) locate(file io.ReaderAt, offset int64) {
	line, column := 1, 1
	buffer := make([]byte, chunk)
	for at := int64(0); at < offset; {
		n, err := file.ReadAt(buffer[:min(int64(len(buffer)), offset-at)], at)
		for _, c := range buffer[:n] {
			if column++; c == '\n' {
				line, column = line+1, 1
			}
		}
		if at += int64(n); err != nil {
			break
		}
	}
	e.Line, e.Column = line, column
}
