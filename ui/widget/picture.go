package widget

import (
	"parley/themes"
	"parley/ui/document/picture"
	"parley/ui/style"
)

// PictureLines draws a picture of cols by rows cells in the middle of w by h cells on a surface: half-blocks in colours, or
// shades of characters where there are no colours. With blank the cells of the picture are left to a graphics protocol.
func PictureLines(styles style.Styles, on themes.Role, p *picture.Picture, cols, rows, w, h int, blank bool) []string {
	left, above := (w-cols)/2, (h-rows)/2
	var blocks [][]picture.Block
	if !blank {
		blocks = p.Blocks(cols, rows)
	}
	lines := make([]string, h)
	for y := range lines {
		row := NewRow(styles, on, w).Space(left)
		if at := y - above; at >= 0 && at < len(blocks) {
			row.blocks(blocks[at])
		}
		lines[y] = row.String()
	}
	return lines
}

// shades are characters from dark to bright.
const shades = " .:-=+*#%@"

// blocks adds half-blocks.
func (r *Row) blocks(blocks []picture.Block) {
	for _, b := range blocks {
		pen := r.styles.Pixels(b.Upper, b.Lower)
		if pen == "" {
			// Rec. 601 weights, of both halves; what is left of 255 is below the last shade.
			light := 299*(int(b.Upper.R)+int(b.Lower.R)) + 587*(int(b.Upper.G)+int(b.Lower.G)) + 114*(int(b.Upper.B)+int(b.Lower.B))
			at := light * len(shades) / (2 * 256 * 1000)
			r.cells(themes.Text, shades[at:at+1], 1)
			continue
		}
		if pen != r.pen {
			r.b = append(r.b, pen...)
			r.pen = pen
		}
		r.b = append(r.b, "▀"...)
		r.used++
	}
}
