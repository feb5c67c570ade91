package pane

import (
	"encoding/json"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/httpcore/content"
	"parley/ui/document"
)

// copyMost bounds what goes to the clipboard: a terminal takes it as one escape sequence.
const copyMost = 8 << 20

// copies lists what can be copied where the cursor is, of what is shown now: another response may come before one chooses.
func (b *bodyView) copies() []Answer {
	var list []Answer
	asked := b.seen()
	add := func(key, label string, run func() tea.Cmd) {
		list = append(list, Answer{Key: key, Label: label, Run: func() tea.Cmd {
			if asked == nil || b.seen() != asked {
				return b.host.Notify(isAnother())
			}
			return run()
		}})
	}
	if node, ok := b.node(); ok {
		add("v", "value", func() tea.Cmd { return b.copyRange(node.Value, "the value") })
		if text, ok := b.stringAt(node.Value); ok {
			add("s", "string, without quotes and escapes", func() tea.Cmd { return b.host.Copy(text, "the string") })
		}
		if node.Key.End > node.Key.Start {
			add("k", "key", func() tea.Cmd { return b.copyKey(node) })
			add("n", "node: key and value", func() tea.Cmd {
				return b.copyRange(document.Range{Start: node.Key.Start, End: node.Value.End}, "the node")
			})
		}
		add("p", "path", b.copyPath)
	}
	add("l", "line", b.copyLine)
	add("b", "all of "+b.name(), b.copyAll)
	return list
}

// isAnother is said when one chooses something for a body in whose place another one is shown by then.
func isAnother() Notice {
	return Notice{Level: Warning, Text: "the body that was asked about is not shown any more", Hint: "choose again for the one that is"}
}

// copy copies what is selected, else the value under the cursor, else the whole content.
func (b *bodyView) copy() tea.Cmd {
	if text, ok := b.selected(); ok {
		b.pager.Select(false)
		return b.host.Copy(text, "the selection")
	}
	if node, ok := b.node(); ok {
		return b.copyRange(node.Value, "the value")
	}
	return b.copyAll()
}

func (b *bodyView) selected() (string, bool) {
	if b.typing() {
		text := b.line().Selected()
		return text, text != ""
	}
	if !b.pager.Selecting() {
		return "", false
	}
	text, err := b.pager.Selected()
	return text, err == nil && text != ""
}

func (b *bodyView) copyAll() tea.Cmd {
	return b.copyRange(document.Range{End: b.seen().document.Source().Size()}, b.name())
}

func (b *bodyView) copyLine() tea.Cmd {
	b.pager.Select(false)
	text, err := b.pager.Selected()
	if err != nil {
		return b.host.Notify(Failed(err))
	}
	return b.host.Copy(strings.TrimSpace(text), "the line")
}

func (b *bodyView) copyPath() tea.Cmd {
	node, ok := b.node()
	if !ok {
		return b.host.Notify(Notice{Level: Info, Text: "there is no node under the cursor", Hint: "the pretty view of JSON and XML has them"})
	}
	return b.host.Copy(node.Path, "the path")
}

// copyKey copies a member's name as it reads, without quotes.
func (b *bodyView) copyKey(node document.Node) tea.Cmd {
	if text, ok := b.stringAt(node.Key); ok {
		return b.host.Copy(text, "the key")
	}
	return b.copyRange(node.Key, "the key")
}

// copyRange copies a part of the source as it came.
func (b *bodyView) copyRange(r document.Range, what string) tea.Cmd {
	if size := r.End - r.Start; size > copyMost {
		return b.host.Notify(Notice{
			Level: Warning, Text: fmt.Sprintf("%s are too much for a clipboard", Bytes(size)),
			Hint: "select a part with space, save it with s, or open it in $PAGER with ctrl+g",
		})
	}
	text, err := b.text(r)
	if err != nil {
		return b.host.Notify(Failed(err))
	}
	return b.host.Copy(text, what)
}

// text reads a part of the source.
func (b *bodyView) text(r document.Range) (string, error) {
	data := make([]byte, r.End-r.Start)
	n, err := content.ReadAt(b.seen().document.Source(), data, r.Start)
	if err == nil && n < len(data) {
		err = fmt.Errorf("only %s of %s can be read", Bytes(int64(n)), Bytes(int64(len(data))))
	}
	return string(data[:n]), err
}

// stringMost is the longest string that is decoded to be copied.
const stringMost = 1 << 20

// stringAt returns the string that stands in the source as a JSON string.
func (b *bodyView) stringAt(r document.Range) (string, bool) {
	if size := r.End - r.Start; size < 2 || size > stringMost {
		return "", false
	}
	source, err := b.text(r)
	if err != nil || source[0] != '"' {
		return "", false
	}
	var text string
	return text, json.Unmarshal([]byte(source), &text) == nil
}
