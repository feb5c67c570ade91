package pane

import (
	"errors"
	"fmt"
	"strings"

	"parley/collections"
	"parley/collections/template"
	"parley/collections/tomldoc"
	"parley/themes"
	"parley/ui/action"
	"parley/ui/safe"
	"parley/ui/style"
	"parley/ui/widget"
)

// source is the section of a file's own text: for comments, and what no other section edits. What is typed counts as soon
// as it can be read; until then the last line says what is wrong, and the other sections can only be looked at.
type source struct {
	oneText
	request *collections.Request
	wrong   string
	fault   collections.Pos // where that is
	styles  style.Styles
	w, h    int
}

func newSource() *source {
	s := &source{request: &collections.Request{}}
	s.oneText = oneText{
		extension: ".toml", store: s.keep, editor: widget.NewEditor(style.Styles{}, widget.EditorOptions{
			Numbers: true, Highlight: tomlSpans,
			Placeholder: "The text of the file, which does not exist yet. All that the other sides say is written here.",
		}),
	}
	return s
}

func (s *source) title() string { return "File" }

func (s *source) count() string {
	if s.wrong != "" {
		return "!"
	}
	return ""
}

func (s *source) setRequest(q *collections.Request) {
	s.request = q
	if q.Held != nil { // it comes from the journal
		s.editor.Reset(string(q.Held))
		s.keep()
		return
	}
	s.shown()
}

// shown writes down what the other sections have changed. What was typed and cannot be read yet stays.
func (s *source) shown() {
	text, err := s.request.Text()
	if err != nil || s.wrong != "" || string(text) == s.editor.Text() {
		return
	}
	s.editor.Reset(string(text))
}

func (s *source) setScope(template.Scope) {}

func (s *source) setSize(w, h int) {
	s.w, s.h = w, h
	if s.wrong != "" && h > 1 {
		h--
	}
	s.editor.SetSize(w, h)
}

func (s *source) setStyles(styles style.Styles) {
	s.styles = styles
	s.editor.SetStyles(styles, themes.Background)
}

func (s *source) view() string {
	if s.wrong == "" || s.h < 2 {
		return s.editor.View()
	}
	return s.editor.View() + "\n" + widget.NewRow(s.styles, themes.Background, s.w).Space(1).Fit(themes.Error, s.wrong, max(0, s.w-2)).String()
}

func (s *source) do(id action.ID) bool {
	defer s.store()
	return editText(s.editor, id)
}

// keep has the request say what the text says, or hold it when it cannot be read yet.
func (s *source) keep() {
	text, err := s.request.Text()
	if err == nil && string(text) == s.editor.Text() {
		s.request.Held = nil
		s.tell(nil)
		return
	}
	text = []byte(s.editor.Text())
	typed, err := s.request.Retype(text)
	if err == nil {
		*s.request = *typed
	} else {
		s.request.Held = text
	}
	s.tell(err)
}

// tell notes why the text cannot be read, and where; nil: it can.
func (s *source) tell(err error) {
	wrong := ""
	s.fault = collections.Pos{}
	if err != nil {
		wrong = safe.Line(err.Error())
		s.fault = faultOf(err)
	}
	if s.wrong != wrong {
		s.wrong = wrong
		s.setSize(s.w, s.h)
	}
}

// faultOf is the place that an error is about.
func faultOf(err error) collections.Pos {
	if broken, ok := errors.AsType[*tomldoc.Error](err); ok {
		return broken.Pos
	}
	if found, ok := errors.AsType[*collections.Finding](err); ok {
		return found.Pos
	}
	return collections.Pos{}
}

// problem implements troubled.
func (s *source) problem() string {
	if s.wrong == "" {
		return ""
	}
	return "the text of the file cannot be read yet: " + s.wrong
}

// remedy says where the text cannot be read.
func (s *source) remedy() string {
	if s.fault.Line == 0 {
		return "the File side cannot be read"
	}
	return fmt.Sprintf("the File side cannot be read at line %d, column %d", s.fault.Line, s.fault.Column)
}

// mend puts the cursor on what is wrong.
func (s *source) mend() {
	if s.fault.Line > 0 {
		s.editor.Go(lineStart(s.editor.Text(), s.fault.Line) + s.fault.Column - 1)
	}
}

// lineStart is the offset of a line, counted from 1, in a text.
func lineStart(text string, line int) int {
	at := 0
	for ; line > 1; line-- {
		next := strings.IndexByte(text[at:], '\n')
		if next < 0 {
			break
		}
		at += next + 1
	}
	return at
}

// tomlSpans colours a line of TOML. It knows nothing of the lines before.
func tomlSpans(line string) []widget.Span {
	trimmed := strings.TrimLeft(line, " \t")
	start := len(line) - len(trimmed)
	switch {
	case strings.HasPrefix(trimmed, "#"):
		return []widget.Span{{From: start, To: len(line), Role: themes.Comment}}
	case strings.HasPrefix(trimmed, "["):
		return []widget.Span{{From: start, To: len(line), Role: themes.Keyword}}
	}
	equals := strings.IndexByte(line, '=')
	if equals < 0 {
		return variableSpans(line, nil)
	}
	spans := []widget.Span{{From: start, To: equals, Role: themes.Key}}
	for _, s := range codeSpans(line[equals+1:], scriptWord) {
		spans = append(spans, widget.Span{From: s.From + equals + 1, To: s.To + equals + 1, Role: s.Role})
	}
	return spans
}
