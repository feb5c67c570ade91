package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"time"

	"parley/history"
	"parley/httpcore"
	"parley/httpcore/body"
	"parley/httpcore/content"
	"parley/httpcore/protocol"
	"parley/ui/document"
	"parley/ui/safe"
)

// follow prints the events of a stream until it is over, connecting again when the connection is lost. Each connection is
// recorded as an exchange of its own.
func (p *Program) follow(ctx context.Context, request *httpcore.Request, session *httpcore.Session, meta *history.Meta, f printFlags) (err error) {
	out, err := p.open(f.outputFlags)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	if f.verbose > 1 {
		request.Options.WireLimit = wireLimit
	}
	printing, stop := context.WithCancel(ctx)
	defer stop()
	printer := &eventPrinter{program: p, screen: p.screen(out, f.outputFlags, request.Secrets)}
	source := &protocol.EventSource{
		Session: session, Request: request, Reconnects: f.reconnects, Now: p.Now,
		Sink: &live{program: p, ctx: ctx, request: request, flags: f, saver: elsewhere{printing}},
		Ended: func(x *httpcore.Exchange) {
			if meta != nil {
				p.record(*meta, x)
			}
			if err := x.Close(); err != nil {
				p.warn(err)
			}
		},
	}
	done := make(chan error, 1)
	go func() {
		done <- source.Run(ctx, func(m protocol.Message) error {
			err := printer.print(m)
			if err != nil {
				stop() // what waits to be read would wait for ever
			}
			return err
		})
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	select {
	case err := <-done:
		return err
	case <-time.After(time.Second): // what prints may hang in a pipe
		return context.Cause(ctx)
	}
}

// elsewhere is the saver of answers whose events somebody else prints, until its context ends.
type elsewhere struct{ ctx context.Context }

func (e elsewhere) keep(r *httpcore.Response) (body.StoreFile, error) {
	if !httpcore.IsEventStream(r.Headers) {
		return nil, nil // nobody reads it
	}
	return windowOr(e.ctx), nil
}

func (elsewhere) kept(*httpcore.Response) bool                     { return true }
func (elsewhere) finish(_ *httpcore.Exchange, failure error) error { return failure }

// eventPrinter prints events: for people on a terminal, else as one JSON object a line.
type eventPrinter struct {
	program *Program
	screen  *screen
}

func (e *eventPrinter) print(m protocol.Message) error {
	switch m := m.(type) {
	case protocol.Event:
		e.program.noteOmitted(m.Omitted)
		if e.screen.asItCame() {
			return e.json(m)
		}
		return e.show(m)
	case protocol.Comment:
		if e.screen.terminal {
			return e.styled(document.Comment, ": "+m.Text)
		}
	case protocol.Lost:
		why := "the server closed the connection"
		if m.Err != nil {
			why = m.Err.Error()
		}
		if e.screen.terminal || m.Err != nil {
			e.program.note("%s; connecting again in %v", why, m.Wait)
		}
	}
	return nil
}

// json prints an event for programs.
func (e *eventPrinter) json(m protocol.Event) error {
	encoder := json.NewEncoder(e.screen.out)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(struct {
		Type string `json:"type"`
		ID   string `json:"id"`
		Data string `json:"data"`
	}{m.Type, m.ID, m.Data})
}

// show prints an event for people: its type and id, then its data, laid out when it is JSON.
func (e *eventPrinter) show(m protocol.Event) error {
	head := m.Type
	if m.ID != "" {
		head += "  id " + m.ID
	}
	if err := e.styled(document.Key, head); err != nil {
		return err
	}
	data := e.screen.masker.String(m.Data)
	if !json.Valid([]byte(data)) {
		_, err := io.WriteString(e.screen.out, safe.Text(data)+"\n\n")
		return err
	}
	show := document.Colour
	if e.screen.format {
		show = document.Print
	}
	err := show(e.screen.out, bytes.NewReader([]byte(data)), content.JSON, e.screen.style)
	_, end := io.WriteString(e.screen.out, "\n")
	return errors.Join(err, end)
}

// styled prints a line in the colour of a role.
func (e *eventPrinter) styled(role document.Role, text string) error {
	on, off := e.screen.style(role)
	_, err := io.WriteString(e.screen.out, on+safe.Line(e.screen.masker.String(text))+off+"\n")
	return err
}
