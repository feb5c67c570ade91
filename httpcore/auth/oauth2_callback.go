package auth

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"html"
	"net"
	"net/http"
	"net/url"
	"time"
)

// parseRedirect reads the address that the browser comes back to. It must be this computer's own (RFC 8252 section 7.3);
// without a port, a free one is taken.
func parseRedirect(redirect string) (*url.URL, error) {
	if redirect == "" {
		return &url.URL{Scheme: "http", Host: "127.0.0.1", Path: "/callback"}, nil
	}
	u, err := url.Parse(redirect)
	if err != nil {
		return nil, fmt.Errorf("%q is no URL", redirect)
	}
	host := net.ParseIP(u.Hostname())
	switch {
	case u.Scheme != "http":
		return nil, fmt.Errorf("%q does not begin with http://", redirect)
	case u.Hostname() != "localhost" && !host.IsLoopback():
		return nil, fmt.Errorf("%q is not on this computer", u.Hostname())
	case u.RawQuery != "" || u.Fragment != "" || u.User != nil:
		return nil, fmt.Errorf("%q has more than a host and a path", redirect)
	}
	return u, nil
}

// callback listens for the browser to come back, once.
type callback struct {
	// redirect is where the server has to send the browser.
	redirect string
	path     string
	state    string
	server   *http.Server
	served   chan struct{}
	answered chan callbackAnswer
}

// callbackAnswer is what the browser brings.
type callbackAnswer struct {
	code string
	err  error
}

func listenForCallback(redirect *url.URL, state string) (*callback, error) {
	host, port := redirect.Hostname(), redirect.Port()
	if host == "localhost" {
		host = "127.0.0.1" // what it means to a browser that was given it, and nothing else
	}
	if port == "" {
		port = "0"
	}
	listener, err := net.Listen("tcp", net.JoinHostPort(host, port))
	if err != nil {
		return nil, err
	}
	_, port, _ = net.SplitHostPort(listener.Addr().String())
	at := *redirect
	at.Host = net.JoinHostPort(redirect.Hostname(), port)
	c := &callback{redirect: at.String(), path: at.Path, state: state, served: make(chan struct{}), answered: make(chan callbackAnswer, 1)}
	if c.path == "" {
		c.path = "/" // what a browser asks for
	}
	c.server = &http.Server{Handler: c, ReadHeaderTimeout: 10 * time.Second, MaxHeaderBytes: 64 << 10}
	go func() {
		defer close(c.served)
		_ = c.server.Serve(listener) // ends with close
	}()
	return c, nil
}

// ServeHTTP takes the first answer, whatever it says: a wrong state means that somebody else has sent it.
func (c *callback) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Connection", "close")
	if r.URL.Path != c.path || r.Method != http.MethodGet {
		http.NotFound(w, r)
		return
	}
	answer := c.read(r.URL.Query())
	select {
	case c.answered <- answer:
		writeCallbackPage(w, answer.err)
	default:
		http.NotFound(w, r) // it is not the first
	}
}

func (c *callback) read(query url.Values) callbackAnswer {
	switch {
	case subtle.ConstantTimeCompare([]byte(query.Get("state")), []byte(c.state)) == 0:
		return callbackAnswer{err: errors.New("the browser came back with another state than it was sent with, so the answer may be someone else's")}
	case query.Has("error"):
		return callbackAnswer{err: &refusal{Code: query.Get("error"), Description: query.Get("error_description"), Page: query.Get("error_uri")}}
	case query.Get("code") == "":
		return callbackAnswer{err: errors.New("the browser came back without one")}
	}
	return callbackAnswer{code: query.Get("code")}
}

func writeCallbackPage(w http.ResponseWriter, problem error) {
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
	title, text := "Signed in", "Parley goes on with your request. You can close this page."
	if problem != nil {
		w.WriteHeader(http.StatusBadRequest)
		title, text = "Not signed in", "Parley got no code: "+problem.Error()+". You can close this page."
	}
	fmt.Fprintf(w, `<!doctype html><html lang="en"><meta charset="utf-8"><title>%s</title>
<style>:root{color-scheme:light dark;font:1.1rem/1.5 system-ui,sans-serif}body{max-width:30rem;margin:20vh auto;padding:0 1rem}</style>
<h1>%s</h1><p>%s</p></html>
`, title, title, html.EscapeString(text))
}

// wait returns the code that the browser brings.
func (c *callback) wait(ctx context.Context) (string, error) {
	select {
	case answer := <-c.answered:
		return answer.code, answer.err
	case <-ctx.Done():
		return "", context.Cause(ctx)
	}
}

// close lets the page that is being written out be written, and stops listening.
func (c *callback) close() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if c.server.Shutdown(ctx) != nil {
		c.server.Close()
	}
	<-c.served
}
