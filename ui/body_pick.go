package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"parley/httpcore/content"
	"parley/themes"
	"parley/ui/overlay"
)

// pickView lists the views that can show the body.
func (r *Root) pickView() tea.Cmd {
	response := r.response()
	modes, current := response.Views()
	var names []string
	for _, mode := range modes {
		names = append(names, mode.String())
	}
	r.pickOne("View of the body", "No view is called that.", names, slices.Index(modes, current), func(i int) { response.ShowView(modes[i]) })
	return nil
}

// pickKind has the body read as something else than it says or seems to be.
func (r *Root) pickKind() tea.Cmd {
	response := r.response()
	names := []string{asItSays}
	for _, kind := range content.Kinds() {
		names = append(names, kind.String())
	}
	r.pickOne("Kind of the body", "No kind is called that.", names, slices.Index(content.Kinds(), response.Reading().Kind)+1, func(i int) {
		reading := response.Reading()
		reading.Kind = content.Unknown
		if i > 0 {
			reading.Kind = content.Kinds()[i-1]
		}
		response.ReadAs(reading)
	})
	return nil
}

const asItSays = "as it says, or seems to be"

// charsets are those offered for a response: the encodings of the WHATWG Encoding Standard that are still met.
var charsets = []string{
	"utf-8", "windows-1252", "iso-8859-2", "iso-8859-15", "utf-16le", "utf-16be", "shift_jis", "euc-jp", "iso-2022-jp", "gb18030", "big5",
	"euc-kr", "koi8-r", "ibm866", "windows-1250", "windows-1251", "windows-1253", "windows-1254", "windows-1255", "windows-1256",
	"windows-1257", "windows-1258", "windows-874", "macintosh",
}

// pickCharset has the response read as another charset than it says or seems to be.
func (r *Root) pickCharset() tea.Cmd {
	response := r.response()
	names := append([]string{asItSays}, charsets...)
	r.pickOne("Charset of the response", "No charset is called that.", names, slices.Index(charsets, response.Reading().Charset)+1, func(i int) {
		reading := response.Reading()
		reading.Charset = ""
		if i > 0 {
			reading.Charset = charsets[i-1]
		}
		response.ReadAs(reading)
	})
	return nil
}

// pickOne lists names, of which one is in force.
func (r *Root) pickOne(title, empty string, names []string, current int, pick func(i int)) {
	entries := make([]overlay.Entry, len(names))
	for i, name := range names {
		entries[i] = overlay.Entry{Text: name, Badge: " ", BadgeRole: themes.Accent, Pick: func() tea.Cmd {
			pick(i)
			return nil
		}}
		if i == current {
			entries[i].Badge = "●"
		}
	}
	r.overlays.Push(overlay.NewPicker(overlay.PickerOptions{Title: title, Placeholder: "Search", Empty: empty, Start: max(0, current)}, entries))
}
