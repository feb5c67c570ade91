package script

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
)

// maxFrame bounds a message of the two processes: the largest holds a request and a response with their bodies.
const maxFrame = 64 << 20

// writeFrame writes a message: its length in four bytes, and JSON.
func writeFrame(to io.Writer, message any) error {
	text, err := json.Marshal(message)
	if err != nil {
		return err
	}
	if len(text) > maxFrame {
		return fmt.Errorf("a message of %d bytes is too long", len(text))
	}
	frame := binary.BigEndian.AppendUint32(make([]byte, 0, 4+len(text)), uint32(len(text)))
	_, err = to.Write(append(frame, text...))
	return err
}

func readFrame(from io.Reader, into any) error {
	var head [4]byte
	if _, err := io.ReadFull(from, head[:]); err != nil {
		return err
	}
	size := binary.BigEndian.Uint32(head[:])
	if size > maxFrame {
		return fmt.Errorf("a message of %d bytes is too long", size)
	}
	text := make([]byte, size)
	if _, err := io.ReadFull(from, text); err != nil {
		return err
	}
	return json.Unmarshal(text, into)
}

// order is what the process that asks sends: a task, or the reply to a call.
type order struct {
	Task  *Task  `json:",omitempty"`
	Reply *reply `json:",omitempty"`
}

type reply struct {
	ID       int
	Found    bool      `json:",omitempty"`
	Value    Value     `json:",omitempty"`
	Names    []string  `json:",omitempty"`
	Response *Response `json:",omitempty"`
	Failed   string    `json:",omitempty"`
}

// word is what the process of a script sends; one of its fields is set.
type word struct {
	Line *Line       `json:",omitempty"`
	Test *Test       `json:",omitempty"`
	Note *Annotation `json:",omitempty"`
	Next *string     `json:",omitempty"`
	Skip *string     `json:",omitempty"`
	Call *call       `json:",omitempty"`
	Done *done       `json:",omitempty"`
}

// call asks the Outside.
type call struct {
	ID      int
	Op      string   // "get", "set", "unset", "names", "send"
	Scope   string   `json:",omitempty"`
	Name    string   `json:",omitempty"`
	Value   Value    `json:",omitempty"`
	Request *Request `json:",omitempty"`
}

// done is how a script ended.
type done struct {
	Request Request
	Retry   *Retry  `json:",omitempty"`
	Failed  *Failed `json:",omitempty"`
}

// Failed is why a script ended early.
type Failed struct {
	Why     Why
	Message string
	At      Place
}
