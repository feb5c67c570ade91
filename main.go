// Parley is an HTTP workbench for the terminal.
package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	"time"

	"parley/collections/check"
	"parley/collections/credentials"
	"parley/collections/disk"
	"parley/collections/home"
	"parley/collections/script"
	"parley/collections/secrets"
	"parley/httpcore"
	"parley/httpcore/auth"
	"parley/httpcore/content/filter"
	"parley/ui"
	"parley/ui/cli"
)

func main() {
	filter.Serve()
	script.Serve()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)                            // a second interrupt ends the process as if nobody had listened
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE) // writing fails instead, so that what was sent is still recorded
	os.Exit(run(ctx))
}

func run(ctx context.Context) int {
	log.SetOutput(io.Discard) // libraries log what servers do wrong, into the middle of a screen; errors say it as well
	dir, err := os.Getwd()
	if err != nil {
		fmt.Fprintln(os.Stderr, "parley: the current folder cannot be found:", err)
		return cli.ExitCode(err)
	}
	environment := credentials.Environment(disk.OS(), os.Getenv, runtime.GOOS)
	schemes, version := auth.Schemes(environment), cli.BuildVersion()
	program := &cli.Program{
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
		IsTerminal: cli.IsTerminal, Width: cli.Width, LookupEnv: os.LookupEnv, Dir: dir, OS: runtime.GOOS,
		FS: disk.OS(), Now: time.Now, Version: version, Ring: secrets.SystemRing(os.LookupEnv, runtime.GOOS),
		Schemes:    schemes,
		NewSession: cli.Sessions(schemes, version),
		Workbench: func(ctx context.Context, chosen cli.WorkbenchOptions) error {
			return workbench(ctx, chosen, schemes, environment.Tokens)
		},
		Doctor:    func(ctx context.Context, h home.Home) error { return ui.Doctor(ctx, terminal(), place(h)) },
		Examine:   func(ctx context.Context, h home.Home) error { return ui.Examine(ctx, terminal(), place(h)) },
		CheckKeys: func(h home.Home) []check.Finding { return ui.CheckKeys(place(h)) },
	}
	return program.Report(program.Run(ctx, os.Args[1:]))
}

// workbench opens the terminal program on what the command line has chosen.
func workbench(ctx context.Context, chosen cli.WorkbenchOptions, schemes []httpcore.Scheme, tokens *auth.Tokens) error {
	at := place(chosen.Home)
	at.Schemes, at.Tokens, at.Start, at.Side, at.Linear = schemes, tokens, chosen.Start, chosen.Side, chosen.Linear
	settings, err := ui.ReadSettings(at)
	if err != nil {
		return err
	}
	return ui.Run(ctx, terminal(), settings, chosen.Open)
}

func place(h home.Home) ui.Place {
	return ui.Place{Home: h, FS: disk.OS(), Now: time.Now, Env: os.Getenv}
}

func terminal() ui.Terminal {
	return ui.Terminal{In: os.Stdin, Out: os.Stdout, Environ: os.Environ()}
}
