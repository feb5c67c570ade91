package widget

// Relight has the text coloured anew: Highlight says something else now.
func (e *Editor) Relight() {
	clear(e.lights)
	e.touch()
}

// Relight has the cells coloured anew.
func (t *Table) Relight() {
	t.view = ""
	if t.editor != nil {
		t.editor.Relight()
	}
}

// Relight has the values coloured anew.
func (f *Form) Relight() {
	f.view = ""
	for _, e := range f.editors {
		if e != nil {
			e.Relight()
		}
	}
}
