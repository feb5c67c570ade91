package document

import "parley/httpcore/content"

// shapedView is a shaped view of a document, which is cheap until it is looked
// at.
type shapedView struct {
	*shaped
	started bool
}

// teller returns what tells the shape of bodies of a kind in a mode, nil if
// there is none.
func (d *Document) teller(mode Mode, kind content.Kind) func(head []byte, ended bool) shape {
	switch {
	case mode == Table && (kind == content.JSON || kind == content.NDJSON):
		return tellJSONTable(kind == content.NDJSON)
	case mode == Table && (kind == content.CSV || kind == content.Text):
		return tellCSVTable(d.options.ContentType, kind == content.CSV)
	case mode == Preview && kind == content.Form:
		return tellForm
	case mode == Preview && kind == content.Multipart:
		return tellMultipart(d.options.ContentType)
	}
	return nil
}

// has reports whether a mode has something to show, as far as it is known.
func (d *Document) has(mode Mode) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	v := d.shapedView(mode)
	return v != nil && v.known()
}

// shapedLines are the lines of a mode, or those of the raw view if it has
// nothing to show.
func (d *Document) shapedLines(mode Mode) lineSource {
	d.mu.Lock()
	defer d.mu.Unlock()
	v := d.shapedView(mode)
	if v == nil || v.never() {
		return d.newRaw()
	}
	if !v.started && d.ctx.Err() == nil {
		v.started = true
		d.work.Go(func() { v.run(d.ctx, d.changed) })
	}
	return v.shaped
}

// shapedView makes a view, once, if the body may have one. The caller holds
// mu.
func (d *Document) shapedView(mode Mode) *shapedView {
	kind := d.sniff()
	if v := d.shaped[mode][kind]; v != nil {
		return v
	}
	tell := d.teller(mode, kind)
	if tell == nil {
		return nil
	}
	if d.shaped[mode] == nil {
		d.shaped[mode] = map[content.Kind]*shapedView{}
	}
	v := &shapedView{shaped: newShaped(d.src, tell)}
	d.shaped[mode][kind] = v
	return v
}
