package httpcore

import (
	"bytes"
	"strconv"
	"strings"
	"time"
)

// WireLimit's bytes of a direction go to content and to frames about flow up to this part of it; what is left is for the
// other frames, so that a long body does not cost the trailers and the reason why it ended.
const (
	bulkPart  = 3
	bulkParts = 4
)

// wireEntryCost is what an entry of a wire log counts for beside its bytes: frames without any are bounded too.
const wireEntryCost = 24

// wireRecorder writes the wire log of one attempt. Its methods are called with the trace's lock held.
type wireRecorder struct {
	log            *WireLog
	sent, received wireSide
	phase          Phase // of the newest entry
}

// wireSide is one direction.
type wireSide struct {
	sent    bool
	left    int // bytes that may still be kept
	bulk    int // of these, what content may take
	cut     bool
	omitted *int64
	content contentMask
	about   string // the frame or label that the newest bytes belong to
}

func newWireRecorder(limit int, secrets []Secret) *wireRecorder {
	var masker *Masker
	if len(secrets) > 0 {
		masker = NewMasker(secrets, Mark)
	}
	log := &WireLog{}
	side := func(sent bool, omitted *int64) wireSide {
		return wireSide{sent: sent, left: limit, bulk: limit * bulkPart / bulkParts, omitted: omitted, content: contentMask{flow: maskFlow{masker: masker}}}
	}
	return &wireRecorder{log: log, sent: side(true, &log.OmittedSent), received: side(false, &log.OmittedReceived)}
}

func (w *wireRecorder) side(sent bool) *wireSide {
	if sent {
		return &w.sent
	}
	return &w.received
}

// bytes records bytes of HTTP/1.1, or of what the label says; tell hears what of them is kept.
func (w *wireRecorder) bytes(at time.Duration, phase Phase, sent bool, label string, data []byte, tell func(WireEntry)) {
	s := w.side(sent)
	if s.left <= 0 {
		s.cut = true
		*s.omitted += int64(len(data))
		return
	}
	if label != s.about {
		w.settle(at, phase, s, tell)
		s.about = label
		s.content.restart()
	}
	hidden := s.content.http1(data)
	w.add(at, phase, s, &s.left, WireEntry{At: at, Sent: sent, Frame: label, Data: s.content.take(), Omitted: hidden}, tell)
}

// frame records a frame whose payload is in readable form.
func (w *wireRecorder) frame(at time.Duration, phase Phase, sent bool, frame string, payload []byte, tell func(WireEntry)) {
	s := w.side(sent)
	budget := &s.left
	if isBulk(frame) {
		budget = &s.bulk
	}
	if *budget < len(frame)+wireEntryCost {
		*s.omitted += int64(len(payload))
		return
	}
	s.content.fields(payload)
	w.charge(s, len(frame)+wireEntryCost)
	w.add(at, phase, s, budget, WireEntry{At: at, Sent: sent, Frame: frame, Data: s.content.flow.masker.Bytes(payload)}, tell)
}

// data records a DATA frame, of which more bytes are not in content.
func (w *wireRecorder) data(at time.Duration, phase Phase, sent bool, frame string, content []byte, more int64, tell func(WireEntry)) {
	s := w.side(sent)
	if s.bulk < len(frame)+wireEntryCost {
		s.cut = true
		*s.omitted += int64(len(content)) + more
		return
	}
	s.about = frame
	hidden := s.content.content(content)
	if strings.HasSuffix(frame, "END_STREAM") {
		s.content.flow.end()
	}
	w.charge(s, len(frame)+wireEntryCost)
	w.add(at, phase, s, &s.bulk, WireEntry{At: at, Sent: sent, Frame: frame, Data: s.content.take(), Omitted: hidden + more}, tell)
}

// requestSent records what of the request was held back: nothing of it follows.
func (w *wireRecorder) requestSent(at time.Duration, phase Phase, tell func(WireEntry)) {
	w.settle(at, phase, &w.sent, tell)
}

