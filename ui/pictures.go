package ui

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"

	"parley/ui/document/picture"
	"parley/ui/pane"
)

// pictures puts a picture onto the screen by a graphics protocol, if the terminal has one: what is seen is compared with
// what was drawn after every message, since the frames themselves know only cells.
type pictures struct {
	screen pane.Screen
	asked  bool // the terminal was asked what it can do
	known  bool // and has said so
	// shown says which picture is where, empty for none; what is drawn for another one is out of date.
	shown spot
}

// spot is a picture in its place.
type spot struct {
	picture          *picture.Picture
	x, y, cols, rows int
}

// sixelBit is the parameter of DA1 by which a terminal says that it draws sixels.
const sixelBit = 4

// pictureDrawn brings the sequence that draws a picture.
type pictureDrawn struct {
	at       spot
	sequence string
	err      error
}

// pictureDue says that the frame below a picture has been drawn.
type pictureDue pictureDrawn

// settle is how long a frame takes to reach the terminal at most, at the slowest rate that is usual.
const settle = 2 * redrawTime

// placePicture draws the picture that is seen now, or takes away one that is not.
func (r *Root) placePicture() tea.Cmd {
	p := &r.pictures
	at := r.seenPicture()
	switch {
	case at.picture != nil && !p.asked:
		p.asked = true
		return tea.Raw(picture.Ask())
	case !p.known || p.screen.Graphics == picture.None || at == p.shown:
		return nil
	}
	before := p.shown
	p.shown = at
	return tea.Sequence(p.hide(before), p.draw(at))
}

// seenPicture returns the picture of the response that is shown, if nothing lies on top of it.
func (r *Root) seenPicture() spot {
	rect := *r.layout.of(r.answerPart())
	if rect.Empty() || r.layout.TooSmall || r.overlays.Top() != nil {
		return spot{}
	}
	seen, x, y, cols, rows := r.response().Picture()
	if seen == nil {
		return spot{}
	}
	return spot{seen, rect.X + x, rect.Y + y, cols, rows}
}

func (p *pictures) hide(before spot) tea.Cmd {
	switch {
	case before.picture == nil:
		return nil
	case p.screen.Graphics == picture.Sixel:
		return tea.ClearScreen // sixels go when their cells are drawn anew
	default:
		return tea.Raw(picture.Hide(p.screen.Graphics))
	}
}

func (p *pictures) draw(at spot) tea.Cmd {
	if at.picture == nil {
		return nil
	}
	screen := p.screen
	return func() tea.Msg {
		sequence, err := at.picture.Show(screen.Graphics, at.cols, at.rows, screen.CellW, screen.CellH)
		return pictureDrawn{at, sequence, err}
	}
}

// drewPicture waits for the frame, in which the cells of the picture are blank.
func (r *Root) drewPicture(msg pictureDrawn) tea.Cmd {
	if msg.err != nil {
		return r.fail(fmt.Errorf("the picture cannot be drawn: %w", msg.err))
	}
	return tea.Tick(settle, func(time.Time) tea.Msg { return pictureDue(msg) })
}

func (r *Root) showPicture(msg pictureDue) tea.Cmd {
	if r.pictures.shown != msg.at {
		return nil // out of date
	}
	return tea.Raw(ansi.SaveCursor + ansi.CursorPosition(msg.at.x+1, msg.at.y+1) + msg.sequence + ansi.RestoreCursor)
}

// terminalSaid takes the answers to what the terminal was asked. DA1 is the last of them.
func (r *Root) terminalSaid(msg tea.Msg) {
	p := &r.pictures
	if p.known {
		return
	}
	switch msg := msg.(type) {
	case uv.KittyGraphicsEvent:
		if string(msg.Payload) == "OK" {
			p.screen.Graphics = picture.Kitty
		}
	case uv.CellSizeEvent:
		if msg.Width > 0 && msg.Height > 0 {
			p.screen.CellW, p.screen.CellH = msg.Width, msg.Height
		}
	case uv.PrimaryDeviceAttributesEvent:
		p.known = true
		for _, attribute := range msg {
			if attribute == sixelBit && p.screen.Graphics == picture.None {
				p.screen.Graphics = picture.Sixel
			}
		}
	}
	if !p.known {
		return
	}
	for _, t := range r.tabs {
		t.response.SetScreen(p.screen)
		if t.second != nil {
			t.second.response.SetScreen(p.screen)
		}
	}
}
