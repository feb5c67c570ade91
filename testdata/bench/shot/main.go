// Command shot takes the picture of the workbench that the README shows, from the running program:
//
//	go run -C testdata/bench ./shot [-o FILE.svg] [-size 120x36] [-light] [-parley FILE] [-png]
//
// It opens `parley demo` on a terminal, sends the first request, and writes the screen as SVG, with its text as text. With
// -png it makes a PNG beside it, for which rsvg-convert has to be installed.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"image/color"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"parley/testdata/terminal"
)

// patience is how long to wait for a screen.
const patience = 20 * time.Second

func main() {
	o := options{}
	flag.StringVar(&o.file, "o", filepath.Join("..", "pictures", "workbench.svg"), "the `FILE` to write")
	flag.StringVar(&o.size, "size", "120x36", "of the terminal, in cells")
	flag.BoolVar(&o.light, "light", false, "on a light terminal")
	flag.StringVar(&o.binary, "parley", "", "the program; else it is built")
	flag.BoolVar(&o.png, "png", false, "make a PNG beside it")
	flag.Parse()
	if err := o.take(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

type options struct {
	file, size, binary string
	light, png         bool
}

func (o options) take() (err error) {
	dir, err := os.MkdirTemp("", "parley-shot-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if o.binary == "" {
		o.binary = filepath.Join(dir, "parley")
		build := exec.Command("go", "build", "-o", o.binary, ".")
		build.Dir, build.Stderr = filepath.Join("..", ".."), os.Stderr
		if err := build.Run(); err != nil {
			return fmt.Errorf("go build: %w", err)
		}
	}
	drawing, err := o.show(dir)
	if err != nil {
		return err
	}
	if err := os.WriteFile(o.file, []byte(drawing), 0o644); err != nil || !o.png {
		return err
	}
	return exec.Command("rsvg-convert", "-z", "1.5", "-o", strings.TrimSuffix(o.file, ".svg")+".png", o.file).Run()
}

// steps are the keys to press, each with what the screen has to show after it.
var steps = []struct{ keys, sees string }{{"", "Send"}, {"f5", "200 OK"}, {"alt+4", `"GitHub"`}, {"", "Save"}}

// show opens the demo, sends the first request and draws what is there then.
func (o options) show(dir string) (drawing string, err error) {
	cmd := exec.Command(o.binary, "demo", "-C", filepath.Join(dir, "demo"))
	cmd.Env = append(os.Environ(), "PARLEY_HOME="+filepath.Join(dir, "home"))
	at := terminal.Options{}
	if _, err := fmt.Sscanf(o.size, "%dx%d", &at.Width, &at.Height); err != nil {
		return "", fmt.Errorf("-size %s is not such as 120x36: %w", o.size, err)
	}
	if o.light {
		at.Background = color.White
	}
	t, err := terminal.Start(cmd, at)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, t.Close()) }()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	for _, step := range steps {
		err := t.Press(strings.Fields(step.keys)...)
		if err == nil {
			_, err = t.Until(ctx, func(screen string) bool { return strings.Contains(screen, step.sees) })
		}
		if err != nil {
			return "", fmt.Errorf("waiting for %q: %w", step.sees, err)
		}
	}
	// What is drawn last may be on its way: a screen is taken when a frame has brought nothing more.
	for before := ""; before != t.Screen(); time.Sleep(200 * time.Millisecond) {
		before = t.Screen()
	}
	return draw(t.Cells(), o.light), nil
}
