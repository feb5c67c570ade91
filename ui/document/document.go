package document

import (
	"context"
	"sync"

	"parley/httpcore/content"
)

// Mode is a way to look at a body.
type Mode uint8

const (
	Pretty Mode = iota // laid out or highlighted, after its kind
	Raw                // as text
	Hex                // as bytes
	modes
)

var modeNames = [modes]string{"pretty", "raw", "hex"}

// String is the mode's name for people.
func (m Mode) String() string { return modeNames[m] }

// Options say what is known of a body.
type Options struct {
	// Kind is what the body is; if Unknown, it is told from ContentType and
	// the first bytes.
	Kind content.Kind
	// ContentType is the header field's value, as it came.
	ContentType string
	// Charset is the label of the text's charset, as HTTP and HTML write it.
	// The text is then seen as UTF-8, and offsets are those of what is seen.
	// "", UTF-8 and labels that WHATWG does not list leave the bytes as they
	// are. The hex view always shows the body's own bytes.
	Charset string
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

	mu    sync.Mutex
	kind  content.Kind
	views map[viewKey]*View
}

type viewKey struct {
	mode Mode
	kind content.Kind
}

// Open returns a document that shows src, which must stay readable until
// Close.
func Open(src Source, o Options) *Document {
	ctx, cancel := context.WithCancel(context.Background())
	d := &Document{
		bytes: src, src: src, options: o, kind: o.Kind, ctx: ctx, cancel: cancel,
		changes: make(chan struct{}, 1), views: map[viewKey]*View{},
	}
	if text, ok := decode(src, o.Charset); ok {
		d.src = text
		d.work.Go(func() { text.run(ctx) })
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
	ended, _ := d.src.Done()
	head := make([]byte, content.SniffLen)
	n, err := readAt(d.src, head, 0)
	if err != nil {
		return content.Unknown // reading it will say so again, to someone who can tell
	}
	kind := content.Sniff(d.options.ContentType, head[:n])
	if ended || n == len(head) {
		d.kind = kind
	}
	return kind
}

// Default is the mode that suits the body best.
func (d *Document) Default() Mode {
	switch d.Kind() {
	case content.Image, content.Binary:
		return Hex
	}
	return Pretty
}

// View returns the document in a mode. It is cheap to call again and should
// be, because the kind of a body that has just begun to arrive may change.
func (d *Document) View(mode Mode) *View {
	d.mu.Lock()
	defer d.mu.Unlock()
	key := viewKey{mode: mode}
	if mode == Pretty {
		key.kind = d.sniff()
	}
	v, ok := d.views[key]
	if !ok {
		v = d.newView(key)
		d.views[key] = v
	}
	return v
}

func (d *Document) newView(key viewKey) *View {
	switch {
	case key.mode == Hex:
		return &View{src: d.bytes, from: &hexLines{src: d.bytes}}
	case lexerNames[key.kind] != "":
		lines := newHighlighted(d.src, key.kind)
		d.start(lines.indexed, func() { lines.lexAll(d.ctx, d.changed) }, func() { lines.serve(d.ctx, d.changed) })
		return &View{src: d.src, from: lines}
	}
	lines := newIndexed(d.src, newCutter(key.kind))
	d.start(lines)
	return &View{src: d.src, from: lines}
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

func newCutter(kind content.Kind) func() cutter {
	switch kind {
	case content.JSON, content.NDJSON:
		return func() cutter { return newJSONCutter(kind == content.NDJSON) }
	}
	return newRawCutter
}
