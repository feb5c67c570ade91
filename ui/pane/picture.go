package pane

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"parley/httpcore/content"
	"parley/themes"
	"parley/ui/document/picture"
	"parley/ui/style"
	"parley/ui/widget"
)

// Screen is what the terminal can do with pictures.
type Screen struct {
	Graphics     picture.Graphics
	CellW, CellH int // pixels of a cell
}

// Pictured is a Pane that may show a picture.
type Pictured interface {
	// Picture returns the picture that is seen and its cells, relative to the pane; nil when none is.
	Picture() (p *picture.Picture, x, y, cols, rows int)
	// SetScreen says what the terminal can do. With a graphics protocol the cells of the picture are left blank.
	SetScreen(Screen)
}

const (
	// pictureMemory is what decoding may take without being asked for, pictureMost with.
	pictureMemory = 48 << 20
	pictureMost   = 1 << 30
)

// pictureView shows a body that is an image. It is decoded in the background when all of it has come.
type pictureView struct {
	styles style.Styles
	screen Screen
	redraw func()
	src    content.Source
	stop   context.CancelFunc
	work   sync.WaitGroup
	w, h   int
	drawn  []string // nil when there is something new to draw
	was    *picture.Picture

	mu      sync.Mutex
	picture *picture.Picture
	problem error
}

func newPictureView(redraw func()) *pictureView {
	return &pictureView{redraw: redraw, screen: Screen{CellW: 10, CellH: 20}}
}

// open begins to decode a body.
func (v *pictureView) open(src content.Source) {
	if v.src == src {
		return
	}
	v.close()
	v.src = src
	v.decode(pictureMemory)
}

func (v *pictureView) decode(memory int64) {
	ctx, stop := context.WithCancel(context.Background())
	v.stop = stop
	src := v.src
	v.work.Go(func() {
		p, err := decodeWhole(ctx, src, memory)
		if ctx.Err() != nil {
			return
		}
		v.mu.Lock()
		v.picture, v.problem = p, err
		v.mu.Unlock()
		v.redraw()
	})
}

// decodeWhole waits for all of a body.
func decodeWhole(ctx context.Context, src content.Source, memory int64) (*picture.Picture, error) {
	for {
		done, failed := src.Done()
		if failed != nil {
			return nil, fmt.Errorf("the image did not come whole: %w", failed)
		}
		if done {
			return picture.Decode(ctx, src, memory)
		}
		if err := src.Wait(ctx, src.Size()); err != nil {
			return nil, err
		}
	}
}

// decodeAnyway decodes an image that is larger than what is decoded by itself, if that is why there is none.
func (v *pictureView) decodeAnyway() bool {
	_, problem := v.now()
	var large *picture.TooLarge
	if !errors.As(problem, &large) || large.Info.Memory > pictureMost {
		return false
	}
	v.halt()
	v.decode(pictureMost)
	return true
}

// close forgets the image, and ends what decodes it.
func (v *pictureView) close() {
	v.halt()
	v.src = nil
}

func (v *pictureView) halt() {
	if v.stop != nil {
		v.stop()
		v.work.Wait()
	}
	v.stop, v.picture, v.problem, v.drawn, v.was = nil, nil, nil, nil, nil
}

// now is what there is by now.
func (v *pictureView) now() (*picture.Picture, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.picture, v.problem
}

func (v *pictureView) setSize(w, h int) {
	if w != v.w || h != v.h {
		v.w, v.h, v.drawn = w, h, nil
	}
}

func (v *pictureView) setStyles(s style.Styles) { v.styles, v.drawn = s, nil }

func (v *pictureView) setScreen(s Screen) {
	if s != v.screen {
		v.screen, v.drawn = s, nil
	}
}

// place is where the picture is, within the view.
func (v *pictureView) place() (p *picture.Picture, x, y, cols, rows int) {
	p, _ = v.now()
	if p == nil {
		return nil, 0, 0, 0, 0
	}
	cols, rows = p.Fit(v.w, v.h, v.screen.CellW, v.screen.CellH)
	return p, (v.w - cols) / 2, (v.h - rows) / 2, cols, rows
}

// lines draws the picture, or says why there is none.
func (v *pictureView) lines() []string {
	p, problem := v.now()
	if v.drawn != nil && v.was == p && p != nil {
		return v.drawn
	}
	if p == nil {
		return v.without(problem)
	}
	_, _, _, cols, rows := v.place()
	v.drawn = widget.PictureLines(v.styles, themes.Background, p, cols, rows, v.w, v.h, v.screen.Graphics != picture.None)
	v.was = p
	return v.drawn
}

// without says what there is instead of a picture.
func (v *pictureView) without(problem error) []string {
	text, hint := "The picture is shown when all of it has come.", "v shows its bytes"
	var large *picture.TooLarge
	switch {
	case errors.As(problem, &large) && large.Info.Memory <= pictureMost:
		text, hint = sentence(problem), "enter decodes it · v shows its bytes"
	case problem != nil:
		text = sentence(problem)
	}
	var lines []string
	add := func(role themes.Role, text string) {
		for _, piece := range widget.Wrap(text, max(1, v.w-2)) {
			lines = append(lines, widget.NewRow(v.styles, themes.Background, v.w).Space(1).Text(role, piece).String())
		}
	}
	add(themes.Text, text)
	add(themes.Muted, hint)
	for len(lines) < v.h {
		lines = append(lines, widget.NewRow(v.styles, themes.Background, v.w).String())
	}
	return lines[:max(v.h, 0)]
}

// sentence is an error as a sentence of its own.
func sentence(err error) string {
	text := err.Error()
	return strings.ToUpper(text[:1]) + text[1:] + "."
}

// note tells what the image is.
func (v *pictureView) note() string {
	p, _ := v.now()
	if p == nil {
		return "image"
	}
	return fmt.Sprintf("%s · %d × %d", p.Info.Format, p.Info.Width, p.Info.Height)
}
