package picture

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"

	"parley/httpcore/content"
)

// Info is what the head of an image says.
type Info struct {
	Format        string // PNG, JPEG, GIF or WebP
	Width, Height int    // in pixels
	Memory        int64  // roughly what decoding takes, in bytes
}

// ErrUnknown says that a body is no image that can be decoded.
var ErrUnknown = errors.New("this is no PNG, JPEG, GIF or WebP image")

// format is a kind of image. The registry of package image is a variable of the whole program, so it is not used.
type format struct {
	name   string
	magic  string // "?" stands for any byte
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
}

var formats = [...]format{
	{"PNG", "\x89PNG\r\n\x1a\n", png.DecodeConfig, png.Decode},
	{"JPEG", "\xff\xd8\xff", jpeg.DecodeConfig, jpeg.Decode},
	{"GIF", "GIF8?a", gif.DecodeConfig, gif.Decode},
	{"WebP", "RIFF????WEBPVP8", webp.DecodeConfig, webp.Decode},
}

// Known reports whether a body that begins so is an image of a format that can be decoded.
func Known(head []byte) bool {
	_, ok := formatOf(head)
	return ok
}

func formatOf(head []byte) (format, bool) {
	for _, f := range formats {
		if matches(f.magic, head) {
			return f, true
		}
	}
	return format{}, false
}

func matches(magic string, head []byte) bool {
	if len(head) < len(magic) {
		return false
	}
	for i := range len(magic) {
		if magic[i] != '?' && magic[i] != head[i] {
			return false
		}
	}
	return true
}

// Inspect reads the head of an image. The error is [ErrUnknown] when it is none, or says what is wrong with it.
func Inspect(src content.Source) (Info, error) {
	_, info, err := inspect(src)
	return info, err
}

func inspect(src content.Source) (format, Info, error) {
	head := make([]byte, 16)
	n, err := content.ReadAt(src, head, 0)
	if err != nil {
		return format{}, Info{}, err
	}
	f, ok := formatOf(head[:n])
	if !ok {
		return f, Info{}, ErrUnknown
	}
	config, err := f.config(io.NewSectionReader(src, 0, src.Size()))
	if err != nil {
		return f, Info{Format: f.name}, fmt.Errorf("the head of this %s image cannot be read: %w", f.name, err)
	}
	info := Info{Format: f.name, Width: config.Width, Height: config.Height}
	info.Memory = int64(info.Width) * int64(info.Height) * bytesPerPixel(config.ColorModel)
	return f, info, nil
}

// bytesPerPixel is what the decoders of the standard library take at most.
func bytesPerPixel(model color.Model) int64 {
	if _, ok := model.(color.Palette); ok {
		return 1
	}
	switch model {
	case color.GrayModel:
		return 1
	case color.Gray16Model:
		return 2
	case color.YCbCrModel:
		return 3
	case color.RGBA64Model, color.NRGBA64Model:
		return 8
	default:
		return 4
	}
}

// TooLarge says that an image takes more memory than it may.
type TooLarge struct{ Info Info }

func (e *TooLarge) Error() string {
	return fmt.Sprintf("decoding this %s image of %d × %d pixels takes about %d MiB", e.Info.Format, e.Info.Width, e.Info.Height, e.Info.Memory>>20)
}

// Decode decodes an image that is all there, if that takes no more than so much memory. It gives up when ctx ends.
func Decode(ctx context.Context, src content.Source, memory int64) (p *Picture, err error) {
	f, info, err := inspect(src)
	switch {
	case err != nil:
		return nil, err
	case info.Width <= 0 || info.Height <= 0:
		return nil, fmt.Errorf("this %s image has no pixels", info.Format)
	case info.Memory > memory:
		return nil, &TooLarge{info}
	}
	defer func() { // what a hostile image does to a decoder must not end the program
		if r := recover(); r != nil {
			p, err = nil, fmt.Errorf("this %s image cannot be decoded: %v", info.Format, r)
		}
	}()
	decoded, err := f.decode(&cancelled{ctx, io.NewSectionReader(src, 0, src.Size())})
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return nil, fmt.Errorf("this %s image cannot be decoded: %w", info.Format, err)
	}
	return &Picture{Info: info, pixels: shrink(ctx, decoded, most(info))}, ctx.Err()
}

// cancelled is a reader that fails once ctx has ended: decoders know no contexts.
type cancelled struct {
	ctx context.Context
	io.Reader
}

func (c *cancelled) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.Reader.Read(p)
}
