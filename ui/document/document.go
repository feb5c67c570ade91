package document

import (
	"context"
	"sync"

	"parley/httpcore/content"
	"parley/ui/document/picture"
)

// Mode is a way to look at a body.
type Mode uint8

const (
	Pretty  Mode = iota // laid out or highlighted, after its kind
	Raw                 // as text
	Hex                 // as bytes
	Image               // as a picture, which package picture draws; its view shows bytes
	Table               // records in columns: elements of an array, lines of CSV
	Preview             // what a form or a multipart body says, decoded
	Tree                // nodes with what they hold, expanded on demand
	modes
)

var modeNames = [modes]string{"pretty", "raw", "hex", "image", "table", "preview", "tree"}

// String is the mode's name for people.
func (m Mode) String() string { return modeNames[m] }

// Options say what is known of a body.
type Options struct {
	// Kind is what the body is; if Unknown, it is told from ContentType and
	// the first bytes.
	Kind content.Kind
	// ContentType is the header field's value, as it came.
	ContentType string
	// Charset is the label of the text's charset, as HTTP and HTML write it,
	// and Detect tells it from the first bytes, 4 KiB at most, if there is no
	// label. The text is then seen as UTF-8, and offsets are those of what is
	// seen. Labels that WHATWG does not list, and neither of the two, stand for
	// UTF-8. The hex view always shows the body's own bytes.
	Charset string
	Detect  func(head []byte) string
}

// Document is a body that is being looked at.
type Document struct {
	bytes   Source // the body
	src     Source // as UTF-8
	options Options
	ctx     context.Context // ends with Close; the goroutines' own
	cancel  context.CancelFunc
	work    sync.WaitGroup
	changes chan struct{}

	views [modes]*View

	mu     sync.Mutex
	kind   content.Kind
	raw    lineSource                  // made when first asked for
	tree   *branch                     // likewise
	pretty map[content.Kind]lineSource // likewise
	shaped map[Mode]map[content.Kind]*shapedView
}

// Open returns a document that shows src, which must stay readable until
// Close.
func Open(src Source, o Options) *Document {
	ctx, cancel := context.WithCancel(context.Background())
	d := &Document{
		bytes: src, src: src, options: o, kind: o.Kind, ctx: ctx, cancel: cancel,
		changes: make(chan struct{}, 1), pretty: map[content.Kind]lineSource{}, shaped: map[Mode]map[content.Kind]*shapedView{},
	}
	if text := decode(src, o.Charset, o.Detect); !text.same {
		d.src = text
		d.work.Go(func() { text.run(ctx, d.changed) })
	}
	d.views = [modes]*View{
		Pretty:  {src: d.src, lines: d.prettyLines, build: d.build},
		Raw:     {src: d.src, lines: d.rawLines},
		Hex:     {src: src, lines: always(&hexLines{src: src})},
		Image:   {src: src, lines: always(&hexLines{src: src})},
		Table:   {src: d.src, lines: func() lineSource { return d.shapedLines(Table) }},
		Preview: {src: d.src, lines: func() lineSource { return d.shapedLines(Preview) }},
		Tree:    {src: d.src, lines: d.treeLines},
	}
	return d
}

// Close ends the goroutines of the document and waits for them. Views stay
// usable as long as the source is readable; they learn nothing new.
func (d *Document) Close() {
	d.mu.Lock() // no goroutine starts after this
	d.cancel()
	d.mu.Unlock()
	d.work.Wait()
}

// Source is the text that is seen: the body, as UTF-8 if it has another
// charset. Ranges and offsets are its own.
func (d *Document) Source() Source { return d.src }

// Changes delivers a value when there may be more to show than before: lines
// were found, colours became exact. Values come at most as fast as they are
// taken.
func (d *Document) Changes() <-chan struct{} { return d.changes }

func (d *Document) changed() {
	select {
	case d.changes <- struct{}{}:
	default:
	}
}

// Kind is what the body is, as far as it can be told yet.
func (d *Document) Kind() content.Kind {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.sniff()
}

// sniff tells the kind for good once enough bytes have come. The caller holds
// mu.
func (d *Document) sniff() content.Kind {
	if d.kind != content.Unknown {
		return d.kind
	}
	kind, sure := d.sniffFrom(d.bytes)
	if text, ok := d.src.(*decoded); ok && kind != content.Image && (kind != content.Binary || text.isWide()) {
		kind, sure = d.sniffFrom(text) // pictures do not survive a charset
	}
	if sure {
		d.kind = kind
	}
	return kind
}

