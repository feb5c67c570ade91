package picture

import (
	"context"
	"image"
	"image/color"
	"image/draw"
	"math"
)

// Picture is an image ready to be shown.
type Picture struct {
	Info   Info
	pixels *image.RGBA // opaque, and smaller than the image where that is large
}

// mostPixels bounds what is kept of an image: more than a terminal shows.
const mostPixels = 1 << 20

// most is how large a picture of an image may be.
func most(info Info) image.Point {
	w, h := float64(info.Width), float64(info.Height)
	scale := min(math.Sqrt(mostPixels/(w*h)), 1)
	// A picture of one row may be a million pixels wide.
	return image.Pt(min(max(int(w*scale), 1), mostPixels), min(max(int(h*scale), 1), mostPixels))
}

// Fit returns the largest size in cells, no larger than w by h, in which the picture keeps its proportions and is not
// enlarged much. Cells are cellW by cellH pixels.
func (p *Picture) Fit(w, h, cellW, cellH int) (cols, rows int) {
	if w <= 0 || h <= 0 || cellW <= 0 || cellH <= 0 {
		return 0, 0
	}
	scale := min(float64(w*cellW)/float64(p.Info.Width), float64(h*cellH)/float64(p.Info.Height), 2)
	cols = int(float64(p.Info.Width)*scale/float64(cellW) + 0.5)
	rows = int(float64(p.Info.Height)*scale/float64(cellH) + 0.5)
	return min(max(cols, 1), w), min(max(rows, 1), h)
}

// Block is what a half-block shows: two pixels, one above the other.
type Block struct{ Upper, Lower color.RGBA }

// Blocks returns the picture in rows of half-blocks.
func (p *Picture) Blocks(cols, rows int) [][]Block {
	if cols <= 0 || rows <= 0 {
		return nil
	}
	small := p.scaled(cols, 2*rows)
	lines := make([][]Block, rows)
	for y := range lines {
		lines[y] = make([]Block, cols)
		for x := range lines[y] {
			lines[y][x] = Block{small.RGBAAt(x, 2*y), small.RGBAAt(x, 2*y+1)}
		}
	}
	return lines
}

// scaled returns the picture in some size, by averages when that is smaller and by the nearest pixel when it is larger.
func (p *Picture) scaled(w, h int) *image.RGBA {
	size := p.pixels.Bounds().Size()
	if size == image.Pt(w, h) {
		return p.pixels
	}
	shrunk := shrink(context.Background(), p.pixels, image.Pt(min(w, size.X), min(h, size.Y)))
	if shrunk.Bounds().Size() == image.Pt(w, h) {
		return shrunk
	}
	size = shrunk.Bounds().Size()
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			out.SetRGBA(x, y, shrunk.RGBAAt(x*size.X/w, y*size.Y/h))
		}
	}
	return out
}

// shrink averages an image down to a size that is no larger, a row at a time, and lays what is transparent on squares.
// When ctx ends it returns what it has.
func shrink(ctx context.Context, src image.Image, size image.Point) *image.RGBA {
	bounds := src.Bounds()
	out := image.NewRGBA(image.Rectangle{Max: size})
	row := image.NewRGBA(image.Rect(0, 0, bounds.Dx(), 1))
	sums := make([]sum, size.X)
	at := 0 // the row of out that is being filled
	for y := range bounds.Dy() {
		if next := y * size.Y / bounds.Dy(); next != at {
			write(out, at, sums)
			at = next
			if ctx.Err() != nil {
				return out
			}
		}
		clear(row.Pix)
		draw.Draw(row, row.Bounds(), src, image.Pt(bounds.Min.X, bounds.Min.Y+y), draw.Src)
		for x := range bounds.Dx() {
			sums[x*size.X/bounds.Dx()].add(row.Pix[4*x : 4*x+4])
		}
	}
	write(out, at, sums)
	return out
}

// sum adds up pixels, premultiplied.
type sum struct{ r, g, b, a, n uint32 }

func (s *sum) add(pixel []byte) {
	s.r += uint32(pixel[0])
	s.g += uint32(pixel[1])
	s.b += uint32(pixel[2])
	s.a += uint32(pixel[3])
	s.n++
}

// square is how many pixels wide the squares are that stand for what is transparent.
const square = 8

// write makes a row of the averages, and begins anew.
func write(out *image.RGBA, y int, sums []sum) {
	for x := range sums {
		s := &sums[x]
		n := max(s.n, 1)
		under := uint32(0x99)
		if (x/square+y/square)%2 == 0 {
			under = 0x66
		}
		under = under * (255 - min(s.a/n, 255)) / 255
		out.SetRGBA(x, y, color.RGBA{level(s.r/n + under), level(s.g/n + under), level(s.b/n + under), 255})
	}
	clear(sums)
}

func level(v uint32) uint8 { return uint8(min(v, 255)) }
