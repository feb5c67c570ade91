package document

import (
	"fmt"
	"strings"
	"testing"
)

// TestHostileRecordsTakeBoundedWork opens records made to stall a table, and
// counts what each look reads.
func TestHostileRecordsTakeBoundedWork(t *testing.T) {
	fill := func(head, piece, tail string) *endless {
		return filled(minReach+1<<19, head, piece, tail) // more than one look may read
	}
	for name, tc := range map[string]struct {
		body  *endless
		media string
		mode  Mode
		rows  int64
	}{
		"one element":         {fill(`[{"a":1,"b":"`, "x", `","c":2},{"a":3}]`), "application/json", Table, 2},
		"one nested value":    {fill(`[{"a":1,"b":[`, "7,", `7],"c":2},{"a":3}]`), "application/json", Table, 2},
		"one key":             {fill(`[{"a":1,"`, "x", `":2},{"a":3}]`), "application/json", Table, 2},
		"text behind":         {fill(`{"items":[{"a":1}],"rest":[`, "null,", `0]}`), "application/json", Table, 1},
		"one record":          {fill("a,b\n1,", "x", "\n2,3\n"), "text/csv", Table, 2},
		"an open quote":       {fill("a,b\n1,\"", "x\n", ""), "text/csv", Table, 2},
		"quotes":              {fill("a,b\n1,\"", `""`, "\"\n2,3"), "text/csv", Table, 2},
		"one record of many":  {fill("a,b\n", "1,", "\n1,2\n"), "text/csv", Table, 2},
		"blank lines":         {fill("a,b\n1,2", "\r\n", "3,4\n"), "text/csv", Table, 2},
		"one part":            {fill("--b\n\n", "\x00", "\n--b\n\nx\n--b--"), "multipart/mixed; boundary=b", Preview, 4},
		"what might be ends":  {fill("--b\nContent-Type: image/png\n\n", "\n--", "\n--b--"), "multipart/mixed; boundary=b", Preview, 2},
		"a head without end":  {fill("--b\n", "X: y\n", ""), "multipart/mixed; boundary=b", Preview, 0},
		"nothing but escapes": {fill("a=", "%e6%97%a5", ""), "application/x-www-form-urlencoded", Preview, 0},
		"separators":          {fill("a=1", "&", "&b=2"), "application/x-www-form-urlencoded", Preview, 2},
		"signs":               {fill("a=1&", "%", "&b=2"), "application/x-www-form-urlencoded", Preview, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			src := &counting{Source: tc.body.source()}
			d := Open(src, Options{ContentType: tc.media})
			defer d.Close()
			v := d.View(tc.mode)
			until(t, d, func() bool { _, done := v.Lines(); return done })
			lines, _ := v.Lines()
			if tc.rows > 0 && lines != tc.rows {
				t.Errorf("there are %d lines, not %d", lines, tc.rows)
			}
			l := Layout{Width: 80, Height: 24}
			for _, at := range []int64{0, lines / 2, lines - 1} {
				src.read = 0
				w, err := v.Window(Pos{Line: at}, l)
				if err != nil || len(w.Rows) == 0 {
					t.Fatalf("at line %d of %d: %d rows, %v", at, lines, len(w.Rows), err)
				}
				if src.read > 2<<20 {
					t.Errorf("at line %d of %d, %d bytes were read", at, lines, src.read)
				}
			}
		})
	}
}

// TestManyColumns has a table of more columns than anyone asked for.
func TestManyColumns(t *testing.T) {
	record := strings.Repeat("1,", 9999) + "1\n"
	d := Open(fromString(record+record), Options{ContentType: "text/csv"})
	defer d.Close()
	w, err := d.View(Table).Window(Pos{}, Layout{Width: 20, Height: 5, Left: 900})
	if err != nil || len(w.Rows) != 2 {
		t.Fatalf("%d rows, %v", len(w.Rows), err)
	}
	whole, err := d.View(Table).Window(Pos{}, Layout{Width: 1 << 20, Height: 1})
	if text := draw(whole); err != nil || !strings.Contains(text, fmt.Sprintf("+%d more", 10000-maxColumns)) {
		t.Errorf("it ends with %q, %v", text[max(len(text)-40, 0):], err)
	}
}

// TestTableGrows follows a body of which at first nothing tells that it is a
// table, and whose columns come to be known.
func TestTableGrows(t *testing.T) {
	g := newGrowing()
	d := Open(g, Options{ContentType: "application/json"})
	defer d.Close()
	if modes := fmt.Sprint(d.Modes()); strings.Contains(modes, "table") {
		t.Errorf("before the first byte, modes are %s", modes)
	}
	v := d.View(Table)
	v.Lines()
	seen := func() string {
		w, err := v.Window(Pos{}, Layout{Width: 40, Height: 10})
		if err != nil {
			t.Fatal(err)
		}
		return drawTable(w)
	}
	g.write(`{"ok":true,"items":[{"a":1},`)
	until(t, d, func() bool { return seen() == "\n   ║a│\n  1│1│\n" })
	if modes := fmt.Sprint(d.Modes()); !strings.Contains(modes, "table") {
		t.Errorf("modes are %s", modes)
	}
	g.write(`{"b":"` + strings.Repeat("x", 20) + `"}`)
	until(t, d, func() bool { return strings.Contains(seen(), "  2│   xxxxxxxxxxxxxxxxxxxx│\n") })
	g.write(`,{"a":22}]}`)
	g.end()
	until(t, d, func() bool { _, done := v.Lines(); return done && strings.Contains(seen(), "  3│22│\n") })
}

// TestTableCells finds, marks and names what cells show.
func TestTableCells(t *testing.T) {
	body := `{"items":[{"a":"x","b":"one two"},{"b":"tw\u006f","a":"y"},{"b":"` + strings.Repeat("-", 99) + `two"}]}`
	d := Open(fromString(body), Options{ContentType: "application/json"})
	defer d.Close()
	s, err := d.Search(Table, Query{Text: "two"})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	v := d.View(Table)
	w, err := v.Window(Pos{}, Layout{Width: 80, Height: 10, Marks: Marks{Search: s}})
	if err != nil {
		t.Fatal(err)
	}
	var marked []string
	for _, row := range w.Rows {
		for _, span := range row.Spans {
			if span.Match != NoMatch {
				marked = append(marked, fmt.Sprintf("%d %s", row.Number, span.Text))
			}
		}
	}
	if got := fmt.Sprint(marked); got != "[1 two 3 …]" {
		t.Errorf("marked are %s", got)
	}
	for _, span := range w.Rows[1].Spans {
		if span.Text != "y" {
			continue
		}
		if n, ok, err := v.Node(span.Offset); !ok || err != nil || n.Path != "$.items[1].a" {
			t.Errorf("the cell is at %q, %v, %v", n.Path, ok, err)
		}
	}
	at, err := v.AtOffset(int64(strings.Index(body, `"y"`)), Layout{Width: 80, Height: 10})
	if err != nil || at.Line != 1 {
		t.Errorf("the second record is on line %d, %v", at.Line, err)
	}
}
