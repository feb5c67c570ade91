package body

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync/atomic"
	"time"
)

// File is the content of a file, streamed from disk each time it is opened. contentType may be "".
//
// A regular file's size is taken now and promised to the server, so opening a file that has changed since is an error
// ([FileChanged]). A pipe or a device has no size and can be opened once ([NotRepeatable]).
func File(path, contentType string) (Payload, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fileError(path, err)
	}
	if info.IsDir() {
		return nil, &Error{
			Kind:    FileUnavailable,
			Message: fmt.Sprintf("%s is a folder, not a file to send", path),
			Advice:  "name one file, or send several as parts of a multipart body",
		}
	}
	if !info.Mode().IsRegular() {
		return &pipe{path: path, contentType: contentType, open: func() (io.ReadCloser, error) { return os.Open(path) }}, nil
	}
	return file{path: path, contentType: contentType, size: info.Size(), modified: info.ModTime()}, nil
}

// file is a regular file as it was when it was chosen.
type file struct {
	path, contentType string
	size              int64
	modified          time.Time
}

func (f file) ContentType() string { return f.contentType }
func (f file) Size() int64         { return f.size }

func (f file) Open() (io.ReadCloser, error) {
	opened, err := os.Open(f.path)
	if err != nil {
		return nil, fileError(f.path, err)
	}
	info, err := opened.Stat()
	if err == nil && (info.Size() != f.size || !info.ModTime().Equal(f.modified)) {
		err = changed(f.path, fmt.Sprintf("it had %s and now has %s", sizeText(f.size), sizeText(info.Size())))
	}
	if err != nil {
		opened.Close()
		return nil, err
	}
	return &exactly{file: opened, path: f.path, left: f.size}, nil
}

// exactly reads the promised number of bytes: a file that grows while it is sent must not overrun its Content-Length,
// and one that shrinks must not end as if it were whole.
type exactly struct {
	file *os.File
	path string
	left int64
}

func (e *exactly) Read(p []byte) (int, error) {
	if e.left == 0 {
		return 0, io.EOF
	}
	n, err := e.file.Read(p[:min(int64(len(p)), e.left)])
	e.left -= int64(n)
	switch {
	case errors.Is(err, io.EOF) && e.left > 0:
		return n, changed(e.path, fmt.Sprintf("it ended %s early", sizeText(e.left)))
	case err != nil && !errors.Is(err, io.EOF):
		return n, fileError(e.path, err)
	}
	return n, nil
}

func (e *exactly) Close() error { return e.file.Close() }

// Stream is what r yields from where it stands, such as standard input: it has no size and can be opened once
// ([NotRepeatable]). name is for people. Nothing of it is kept.
func Stream(r io.Reader, name, contentType string) Payload {
	return &pipe{path: name, contentType: contentType, open: func() (io.ReadCloser, error) { return io.NopCloser(r), nil }}
}

// pipe is anything that is read once, from where it stands: a FIFO, a terminal, a device.
type pipe struct {
	path, contentType string
	open              func() (io.ReadCloser, error)
	used              atomic.Bool
}

func (p *pipe) ContentType() string { return p.contentType }
func (p *pipe) Size() int64         { return -1 }

func (p *pipe) Open() (io.ReadCloser, error) {
	if p.used.Swap(true) {
		return nil, &Error{
			Kind:    NotRepeatable,
			Message: fmt.Sprintf("the body from %s was sent once and cannot be read again", p.path),
			Advice:  "save it to a file and send that, or turn redirects and retries off",
		}
	}
	opened, err := p.open()
	if err != nil {
		return nil, fileError(p.path, err)
	}
	return opened, nil
}

func changed(path, how string) *Error {
	return &Error{
		Kind:    FileChanged,
		Message: fmt.Sprintf("%s changed after the request was prepared: %s", path, how),
		Advice:  "send the request again to use the file as it is now",
	}
}

func fileError(path string, err error) *Error {
	e := &Error{Kind: FileUnavailable, Err: err}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		e.Message, e.Advice = fmt.Sprintf("there is no file %s to send", path), "check the path and the folder it is relative to"
	case errors.Is(err, fs.ErrPermission):
		e.Message, e.Advice = fmt.Sprintf("%s may not be read", path), "check the permissions of the file and its folders"
	default:
		e.Message = fmt.Sprintf("%s cannot be read: %v", path, cause(err))
	}
	return e
}

// cause is err without the operation and path that [fs.PathError] puts in front, which our sentences name already.
func cause(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}
