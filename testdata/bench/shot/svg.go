package main

import (
	"fmt"
	"html"
	"image/color"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
)

// A cell of the picture, in pixels, and the window around the cells.
const (
	cellWidth, cellHeight = 8.4, 18.0
	fontSize              = 14
	baseline              = 13.5
	margin, titleHeight   = 12.0, 34.0
	fonts                 = `ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace`
)

// draw makes a window of a screen. Every run of cells with one style is one text, as wide as its cells, so that the grid
// holds with any font.
func draw(rows [][]uv.Cell) string {
	back := background(rows)
	width, height := sizeOf(rows)
	var b strings.Builder
	begin(&b, width, height, back)
	fmt.Fprintf(&b, `<g transform="translate(%g %g)" xml:space="preserve">`+"\n", margin, titleHeight)
	for y, row := range rows {
		if drawn := drawRow(row, back); drawn != "" {
			fmt.Fprintf(&b, `<g transform="translate(0 %g)">`+"\n%s</g>\n", float64(y)*cellHeight, drawn)
		}
	}
	b.WriteString("</g></svg>\n")
	return b.String()
}

func sizeOf(rows [][]uv.Cell) (width, height float64) {
	return float64(len(rows[0]))*cellWidth + 2*margin, float64(len(rows))*cellHeight + titleHeight + margin
}

// begin writes the window itself.
func begin(b *strings.Builder, width, height float64, back string) {
	fmt.Fprintf(b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g" font-family="%s" font-size="%d">`+"\n", width, height, fonts, fontSize)
	fmt.Fprintf(b, `<title>Parley's workbench</title><rect width="%g" height="%g" rx="10" fill="%s"/>`+"\n", width, height, back)
	for i, button := range []string{"#ff5f57", "#febc2e", "#28c840"} {
		fmt.Fprintf(b, `<circle cx="%d" cy="17" r="6" fill="%s"/>`, 20+i*20, button)
	}
	b.WriteString("\n")
}

// drawRow draws one line of cells; an empty one is "". Boxes come first: one must not cover the part of a letter that hangs
// over its cell.
func drawRow(row []uv.Cell, back string) string {
	var boxes, texts strings.Builder
	for x := 0; x < len(row); {
		r := runAt(row, x)
		r.draw(&boxes, &texts, float64(x)*cellWidth, 0, back)
		x += r.cells
	}
	return boxes.String() + texts.String()
}

// run is what stands in cells of one style.
type run struct {
	text  string
	cells int
	style uv.Style
}

func runAt(row []uv.Cell, x int) run {
	r := run{style: row[x].Style}
	for x+r.cells < len(row) && row[x+r.cells].Style.Equal(&r.style) {
		cell := row[x+r.cells]
		if cell.Content == "" {
			cell.Content = " "
		}
		r.text += cell.Content
		r.cells += max(1, cell.Width)
	}
	return r
}

func (r run) draw(boxes, texts *strings.Builder, left, top float64, back string) {
	fg, bg := hex(r.style.Fg, "#808080"), hex(r.style.Bg, back)
	if r.style.Attrs&uv.AttrReverse != 0 {
		fg, bg = bg, fg
	}
	if bg != back {
		// A little over the edge, so that no seams are seen between neighbours.
		fmt.Fprintf(boxes, `<rect x="%.1f" y="%g" width="%.1f" height="%.1f" fill="%s"/>`+"\n", left, top, float64(r.cells)*cellWidth+0.3, cellHeight+0.3, bg)
	}
	text := drawBorders(texts, r.text, left, top, fg)
	inner := strings.Trim(text, " ")
	if inner == "" {
		return
	}
	before := len(text) - len(strings.TrimLeft(text, " "))
	after := len(text) - len(strings.TrimRight(text, " "))
	fmt.Fprintf(texts, `<text x="%.1f" y="%g" textLength="%.1f" fill="%s"%s>%s</text>`+"\n",
		left+float64(before)*cellWidth, top+baseline, float64(r.cells-before-after)*cellWidth, fg, r.attributes(), html.EscapeString(inner))
}

// The middle of a cell, from its corner.
const middleX, middleY = cellWidth / 2, cellHeight / 2

// borders are the lines that characters draw, from the corner of their cell. Fonts leave gaps between them.
var borders = map[rune]string{
	'│': fmt.Sprintf("m%g 0v%g", middleX, cellHeight), '┃': fmt.Sprintf("m%g 0v%g", middleX, cellHeight),
	'╭': fmt.Sprintf("m%g %gv%gq0 %g %g %g", middleX, cellHeight, -middleY/2, -middleY/2, middleX, -middleY/2),
	'╮': fmt.Sprintf("m%g %gv%gq0 %g %g %g", middleX, cellHeight, -middleY/2, -middleY/2, -middleX, -middleY/2),
	'╰': fmt.Sprintf("m%g 0v%gq0 %g %g %g", middleX, middleY/2, middleY/2, middleX, middleY/2),
	'╯': fmt.Sprintf("m%g 0v%gq0 %g %g %g", middleX, middleY/2, middleY/2, -middleX, middleY/2),
	'─': fmt.Sprintf("m0 %gh%g", middleY, cellWidth), '━': fmt.Sprintf("m0 %gh%g", middleY, cellWidth),
}

// drawBorders draws the borders of a text, and returns the text with spaces in their places.
func drawBorders(to *strings.Builder, text string, left, top float64, colour string) string {
	cells := []rune(text)
	for from := 0; from < len(cells); {
		border, end := cells[from], from+1
		path, ok := borders[border]
		if !ok {
			from++
			continue
		}
		if border == '─' || border == '━' { // one line for all that follow on each other
			for end < len(cells) && cells[end] == border {
				end++
			}
			path = fmt.Sprintf("m0 %gh%.1f", middleY, float64(end-from)*cellWidth)
		}
		fmt.Fprintf(to, `<path d="M%.1f %g%s" stroke="%s" stroke-width="%g" fill="none"/>`+"\n",
			left+float64(from)*cellWidth, top, path, colour, weight(border))
		for ; from < end; from++ {
			cells[from] = ' '
		}
	}
	return string(cells)
}

func weight(border rune) float64 {
	switch border {
	case '┃':
		return 3
	case '━':
		return 2.4
	default:
		return 1.2
	}
}

func (r run) attributes() string {
	var list string
	if r.style.Attrs&uv.AttrBold != 0 {
		list += ` font-weight="bold"`
	}
	if r.style.Attrs&uv.AttrItalic != 0 {
		list += ` font-style="italic"`
	}
	if r.style.Attrs&uv.AttrFaint != 0 {
		list += ` opacity="0.6"`
	}
	if r.style.Underline != uv.UnderlineNone {
		list += ` text-decoration="underline"`
	}
	return list
}

// background is the colour that most cells stand on.
func background(rows [][]uv.Cell) string {
	most := "#1e1e1e"
	counts := map[string]int{}
	for _, row := range rows {
		for _, cell := range row {
			colour := hex(cell.Style.Bg, most)
			if counts[colour]++; counts[colour] > counts[most] {
				most = colour
			}
		}
	}
	return most
}

func hex(c color.Color, otherwise string) string {
	if c == nil {
		return otherwise
	}
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}
