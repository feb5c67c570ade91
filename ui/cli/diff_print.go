package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"parley/httpcore"
	"parley/httpcore/body"
	"parley/httpcore/content"
	"parley/httpcore/content/diff"
	"parley/ui/document"
)

// comparison is how two responses differ, in their parts.
type comparison struct{ status, headers, body *diff.Result }

func (c comparison) equal() bool { return c.status.Equal() && c.headers.Equal() && c.body.Equal() }

// compare prints how two responses differ.
func (p *Program) compare(ctx context.Context, a, b *side, f compareFlags) error {
	r, err := f.rules(append(slices.Clone(a.ignore), b.ignore...))
	if err != nil {
		return err
	}
	var texts [2]*document.Document
	for i, s := range []*side{a, b} {
		texts[i] = textOf(s.response)
		defer texts[i].Close()
	}
	c := comparison{
		status:  diff.Fields(statusOf(a.response), statusOf(b.response)),
		headers: diff.Fields(counting(r, a.response.Headers), counting(r, b.response.Headers)),
	}
	if c.body, err = diff.Compare(ctx, texts[0].Source(), texts[1].Source(), r.Options); err != nil {
		return err
	}
	if f.asJSON {
		err = p.printDiffJSON(c)
	} else {
		err = p.printDiff(c, append(slices.Clone(a.secrets), b.secrets...), f)
	}
	if err == nil && !c.equal() {
		return &differsError{a.name, b.name}
	}
	return err
}

// textOf is the content of a response as UTF-8, if it is text.
func textOf(r *httpcore.Response) *document.Document {
	contentType, _ := r.Headers.Get("Content-Type")
	return document.Open(r.Body, document.Options{
		ContentType: contentType,
		Detect:      func(head []byte) string { return body.DetectCharset(contentType, head).Name },
	})
}

func statusOf(r *httpcore.Response) []diff.Field {
	return []diff.Field{{Name: "status", Value: strings.TrimSpace(strconv.Itoa(r.Status) + " " + r.Reason)}}
}

// counting are the headers that count.
func counting(r diff.Rules, headers httpcore.Fields) (list []diff.Field) {
	for _, field := range headers {
		if r.Counts(field.Name) {
			list = append(list, diff.Field{Name: field.Name, Value: field.Value})
		}
	}
	return list
}

// assumedWidth is how wide two columns are where no terminal says it.
const assumedWidth = 160

// printDiff prints the parts that differ.
func (p *Program) printDiff(c comparison, secrets []httpcore.Secret, f compareFlags) error {
	var sections []document.Section
	for _, s := range []document.Section{{Title: "status", Result: c.status}, {Title: "headers", Result: c.headers}, {Title: "body", Result: c.body}} {
		if !s.Result.Equal() {
			sections = append(sections, s)
		}
	}
	if len(sections) == 0 {
		if p.IsTerminal(p.Stderr) {
			p.note("the two are alike")
		}
		return nil
	}
	l := p.looks(outputFlags{color: f.color})
	d := document.NewDifference(sections, f.context)
	width := 0
	if l.terminal {
		width = p.Width(p.Stdout)
	}
	view := d.Unified()
	if f.sideBySide || width >= document.SideBySideWidth && !f.unified {
		if width == 0 {
			width = assumedWidth
		}
		view = d.SideBySide(width)
	}
	if !l.terminal {
		return printView(p.Stdout, view, l)
	}
	masked := httpcore.NewMasker(secrets, httpcore.Secret.String).Writer(p.Stdout)
	return errors.Join(printView(masked, view, l), masked.Close())
}

// printView prints all lines of a view, whole.
func printView(w io.Writer, view *document.View, l looks) error {
	for at := int64(0); ; {
		window, err := view.Window(document.Pos{Line: at}, document.Layout{Width: 1 << 20, Height: 256})
		if err != nil {
			return err
		}
		var text strings.Builder
		for _, row := range window.Rows {
			var line strings.Builder
			for _, span := range row.Spans {
				on, off := "", ""
				if l.colors {
					on, off = sixteenColors(span.Role)
				}
				line.WriteString(on + span.Text + off)
			}
			text.WriteString(strings.TrimRight(line.String(), " ") + "\n")
		}
		if _, err := io.WriteString(w, text.String()); err != nil {
			return err
		}
		if at += int64(len(window.Rows)); len(window.Rows) == 0 || at >= window.Lines {
			return nil
		}
	}
}

