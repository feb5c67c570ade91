package filter

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"os"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"

	"parley/httpcore/content/worker"
)

// Serve makes of a program that a filter has started a process that runs jq:
// there it does not return. Everywhere else it does nothing. A program whose
// filters shall run jq calls it first of all; so does TestMain of a package
// whose tests do.
func Serve() {
	if !worker.Asked(workerVariable) {
		return
	}
	debug.SetMaxStack(maxStack)
	s := &server{from: bufio.NewReaderSize(os.Stdin, 64<<10), to: os.Stdout}
	go s.watchMemory(os.Getppid())
	if err := s.tasks(); err != nil {
		os.Exit(1) // the other side is gone, or never was one
	}
	os.Exit(0)
}

// maxStack is enough for values and expressions as deep as can be read, and
// little to waste on those that are deeper.
const maxStack = 256 << 20

// server is the side of the process that does the work.
type server struct {
	from *bufio.Reader
	mu   sync.Mutex
	to   io.Writer
	read atomic.Int64 // bytes of the body at work
}

func (s *server) send(kind frameKind, text []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return writeFrame(s.to, kind, text)
}

// tasks does one task after another.
func (s *server) tasks() error {
	for {
		kind, size, err := readFrame(s.from)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		text, err := readText(s.from, size)
		if err != nil {
			return err
		}
		var t task
		if kind != taskFrame || json.Unmarshal(text, &t) != nil {
			return errors.New("there is no task")
		}
		if text, err = json.Marshal(s.task(t)); err != nil {
			return err
		}
		if err := s.send(reportFrame, text); err != nil {
			return err
		}
	}
}

func (s *server) task(t task) report {
	s.read.Store(0)
	from := &framedBody{from: s.from, read: &s.read}
	r := report{}
	code, err := parseJQ(t.Expression)
	if err == nil {
		run := newJQRun(code, t.Raw, from, func(text []byte) error { return s.send(textFrame, text) })
		err = run.all()
		r.Count = run.count
	}
	if t.ReadAll {
		_, _ = io.Copy(io.Discard, from) // over says whether it was whole
	}
	r.Whole = from.over
	if err != nil {
		r.BadBody, _ = errors.AsType[*BodyError](err)
		r.BadExpression, _ = errors.AsType[*ExpressionError](err)
		r.Failed = excerpt(err.Error())
	}
	return r
}

// maxFailure is how much is told of an error: an expression may raise one of
// any length.
const maxFailure = 1 << 10

func excerpt(text string) string {
	if len(text) <= maxFailure {
		return text
	}
	return strings.ToValidUTF8(text[:maxFailure], "") + "…"
}

// errBrokenOff stands for what ended the body early, which the other side knows.
var errBrokenOff = errors.New("the body broke off")

// framedBody is a body that comes in frames.
type framedBody struct {
	from *bufio.Reader
	left int // of the frame that is read
	over bool
	err  error
	read *atomic.Int64
}

func (b *framedBody) Read(p []byte) (int, error) {
	for b.left == 0 && b.err == nil {
		var kind frameKind
		if kind, b.left, b.err = readFrame(b.from); b.err != nil {
			b.err = errBrokenOff
			break
		}
		switch kind {
		case textFrame:
		case endFrame:
			b.over, b.err = true, io.EOF
		default:
			b.err = errBrokenOff
		}
	}
	if b.left == 0 {
		return 0, b.err
	}
	n, err := b.from.Read(p[:min(len(p), b.left)])
	b.left -= n
	b.read.Add(int64(n))
	if err != nil {
		b.err = errBrokenOff
	}
	return n, b.err
}

// ready reports whether a read would not wait, as far as can be told.
func (b *framedBody) ready() bool { return b.err != nil || b.left > 0 || b.from.Buffered() > 0 }