// finish records what was held back.
func (w *wireRecorder) finish(at time.Duration, phase Phase, tell func(WireEntry)) {
	w.settle(at, phase, &w.sent, tell)
	w.settle(at, phase, &w.received, tell)
}

// settle records what a side has held back, unless the limit has cut it: the beginning of a secret may be all that is left.
func (w *wireRecorder) settle(at time.Duration, phase Phase, s *wireSide, tell func(WireEntry)) {
	if s.cut {
		return
	}
	s.content.flow.end()
	rest := WireEntry{At: at, Sent: s.sent, Frame: s.about, Data: bytes.Clone(s.content.take())}
	for i := len(w.log.Entries) - 1; i >= 0 && len(rest.Data) > 0; i-- {
		if entry := &w.log.Entries[i]; entry.Sent == s.sent && entry.Frame == s.about {
			entry.Data = append(entry.Data, rest.Data...)
			w.charge(s, len(rest.Data))
			tell(rest)
			return
		}
	}
	if len(rest.Data) > 0 {
		w.add(at, phase, s, &s.left, rest, tell)
	}
}

// add keeps an entry as far as the budget goes. Bytes of one direction that follow one another in one phase are one entry.
func (w *wireRecorder) add(at time.Duration, phase Phase, s *wireSide, budget *int, entry WireEntry, tell func(WireEntry)) {
	if kept := max(0, *budget); len(entry.Data) > kept {
		s.cut = true
		entry.Omitted += int64(len(entry.Data) - kept)
		entry.Data = entry.Data[:kept]
	}
	*s.omitted += entry.Omitted
	w.charge(s, len(entry.Data))
	if len(entry.Data) == 0 && entry.Omitted == 0 && !isFrame(entry.Frame) {
		return
	}
	entry.Data = bytes.Clone(entry.Data)
	if n := len(w.log.Entries); n > 0 && phase == w.phase && w.log.Entries[n-1].continues(entry) {
		last := &w.log.Entries[n-1]
		last.Data = append(last.Data, entry.Data...)
		last.Omitted += entry.Omitted
	} else {
		w.charge(s, wireEntryCost)
		w.log.Entries = append(w.log.Entries, entry)
		// The event's bytes are not those of the log, which grow.
		w.log.Entries[n].Data = bytes.Clone(entry.Data)
	}
	w.phase = phase
	tell(entry)
}

func (w *wireRecorder) charge(s *wireSide, n int) {
	s.left -= n
	s.bulk -= n
}

// continues reports whether next goes on where e ends: bytes, in one direction and of one kind.
func (e WireEntry) continues(next WireEntry) bool {
	return e.Sent == next.Sent && e.Frame == next.Frame && !isFrame(e.Frame)
}

// isFrame tells frames from the label of bytes: their names are in capital letters.
func isFrame(frame string) bool { return frame != "" && frame != WireProxy }

func isBulk(frame string) bool {
	name, _, _ := strings.Cut(frame, " ")
	return name == "WINDOW_UPDATE" || name == "PING" || name == "PRIORITY"
}

// Lines are the entry as text, for a terminal or a file: first a line about the frame, if it is one, then the bytes, cut
// behind each line end, which is not in the line; last a note in brackets when not all bytes are kept. What the bytes are is
// foreign: whoever shows them makes them safe.
func (e WireEntry) Lines() []string {
	var lines []string
	if e.Frame != "" {
		lines = append(lines, "["+e.Frame+"]")
	}
	data := string(e.Data)
	for data != "" {
		line, rest, _ := strings.Cut(data, "\n")
		lines = append(lines, strings.TrimSuffix(line, "\r"))
		data = rest
	}
	if e.Omitted > 0 {
		lines = append(lines, "["+strconv.FormatInt(e.Omitted, 10)+" more bytes]")
	}
	return lines
}
