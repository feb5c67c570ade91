package pane

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"parley/ui/document"
)

// jumpTo is a place that was asked for by number.
type jumpTo struct {
	line    int64 // from 1; 0: not a line
	offset  int64
	percent float64
	unit    jumpUnit
}

type jumpUnit uint8

const (
	byLine jumpUnit = iota
	byOffset
	byPercent
)

// errJump says what can be asked for.
var errJump = errors.New("a line as 120, a part as 50%, or a byte as @1234 or @0x4d2")

func parseJump(typed string) (jumpTo, error) {
	typed = strings.TrimSpace(typed)
	if digits, ok := strings.CutSuffix(typed, "%"); ok {
		percent, err := strconv.ParseFloat(strings.TrimSpace(digits), 64)
		if err != nil || !(percent >= 0 && percent <= 100) {
			return jumpTo{}, errors.New("a part is a number from 0% to 100%")
		}
		return jumpTo{unit: byPercent, percent: percent}, nil
	}
	if digits, ok := strings.CutPrefix(typed, "@"); ok {
		offset, err := strconv.ParseInt(digits, 0, 64)
		if err != nil || offset < 0 {
			return jumpTo{}, errors.New("a byte is a number, as @1234 or @0x4d2")
		}
		return jumpTo{unit: byOffset, offset: offset}, nil
	}
	line, err := strconv.ParseInt(typed, 10, 64)
	if err != nil || line < 1 {
		return jumpTo{}, errJump
	}
	return jumpTo{line: line}, nil
}

// checkJump says why a place cannot be gone to; nil: it can.
func (b *bodyView) checkJump(typed string) error {
	to, err := parseJump(typed)
	if err != nil || b.seen() == nil {
		return err
	}
	lines, done := b.seen().view().Lines()
	size := b.seen().document.Source().Size()
	switch {
	case to.unit == byOffset && to.offset >= max(size, 1):
		return fmt.Errorf("the last byte is @%d", max(size-1, 0))
	case to.unit != byLine:
		return nil
	case !b.seen().view().Numbered():
		return errors.New("this view counts bytes, not lines: @1234 goes to one")
	case to.line <= lines:
		return nil
	case done:
		return fmt.Errorf("the last line is %d", lines)
	}
	return fmt.Errorf("line %d is not there yet: %d are known so far", to.line, lines)
}

// jump goes to a place that checkJump has nothing against.
func (b *bodyView) jump(typed string) {
	to, err := parseJump(typed)
	if err != nil || b.seen() == nil {
		return
	}
	switch to.unit {
	case byOffset:
		err = b.pager.Go(to.offset)
	case byPercent:
		err = b.pager.GoPercent(to.percent)
	default:
		var at document.Pos
		if at, err = b.seen().view().AtNumber(to.line); err == nil {
			b.pager.GoTo(at)
		}
	}
	b.problem = problemText(err)
}
