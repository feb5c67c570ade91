package document

import (
	"strings"
	"testing"

	"parley/httpcore/content"
)

// TestHostileBodiesTakeBoundedWork opens bodies made to stall a viewer and
// looks at their beginning, middle and end, counting what each look reads.
func TestHostileBodiesTakeBoundedWork(t *testing.T) {
	fill := func(head, piece, tail string) *endless {
		return filled(minReach+1<<19, head, piece, tail) // more than one look may read
	}
	for name, body := range map[string]*endless{
		"one string":        fill(`["`, "x", `"]`),
		"one key":           fill(`{"`, "é", `":1}`),
		"a key of a node":   fill(`[{"`, "k", `":{"a":[1]}}]`),
		"many keys":         fill(`{`, `"k":1,`, `"k":[1]}`),
		"one number":        fill(`[`, "7", `]`),
		"brackets":          fill("", "[", ""),
		"deep and back":     fill("[", strings.Repeat("[", 5000)+strings.Repeat("]", 5000)+",", "1]"),
		"white space":       fill("[1,", " ", "2]"),
		"blank lines":       fill("{", "\n", "}"),
		"empty objects":     fill("[", "{},", "{}]"),
		"escapes":           fill(`["`, `\u00e9`, `"]`),
		"zeros":             fill("", "\x00", ""),
		"combining":         fill("[\"", "\u0301", "\"]"),
		"invalid UTF-8":     fill("[\"", "\xff", "\"]"),
		"an error up front": fill("}", "[1,2],\n", ""),
	} {
		for _, mode := range []Mode{Pretty, Raw, Hex, Tree, Table} { // of JSON, the others are like two of these
			t.Run(name+"/"+mode.String(), func(t *testing.T) { lookAround(t, body, content.JSON, mode) })
		}
	}
	for name, body := range map[string]*endless{
		"angles":              fill("", "<", ""),
		"nested":              fill("", "<a>", ""),
		"deep and back":       fill("<b>", strings.Repeat("<a>", 900)+strings.Repeat("</a>", 900), "</b>"),
		"an attribute":        fill(`<a b="`, "xy ", `"/>`),
		"a name":              fill("<", "n", ">"),
		"attributes":          fill("<a ", `b="c" `, "/>"),
		"one line":            fill("<a>", "<b>text</b>", "</a>"),
		"list items":          fill("<ul>", "<li>x", "</ul>"),
		"end tags":            fill("<a>", "</b>", ""),
		"white space":         fill("<a>", " ", "</a>"),
		"blank lines":         fill("<a><b/>", "\n", "</a>"),
		"white space in tags": fill("<a ", "\n", "/>"),
		"text":                fill("<a>", "words in\n rows ", "</a>"),
		"zeros":               fill("<a>", "\x00", "</a>"),
		"invalid UTF-8":       fill("<a>", "\xff", "</a>"),
		"UTF-16":              fill("\xff\xfe", "<\x00a\x00>\x00", ""),
		"comment":             fill("<!--", "-", ""),
		"script":              fill("<script>", "</scrip", "</script>"),
		"ampersands":          fill("<a>", "&", ""),
		"declarations":        fill("<!DOCTYPE a [", "<!--'-->\"", "]>"),
	} {
		for _, kind := range []content.Kind{content.XML, content.HTML} {
			t.Run(kind.String()+"/"+name, func(t *testing.T) { lookAround(t, body, kind, Pretty) })
		}
	}
}

func lookAround(t *testing.T, body *endless, kind content.Kind, mode Mode) {
	t.Parallel()
	src := &counting{Source: body.source()}
	d := Open(src, Options{Kind: kind})
	defer d.Close()
	v := d.View(mode)
	untilIndexed(t, d, mode)
	lines, _ := v.Lines()
	l := Layout{Width: 80, Height: 24, Wrap: true}
	for _, at := range []int64{0, lines / 2, lines - 1} {
		src.read = 0
		w, err := v.Window(Pos{Line: at}, l)
		if err != nil || len(w.Rows) == 0 {
			t.Fatalf("at line %d of %d: %d rows, %v", at, lines, len(w.Rows), err)
		}
		if _, err := v.Move(Pos{Line: at}, -24, l); err != nil {
			t.Fatal(err)
		}
		if _, _, err := v.Node(w.Rows[0].Offset); err != nil {
			t.Fatal(err)
		}
		lookAtNodes(t, src, v, Pos{Line: at})
		if src.read > 2<<20 {
			t.Errorf("at line %d of %d, %d bytes were read", at, lines, src.read)
		}
	}
	if at, err := v.AtPercent(50, l); err != nil || lines > 3 && at == (Pos{}) {
		t.Errorf("half of it is at %v, %v", at, err)
	}
}

// untilIndexed waits until a view is known whole and nothing is read in the
// background. A tree may be known before the index that it is read by.
func untilIndexed(t *testing.T, d *Document, mode Mode) {
	t.Helper()
	of := d.View(mode)
	if mode == Tree {
		of = d.View(Pretty)
	}
	for _, v := range []*View{of, d.View(mode)} {
		until(t, d, func() bool { _, done := v.Lines(); return done })
	}
}

// filled is a body of about size bytes that has a piece over and over.
func filled(size int64, head, piece, tail string) *endless {
	n := size / int64(len(piece))
	return &endless{head: head, piece: piece, tail: tail, size: int64(len(head)) + n*int64(len(piece)) + int64(len(tail))}
}

// counting counts the bytes read by one goroutine.
type counting struct {
	Source
	read int
}

func (c *counting) ReadAt(p []byte, off int64) (int, error) {
	n, err := c.Source.ReadAt(p, off)
	c.read += n
	return n, err
}

// lookAtNodes folds and unfolds at a line and goes to nodes near it.
func lookAtNodes(t *testing.T, src *counting, v *View, at Pos) {
	t.Helper()
	before := src.read
	for name, do := range map[string]func() error{
		"parent":  func() error { _, err := v.Parent(at); return err },
		"sibling": func() error { _, err := v.Sibling(at, 1); return err },
		"before":  func() error { _, err := v.Sibling(at, -1); return err },
		"node":    func() error { _, _, err := v.NodeAt(at); return err },
		"toggle": func() error {
			now, err := v.Toggle(at)
			if err == nil {
				_, err = v.Window(now, Layout{Width: 80, Height: 24})
			}
			if err == nil {
				_, err = v.Toggle(now)
			}
			return err
		},
	} {
		src.read = 0
		if err := do(); err != nil {
			t.Fatal(err)
		}
		if src.read > 2<<20 {
			t.Errorf("%s at line %d reads %d bytes", name, at.Line, src.read)
		}
	}
	src.read = before
}
