package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"parley/httpcore/body"
)

// inputIsBody reports whether standard input is the body of a request that has none otherwise; see the help of send for
// the rule and its reasons. method is the one that was named, or empty.
func (p *Program) inputIsBody(method string) bool {
	file, ok := p.Stdin.(*os.File)
	if !ok || p.IsTerminal(p.Stdin) {
		return false
	}
	info, err := file.Stat()
	if err != nil {
		return false
	}
	hasContent := slices.Contains([]string{"POST", "PUT", "PATCH", "QUERY"}, strings.ToUpper(method))
	switch mode := info.Mode(); {
	case mode.IsRegular():
		at, err := file.Seek(0, io.SeekCurrent)
		return err == nil && at == 0 && info.Size() > 0 && (method == "" || hasContent)
	case mode&(os.ModeNamedPipe|os.ModeSocket) != 0:
		return hasContent
	default:
		return false
	}
}

// takeInput makes standard input the body: read as a whole, so that its size is known and a redirect can be followed, or
// as it comes when it is to be sent chunked. What it says is returned when it was read.
func (p *Program) takeInput(ctx context.Context, f bodyFlags) (body.Payload, []byte, error) {
	if f.chunked {
		return body.Stream(p.Stdin, "standard input", f.rawType()), nil, nil
	}
	content, err := p.readInput(ctx)
	return body.Bytes(content, f.rawType()), content, err
}

// readInput reads standard input as a body; it is never nil without an error. A redirect may need it again, so it is kept.
// Reading a pipe cannot be interrupted, so it is waited for beside the context.
func (p *Program) readInput(ctx context.Context) ([]byte, error) {
	type input struct {
		data []byte
		err  error
	}
	read := make(chan input, 1)
	go func() {
		data, err := io.ReadAll(p.Stdin)
		read <- input{data, err}
	}()
	select {
	case got := <-read:
		if got.err != nil {
			return nil, fmt.Errorf("standard input cannot be read: %w", got.err)
		}
		return got.data, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
