package document

import "parley/httpcore/content"

// countTag takes a whole tag while lines are only counted, and returns how many
// bytes it is: 0 if it must be taken by its tokens. That gives the same lines.
func (c *markupCutter) countTag(src []byte) int {
	room := maxLine - int(c.at.col) // what does not fit is cut within its tokens
	if c.layout.cut || room <= 0 {
		return 0
	}
	t := &c.whole
	if !c.scan.Tag(src[:min(len(src), room)], t) {
		return 0
	}
	c.at.offset = t.Start
	if t.Kind == content.MarkupStart {
		c.placeStart(t.Depth, t.Display, nil)
	} else {
		c.placeEnd(t.Depth, t.Display, nil)
	}
	n := int(t.End - t.Start)
	if !c.layout.hidden {
		c.at.col += int32(n - t.Gaps)
	}
	c.leaveTag(t.Ends)
	c.at.offset = t.End
	return n
}
