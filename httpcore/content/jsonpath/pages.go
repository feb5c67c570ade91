package jsonpath

import (
	"io"

	"parley/httpcore/content"
)

const (
	pageSize  = 128 << 10
	pageCount = 16
)

// pages keeps the parts of a source that were read last.
type pages struct {
	src   content.Source
	list  [pageCount]page
	clock int64
	last  *page
}

type page struct {
	start int64
	buf   []byte // what has been read of it
	used  int64  // when, by the clock of pages; 0 is never
}

// at returns what the source holds from off on, to the end of off's page or to
// end. It is valid until the next call.
func (p *pages) at(off, end int64) ([]byte, error) {
	start := off &^ (pageSize - 1)
	pg := p.find(start)
	p.clock++
	pg.used = p.clock
	end = min(end, start+pageSize)
	if have := start + int64(len(pg.buf)); have < end {
		n, err := content.ReadAt(p.src, pg.buf[have-start:end-start], have)
		pg.buf = pg.buf[:have-start+int64(n)]
		if err == nil && have+int64(n) < end {
			err = io.ErrUnexpectedEOF // the source has shrunk
		}
		if err != nil {
			return nil, err
		}
	}
	return pg.buf[off-start : end-start], nil
}

// find returns the page that begins at start, or the one used longest ago, made
// to begin there.
func (p *pages) find(start int64) *page {
	if p.last != nil && p.last.start == start {
		return p.last
	}
	oldest := &p.list[0]
	for i := range p.list {
		pg := &p.list[i]
		if pg.used > 0 && pg.start == start {
			p.last = pg
			return pg
		}
		if pg.used < oldest.used {
			oldest = pg
		}
	}
	if oldest.buf == nil {
		oldest.buf = make([]byte, 0, pageSize)
	}
	oldest.start, oldest.buf, oldest.used = start, oldest.buf[:0], 0
	p.last = oldest
	return oldest
}
