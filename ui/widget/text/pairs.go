package text

import "strings"

// A closer is a bracket or quote that nobody typed: it came with the one that opens, and waits to be typed over. The
// buffer knows where closers are, however the text around them changes, until they are typed over or the text is undone.

// mostClosers is how many closers wait at most; those of the outermost brackets are forgotten first.
const mostClosers = 64

// InsertPair types what opens and, behind the cursor, what closes.
func (b *Buffer) InsertPair(opens, closes string) {
	from, to := b.Selection()
	b.Break()
	b.replace(from, to, opens+closes)
	at := Pos{from.Line, from.Col + len(opens)}
	b.place(at)
	if b.cursor != at { // it has become one character with what opens
		return
	}
	b.past[len(b.past)-1].after = [2]Pos{at, at}
	if b.closers = append(b.closers, at); len(b.closers) > mostClosers {
		b.closers = b.closers[1:]
	}
}

// waiting returns the closer that would be typed next; those that the cursor has left behind wait no more.
func (b *Buffer) waiting() (at Pos, closes string, ok bool) {
	for n := len(b.closers); n > 0; n = len(b.closers) {
		at = b.closers[n-1]
		if !at.Before(b.cursor) && at.Line < len(b.lines) && at.Col < len(b.lines[at.Line]) {
			return at, b.lines[at.Line][at.Col : at.Col+1], true
		}
		b.closers = b.closers[:n-1]
	}
	return Pos{}, "", false
}

// StepOver types what closes by going behind the one that waits for it, if nothing but blanks is before that. On a line
// of its own it takes the line away: what is typed straight on comes out as it was typed. It reports whether it did.
func (b *Buffer) StepOver(closes string) bool {
	at, waits, ok := b.waiting()
	if !ok || waits != closes || b.cursor != b.anchor || strings.TrimSpace(b.Text(b.cursor, at)) != "" {
		return false
	}
	if at != b.cursor && closes == `"` {
		return false
	}
	b.closers = b.closers[:len(b.closers)-1]
	if b.blankBefore(b.cursor) && b.blankBefore(at) && at.Line > b.cursor.Line && b.cursor.Line > 0 {
		above := b.cursor.Line - 1
		end := Pos{at.Line - 1, len(b.lines[at.Line-1])}
		col := at.Col
		b.replace(Pos{above, len(b.lines[above])}, end, "")
		at = Pos{above + 1, col}
	}
	at.Col += len(closes)
	b.Break()
	b.place(at)
	return true
}

func (b *Buffer) blankBefore(p Pos) bool {
	return strings.TrimLeft(b.lines[p.Line][:p.Col], " \t") == ""
}

// DeletePair removes an opener together with the closer that waits right behind it, and reports whether it did.
func (b *Buffer) DeletePair() bool {
	at, closes, ok := b.waiting()
	if !ok || at != b.cursor || b.cursor != b.anchor || at.Col == 0 || b.lines[at.Line][at.Col-1:at.Col] != openerOf(closes) {
		return false
	}
	b.closers = b.closers[:len(b.closers)-1]
	b.Break()
	b.replace(Pos{at.Line, at.Col - 1}, Pos{at.Line, at.Col + 1}, "")
	return true
}

// openerOf is what a closer closes; a quote closes itself.
func openerOf(closes string) string {
	if i := strings.Index(")(][}{", closes); i >= 0 && i%2 == 0 {
		return ")(][}{"[i+1 : i+2]
	}
	return closes
}

// shiftClosers keeps closers on their characters when a range becomes something that ends elsewhere.
func (b *Buffer) shiftClosers(from, to, end Pos) {
	kept := b.closers[:0]
	for _, p := range b.closers {
		switch {
		case p.Before(from):
		case p.Before(to):
			continue
		case p.Line == to.Line:
			p = Pos{end.Line, end.Col + p.Col - to.Col}
		default:
			p.Line += end.Line - to.Line
		}
		kept = append(kept, p)
	}
	b.closers = kept
}
