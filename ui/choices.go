package ui

import (
	"errors"
	"slices"
	"sync"

	tea "charm.land/bubbletea/v2"
)

// choices are what a person has chosen and config.toml is still to say. One is written after another: each reads the file
// that it changes. Of several choices of one thing that wait, the last one counts.
type choices struct {
	writing *chosenSetting // nil for none
	waiting []chosenSetting
	file    sync.Mutex // held while the file is read and written: the end of the program does not wait for its turn
	over    bool       // the end has come: what is still on its way was written then
}

// write changes the file.
func (w *choices) write(c chosenSetting) error {
	w.file.Lock()
	defer w.file.Unlock()
	if w.over {
		return nil
	}
	return c.write()
}

// rest writes what still waits when the program ends. What is being written may not have begun yet.
func (w *choices) rest() error {
	left := w.waiting
	if w.writing != nil {
		left = append([]chosenSetting{*w.writing}, left...)
	}
	w.file.Lock()
	defer w.file.Unlock()
	w.over = true
	var errs []error
	for _, c := range left {
		errs = append(errs, c.write())
	}
	w.waiting = nil
	return errors.Join(errs...)
}

// chosenSetting is one of them: what it is about, how it is written, and what is said then.
type chosenSetting struct {
	about string
	write func() error
	said  string
}

// keepChoice writes a choice down.
func (r *Root) keepChoice(c chosenSetting) tea.Cmd {
	list := &r.choices.waiting
	*list = append(slices.DeleteFunc(*list, func(w chosenSetting) bool { return w.about == c.about }), c)
	return r.nextChoice()
}

// nextChoice writes what has waited longest, unless something is being written.
func (r *Root) nextChoice() tea.Cmd {
	w := &r.choices
	if w.writing != nil || len(w.waiting) == 0 {
		return nil
	}
	c := w.waiting[0]
	w.waiting, w.writing = w.waiting[1:], &c
	return r.Background(func() func() tea.Cmd {
		err := w.write(c)
		return func() tea.Cmd {
			w.writing = nil
			if err != nil {
				return tea.Batch(r.fail(err), r.nextChoice())
			}
			return tea.Batch(r.notify(success(c.said)), r.nextChoice())
		}
	})
}
