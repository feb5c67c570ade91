package ui

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"parley/ui/uitest"
)

// states are what a person can have asked of the arrangement.
var states = []struct {
	name string
	wish wishes
}{
	{"at first", wishes{}},
	{"in the request", wishes{focus: partRequest, last: partRequest}},
	{"in the sidebar", wishes{focus: partSidebar}},
	{"without the sidebar", wishes{noSidebar: true}},
	{"split", wishes{focus: partResponse, last: partResponse, answer: partResponse, split: true}},
	{"split, beside", wishes{focus: partOther, last: partResponse, answer: partOther, split: true}},
	{"moved borders", wishes{split: true, answer: partResponse, last: partResponse, sizes: sizes{Sidebar: 22, Stacked: 250, Beside: 300, Split: 700}}},
	{"borders at their end", wishes{split: true, answer: partResponse, last: partResponse, sizes: sizes{Sidebar: 900, Stacked: 999, Beside: 1, Split: 1}}},
	{"zoomed", wishes{focus: partOther, last: partResponse, answer: partOther, split: true, zoomed: true}},
}

func TestLayoutsAsDrawings(t *testing.T) {
	for _, size := range [][2]int{{59, 16}, {60, 16}, {80, 24}, {120, 36}, {200, 60}, {280, 60}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			var b strings.Builder
			for _, s := range states {
				a := arrange(size[0], size[1], s.wish)
				fmt.Fprintf(&b, "%s\n%s\n", s.name, drawing(a, size[0], size[1]))
			}
			uitest.Golden(t, fmt.Sprintf("layout-%dx%d", size[0], size[1]), b.String())
		})
	}
}

// named are the rectangles of an arrangement, with letters for drawings.
func named(a Arrangement) map[byte]Rect {
	return map[byte]Rect{
		'T': a.Top, 't': a.Tabs, 'C': a.Sidebar, 'U': a.URL, 'Q': a.Request, 'R': a.Response, 'O': a.Other, '_': a.Status,
	}
}

// drawing shows every fourth column and every second row, each line between rows as it is seen there.
func drawing(a Arrangement, width, height int) string {
	var b strings.Builder
	for y := 0; y < height; y += 2 {
		for x := 0; x < width; x += 4 {
			letter := byte('.')
			for l, r := range named(a) {
				if r.Contains(x, y) {
					letter = l
				}
			}
			b.WriteByte(letter)
		}
		b.WriteByte('\n')
	}
	for _, l := range []byte("TtCUQRO_") {
		if r := named(a)[l]; !r.Empty() {
			fmt.Fprintf(&b, "%c %d×%d at %d,%d\n", l, r.W, r.H, r.X, r.Y)
		}
	}
	return b.String()
}

// TestEveryLayoutFillsTheScreen tries wishes and sizes at random: no two parts overlap, no cell is left over, what has
// focus is seen, and nothing that is seen is too small to be used.
func TestEveryLayoutFillsTheScreen(t *testing.T) {
	random := rand.New(rand.NewPCG(6, 16))
	for range 4000 {
		wish := wishes{
			focus: part(random.IntN(5)), last: []part{partRequest, partResponse}[random.IntN(2)], answer: []part{partResponse, partOther}[random.IntN(2)],
			zoomed: random.IntN(5) == 0, noSidebar: random.IntN(3) == 0, split: random.IntN(2) == 0,
			sizes: sizes{random.IntN(300), random.IntN(1200), random.IntN(1200), random.IntN(1200)},
		}
		switch wish.focus { // as setFocus has it
		case partRequest:
			wish.last = partRequest
		case partOther:
			wish.split, wish.last, wish.answer = true, partResponse, partOther
		case partResponse:
			wish.last, wish.answer = partResponse, partResponse
		}
		width, height := 1+random.IntN(500), 1+random.IntN(200)
		a := arrange(width, height, wish)
		covered := 0
		for l, r := range named(a) {
			if r.Empty() {
				continue
			}
			covered += r.W * r.H
			if r.X < 0 || r.Y < 0 || r.X+r.W > width || r.Y+r.H > height {
				t.Fatalf("%dx%d %+v: %c is at %+v", width, height, wish, l, r)
			}
			for m, other := range named(a) {
				if m > l && !other.Empty() && r.X < other.X+other.W && other.X < r.X+r.W && r.Y < other.Y+other.H && other.Y < r.Y+r.H {
					t.Fatalf("%dx%d %+v: %c %+v and %c %+v overlap", width, height, wish, l, r, m, other)
				}
			}
		}
		if covered != width*height {
			t.Fatalf("%dx%d %+v: %d of %d cells are covered", width, height, wish, covered, width*height)
		}
		if a.TooSmall {
			continue
		}
		if a.of(wish.focus).Empty() {
			t.Fatalf("%dx%d %+v: what has focus is not seen", width, height, wish)
		}
		for _, p := range ring {
			if r := *a.of(p); p != partURL && !r.Empty() && (r.W < sidebarLeast || r.H < stackedLeast) {
				t.Fatalf("%dx%d %+v: %s has %+v", width, height, wish, partNames[p], r)
			}
		}
	}
}

// TestABorderIsWhereItWasMovedTo moves every border of every state to every place that it can have.
func TestABorderIsWhereItWasMovedTo(t *testing.T) {
	for _, size := range [][2]int{{60, 30}, {80, 24}, {120, 36}, {200, 60}, {500, 200}} {
		for _, s := range states {
			a := arrange(size[0], size[1], s.wish)
			for _, b := range []border{sidebarBorder, requestBorder, splitBorder} {
				if !a.has(b) {
					continue
				}
				for to := range max(size[0], size[1]) {
					wish := s.wish
					wish.sizes = a.moved(wish.sizes, b, to)
					now := arrange(size[0], size[1], wish)
					least, most := limits(&a, b)
					if got, want := now.place(b), min(max(to, least), most); got != want {
						t.Fatalf("%v, %s: border %d goes to %d, want %d", size, s.name, b, got, want)
					}
				}
			}
		}
	}
}

// limits are the places that a border can have.
func limits(a *Arrangement, b border) (least, most int) {
	before, behind := a.sides(b)
	switch {
	case b == sidebarBorder:
		return before.X + sidebarLeast, before.X + (before.W+behind.W)/2
	case b == requestBorder && a.upright(b):
		return before.X + besideLeast, behind.X + behind.W - besideLeast
	case a.upright(b):
		return before.X + splitLeast, behind.X + behind.W - splitLeast
	default:
		return before.Y + stackedLeast, behind.Y + behind.H - stackedLeast
	}
}
