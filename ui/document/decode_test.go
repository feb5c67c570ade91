package document

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"golang.org/x/net/html/charset"

	"parley/httpcore/content"
)

func TestOtherCharsetsAreSeenAsUTF8(t *testing.T) {
	text := strings.Repeat("{\"naïve\": \"日本語 абв\"}\n", 20000)
	for _, label := range []string{"utf-16le", "utf-16be", "gb18030", "shift_jis", "iso-2022-jp", "euc-jp"} {
		enc, _ := charset.Lookup(label)
		want := text
		if strings.Contains(label, "j") {
			want = strings.ReplaceAll(text, "ï", "i")
		}
		body, err := enc.NewEncoder().Bytes([]byte(want))
		if err != nil {
			t.Fatalf("%s: %v", label, err)
		}
		src := decode(content.NewSource(bytes.NewReader(body), int64(len(body))), label, nil)
		src.run(t.Context(), func() {})
		if src.Size() != int64(len(want)) {
			t.Errorf("%s: %d bytes, want %d", label, src.Size(), len(want))
		}
		for off := int64(0); off < src.Size(); off += 100003 {
			got := make([]byte, 1000)
			n, err := src.ReadAt(got, off)
			if err != nil && err != io.EOF || string(got[:n]) != want[off:min(int(off)+1000, len(want))] {
				t.Errorf("%s at %d: %q, %v", label, off, got[:min(n, 40)], err)
			}
		}
	}
}

func TestADocumentInAnotherCharset(t *testing.T) {
	body := "\xff\xfe[\x00\"\x00\xe9\x00\"\x00]\x00\x00" // and half a character
	d := Open(fromString(body), Options{Kind: content.JSON, Charset: "utf-16"})
	defer d.Close()
	v := d.View(Pretty)
	until(t, d, func() bool { n, done := v.Lines(); return n > 0 && done })
	w, err := v.Window(Pos{}, Layout{Width: 70, Height: 9})
	want := "  1│[│\n  2│  \"é\"│\n  3│]│\n   │✗ expected nothing more after the value, found byte 0xEF (byte 9)│\n  4│\ufffd│\n"
	if err != nil || draw(w) != want {
		t.Errorf("got\n%s%v, want\n%s", draw(w), err, want)
	}
	w, err = d.View(Hex).Window(Pos{}, Layout{Width: 20, Height: 1})
	if err != nil || !strings.Contains(draw(w), "ff fe 5b") {
		t.Errorf("hex shows %s, %v", draw(w), err)
	}
	for _, label := range []string{"", "utf-8", "UTF8", "nonsense"} {
		if !decode(nil, label, nil).same {
			t.Errorf("%q is decoded", label)
		}
	}
}

func TestPlacesInADocument(t *testing.T) {
	v := openView(t, strings.Repeat("line\n", 10)+strings.Repeat("x", 100), content.Text, Raw)
	l := Layout{Width: 10, Height: 5, Wrap: true}
	for name, tc := range map[string]struct {
		got  func() (Pos, error)
		want Pos
	}{
		"a number":         {func() (Pos, error) { return v.AtNumber(4) }, Pos{3, 0}},
		"a number too far": {func() (Pos, error) { return v.AtNumber(99) }, Pos{10, 0}},
		"a byte":           {func() (Pos, error) { return v.AtOffset(11, l) }, Pos{2, 0}},
		"a byte in a row":  {func() (Pos, error) { return v.AtOffset(75, l) }, Pos{10, 2}},
		"a byte too far":   {func() (Pos, error) { return v.AtOffset(999, l) }, Pos{10, 9}},
		"the middle":       {func() (Pos, error) { return v.AtPercent(50, l) }, Pos{10, 2}},
		"all of it":        {func() (Pos, error) { return v.AtPercent(100, l) }, Pos{10, 9}},
		"down":             {func() (Pos, error) { return v.Move(Pos{8, 0}, 5, l) }, Pos{10, 3}},
		"down too far":     {func() (Pos, error) { return v.Move(Pos{8, 0}, 50, l) }, Pos{10, 9}},
		"up":               {func() (Pos, error) { return v.Move(Pos{10, 3}, -5, l) }, Pos{8, 0}},
		"up within a line": {func() (Pos, error) { return v.Move(Pos{10, 3}, -2, l) }, Pos{10, 1}},
		"up too far":       {func() (Pos, error) { return v.Move(Pos{10, 3}, -50, l) }, Pos{0, 0}},
	} {
		if got, err := tc.got(); got != tc.want || err != nil {
			t.Errorf("%s: %v, %v; want %v", name, got, err, tc.want)
		}
	}
	if r, err := v.LineRange(1); err != nil || r != (Range{5, 9}) {
		t.Errorf("the second line is %v, %v", r, err)
	}
}

func TestACharsetDoesNotHideWhatABodyIs(t *testing.T) {
	for _, tc := range []struct {
		body, charset string
		want          content.Kind
	}{
		{"\x89PNG\r\n\x1a\n", "windows-1252", content.Image},
		{"\x00\x01\x02", "windows-1252", content.Binary},
		{"\x00[\x001\x00]", "utf-16be", content.JSON},
		{"[\"\xe9\"]", "windows-1252", content.JSON},
	} {
		d := Open(fromString(tc.body), Options{Charset: tc.charset})
		until(t, d, func() bool { done, _ := d.Source().Done(); return done })
		if got := d.Kind(); got != tc.want {
			t.Errorf("%q in %s is %v, not %v", tc.body, tc.charset, got, tc.want)
		}
		d.Close()
	}
}

func TestTheCharsetIsToldFromWhatArrives(t *testing.T) {
	for _, tc := range []struct {
		name, charset string
		pieces        []string
		want          string
	}{
		{"ASCII is shown at once", "", []string{"[1,"}, "[1,"},
		{"after some ASCII", "windows-1252", []string{"[\"a", "\xe9\"", ", 1]"}, "[\"aé\", 1]"},
		{"two bytes a character", "utf-16le", []string{"[", "\x00\xe9\x00", "]\x00"}, "[é]"},
		{"UTF-8", "utf-8", []string{"\"\xc3", "\xa9\"", "x"}, "\"é\"x"},
		{"unknown", "nonsense", []string{"\"\xe9\"...."}, "\"\xe9\"...."},
	} {
		t.Run(tc.name, func(t *testing.T) {
			src := newGrowing()
			d := Open(src, Options{Detect: func([]byte) string { return tc.charset }})
			defer d.Close()
			seen := func() string {
				text := make([]byte, 99)
				n, err := content.ReadAt(d.Source(), text, 0)
				if err != nil {
					t.Fatal(err)
				}
				return string(text[:n])
			}
			for _, piece := range tc.pieces {
				src.write(piece)
			}
			if tc.charset != "" {
				src.end()
			}
			d.View(Raw).Lines() // follows the text and tells of changes
			until(t, d, func() bool { return seen() == tc.want })
		})
	}
}
