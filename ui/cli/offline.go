package cli

import (
	"context"
	"errors"
	"io"
	"net/http/httputil"

	"parley/httpcore"
	"parley/ui/safe"
)

// printOffline prints a request as it would leave on HTTP/1.1. Byte for byte when it is piped; a terminal gets it safe and
// with its secrets masked. What only the network can complete is said.
func (p *Program) printOffline(ctx context.Context, c *call, f outputFlags) (err error) {
	session, err := c.work.SessionFor(c.out)
	if err != nil {
		return err
	}
	prepared, err := session.Prepare(ctx, c.out.Request)
	if err != nil {
		return err
	}
	for _, missing := range prepared.Incomplete {
		p.note("not in what is printed: %s", missing)
	}
	out, err := p.open(f)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	if !f.toStdout() || !p.IsTerminal(p.Stdout) {
		return writeMessage(out, prepared)
	}
	guard := safe.NewWriter(out, safe.KeepNewline|safe.KeepTab, "", "")
	masked := httpcore.NewMasker(prepared.Request.Secrets, httpcore.Secret.String).Writer(guard)
	err = errors.Join(writeMessage(masked, prepared), masked.Close(), guard.Close())
	if prepared.Body != nil {
		_, end := io.WriteString(out, "\n") // or the prompt stands behind the body
		err = errors.Join(err, end)
	}
	return err
}

// writeMessage writes a request as RFC 9112 frames it.
func writeMessage(w io.Writer, prepared *httpcore.Prepared) error {
	if _, err := w.Write(prepared.AppendHead(nil)); err != nil {
		return err
	}
	if prepared.Body == nil {
		return nil
	}
	from, err := prepared.Body.Open()
	if err != nil {
		return err
	}
	if _, chunked := prepared.Header("Transfer-Encoding"); !chunked {
		_, err = io.Copy(w, from)
		return errors.Join(err, from.Close())
	}
	chunks := httputil.NewChunkedWriter(w)
	_, err = io.Copy(chunks, from)
	if err = errors.Join(err, from.Close(), chunks.Close()); err == nil {
		_, err = io.WriteString(w, "\r\n") // the end of the trailer section
	}
	return err
}
