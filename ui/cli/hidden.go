package cli

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/charmbracelet/x/term"

	"parley/collections/secrets"
	"parley/ui/safe"
)

// terminalInput returns where a person types: standard input, or the terminal of the process where that is something else
// and the person can be told. done gives it back.
func (p *Program) terminalInput() (from io.Reader, done func(), err error) {
	if !p.IsTerminal(p.Stderr) {
		return nil, nil, secrets.ErrNobody
	}
	if p.IsTerminal(p.Stdin) {
		return p.Stdin, func() {}, nil
	}
	name := "/dev/tty"
	if p.OS == "windows" {
		name = "CONIN$"
	}
	file, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return nil, nil, secrets.ErrNobody
	}
	return file, func() { file.Close() }, nil
}

// readHidden asks for a line that is not shown while it is typed. Reading a terminal cannot be interrupted, so the answer is
// waited for beside the context, at whose end the terminal becomes as it was.
func (p *Program) readHidden(ctx context.Context, from io.Reader, question string) (string, error) {
	fmt.Fprint(p.Stderr, safe.Line(question))
	defer fmt.Fprintln(p.Stderr)
	read := func() (string, error) {
		line, err := bufio.NewReader(from).ReadString('\n')
		return strings.TrimRight(line, "\r\n"), err
	}
	restore := func() error { return nil }
	if file, ok := from.(*os.File); ok && term.IsTerminal(file.Fd()) {
		state, err := term.GetState(file.Fd())
		if err != nil {
			return "", err
		}
		restore = func() error { return term.Restore(file.Fd(), state) }
		read = func() (string, error) {
			typed, err := term.ReadPassword(file.Fd())
			return string(typed), err
		}
	}
	type answer struct {
		line string
		err  error
	}
	answers := make(chan answer, 1)
	go func() {
		line, err := read()
		answers <- answer{line, err}
	}()
	select {
	case got := <-answers:
		if got.err == io.EOF && got.line == "" {
			return "", context.Canceled // the person has ended the input
		}
		return got.line, got.err
	case <-ctx.Done():
		if err := restore(); err != nil {
			return "", err
		}
		return "", ctx.Err()
	}
}