// differences are how `diff --json` prints a comparison.
type differences struct {
	Alike   bool            `json:"alike"`
	Status  []fieldChange   `json:"status"`
	Headers []fieldChange   `json:"headers"`
	Body    bodyDifferences `json:"body"`
}

type fieldChange struct {
	Kind string  `json:"kind"`
	Name string  `json:"name"`
	A    *string `json:"a,omitempty"`
	B    *string `json:"b,omitempty"`
}

type bodyDifferences struct {
	Alike   bool         `json:"alike"`
	As      string       `json:"as"` // json or text
	Note    string       `json:"note,omitempty"`
	Changes []bodyChange `json:"changes"`
}

// bodyChange is a change of a value of JSON, at a path, or of lines of text.
type bodyChange struct {
	Kind  string `json:"kind"`
	Path  string `json:"path,omitempty"`
	From  string `json:"from,omitempty"`
	LineA int64  `json:"lineA,omitempty"`
	LineB int64  `json:"lineB,omitempty"`
	A     any    `json:"a,omitempty"`
	B     any    `json:"b,omitempty"`
}

func (p *Program) printDiffJSON(c comparison) error {
	d := differences{Alike: c.equal(), Body: bodyDifferences{Alike: c.body.Equal(), As: "text", Note: c.body.Note, Changes: []bodyChange{}}}
	var err error
	if d.Status, err = fieldChanges(c.status); err != nil {
		return err
	}
	if d.Headers, err = fieldChanges(c.headers); err != nil {
		return err
	}
	if c.body.Structural {
		d.Body.As = "json"
	}
	for _, change := range c.body.Changes() {
		one := bodyChange{Kind: change.Kind.String(), Path: change.Path, From: change.From}
		if !c.body.Structural {
			one.LineA, one.LineB = change.LineA, change.LineB
		}
		if one.A, err = valueOf(c.body, c.body.A, change.A); err != nil {
			return err
		}
		if one.B, err = valueOf(c.body, c.body.B, change.B); err != nil {
			return err
		}
		d.Body.Changes = append(d.Body.Changes, one)
	}
	return p.printJSON(d)
}

func fieldChanges(r *diff.Result) ([]fieldChange, error) {
	list := []fieldChange{}
	for _, row := range r.Rows(0) {
		if row.Kind == diff.Same || row.Skipped > 0 {
			continue
		}
		change := fieldChange{Kind: row.Kind.String()}
		for _, side := range []struct {
			src  content.Source
			line diff.Line
			to   **string
		}{{r.A, row.A, &change.A}, {r.B, row.B, &change.B}} {
			if side.line.Number == 0 {
				continue
			}
			text, err := textAt(side.src, side.line.Value)
			if err != nil {
				return nil, err
			}
			name, value, _ := strings.Cut(text, ": ")
			change.Name, *side.to = name, &value
		}
		list = append(list, change)
	}
	return list, nil
}

// valueOf is what stands at a range: a value of JSON as it is, or text; nil where there is nothing.
func valueOf(r *diff.Result, src content.Source, at diff.Range) (any, error) {
	if at.End == at.Start {
		return nil, nil
	}
	if at.End-at.Start > diff.MaxSize {
		return fmt.Sprintf("(%d bytes)", at.End-at.Start), nil
	}
	text, err := textAt(src, at)
	if r.Structural {
		return json.RawMessage(text), err
	}
	return text, err
}

func textAt(src content.Source, at diff.Range) (string, error) {
	text := make([]byte, at.End-at.Start)
	n, err := content.ReadAt(src, text, at.Start)
	return string(text[:n]), err
}
