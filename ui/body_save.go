package ui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/ui/overlay"
)

// saveBody asks for the file that the body goes to, or what a filter has made of it.
func (r *Root) saveBody() tea.Cmd {
	response := r.response()
	body := response.Body()
	if done, _ := body.Done(); !done {
		return r.notify(warning("the body is still arriving", "wait for its end, or send the request with `parley send -o FILE`"))
	}
	return r.askFile(response.BodyName(), response.FileName(), body)
}

// saveText asks for the file that a text goes to.
func (r *Root) saveText(text, what string) tea.Cmd {
	return r.askFile(what, "copied.txt", strings.NewReader(text))
}

// sized is what can be written to a file.
type sized interface {
	io.ReaderAt
	Size() int64
}

// askFile asks for the file that something goes to.
func (r *Root) askFile(what, suggested string, from sized) tea.Cmd {
	r.overlays.Push(overlay.NewPrompt(overlay.PromptOptions{
		Title: "Save " + what, Label: "File, from " + workingFolder(), Value: suggested, Accept: "save",
		Check: checkFile,
		Answer: func(name string) tea.Cmd {
			path := filePath(name)
			if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
				return r.saveTo(from, path, createNew)
			}
			r.overlays.Push(overlay.NewChoice("The file is there", path+" would be replaced.",
				overlay.Option{Key: "n", Label: "another name", Run: func() tea.Cmd { return r.askFile(what, suggested, from) }},
				overlay.Option{Key: "r", Label: "replace it", Danger: true, Run: func() tea.Cmd { return r.saveTo(from, path, replaceFile) }},
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

// saveTo writes it in a task, which can be stopped.
func (r *Root) saveTo(from sized, path string, write func(string, io.Reader) error) tea.Cmd {
	size := from.Size()
	return r.runTask("saving "+filepath.Base(path), size, func(ctx context.Context, t *task) error {
		return write(path, t.reader(ctx, io.NewSectionReader(from, 0, size)))
	}, func(err error) tea.Cmd {
		if err != nil {
			return r.fail(fmt.Errorf("the file was not written: %w", err))
		}
		whole, err := filepath.Abs(path)
		if err != nil {
			whole = path
		}
		return r.tellOf(success(fmt.Sprintf("saved %s (%d bytes)", path, size)), about{file: whole})
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
