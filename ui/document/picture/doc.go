// Package picture turns a body that is an image (PNG, JPEG, GIF, WebP) into something that a terminal can show: coloured
// half-blocks, which any terminal with colours draws, or the payload of a graphics protocol (kitty's, sixel).
//
// [Inspect] reads an image's head and says how much memory decoding it takes; [Decode] decodes it row by row into a
// [Picture] of bounded size, and forgets the rest. A Picture never changes and may be used from anywhere. Of an
// animation the first frame is shown. Nothing of an image reaches the terminal but colours.
package picture
