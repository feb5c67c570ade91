package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
)

// frame is a screen of the film and how long it stays, in seconds.
type frame struct {
	cells [][]uv.Cell
	stays float64
}

// How long screens of the film stay: while somebody types, and when there is something to read.
const (
	typing  = 0.12
	reading = 1.6
)

// film plays the tour and writes it as one SVG that moves.
func (s *studio) film(file string) (err error) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	on, err := s.start(ctx, false, "100x30", "parley-dark")
	if on != nil {
		defer func() { err = errors.Join(err, on.Close()) }()
	}
	if err != nil {
		return err
	}
	var frames []frame
	for _, one := range tour {
		for i, r := range one.text {
			last := i == len(one.text)-1
			typed := step{text: string(r)}
			if last {
				typed.sees = one.sees
			}
			if err := on.do(typed); err != nil {
				return err
			}
			if !last {
				frames = append(frames, frame{on.Cells(), typing})
			}
		}
		if one.text == "" {
			if err := on.do(one); err != nil {
				return err
			}
		}
		frames = append(frames, frame{on.Cells(), reading})
	}
	fmt.Println(file)
	return os.WriteFile(file, []byte(animate(frames)), 0o644)
}

// animate stacks the frames, of which a window shows one at a time. Rows that look alike are drawn once.
func animate(frames []frame) string {
	back := background(frames[0].cells)
	width, height := sizeOf(frames[0].cells)
	inner := height - titleHeight - margin
	rows := map[string]string{} // what is drawn, to its name
	var defs, stack strings.Builder
	for i, f := range frames {
		fmt.Fprintf(&stack, `<g transform="translate(0 %g)"><rect width="%g" height="%g" fill="%s"/>`, float64(i)*inner, width, inner, background(f.cells))
		for y, row := range f.cells {
			drawn := drawRow(row, background(f.cells))
			if drawn == "" {
				continue
			}
			name, known := rows[drawn]
			if !known {
				name = fmt.Sprintf("r%d", len(rows))
				rows[drawn] = name
				fmt.Fprintf(&defs, `<g id="%s">%s</g>`+"\n", name, drawn)
			}
			fmt.Fprintf(&stack, `<use href="#%s" y="%g"/>`, name, float64(y)*cellHeight)
		}
		stack.WriteString("</g>\n")
	}
	var b strings.Builder
	begin(&b, width, height, back)
	b.WriteString(keyframes(frames, inner))
	fmt.Fprintf(&b, `<defs xml:space="preserve">%s</defs>`+"\n", defs.String())
	fmt.Fprintf(&b, `<svg x="%g" y="%g" width="%g" height="%g" xml:space="preserve"><g class="film">`+"\n%s</g></svg></svg>\n",
		margin, titleHeight, width-2*margin, inner, stack.String())
	return b.String()
}

// keyframes moves the stack from frame to frame; for those who want no motion it stands at the last.
func keyframes(frames []frame, inner float64) string {
	total, at := 0.0, 0.0
	for _, f := range frames {
		total += f.stays
	}
	var b strings.Builder
	b.WriteString("<style>@keyframes film{")
	for i, f := range frames {
		fmt.Fprintf(&b, "%.3f%%{transform:translateY(%gpx)}", 100*at/total, -float64(i)*inner)
		at += f.stays
	}
	last := -float64(len(frames)-1) * inner
	fmt.Fprintf(&b, "100%%{transform:translateY(%gpx)}}", last)
	fmt.Fprintf(&b, ".film{animation:film %.2fs step-end infinite}", total)
	fmt.Fprintf(&b, "@media (prefers-reduced-motion:reduce){.film{animation:none;transform:translateY(%gpx)}}</style>\n", last)
	return b.String()
}