// sniffFrom tells the kind of what there is, and whether more would not change
// it.
func (d *Document) sniffFrom(src Source) (kind content.Kind, sure bool) {
	ended, _ := src.Done()
	head := make([]byte, content.SniffLen)
	n, err := content.ReadAt(src, head, 0)
	if err != nil {
		return content.Unknown, false // whoever shows the body meets the error again
	}
	return content.Sniff(d.options.ContentType, head[:n]), ended || n == len(head)
}

// Default is the mode that suits the body best.
func (d *Document) Default() Mode {
	switch {
	case d.isPicture():
		return Image
	case d.Kind() == content.Image, d.Kind() == content.Binary:
		return Hex
	case d.Kind() == content.CSV && d.has(Table):
		return Table
	case d.has(Preview):
		return Preview
	}
	return Pretty
}

// isPicture reports whether package picture knows what the body is.
func (d *Document) isPicture() bool {
	if d.Kind() != content.Image {
		return false
	}
	head := make([]byte, content.SniffLen)
	n, err := content.ReadAt(d.bytes, head, 0)
	return err == nil && picture.Known(head[:n])
}

// Modes are the modes that can show the body, in the order in which one goes
// through them. Tables may come to be known only when more of it is there.
func (d *Document) Modes() []Mode {
	if d.isPicture() {
		return []Mode{Image, Hex, Raw}
	}
	modes := []Mode{Pretty, Raw, Hex}
	if kind := d.Kind(); kind == content.JSON || kind == content.NDJSON {
		modes = append(modes, Tree)
	}
	for _, mode := range []Mode{Table, Preview} {
		if d.has(mode) {
			modes = append(modes, mode)
		}
	}
	return modes
}

// View returns the document in a mode.
func (d *Document) View(mode Mode) *View { return d.views[mode] }

func (d *Document) rawLines() lineSource {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.newRaw()
}

// newRaw makes the lines of the raw view, once. The caller holds mu.
func (d *Document) newRaw() lineSource {
	if d.raw == nil {
		lines := newIndexed(d.src, newRawCutter)
		d.start(lines)
		d.raw = lines
	}
	return d.raw
}

func (d *Document) prettyLines() lineSource {
	d.mu.Lock()
	defer d.mu.Unlock()
	kind := d.sniff()
	if d.pretty[kind] == nil {
		d.pretty[kind] = d.newPretty(kind)
	}
	return d.pretty[kind]
}

// newPretty makes the lines of the pretty view of a kind. The caller holds mu.
func (d *Document) newPretty(kind content.Kind) lineSource {
	switch {
	case kind == content.JSON || kind == content.NDJSON:
		lines := newIndexed(d.src, func() cutter { return newJSONCutter(kind == content.NDJSON) })
		d.start(lines)
		return lines
	case kind == content.XML || kind == content.HTML:
		lines := newIndexed(d.src, markupCutterOf(kind))
		d.start(lines)
		return lines
	case lexerNames[kind] != "":
		lines := newHighlighted(d.src, kind)
		d.start(lines.indexed, func() { lines.lexAll(d.ctx, d.changed) }, func() { lines.serve(d.ctx, d.changed) })
		return lines
	}
	return d.newRaw()
}

// treeLines are the lines of the tree view: those of the pretty view's nodes,
// or the raw view's if it is no JSON.
func (d *Document) treeLines() lineSource {
	kind := d.Kind()
	if kind != content.JSON && kind != content.NDJSON {
		return d.rawLines()
	}
	_, x := d.View(Pretty).nested()
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.tree == nil || d.tree.of != x {
		d.tree = &branch{of: x, depth: -1, stream: kind == content.NDJSON}
	}
	return d.tree
}

// start builds an index in the background, beside other work. The error of
// building is not lost: whoever looks at what could not be read meets it too.
// The caller holds mu.
func (d *Document) start(lines *indexed, others ...func()) {
	if d.ctx.Err() != nil {
		return
	}
	d.work.Go(func() {
		_ = lines.build(d.ctx, d.changed)
		d.changed()
	})
	for _, other := range others {
		d.work.Go(other)
	}
}

// build builds an index that may be given up before the document is closed.
func (d *Document) build(x *indexed) context.CancelFunc {
	ctx, cancel := context.WithCancel(d.ctx)
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.ctx.Err() == nil {
		d.work.Go(func() {
			_ = x.build(ctx, d.changed) // as in start
			d.changed()
		})
	}
	return cancel
}
