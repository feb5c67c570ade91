package history

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/zstd"

	"parley/collections/disk"
	"parley/httpcore"
)

const (
	// inlineMost is the size up to which a body lies in the record: a file costs an fsync and a block of disk.
	inlineMost = 16 << 10
	// keepMost bounds what is kept of one body; of a larger one only the size is.
	keepMost = 256 << 20

	// copySize is what is read of a large body at a time.
	copySize = 32 << 10

	tooBigToKeep = "larger than history keeps"
	notWanted    = "the request asks for no bodies in history"
)

// bodies is the folder of large bodies, each compressed in a file named by the SHA-256 of its content.
type bodies struct {
	fs  disk.FS
	dir string
}

// path spreads the files over 256 folders, since some tools are slow with very full ones.
func (b bodies) path(hash string) string { return filepath.Join(b.dir, hash[:2], hash+".zst") }

// put keeps what r yields, with every secret masked. It is of that size, or of any when the size is negative. Content that
// is there already is not kept twice.
func (b bodies) put(r io.Reader, size int64, mask *httpcore.Masker) (*content, error) {
	writer := &bodyWriter{bodies: b}
	masked := mask.Writer(writer)
	most := int64(copySize)
	if size >= 0 && size < most {
		most = size + 1 // not 32 KiB for each of many small ones
	}
	buffer := make([]byte, most)
	_, err := io.CopyBuffer(masked, r, buffer)
	if err := errors.Join(err, masked.Close()); err != nil {
		return nil, errors.Join(err, writer.abandon())
	}
	return writer.finish()
}

// bodyWriter takes the content of one body: in memory as long as it may lie in the record, then in a temporary file.
type bodyWriter struct {
	bodies bodies
	size   int64
	inline []byte
	hash   hash.Hash // of what goes into the file
	temp   string
	file   disk.File
	pack   *zstd.Encoder
}

func (w *bodyWriter) Write(p []byte) (int, error) {
	w.size += int64(len(p))
	if w.size > keepMost {
		return len(p), w.abandon()
	}
	if w.file == nil {
		w.inline = append(w.inline, p...)
		if w.size <= inlineMost {
			return len(p), nil
		}
		if err := w.open(); err != nil {
			return 0, err
		}
		p = w.inline
	}
	w.hash.Write(p)
	if _, err := w.pack.Write(p); err != nil {
		return 0, err
	}
	w.inline = nil
	return len(p), nil
}

func (w *bodyWriter) open() error {
	if err := disk.MkdirAll(w.bodies.fs, w.bodies.dir, 0o700); err != nil {
		return err
	}
	w.temp = disk.TempName(filepath.Join(w.bodies.dir, "new"))
	file, err := w.bodies.fs.OpenFile(w.temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("history cannot keep a body: %w", err)
	}
	w.file, w.hash = file, sha256.New()
	w.pack, err = zstd.NewWriter(file, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest))
	return err
}

// finish makes the body durable under its name, and returns what a record says of it.
func (w *bodyWriter) finish() (*content, error) {
	switch {
	case w.size > keepMost:
		return &content{Size: w.size, Left: tooBigToKeep}, nil
	case w.file == nil:
		return &content{Size: w.size, Inline: w.inline}, nil
	}
	kept := &content{Size: w.size, Hash: hex.EncodeToString(w.hash.Sum(nil))}
	if err := errors.Join(w.pack.Close(), w.file.Sync()); err != nil {
		return nil, errors.Join(err, w.abandon())
	}
	err := w.file.Close()
	w.file = nil
	target := w.bodies.path(kept.Hash)
	err = errors.Join(err, disk.MkdirAll(w.bodies.fs, filepath.Dir(target), 0o700))
	if err == nil {
		err = disk.Rename(w.bodies.fs, w.temp, target)
	}
	if err == nil {
		return kept, nil
	}
	discarded := w.abandon()
	if problem, ok := errors.AsType[*disk.Error](err); ok && problem.Kind == disk.KindExists {
		return kept, discarded
	}
	return nil, errors.Join(err, discarded)
}

// abandon removes what was written. The rest of the content is only counted.
func (w *bodyWriter) abandon() error {
	w.inline = nil
	var closed error
	if w.file != nil {
		closed = w.file.Close()
		w.file = nil
	}
	if w.temp == "" {
		return closed
	}
	err := w.bodies.fs.Remove(w.temp)
	w.temp = ""
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return errors.Join(closed, err)
}

// open returns the bytes of a body that was kept. Close what it returns.
func (b bodies) open(c *content) (io.ReadCloser, error) {
	if c.Hash == "" {
		return io.NopCloser(bytes.NewReader(c.Inline)), nil
	}
	if !isHash(c.Hash) {
		return nil, fmt.Errorf("history names a body %q, which is no hash", c.Hash)
	}
	file, err := b.fs.OpenFile(b.path(c.Hash), os.O_RDONLY, 0)
	if err != nil {
		return nil, fmt.Errorf("the body of this exchange is gone from history: %w", err)
	}
	unpack, err := zstd.NewReader(file, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(64<<20))
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return &bodyReader{unpack: unpack, file: file}, nil
}

type bodyReader struct {
	unpack *zstd.Decoder
	file   disk.File
}

func (r *bodyReader) Read(p []byte) (int, error) { return r.unpack.Read(p) }

func (r *bodyReader) Close() error {
	r.unpack.Close()
	return r.file.Close()
}

// isHash keeps a damaged record from naming a file elsewhere.
func isHash(s string) bool {
	sum, err := hex.DecodeString(s)
	return err == nil && len(sum) == sha256.Size
}
