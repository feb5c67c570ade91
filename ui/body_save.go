package ui

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/httpcore/content"
	"parley/ui/overlay"
)

// saveBody asks for the file that the body goes to, or what a filter has made of it.
func (r *Root) saveBody() tea.Cmd {
	response := r.response()
	body := response.Body()
	if done, _ := body.Done(); !done {
		return r.notify(warning("the body is still arriving", "wait for its end, or send the request with `parley send -o FILE`"))
	}
	r.overlays.Push(overlay.NewPrompt(overlay.PromptOptions{
		Title: "Save " + response.BodyName(), Label: "File, from " + workingFolder(), Value: response.FileName(), Accept: "save",
		Check: checkFile,
		Answer: func(name string) tea.Cmd {
			path := filePath(name)
			if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
				return r.saveTo(body, path, createNew)
			}
			r.overlays.Push(overlay.NewChoice("The file is there", path+" would be replaced.",
				overlay.Option{Key: "n", Label: "another name", Run: r.saveBody},
				overlay.Option{Key: "r", Label: "replace it", Danger: true, Run: func() tea.Cmd { return r.saveTo(body, path, replaceFile) }},
			))
			return nil
		},
	}))
	return nil
}

func workingFolder() string {
	folder, err := os.Getwd()
	if err != nil {
		return "the working folder"
	}
	return folder
}

// filePath is where a name leads that was typed; a leading ~ is the person's home.
func filePath(name string) string {
	name = strings.TrimSpace(name)
	if rest, ok := strings.CutPrefix(name, "~"); ok && (rest == "" || os.IsPathSeparator(rest[0])) {
		if home, err := os.UserHomeDir(); err == nil {
			return filepath.Join(home, rest)
		}
	}
	return name
}

// checkFile says why a body cannot be saved under a name.
func checkFile(name string) error {
	if strings.TrimSpace(name) == "" {
		return errors.New("a file needs a name")
	}
	path := filePath(name)
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return errors.New("this is a folder")
	}
	if _, err := os.Stat(filepath.Dir(path)); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no folder %s", filepath.Dir(path))
	}
	return nil
}

// saveTo writes the body off the screen's goroutine.
func (r *Root) saveTo(body content.Source, path string, write func(string, io.Reader) error) tea.Cmd {
	size := body.Size()
	return r.Background(func() func() tea.Cmd {
		err := write(path, io.NewSectionReader(body, 0, size))
		return func() tea.Cmd {
			if err != nil {
				return r.fail(fmt.Errorf("the body was not saved: %w", err))
			}
			return r.notify(success(fmt.Sprintf("saved %s (%d bytes)", path, size)))
		}
	})
}

// createNew writes a file that is not there yet. What could not be written whole is not left behind.
func createNew(path string, from io.Reader) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	if err := writeAll(file, from); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}

// replaceFile writes beside a file and then takes its place, so that one of the two is there whatever happens.
func replaceFile(path string, from io.Reader) error {
	file, err := os.CreateTemp(filepath.Dir(path), ".parley-*")
	if err != nil {
		return err
	}
	err = writeAll(file, from)
	if err == nil {
		err = os.Chmod(file.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return nil
}

func writeAll(file *os.File, from io.Reader) error {
	_, err := io.Copy(file, from)
	return errors.Join(err, file.Close())
}
