package collections

import "parley/collections/tomldoc"

// NewDraft makes the journal's entry of an edited request. loaded is what edited was made from with [Request.Clone], or
// nil for one that was never saved; tab names the latter.
func NewDraft(tab string, loaded, edited *Request) (Draft, error) {
	if loaded == nil {
		text, err := Encode(edited)
		return Draft{Tab: tab, Text: text}, err
	}
	p := &patch{doc: loaded.source.doc}
	p.request(loaded, edited)
	if p.err != nil {
		return Draft{}, p.err
	}
	return Draft{Path: loaded.Path, Base: loaded.source.doc.Bytes(), Text: p.doc.Bytes()}, nil
}

// Requests returns what [NewDraft] was given: loaded is nil for a request that was never saved. Saving edited over loaded
// finds out whether the file was changed meanwhile.
func (d Draft) Requests() (loaded, edited *Request, err error) {
	file := ""
	if d.Path != "" {
		file = fileOf(d.Path)
		base, err := tomldoc.Parse(file, d.Base)
		if err != nil {
			return nil, nil, err
		}
		loaded = decodeRequest(d.Path, &source{doc: base})
	}
	text, err := tomldoc.Parse(file, d.Text)
	if err != nil {
		return nil, nil, err
	}
	return loaded, decodeRequest(d.Path, &source{doc: text}), nil
}
