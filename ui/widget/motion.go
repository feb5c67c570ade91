package widget

// Motion is a way to move through what a widget shows.
type Motion uint8

// The motions.
const (
	Up Motion = iota
	Down
	Left
	Right
	PageUp
	PageDown
	HalfUp
	HalfDown
	Top
	Bottom
)

// motionOf names the motion of a key that means the same to everyone. Letters and chords are the key map's business.
func motionOf(key string) (Motion, bool) {
	switch key {
	case "up":
		return Up, true
	case "down":
		return Down, true
	case "left":
		return Left, true
	case "right":
		return Right, true
	case "pgup":
		return PageUp, true
	case "pgdown":
		return PageDown, true
	case "home":
		return Top, true
	case "end":
		return Bottom, true
	}
	return 0, false
}

// wheelStep is how many lines a notch of the mouse wheel moves.
const wheelStep = 3
