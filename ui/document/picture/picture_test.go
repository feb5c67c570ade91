package picture

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi/sixel"

	"parley/httpcore/content"
)

var (
	red  = color.RGBA{200, 0, 0, 255}
	blue = color.RGBA{0, 0, 200, 255}
)

// halves is red above and blue below.
func halves(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetRGBA(x, y, red)
			if y >= h/2 {
				m.SetRGBA(x, y, blue)
			}
		}
	}
	return m
}

func encoded(t *testing.T, format string, m image.Image) content.Source {
	t.Helper()
	var b bytes.Buffer
	var err error
	switch format {
	case "PNG":
		err = png.Encode(&b, m)
	case "JPEG":
		err = jpeg.Encode(&b, m, &jpeg.Options{Quality: 100})
	case "GIF":
		err = gif.Encode(&b, m, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return source(b.Bytes())
}

func source(b []byte) content.Source { return content.NewSource(bytes.NewReader(b), int64(len(b))) }

func close4(a, b color.RGBA) bool {
	near := func(a, b uint8) bool { return max(a, b)-min(a, b) < 12 }
	return near(a.R, b.R) && near(a.G, b.G) && near(a.B, b.B)
}

func TestAnImageIsShownInHalfBlocks(t *testing.T) {
	for _, format := range []string{"PNG", "JPEG", "GIF"} {
		p, err := Decode(t.Context(), encoded(t, format, halves(64, 64)), 1<<20)
		if err != nil {
			t.Fatalf("%s: %v", format, err)
		}
		if p.Info.Format != format || p.Info.Width != 64 || p.Info.Height != 64 {
			t.Errorf("%s: %+v", format, p.Info)
		}
		lines := p.Blocks(4, 3)
		if len(lines) != 3 || len(lines[0]) != 4 {
			t.Fatalf("%s: %d lines", format, len(lines))
		}
		// Six pixels: three red, three blue; the second cell has one of each.
		for y, want := range []Block{{red, red}, {red, blue}, {blue, blue}} {
			if got := lines[y][2]; !close4(got.Upper, want.Upper) || !close4(got.Lower, want.Lower) {
				t.Errorf("%s: cell %d is %v, want %v", format, y, got, want)
			}
		}
	}
}

func TestProportionsAreKept(t *testing.T) {
	for _, c := range []struct{ width, height, w, h, cols, rows int }{
		{100, 100, 80, 20, 20, 10},     // twice its size, cells being twice as high as wide
		{1000, 1000, 80, 20, 40, 20},   // the height bounds it
		{10000, 10, 80, 20, 80, 1},     // a line stays visible
		{1, 100000, 80, 20, 1, 20},     // likewise
		{4000, 3000, 200, 60, 160, 60}, // a photograph
	} {
		p := &Picture{Info: Info{Width: c.width, Height: c.height}}
		if cols, rows := p.Fit(c.w, c.h, 10, 20); cols != c.cols || rows != c.rows {
			t.Errorf("%d × %d fits into %d × %d as %d × %d, want %d × %d", c.width, c.height, c.w, c.h, cols, rows, c.cols, c.rows)
		}
	}
}

func TestWhatIsTransparentIsNeitherBlackNorWhite(t *testing.T) {
	p, err := Decode(t.Context(), encoded(t, "PNG", image.NewNRGBA(image.Rect(0, 0, 32, 32))), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range p.Blocks(4, 2) {
		for _, b := range line {
			if b.Upper.R != 0x66 && b.Upper.R != 0x99 || b.Upper.A != 255 {
				t.Errorf("transparent is %v", b.Upper)
			}
		}
	}
}

// A head of a few bytes may claim any size: it is read before anything of that size is made.
func TestALargeImageIsRefusedBeforeItIsDecoded(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, halves(8, 8)); err != nil {
		t.Fatal(err)
	}
	huge := b.Bytes()
	binary.BigEndian.PutUint32(huge[16:], 40000)
	binary.BigEndian.PutUint32(huge[20:], 40000)
	binary.BigEndian.PutUint32(huge[29:], crc32.ChecksumIEEE(huge[12:29]))
	_, err := Decode(t.Context(), source(huge), 48<<20)
	var large *TooLarge
	if !errors.As(err, &large) || large.Info.Width != 40000 || !strings.Contains(err.Error(), "40000 × 40000") {
		t.Errorf("got %v", err)
	}
}

func TestWhatIsNoImageSaysSo(t *testing.T) {
	if _, err := Inspect(source([]byte("<svg/>"))); !errors.Is(err, ErrUnknown) {
		t.Errorf("got %v", err)
	}
	if _, err := Inspect(source(nil)); !errors.Is(err, ErrUnknown) {
		t.Errorf("empty: got %v", err)
	}
	for _, format := range []string{"PNG", "JPEG", "GIF"} {
		whole := encoded(t, format, halves(64, 64))
		for _, n := range []int64{12, whole.Size() / 2} {
			cut := content.NewSource(whole, n)
			if _, err := Decode(t.Context(), cut, 1<<20); err == nil || !strings.Contains(err.Error(), format) {
				t.Errorf("%s cut at %d: %v", format, n, err)
			}
		}
	}
}

func TestDecodingEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Decode(ctx, encoded(t, "PNG", halves(64, 64)), 1<<20); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestALargeImageIsKeptSmall(t *testing.T) {
	p, err := Decode(t.Context(), encoded(t, "PNG", halves(3000, 2000)), 48<<20)
	if err != nil {
		t.Fatal(err)
	}
	if kept := p.pixels.Bounds(); kept.Dx()*kept.Dy() > mostPixels || kept.Dx()*kept.Dy() < mostPixels*9/10 {
		t.Errorf("kept %v", kept)
	}
}

func TestKittyGetsTheImageInPieces(t *testing.T) {
	noise := image.NewRGBA(image.Rect(0, 0, 100, 100))
	for i := range noise.Pix {
		noise.Pix[i] = uint8(i * i >> 3)
	}
	p, err := Decode(t.Context(), encoded(t, "PNG", noise), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	out, err := p.Show(Kitty, 10, 5, 10, 20)
	if err != nil {
		t.Fatal(err)
	}
	var data strings.Builder
	pieces := strings.Split(strings.TrimSuffix(out, "\x1b\\"), "\x1b\\")
	for i, piece := range pieces {
		head, payload, _ := strings.Cut(strings.TrimPrefix(piece, "\x1b_G"), ";")
		if last := i == len(pieces)-1; len(payload) > 4096 || strings.Contains(head, "m=0") != last {
			t.Errorf("piece %d of %d: %s with %d bytes", i, len(pieces), head, len(payload))
		}
		if i == 0 && (!strings.Contains(head, "c=10") || !strings.Contains(head, "r=5") || !strings.Contains(head, "C=1")) {
			t.Errorf("the first piece says %s", head)
		}
		data.WriteString(payload)
	}
	raw, err := base64.StdEncoding.DecodeString(data.String())
	if err != nil {
		t.Fatal(err)
	}
	if m, err := png.Decode(bytes.NewReader(raw)); err != nil || m.Bounds().Dx() != 100 || len(pieces) < 2 {
		t.Errorf("%d pieces, %v", len(pieces), err)
	}
}

func TestSixelsShowTheImage(t *testing.T) {
	p, err := Decode(t.Context(), encoded(t, "PNG", halves(64, 64)), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	out, err := p.Show(Sixel, 6, 3, 10, 20)
	if err != nil {
		t.Fatal(err)
	}
	_, data, _ := strings.Cut(out, "q")
	m, err := new(sixel.Decoder).Decode(strings.NewReader(strings.TrimSuffix(data, "\x1b\\")))
	if err != nil {
		t.Fatal(err)
	}
	if b := m.Bounds(); b.Dx() != 60 || b.Dy() != 60 {
		t.Fatalf("it is %v", b)
	}
	for y, want := range map[int]color.RGBA{5: red, 55: blue} {
		r, g, b, _ := m.At(30, y).RGBA()
		if got := (color.RGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), 255}); !close4(got, want) {
			t.Errorf("row %d is %v, want %v", y, got, want)
		}
	}
}

// What decoders are given comes from anywhere.
func TestNoImageEndsTheProgram(t *testing.T) {
	for _, format := range []string{"PNG", "JPEG", "GIF"} {
		whole := encoded(t, format, halves(16, 16))
		data := make([]byte, whole.Size())
		for i := range data {
			if _, err := whole.ReadAt(data, 0); err != nil {
				t.Fatal(err)
			}
			data[i] ^= 0x55
			p, err := Decode(t.Context(), source(data), 1<<20)
			if err == nil && len(p.Blocks(4, 2)) != 2 {
				t.Errorf("%s with byte %d changed has no blocks", format, i)
			}
		}
	}
}

func BenchmarkDecode(b *testing.B) {
	var file bytes.Buffer
	if err := jpeg.Encode(&file, halves(4000, 3000), nil); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		p, err := Decode(b.Context(), source(file.Bytes()), 48<<20)
		if err != nil {
			b.Fatal(err)
		}
		p.Blocks(120, 30)
	}
}

func BenchmarkSixel(b *testing.B) {
	p := &Picture{Info: Info{Width: 800, Height: 600}, pixels: halves(800, 600)}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := p.Show(Sixel, 80, 30, 10, 20); err != nil {
			b.Fatal(err)
		}
	}
}
