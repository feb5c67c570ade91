package body

import (
	"fmt"
	"io"
	"strings"
)

// maxCodings is how many codings one body may be under. Two are rare; a long chain only serves to make us work.
const maxCodings = 5

// Limits bound what a body may decode to, so that a small one cannot fill the disk.
type Limits struct {
	// MaxSize is the largest decoded body in bytes; 0 means any.
	MaxSize int64
	// MaxExpansion is how many times larger than what arrived a body may become; 0 means any. It is applied beyond
	// 16 MiB of decoded bytes only: below that the harm is small, and short repetitive bodies really do shrink that much.
	MaxExpansion int64
}

// expansionFloor is where [Limits.MaxExpansion] begins to apply.
const expansionFloor = 16 << 20

// Decode removes content codings from r: codings are the values of the Content-Encoding fields in their order, each
// possibly a list (RFC 9110 section 8.4). A coding that is not known is an [*Error] that lists those that are.
//
// Nothing is read before the first Read. What could be decoded is delivered before an error ([Corrupt], [Truncated],
// [TooLarge]); an error of r itself is passed on as it is. An empty body is empty under every coding, since servers
// answer HEAD and 304 so. Bytes after the end of the encoded data are skipped, as browsers do. Close frees the decoders
// and leaves r alone.
func Decode(r io.Reader, codings []string, limits Limits) (io.ReadCloser, error) {
	names, err := parseCodings(codings)
	if err != nil {
		return nil, err
	}
	received := &source{r: r}
	d := &decoder{}
	var stage io.Reader = received
	for i := len(names) - 1; i >= 0; i-- {
		s := &codingReader{coding: names[i], input: newTracked(stage)}
		d.stages = append(d.stages, s)
		// Every stage is limited, so that a chain cannot hide a huge middle behind a small end.
		stage = &limited{r: s, limits: limits, received: received}
	}
	if len(names) == 0 {
		stage = &limited{r: received, limits: Limits{MaxSize: limits.MaxSize}, received: received}
	}
	d.Reader = stage
	return d, nil
}

func parseCodings(values []string) ([]string, error) {
	var names []string
	for _, value := range values {
		for _, coding := range strings.Split(value, ",") {
			name, err := canonicalCoding(coding)
			if err != nil {
				return nil, err
			}
			if name != "" {
				names = append(names, name)
			}
		}
	}
	if len(names) > maxCodings {
		return nil, &Error{
			Kind:    TooLarge,
			Message: fmt.Sprintf("the body is under %d content codings; at most %d are decoded", len(names), maxCodings),
			Advice:  "turn decoding off to see the body as it came",
		}
	}
	return names, nil
}

// decoder is the last stage, and closes all of them.
type decoder struct {
	io.Reader
	stages []*codingReader
}

func (d *decoder) Close() error {
	for _, s := range d.stages {
		s.close()
	}
	return nil
}

// source counts what arrived.
type source struct {
	r io.Reader
	n int64
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	s.n += int64(n)
	return n, err
}
