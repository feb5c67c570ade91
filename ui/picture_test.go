package ui

import (
	"strings"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi/kitty"
)

// openPicture shows an image, and returns what the terminal was asked.
func openPicture(t *testing.T, format string) (b *bench, asked string) {
	t.Helper()
	b = open(t, 120, 36)
	b.Press("ctrl+l")
	b.Paste("{{base_url}}/image/" + format)
	b.Press("enter")
	b.WaitText(" × ")
	return b, b.WaitRaw()
}

func TestImagesAreShownInHalfBlocks(t *testing.T) {
	for format, name := range map[string]string{"png": "PNG", "jpeg": "JPEG", "webp": "WebP"} {
		b, _ := openPicture(t, format)
		grid := b.Grid()
		if !strings.Contains(grid, "▀▀▀▀▀▀▀▀") || !strings.Contains(grid, name+" · ") {
			t.Errorf("%s is not shown:\n%s", format, grid)
		}
		b.Press("alt+4", "v")
		b.WaitText("hex")
		if strings.Contains(b.Grid(), "▀▀▀▀") {
			t.Errorf("the bytes are not shown:\n%s", b.Grid())
		}
	}
}

func TestKittyIsGivenThePicture(t *testing.T) {
	b, asked := openPicture(t, "png")
	if !strings.Contains(asked, "a=q") || !strings.HasSuffix(asked, "\x1b[c") {
		t.Fatalf("the terminal was asked %q", asked)
	}
	b.Send(uv.KittyGraphicsEvent{Options: kitty.Options{ID: 1}, Payload: []byte("OK")})
	b.Send(uv.CellSizeEvent{Width: 8, Height: 16})
	b.Send(uv.PrimaryDeviceAttributesEvent{62, 4})
	if drawn := b.WaitRaw(); !strings.Contains(drawn, "a=T") || strings.Contains(b.Grid(), "▀▀▀▀") {
		t.Errorf("it is not drawn by the protocol: %.80q\n%s", drawn, b.Grid())
	}
	b.Press("ctrl+p")
	if gone := b.WaitRaw(); !strings.Contains(gone, "a=d") {
		t.Errorf("it lies on top of the palette: %.80q", gone)
	}
	b.Press("esc")
	if again := b.WaitRaw(); !strings.Contains(again, "a=T") {
		t.Errorf("it does not come back: %.80q", again)
	}
	b.Press("alt+4", "v")
	if gone := b.WaitRaw(); !strings.Contains(gone, "a=d") {
		t.Errorf("it lies on top of its bytes: %.80q", gone)
	}
}

func TestSixelsAreDrawnOnBlankCells(t *testing.T) {
	b, _ := openPicture(t, "jpeg")
	b.Send(uv.PrimaryDeviceAttributesEvent{62, 4, 22})
	if drawn := b.WaitRaw(); !strings.Contains(drawn, "\x1bP0;1q") || strings.Contains(b.Grid(), "▀▀▀▀") {
		t.Errorf("it is not drawn as sixels: %.80q", drawn)
	}
}

func TestATerminalWithoutGraphicsKeepsHalfBlocks(t *testing.T) {
	b, _ := openPicture(t, "png")
	b.Send(uv.PrimaryDeviceAttributesEvent{62, 22})
	b.Poll()
	if raw := b.Raw(); raw != "" || !strings.Contains(b.Grid(), "▀▀▀▀") {
		t.Errorf("it was sent %.80q:\n%s", raw, b.Grid())
	}
}
