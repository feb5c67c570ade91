package collections

// NewDraft makes the journal's entry of an edited request. loaded is what edited was made from with [Request.Clone], or
// nil for one that was never saved; tab names the latter.
func NewDraft(tab string, loaded, edited *Request) (Draft, error) {
	if loaded == nil {
		text, err := Encode(edited)
		return Draft{Tab: tab, Text: text}, err
	}
	text, err := Render(loaded, edited)
	return Draft{Path: loaded.Path, Base: loaded.Source(), Text: text}, err
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
	return loaded, edited, nil
}
