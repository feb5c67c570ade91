// Command shot takes pictures of the workbench from the running program:
//
//	go run -C testdata/bench ./shot [-parley FILE]              those that the README shows, and its film
//	go run -C testdata/bench ./shot -all DIR [-parley FILE]     every scene in four sizes and three themes, with a page of all
//
// It opens the program on a terminal, presses keys as a person would, waits for what the screen has to show, and writes
// the screen as SVG, with its text as text. The film is an SVG, too: it moves by itself wherever pictures are shown.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

func main() {
	o := options{}
	flag.StringVar(&o.all, "all", "", "write every scene, size and theme to this `DIR`")
	flag.StringVar(&o.only, "only", "", "take only the `SCENE` of that name")
	flag.StringVar(&o.binary, "parley", "", "the program; else it is built")
	flag.Parse()
	if err := o.take(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

type options struct{ all, only, binary string }

// shown is the folder of the pictures in the README.
var shown = filepath.Join("..", "pictures")

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
	s := studio{binary: o.binary, dir: dir}
	if o.all != "" {
		return s.everything(o.all, o.only)
	}
	for _, p := range readme {
		if o.only != "" && o.only != p.scene {
			continue
		}
		if err := s.picture(shown, p); err != nil {
			return err
		}
	}
	if o.only != "" && o.only != "film" {
		return nil
	}
	return s.film(filepath.Join(shown, "tour.svg"))
}
