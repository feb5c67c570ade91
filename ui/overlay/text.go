package overlay

import "parley/ui/safe"

// columns is how many cells a text takes once it is safe to show.
func columns(text string) int { return safe.Width(safe.Line(text)) }
