package picture

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/png"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/ansi/kitty"
	"github.com/charmbracelet/x/ansi/sixel"
)

// Graphics is a protocol by which a terminal shows pixels.
type Graphics uint8

// The protocols.
const (
	None  Graphics = iota // the terminal shows cells only
	Kitty                 // kitty's graphics protocol: https://sw.kovidgoyal.net/kitty/graphics-protocol/
	Sixel                 // DEC's, as DA1 announces it with 4
)

// kittyID names the one picture that is on the screen, and kittyPlace where it is. They are anything but small, so that
// they are not another program's.
const (
	kittyID    = 1885434481
	kittyPlace = 1
)

// mostSixels bounds a picture in sixels, whose encoder takes 32 bytes a pixel.
const mostSixels = 1 << 19

// reportCellSize is the window operation that has a terminal tell how many pixels a cell has.
const reportCellSize = 16

// Ask is what has a terminal tell its protocols: kitty's answer, if it knows it, the size of a cell, and then DA1, which
// all terminals answer.
func Ask() string {
	query := kitty.Options{Action: kitty.Query, ID: kittyID, ImageWidth: 1, ImageHeight: 1, Format: kitty.RGB, Transmission: kitty.Direct}
	return ansi.KittyGraphics([]byte("AAAA"), query.Options()...) + ansi.WindowOp(reportCellSize) + ansi.RequestPrimaryDeviceAttributes
}

// Show is the sequence that draws the picture over cols by rows cells from the cursor on, which stays where it is only if
// the caller saves it. Cells are cellW by cellH pixels.
func (p *Picture) Show(g Graphics, cols, rows, cellW, cellH int) (string, error) {
	w, h := cols*cellW, rows*cellH
	switch g {
	case Kitty:
		size := p.pixels.Bounds().Size()
		return p.kitty(p.scaled(min(w, size.X), min(h, size.Y)), cols, rows)
	case Sixel:
		for w*h > mostSixels {
			w, h = w*9/10, h*9/10
		}
		return sixels(p.scaled(max(w, 1), max(h, 1)))
	default:
		return "", fmt.Errorf("picture: no graphics protocol %d", g)
	}
}

// Hide is the sequence that takes away what Show drew, empty when drawing the cells anew is what it takes.
func Hide(g Graphics) string {
	if g != Kitty {
		return ""
	}
	gone := kitty.Options{Action: kitty.Delete, Delete: kitty.DeleteID, DeleteResources: true, ID: kittyID, Quiet: 2}
	return ansi.KittyGraphics(nil, gone.Options()...)
}

// kitty sends the pixels as PNG, in pieces as the protocol wants them.
func (p *Picture) kitty(pixels *image.RGBA, cols, rows int) (string, error) {
	var encoded bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := encoder.Encode(&encoded, pixels); err != nil {
		return "", fmt.Errorf("picture: %w", err)
	}
	data := base64.StdEncoding.EncodeToString(encoded.Bytes())
	first := kitty.Options{
		Action: kitty.TransmitAndPut, Format: kitty.PNG, Transmission: kitty.Direct, ID: kittyID, PlacementID: kittyPlace,
		Columns: cols, Rows: rows, DoNotMoveCursor: true, Quiet: 2,
	}
	options := first.Options()
	var b strings.Builder
	for len(data) > 0 {
		n := min(len(data), kitty.MaxChunkSize)
		if n < len(data) {
			options = append(options, "m=1")
		} else {
			options = append(options, "m=0")
		}
		b.WriteString(ansi.KittyGraphics([]byte(data[:n]), options...))
		data, options = data[n:], []string{"q=2"}
	}
	return b.String(), nil
}

func sixels(pixels *image.RGBA) (string, error) {
	var encoded bytes.Buffer
	if err := new(sixel.Encoder).Encode(&encoded, pixels); err != nil {
		return "", fmt.Errorf("picture: %w", err)
	}
	return ansi.SixelGraphics(0, 1, 0, encoded.Bytes()), nil
}
