package playground

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
)

func (h *Handler) listFaults(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	fmt.Fprint(w, "Servers with bad manners: GET /faults/{name}\n\n")
	for _, f := range Faults() {
		fmt.Fprintf(w, "%-26s %s\n", f.Name, f.Sentence)
	}
}

// serveFault takes the connection over and misbehaves on it. A fault that shows before a request could gets a port of its own,
// and the client is sent there.
func (h *Handler) serveFault(w http.ResponseWriter, r *http.Request) {
	fault, ok := faultNamed(r.PathValue("name"))
	if !ok {
		problem(w, http.StatusNotFound, "no such fault; GET /faults lists them")
		return
	}
	if fault.port != anyPort {
		s, err := h.ports.open(fault.Name)
		if err != nil {
			problem(w, http.StatusInternalServerError, err.Error())
			return
		}
		http.Redirect(w, r, s.URL, http.StatusTemporaryRedirect)
		return
	}
	if r.ProtoMajor != 1 {
		problem(w, http.StatusHTTPVersionNotSupported, "faults are HTTP/1.1's: ask for one without HTTP/2")
		return
	}
	conn, rw, err := http.NewResponseController(w).Hijack()
	if err != nil {
		problem(w, http.StatusInternalServerError, "the connection cannot be taken over: "+err.Error())
		return
	}
	defer conn.Close()
	// A stall on a hijacked connection has nobody to release it, so released and closed are the same.
	ctx, cancel := context.WithCancel(h.ctx)
	defer cancel()
	fault.serve(&wire{
		conn: conn, r: rw.Reader, opts: FaultOptions{}.withDefaults(), ctx: ctx, released: ctx,
		method: r.Method, target: r.RequestURI,
	})
}

// faultPorts are the fault servers that a Handler started on demand.
type faultPorts struct {
	mu      sync.Mutex
	servers map[string]*FaultServer
	closed  bool
}

func newFaultPorts() *faultPorts { return &faultPorts{servers: map[string]*FaultServer{}} }

func (p *faultPorts) open(name string) (*FaultServer, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if s := p.servers[name]; s != nil {
		return s, nil
	}
	if p.closed {
		return nil, errors.New("the playground is closing")
	}
	s, err := StartFault(name, FaultOptions{})
	if err == nil {
		p.servers[name] = s
	}
	return s, err
}

func (p *faultPorts) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	for _, s := range p.servers {
		s.Close()
	}
	clear(p.servers)
}
