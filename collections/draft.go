package collections

import "bytes"

// NewDraft makes the journal's entry of an edited request. loaded is what edited was made from with [Request.Clone], or
// nil for one that was never saved; tab names the latter.
func NewDraft(tab string, loaded, edited *Request) (Draft, error) {
	if loaded == nil {
		text, err := Encode(edited)
		return Draft{Tab: tab, Text: text, Held: edited.Held}, err
	}
	text, err := Render(loaded, edited)
	return Draft{Path: loaded.Path, Base: loaded.Source(), Text: text, Held: edited.Held}, err
}

// Requests returns what [NewDraft] was given: loaded is nil for a request that was never saved. Saving edited over loaded
// finds out whether the file was changed meanwhile. A value that is wrong, because it was only half typed, is no error.
func (d Draft) Requests() (loaded, edited *Request, err error) {
	if d.Path != "" {
		if loaded, err = ParseRequest(d.Path, d.Base); loaded == nil {
			return nil, nil, err
		}
	}
	if edited, err = ParseRequest(d.Path, d.Text); edited == nil {
		return nil, nil, err
	}
	if _, settings := SettingsOf(d.Path); settings {
		edited.retyped = edited.source // the text may say more than the request
	}
	if d.Held == nil {
		return loaded, edited, nil
	}
	if typed, err := edited.Retype(d.Held); err == nil { // a later Parley may read more
		return loaded, typed, nil
	}
	edited.Held = d.Held
	return loaded, edited, nil
}

// Says reports whether the draft says what a text of the file does, and nothing more.
func (d Draft) Says(text []byte) bool { return d.Held == nil && bytes.Equal(d.Text, text) }
