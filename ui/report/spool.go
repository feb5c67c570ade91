package report

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"os"
)

// spool keeps records in a temporary file, whose name is gone at once where the system allows that.
type spool struct {
	file   *os.File
	linked bool
	w      *bufio.Writer
	size   int64
	err    error
}

// span is where a record lies.
type span struct {
	at   int64
	size int
}

func newSpool() (*spool, error) {
	file, err := os.CreateTemp("", "parley-report-*")
	if err != nil {
		return nil, err
	}
	return &spool{file: file, linked: os.Remove(file.Name()) != nil, w: bufio.NewWriterSize(file, 64<<10)}, nil
}

// add keeps a record as JSON. Its error is kept for read and each.
func (s *spool) add(record any) span {
	data, err := json.Marshal(record)
	if s.err == nil {
		s.err = err
	}
	if s.err != nil {
		return span{}
	}
	_, s.err = s.w.Write(data)
	kept := span{s.size, len(data)}
	s.size += int64(len(data))
	return kept
}

// read takes a record out again.
func (s *spool) read(at span, into any) error {
	if s.err == nil {
		s.err = s.w.Flush()
	}
	if s.err != nil {
		return s.err
	}
	return json.NewDecoder(io.NewSectionReader(s.file, at.at, int64(at.size))).Decode(into)
}

func (s *spool) close() error {
	err := s.file.Close()
	if s.linked {
		err = errors.Join(err, os.Remove(s.file.Name()))
	}
	return err
}
