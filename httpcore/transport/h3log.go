package transport

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/quic-go/quic-go"
	"github.com/quic-go/quic-go/http3/qlog"
	"github.com/quic-go/quic-go/qlogwriter"

	"parley/httpcore"
)

// h3Log hears of the frames of an HTTP/3 connection by way of the log that the library can write (qlog): what the library
// itself does not tell of a reply, and what a wire log wants. It is told of no packets of QUIC.
type h3Log struct {
	streams *muxStreams
	wire    *muxWire // nil unless it is listened to

	mu        sync.Mutex
	listening bool
}

// listen makes it hear from now on: QUIC has asked before, HTTP/3 has not yet.
func (l *h3Log) listen() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.listening = true
}

// AddProducer implements qlogwriter.Trace.
func (l *h3Log) AddProducer() qlogwriter.Recorder {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.listening {
		return nil
	}
	return l
}

// Close implements qlogwriter.Recorder.
func (l *h3Log) Close() error { return nil }

// RecordEvent implements qlogwriter.Recorder.
func (l *h3Log) RecordEvent(event qlogwriter.Event) {
	switch event := event.(type) {
	case qlog.FrameCreated:
		if _, ok := event.Frame.Frame.(qlog.HeadersFrame); ok {
			l.streams.opened(h3Stream(event.StreamID))
		}
		l.log(true, event.StreamID, event.Frame.Frame)
	case qlog.FrameParsed:
		l.parsed(event)
		l.log(false, event.StreamID, event.Frame.Frame)
	}
}

// parsed tells an exchange what the library keeps to itself. It is called while the exchange reads its reply.
func (l *h3Log) parsed(event qlog.FrameParsed) {
	x := l.streams.exchange(h3Stream(event.StreamID))
	if x == nil {
		return
	}
	switch frame := event.Frame.Frame.(type) {
	case qlog.DataFrame:
		x.announced += int64(event.Raw.PayloadLength)
	case qlog.HeadersFrame:
		x.fields = nil
		for _, field := range frame.HeaderFields {
			if !strings.HasPrefix(field.Name, ":") {
				x.fields = append(x.fields, httpcore.Field{Name: field.Name, Value: field.Value})
			}
		}
	}
}

// h3Stream is the number of a stream as muxStreams has it: HTTP/3 counts from 0, which is nobody's there.
func h3Stream(id quic.StreamID) uint64 { return uint64(id) + 1 }

// log writes the wire log.
func (l *h3Log) log(sent bool, stream quic.StreamID, frame any) {
	if l.wire == nil {
		return
	}
	switch frame := frame.(type) {
	case qlog.HeadersFrame:
		var text []byte
		for _, field := range frame.HeaderFields {
			text = append(text, field.Name+": "+field.Value+"\n"...)
		}
		l.wire.tell(sent, h3Stream(stream), fmt.Sprintf("HEADERS stream=%d", stream), text)
	case qlog.SettingsFrame:
		l.wire.tellAll(sent, "SETTINGS", h3Settings(frame))
	case qlog.GoAwayFrame:
		l.wire.tellAll(sent, fmt.Sprintf("GOAWAY last=%d", frame.StreamID), nil)
	case qlog.UnknownFrame:
		l.wire.tell(sent, h3Stream(stream), fmt.Sprintf("UNKNOWN_FRAME_TYPE_%d stream=%d", frame.Type, stream), nil)
	case qlog.ReservedFrame:
		l.wire.tell(sent, h3Stream(stream), fmt.Sprintf("RESERVED_FRAME_TYPE_%d stream=%d", frame.Type, stream), nil)
	}
}

func h3Settings(frame qlog.SettingsFrame) []byte {
	var text []byte
	for _, setting := range []struct {
		name  string
		value int64
	}{
		{"MAX_FIELD_SECTION_SIZE", frame.MaxFieldSectionSize},
		{"H3_DATAGRAM", frame.Datagram},
		{"ENABLE_CONNECT_PROTOCOL", frame.ExtendedConnect},
	} {
		if setting.value >= 0 {
			text = fmt.Appendf(text, "%s = %d\n", setting.name, setting.value)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(frame.Other)) {
		text = fmt.Appendf(text, "%#x = %d\n", id, frame.Other[id])
	}
	return text
}
