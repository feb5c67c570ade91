package text

// edit is one replacement, with all that is needed to do and undo it.
type edit struct {
	at       Pos
	old, new string
}

// step is what one undo takes back.
type step struct {
	edits         []edit
	before, after [2]Pos // cursor and anchor
}

// replace makes an edit that can be undone, as a part of the open step, and leaves the cursor after the new text.
func (b *Buffer) replace(from, to Pos, with string) {
	old := b.Text(from, to)
	if old == with {
		b.place(to)
		return
	}
	before := [2]Pos{b.cursor, b.anchor}
	end := b.splice(from, to, with)
	b.place(end)
	e := edit{from, old, with}
	if !b.open || len(b.past) == 0 {
		b.past = append(b.past, step{before: before})
	}
	last := &b.past[len(b.past)-1]
	if n := len(last.edits); n > 0 && last.edits[n-1].extend(e) {
		e = edit{}
	} else {
		last.edits = append(last.edits, e)
	}
	last.after = [2]Pos{b.cursor, b.anchor}
	b.open = true
	b.future = nil
}

// extend merges plain typing into one edit, so that a long stretch of it stays small.
func (e *edit) extend(next edit) bool {
	if next.old != "" || next.at != end(e.at, e.new) {
		return false
	}
	e.new += next.new
	return true
}

// Break ends the step: what follows is undone apart from what came before.
func (b *Buffer) Break() {
	if !b.held {
		b.open = false
	}
}

// Hold begins a step that takes in all edits until Release, whatever else would end it.
func (b *Buffer) Hold() {
	if !b.held {
		b.open, b.held = false, true
	}
}

// Release ends a step that was held open.
func (b *Buffer) Release() {
	if b.held {
		b.open, b.held = false, false
	}
}

// Undo takes the last step back and reports whether there was one.
func (b *Buffer) Undo() bool {
	if len(b.past) == 0 {
		return false
	}
	s := b.past[len(b.past)-1]
	b.past = b.past[:len(b.past)-1]
	for i := len(s.edits) - 1; i >= 0; i-- {
		e := s.edits[i]
		b.splice(e.at, end(e.at, e.new), e.old)
	}
	b.future = append(b.future, s)
	b.restore(s.before)
	return true
}

// Redo does again what was undone last and reports whether there was anything.
func (b *Buffer) Redo() bool {
	if len(b.future) == 0 {
		return false
	}
	s := b.future[len(b.future)-1]
	b.future = b.future[:len(b.future)-1]
	for _, e := range s.edits {
		b.splice(e.at, end(e.at, e.old), e.new)
	}
	b.past = append(b.past, s)
	b.restore(s.after)
	return true
}

func (b *Buffer) restore(at [2]Pos) {
	b.cursor, b.anchor, b.goal, b.open, b.closers = at[0], at[1], -1, false, nil
	b.held = false
}

// end returns where s ends when it starts at a place.
func end(at Pos, s string) Pos {
	for i := range len(s) {
		if s[i] == '\n' {
			at = Pos{at.Line + 1, 0}
		} else {
			at.Col++
		}
	}
	return at
}
