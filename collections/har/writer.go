package har

import (
	"bytes"
	"encoding/json"
	"io"

	"parley/httpcore"
)

// Writer writes an archive, exchange by exchange.
type Writer struct {
	w       io.Writer
	started bool
	err     error
	creator Creator
}

// NewWriter returns a Writer of an archive that creator makes. Nothing is written before the first Add or Close.
func NewWriter(w io.Writer, creator Creator) *Writer { return &Writer{w: w, creator: creator} }

// Options say what is known of an exchange beside itself.
type Options struct {
	// SavedRequest is the path of the saved request, "" for none.
	SavedRequest string
	// Masker hides secrets; a nil one hides nothing.
	Masker *httpcore.Masker
	// Captured and Expect are what came of the response, masked already.
	Captured []Captured
	Expect   []Expect
}

// Add writes an entry for each attempt of each hop. It reads the bodies as far as they came, so the exchange must be over
// and not yet closed. A body that cannot be read again has a comment in its place. An error is that of the io.Writer,
// or of a body that broke off while it was read, and leaves the archive broken.
func (w *Writer) Add(x *httpcore.Exchange, options Options) error {
	for _, hop := range x.Hops {
		for i, attempt := range hop.Attempts {
			w.separate()
			w.entry(entryOf(x, hop, attempt, i, options), contents{hop.Request(attempt), attempt.Response}, options.Masker)
		}
	}
	return w.err
}

// Close ends the archive. Without an Add before, it is one without entries.
func (w *Writer) Close() error {
	if !w.started {
		w.start()
	}
	w.raw("\n]}}\n")
	return w.err
}

func (w *Writer) start() {
	w.started = true
	w.raw(`{"log":{"version":"` + Version + `","creator":`)
	w.raw(string(marshal(w.creator)))
	w.raw(`,"entries":[` + "\n")
}

func (w *Writer) separate() {
	if w.started {
		w.raw(",\n")
		return
	}
	w.start()
}

// contents are the bodies that an entry takes from where they are kept.
type contents struct {
	sent     *httpcore.Prepared
	received *httpcore.Response
}

// entry writes an entry of which the texts of the bodies are still missing.
func (w *Writer) entry(e Entry, c contents, masker *httpcore.Masker) {
	request, response := e.Request, e.Response
	postData := request.PostData
	request.PostData = nil
	content := response.Content

	w.raw(`{"request":`)
	w.open(request)
	if postData != nil {
		w.raw(`,"postData":`)
		w.open(struct {
			MimeType string  `json:"mimeType"`
			Params   []Param `json:"params,omitempty"`
		}{postData.MimeType, postData.Params})
		w.text(bodyOf(c.sent, masker), "_encoding", masker)
		w.raw(`}`)
	}
	w.raw(`},"response":`)
	w.open(struct {
		Response
		Content *Content `json:"content,omitempty"`
	}{Response: response})
	w.raw(`,"content":`)
	w.open(content)
	if c.received != nil {
		w.text(received(c.received), "encoding", masker)
	}
	w.raw(`}},`)
	rest := marshal(struct {
		Entry
		Request  *Request  `json:"request,omitempty"`
		Response *Response `json:"response,omitempty"`
	}{Entry: e})
	w.raw(string(rest[1:]))
}

// text writes the members that hold a body, streaming it twice: to learn whether it is UTF-8, and to write it.
func (w *Writer) text(open func() (io.ReadCloser, error), encodingKey string, masker *httpcore.Masker) {
	isText, err := isUTF8(open)
	if err != nil {
		w.raw(`,"text":"","comment":`)
		w.raw(string(marshal(masker.String("the content cannot be read: " + err.Error()))))
		return
	}
	if isText {
		w.raw(`,"text":"`)
		w.copy(open, &jsonText{w: w}, masker)
		w.raw(`"`)
		return
	}
	w.raw(`,"` + encodingKey + `":"base64","text":"`)
	w.copy(open, newBase64(w), masker)
	w.raw(`"`)
}

func (w *Writer) copy(open func() (io.ReadCloser, error), to io.WriteCloser, masker *httpcore.Masker) {
	if w.err != nil {
		return
	}
	r, err := open()
	if err != nil {
		w.fail(err)
		return
	}
	defer r.Close()
	masked := masker.Writer(to)
	if _, err := io.Copy(masked, r); err != nil {
		w.fail(err)
	}
	w.fail(masked.Close())
	w.fail(to.Close())
}

// open writes an object without its last bracket, so that members can follow.
func (w *Writer) open(object any) {
	data := marshal(object)
	w.raw(string(data[:len(data)-1]))
}

func (w *Writer) raw(s string) {
	if w.err == nil {
		_, w.err = io.WriteString(w.w, s)
	}
}

func (w *Writer) fail(err error) {
	if w.err == nil {
		w.err = err
	}
}

// Write passes bytes on, for the encoders.
func (w *Writer) write(p []byte) (int, error) {
	if w.err == nil {
		_, w.err = w.w.Write(p)
	}
	return len(p), w.err
}

// marshal encodes the package's own types, which always works.
func marshal(value any) []byte {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic("har: " + err.Error())
	}
	return bytes.TrimRight(out.Bytes(), "\n")
}
