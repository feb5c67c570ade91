package transport

import (
	"fmt"
	"maps"
	"slices"

	"github.com/quic-go/quic-go/http3/qlog"
	"github.com/quic-go/quic-go/qlogwriter"
)

// h3Wire hears of the frames of an HTTP/3 connection by way of the log that the library can write (qlog). That has no
// content: exchanges tell of theirs themselves.
type h3Wire struct{ *muxWire }

// AddProducer implements qlogwriter.Trace.
func (h h3Wire) AddProducer() qlogwriter.Recorder { return h }

// Close implements qlogwriter.Recorder.
func (h h3Wire) Close() error { return nil }

// RecordEvent implements qlogwriter.Recorder.
func (h h3Wire) RecordEvent(event qlogwriter.Event) {
	switch event := event.(type) {
	case qlog.FrameCreated:
		if _, ok := event.Frame.Frame.(qlog.HeadersFrame); ok {
			h.headersSent(h3Stream(uint64(event.StreamID)))
		}
		h.frame(true, uint64(event.StreamID), event.Frame.Frame)
	case qlog.FrameParsed:
		h.frame(false, uint64(event.StreamID), event.Frame.Frame)
	}
}

// h3Stream is the number of a stream as muxWire has it: HTTP/3 counts from 0, which is nobody's there.
func h3Stream(id uint64) uint64 { return id + 1 }

func (h h3Wire) frame(sent bool, stream uint64, frame any) {
	switch frame := frame.(type) {
	case qlog.HeadersFrame:
		var text []byte
		for _, field := range frame.HeaderFields {
			text = append(text, field.Name+": "+field.Value+"\n"...)
		}
		h.tell(sent, h3Stream(stream), fmt.Sprintf("HEADERS stream=%d", stream), text)
	case qlog.SettingsFrame:
		h.tellAll(sent, "SETTINGS", h3Settings(frame))
	case qlog.GoAwayFrame:
		h.tellAll(sent, fmt.Sprintf("GOAWAY last=%d", frame.StreamID), nil)
	case qlog.UnknownFrame:
		h.tell(sent, h3Stream(stream), fmt.Sprintf("UNKNOWN_FRAME_TYPE_%d stream=%d", frame.Type, stream), nil)
	case qlog.ReservedFrame:
		h.tell(sent, h3Stream(stream), fmt.Sprintf("RESERVED_FRAME_TYPE_%d stream=%d", frame.Type, stream), nil)
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
