package main

import (
	"context"
	"errors"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	uv "github.com/charmbracelet/ultraviolet"

	"parley/testdata/terminal"
)

// patience is how long to wait for a screen.
const patience = 20 * time.Second

// studio is where the program is shown.
type studio struct {
	binary, dir string
	taken       int
}

// screen is the program on a terminal, with a home of its own.
type screen struct {
	*terminal.Terminal
	ctx context.Context
}

// start runs the program on a terminal of that size, in a theme.
func (s *studio) start(ctx context.Context, empty bool, size, theme string) (*screen, error) {
	at := terminal.Options{}
	if _, err := fmt.Sscanf(size, "%dx%d", &at.Width, &at.Height); err != nil {
		return nil, fmt.Errorf("%s is not such as 120x36: %w", size, err)
	}
	s.taken++
	home := filepath.Join(s.dir, fmt.Sprint(s.taken))
	folder := filepath.Join(home, "collection")
	args := []string{"-C", folder}
	if !empty {
		args = []string{"demo", "-C", folder}
	}
	config := fmt.Sprintf("theme = { dark = %q, light = %q }\n", theme, theme)
	err := errors.Join(os.MkdirAll(filepath.Join(home, "config"), 0o700), os.WriteFile(filepath.Join(home, "config", "config.toml"), []byte(config), 0o600))
	if err == nil && empty {
		err = errors.Join(os.Mkdir(folder, 0o755), os.WriteFile(filepath.Join(folder, "collection.toml"), []byte("name = \"Acme\"\n"), 0o644))
	}
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(s.binary, args...)
	cmd.Env = append(os.Environ(), "PARLEY_HOME="+home)
	t, err := terminal.Start(cmd, at)
	if err != nil {
		return nil, err
	}
	on := &screen{t, ctx}
	return on, on.do(step{sees: "Send"})
}

// do takes one step, and waits until the screen shows what it has to and no more comes.
func (on *screen) do(s step) error {
	err := on.Press(strings.Fields(s.keys)...)
	if s.text != "" {
		err = errors.Join(err, on.Type(s.text))
	}
	if err == nil {
		_, err = on.Until(on.ctx, func(screen string) bool { return strings.Contains(screen, s.sees) })
	}
	if err != nil {
		return fmt.Errorf("waiting for %q after %s%s: %w; the screen is\n%s", s.sees, s.keys, s.text, err, on.Screen())
	}
	// What is drawn last may be on its way: a screen is taken when a frame has brought nothing more.
	for before := ""; before != on.Screen(); time.Sleep(200 * time.Millisecond) {
		before = on.Screen()
	}
	return nil
}

// play takes the steps of a scene, and returns the cells of its last screen.
func (s *studio) play(name, size, theme string) (cells [][]uv.Cell, err error) {
	for _, scene := range scenes {
		if scene.name != name {
			continue
		}
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		on, err := s.start(ctx, scene.empty, size, theme)
		if on != nil {
			defer func() { err = errors.Join(err, on.Close()) }()
		}
		if err != nil {
			return nil, err
		}
		for _, step := range scene.steps {
			if err := on.do(step); err != nil {
				return nil, fmt.Errorf("%s at %s in %s: %w", name, size, theme, err)
			}
		}
		return on.Cells(), nil
	}
	return nil, fmt.Errorf("no scene is called %s", name)
}

func (s *studio) picture(dir string, p picture) error {
	cells, err := s.play(p.scene, p.size, p.theme)
	if err != nil {
		return err
	}
	fmt.Println(filepath.Join(dir, p.file))
	return os.WriteFile(filepath.Join(dir, p.file), []byte(draw(cells)), 0o644)
}

// everything takes every picture there is, and writes a page on which they are seen side by side.
func (s *studio) everything(dir, only string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	var page strings.Builder
	page.WriteString("<!doctype html><meta charset=utf-8><title>Parley</title><style>body{background:#888;font:14px sans-serif}img{vertical-align:top;margin:4px}</style>\n")
	for _, scene := range scenes {
		if only != "" && only != scene.name {
			continue
		}
		for _, size := range sizes {
			fmt.Fprintf(&page, "<h2>%s %s</h2>\n", html.EscapeString(scene.name), size)
			for _, theme := range looks {
				p := picture{scene.name, size, theme, fmt.Sprintf("%s-%s-%s.svg", scene.name, size, theme)}
				if err := s.picture(dir, p); err != nil {
					return err
				}
				fmt.Fprintf(&page, "<img src=%q width=32%%>\n", p.file)
			}
		}
	}
	return os.WriteFile(filepath.Join(dir, "index.html"), []byte(page.String()), 0o644)
}
