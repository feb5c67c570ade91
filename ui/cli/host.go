package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os/exec"
	"strconv"
	"strings"

	"parley/collections"
	"parley/collections/disk"
	"parley/collections/env"
	"parley/collections/resolve"
	"parley/collections/runner"
	"parley/collections/template"
	"parley/ui/safe"
)

// host is what the templates of a collection can reach.
func (p *Program) host(c *collections.Collection) template.Host {
	host := template.Host{
		Now:    p.Now,
		Random: chance{},
		Env:    p.LookupEnv,
		Dotenv: func(name string) (string, template.Position, bool) {
			value, at, ok := c.Dotenv.Lookup(name)
			return value, template.Position(at), ok
		},
		Secret: env.NewSecrets(resolve.SecretHosts(c), p.secrets()).Get,
		ReadFile: func(beside, name string) ([]byte, error) {
			return disk.ReadFile(p.FS, p.beside(c)(beside, name))
		},
		Command: func(ctx context.Context, line string) (string, error) {
			return p.command(ctx, c.Root, line, safe.NewWriter(p.Stderr, safe.KeepNewline|safe.KeepTab, "", ""))
		},
	}
	if p.IsTerminal(p.Stdin) && p.IsTerminal(p.Stderr) {
		host.Ask = asker{lines: bufio.NewReader(p.Stdin), out: p.Stderr}
	}
	return host
}

// beside finds a file that a text names: relative to the file that the text stands in, or to the current folder when it
// was typed on the command line.
func (p *Program) beside(c *collections.Collection) func(file, name string) string {
	return func(file, name string) string {
		if file == "" || file == commandLine || collections.IsFlag(file) {
			return p.abs(name)
		}
		return c.Beside(file, name)
	}
}

// chance draws from the process's own source, which is another one in every process and, unlike those that are made, may
// be drawn from by requests that are resolved side by side.
type chance struct{}

// Uint64 implements rand.Source.
func (chance) Uint64() uint64 { return rand.Uint64() }

// command runs a line of the user's shell in the collection's folder. Without a place for its complaints they are in the
// error.
func (p *Program) command(ctx context.Context, dir, line string, complaints io.Writer) (string, error) {
	shell, flag := "sh", "-c"
	if p.OS == "windows" {
		shell, flag = "cmd", "/c"
	}
	command := exec.CommandContext(ctx, shell, flag, line)
	command.Dir = dir
	command.Stderr = complaints
	out, err := command.Output()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok && len(exit.Stderr) > 0 {
		err = fmt.Errorf("%w: %s", err, strings.TrimSpace(string(exit.Stderr)))
	}
	return strings.TrimRight(string(out), "\r\n"), err
}

// asker asks at the terminal.
type asker struct {
	lines *bufio.Reader
	out   io.Writer
}

// Prompt asks for a text; an empty answer takes the preset.
func (a asker) Prompt(ctx context.Context, label, preset string) (string, error) {
	question := safe.Line(label)
	if preset != "" {
		question += " [" + safe.Line(preset) + "]"
	}
	answer, err := a.ask(ctx, question+": ")
	if answer == "" {
		answer = preset
	}
	return answer, err
}

// Select asks for the number or the text of a choice, until it gets one.
func (a asker) Select(ctx context.Context, label string, choices []string) (string, error) {
	for {
		for i, choice := range choices {
			fmt.Fprintf(a.out, "%3d  %s\n", i+1, safe.Line(choice))
		}
		answer, err := a.ask(ctx, safe.Line(label)+" (1-"+strconv.Itoa(len(choices))+"): ")
		if err != nil {
			return "", err
		}
		if n, err := strconv.Atoi(answer); err == nil && n >= 1 && n <= len(choices) {
			return choices[n-1], nil
		}
		for _, choice := range choices {
			if choice == answer {
				return choice, nil
			}
		}
	}
}

// consent asks whether a command of the collection may be run.
func (a asker) consent(ctx context.Context, line string) error {
	fmt.Fprintf(a.out, "This collection wants to run a command on this machine:\n  %s\n", safe.Line(line))
	answer, err := a.ask(ctx, "Run it, now and later? (y/N): ")
	if err == nil && !strings.EqualFold(strings.TrimSpace(answer), "y") {
		err = &runner.RefusedCommandError{Line: line}
	}
	return err
}

// ask reads a line. Reading a terminal cannot be interrupted, so the answer is waited for beside the context.
func (a asker) ask(ctx context.Context, question string) (string, error) {
	fmt.Fprint(a.out, question)
	type answer struct {
		line string
		err  error
	}
	answers := make(chan answer, 1)
	go func() {
		line, err := a.lines.ReadString('\n')
		answers <- answer{strings.TrimRight(line, "\r\n"), err}
	}()
	select {
	case got := <-answers:
		return got.line, got.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}
