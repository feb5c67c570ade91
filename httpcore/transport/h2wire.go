package transport

//lint:file-ignore SA1019 net/http has no reader of frames, this is its own

import (
	"bytes"
	"fmt"
	"strings"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"
)

// h2Wire reads the frames that pass an HTTP/2 connection, from its first byte: header compression has a state.
type h2Wire struct {
	*muxWire
	sent, received *h2Frames
}

func newH2Wire(w *muxWire) *h2Wire {
	h := &h2Wire{muxWire: w}
	h.sent = newH2Frames(func(f http2.Frame, block []byte) { h.passed(true, f, block) })
	h.sent.preface = len(http2.ClientPreface)
	h.received = newH2Frames(func(f http2.Frame, block []byte) { h.passed(false, f, block) })
	return h
}

// bytes takes bytes as they pass. Each direction has one writer or reader at a time.
func (h *h2Wire) bytes(sent bool, b []byte) {
	if !sent {
		h.received.feed(b)
		return
	}
	if n := min(h.sent.preface, len(b)); n > 0 {
		if h.sent.preface -= n; h.sent.preface == 0 {
			h.tellAll(true, "PREFACE", []byte(http2.ClientPreface))
		}
		b = b[n:]
	}
	h.sent.feed(b)
}

// h2Frames cuts the bytes of one direction into frames.
type h2Frames struct {
	preface int // bytes of the client's preface that are still to come
	frame   []byte
	skip    int // bytes of a frame that is too long to be kept
	reader  bytes.Reader
	framer  *http2.Framer
	fields  *hpack.Decoder
	block   []byte // of the header block that has begun
	headers *http2.HeadersFrame
	lost    bool // part of a header block was not kept: no later one can be decoded
	tell    func(f http2.Frame, block []byte)
}

const (
	h2HeaderLength = 9
	// longestH2Frame is more than either side may send (SETTINGS_MAX_FRAME_SIZE, see newH2Mux).
	longestH2Frame = 1<<20 + 1024
	// longestH2Fields bounds a decoded header block, as the library is bounded by Limits.HeadSize.
	longestH2Fields = 4 << 20
)

func newH2Frames(tell func(http2.Frame, []byte)) *h2Frames {
	f := &h2Frames{fields: hpack.NewDecoder(4096, nil), tell: tell}
	f.fields.SetAllowedMaxDynamicTableSize(64 << 10)
	f.framer = http2.NewFramer(nil, &f.reader)
	f.framer.AllowIllegalReads = true
	f.framer.SetMaxReadFrameSize(longestH2Frame)
	return f
}

func (f *h2Frames) feed(b []byte) {
	for len(b) > 0 {
		n := min(len(b), f.missing())
		switch {
		case f.skip > 0:
			f.skip -= n
		default:
			f.frame = append(f.frame, b[:n]...)
		}
		b = b[n:]
		if f.skip == 0 && len(f.frame) >= h2HeaderLength && f.missing() == 0 {
			f.whole()
		}
	}
}

// missing is how many bytes are still to come before something can be decided.
func (f *h2Frames) missing() int {
	if f.skip > 0 {
		return f.skip
	}
	if len(f.frame) < h2HeaderLength {
		return h2HeaderLength - len(f.frame)
	}
	length := int(f.frame[0])<<16 | int(f.frame[1])<<8 | int(f.frame[2])
	if length > longestH2Frame {
		f.skip, f.frame, f.lost = length-(len(f.frame)-h2HeaderLength), f.frame[:0], true
		return f.skip
	}
	return h2HeaderLength + length - len(f.frame)
}

// whole takes a frame that is whole.
func (f *h2Frames) whole() {
	f.reader.Reset(f.frame)
	frame, err := f.framer.ReadFrame()
	f.frame = f.frame[:0]
	if err != nil {
		return // it breaks the rules; the library says so, and ends the connection
	}
	switch frame := frame.(type) {
	case *http2.HeadersFrame:
		f.headers, f.block = frame, append(f.block[:0], frame.HeaderBlockFragment()...)
		f.endBlock(frame.HeadersEnded())
	case *http2.ContinuationFrame:
		f.block = append(f.block, frame.HeaderBlockFragment()...)
		f.lost = f.lost || len(f.block) > longestH2Fields
		f.endBlock(frame.HeadersEnded())
	default:
		f.tell(frame, nil)
	}
}

// endBlock tells of a header block that is whole.
func (f *h2Frames) endBlock(ended bool) {
	if !ended || f.headers == nil {
		return
	}
	text := []byte("(the header block cannot be decoded)\n")
	if !f.lost {
		fields, err := f.fields.DecodeFull(f.block)
		if f.lost = err != nil; !f.lost {
			text = text[:0]
			for _, field := range fields {
				text = append(text, field.Name+": "+field.Value+"\n"...)
			}
		}
	}
	f.tell(f.headers, text)
	f.headers = nil
}

// passed tells of a frame.
func (h *h2Wire) passed(sent bool, frame http2.Frame, block []byte) {
	stream := uint64(frame.Header().StreamID)
	switch frame := frame.(type) {
	case *http2.DataFrame:
		if trace := h.trace(stream); trace != nil {
			trace.WireData(sent, h2Name(frame.FrameHeader, fmt.Sprintf(" length=%d", len(frame.Data()))), frame.Data(), 0)
		}
	case *http2.HeadersFrame:
		h.tell(sent, stream, h2Name(frame.FrameHeader, ""), block)
	case *http2.SettingsFrame:
		var text []byte
		_ = frame.ForeachSetting(func(s http2.Setting) error {
			text = fmt.Appendf(text, "%s = %d\n", s.ID, s.Val)
			return nil
		})
		h.tell(sent, stream, h2Name(frame.FrameHeader, ""), text)
	case *http2.WindowUpdateFrame:
		h.tell(sent, stream, h2Name(frame.FrameHeader, fmt.Sprintf(" increment=%d", frame.Increment)), nil)
	case *http2.RSTStreamFrame:
		h.tell(sent, stream, h2Name(frame.FrameHeader, fmt.Sprintf(" code=%s", frame.ErrCode)), nil)
	case *http2.GoAwayFrame:
		about := fmt.Sprintf(" last=%d code=%s", frame.LastStreamID, frame.ErrCode)
		h.tell(sent, stream, h2Name(frame.FrameHeader, about), frame.DebugData())
	case *http2.PingFrame:
		h.tell(sent, stream, h2Name(frame.FrameHeader, fmt.Sprintf(" data=%x", frame.Data)), nil)
	default:
		h.tell(sent, stream, h2Name(frame.Header(), fmt.Sprintf(" length=%d", frame.Header().Length)), nil)
	}
}

// h2Name describes a frame in a line: its type, its stream unless it is about the connection, what is special about it,
// its flags.
func h2Name(header http2.FrameHeader, about string) string {
	var b strings.Builder
	b.WriteString(header.Type.String())
	if header.StreamID != 0 {
		fmt.Fprintf(&b, " stream=%d", header.StreamID)
	}
	b.WriteString(about)
	switch {
	case header.Type == http2.FrameSettings && header.Flags.Has(http2.FlagSettingsAck),
		header.Type == http2.FramePing && header.Flags.Has(http2.FlagPingAck):
		b.WriteString(" ACK")
	case (header.Type == http2.FrameData || header.Type == http2.FrameHeaders) && header.Flags.Has(http2.FlagDataEndStream):
		b.WriteString(" END_STREAM")
	}
	return b.String()
}
