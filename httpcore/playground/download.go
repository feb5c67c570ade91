package playground

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"mime"
	"net/http"
	"time"
)

// published is the Last-Modified of every download: they never change.
var published = time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)

// download sends a file whose bytes follow from its name and their offset alone, so that any part of it, in any order, in any
// process, is the same and cannot be compressed. HEAD, Range, If-Range and the other conditions are net/http's.
func download(w http.ResponseWriter, r *http.Request) {
	p := paramsOf(r)
	name := r.PathValue("name")
	size := p.size("size", 1<<20)
	rate := p.size("rate", 0)
	if p.values.Has("ranges") && !p.flag("ranges") {
		r = r.Clone(r.Context())
		r.Header.Del("Range")
		w = withoutRanges{w}
	}
	if !p.ok(w) {
		return
	}
	if rate > 0 {
		w = flushing{w}
	}
	seed := seedOf(name)
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	w.Header().Set("ETag", fmt.Sprintf(`"%016x-%x"`, seed, size))
	http.ServeContent(w, r, name, published, &noise{seed: seed, size: size, rate: rate, ctx: r.Context()})
}

// withoutRanges keeps net/http from announcing what a server that was asked to ignore Range does not do.
type withoutRanges struct{ http.ResponseWriter }

func (w withoutRanges) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w withoutRanges) WriteHeader(status int) {
	w.Header().Set("Accept-Ranges", "none")
	w.ResponseWriter.WriteHeader(status)
}

// flushing sends each write at once, the head too: a client sees a slow body come.
type flushing struct{ http.ResponseWriter }

func (w flushing) WriteHeader(status int) {
	w.ResponseWriter.WriteHeader(status)
	w.flush()
}

func (w flushing) Write(p []byte) (int, error) {
	n, err := w.ResponseWriter.Write(p)
	w.flush()
	return n, err
}

func (w flushing) flush() {
	_ = http.NewResponseController(w.ResponseWriter).Flush() // a writer that cannot flush still sends everything at the end
}

func seedOf(name string) uint64 {
	h := fnv.New64a()
	_, _ = io.WriteString(h, name) // never fails
	return h.Sum64()
}

// noise is size bytes that look random. It implements io.ReadSeeker.
type noise struct {
	seed uint64
	size int64
	at   int64
	rate int64 // bytes a second; 0 for as fast as they are read
	ctx  context.Context
}

func (n *noise) Read(p []byte) (int, error) {
	if n.at >= n.size {
		return 0, io.EOF
	}
	p = p[:min(int64(len(p)), n.size-n.at)]
	if n.rate > 0 {
		// A tenth of a second's worth at a time moves a progress bar smoothly.
		p = p[:min(int64(len(p)), max(1, n.rate/10))]
		if !pause(n.ctx, time.Duration(float64(len(p))/float64(n.rate)*float64(time.Second))) {
			return 0, context.Cause(n.ctx)
		}
	}
	n.fill(p)
	n.at += int64(len(p))
	return len(p), nil
}

func (n *noise) fill(p []byte) {
	word, skip := uint64(n.at)/8, int(n.at%8)
	var b [8]byte
	if skip > 0 {
		binary.LittleEndian.PutUint64(b[:], mix(n.seed+word))
		p = p[copy(p, b[skip:]):]
		word++
	}
	for ; len(p) >= 8; p = p[8:] {
		binary.LittleEndian.PutUint64(p, mix(n.seed+word))
		word++
	}
	if len(p) > 0 {
		binary.LittleEndian.PutUint64(b[:], mix(n.seed+word))
		copy(p, b[:])
	}
}

func (n *noise) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += n.at
	case io.SeekEnd:
		offset += n.size
	}
	if offset < 0 {
		return 0, errors.New("seek before the start")
	}
	n.at = offset
	return offset, nil
}

// mix is the output function of SplitMix64.
func mix(x uint64) uint64 {
	x *= 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// paced writes so many bytes a second, a tenth of a second's worth at a time.
type paced struct {
	w    io.Writer
	rate int64
	ctx  context.Context
}

func (w *paced) Write(p []byte) (int, error) {
	written := 0
	for written < len(p) {
		piece := p[written:]
		piece = piece[:min(int64(len(piece)), max(1, w.rate/10))]
		if !pause(w.ctx, time.Duration(float64(len(piece))/float64(w.rate)*float64(time.Second))) {
			return written, context.Cause(w.ctx)
		}
		n, err := w.w.Write(piece)
		written += n
		if err != nil {
			return written, err
		}
	}
	return written, nil
}
