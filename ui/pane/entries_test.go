package pane

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"parley/collections"
	"parley/themes"
	"parley/ui/action"
	"parley/ui/style"
	"parley/ui/uitest"
	"parley/ui/widget"
)

// allParams are the parameters that a request sends or keeps, decoded and in no order.
func allParams(q *collections.Request) []string {
	var all []string
	for _, row := range queryIn(q.URL.Text).rows() {
		over, _ := overQuery(row, "")
		all = append(all, over.Name+"="+over.Value)
	}
	for _, row := range toRows(q.Params) {
		all = append(all, row.Name+"="+row.Value)
	}
	slices.Sort(all)
	return all
}

// Whatever is switched, moved or looked at as text, no parameter is lost on the way between the URL and the table, and the
// rows that are seen are those of the request.
func TestNoParameterIsLost(t *testing.T) {
	steps := []action.ID{
		action.Up, action.Down, action.Left, action.Right, action.Toggle, action.RowUp, action.RowDown,
		action.Toggle, action.RowUp, action.RowDown, action.RowsAsText, action.Undo, action.Redo, action.Open, action.Escape,
	}
	for seed := range uint64(40) {
		random := rand.New(rand.NewPCG(seed, 1))
		q := &collections.Request{
			URL:    collections.Str("{{base}}/x?a=1&b=%20x+y&&c&d={{p & q}}#end"),
			Params: []collections.Entry{{Name: "e", Value: collections.Str("5&6")}, {Name: "f", Value: collections.Str("ü%"), Off: true}},
		}
		e := newParams()
		e.setSize(60, 10)
		e.setRequest(q)
		e.setFocus(true)
		want := allParams(q)
		for i := range 150 {
			step := steps[random.IntN(len(steps))]
			e.do(step)
			if got := allParams(q); !slices.Equal(got, want) {
				t.Fatalf("seed %d: step %d, %s, makes %q of %q: %s", seed, i, step, got, want, q.URL.Text)
			}
			if !strings.HasPrefix(q.URL.Text, "{{base}}/x") || !strings.HasSuffix(q.URL.Text, "#end") {
				t.Fatalf("seed %d: step %d, %s, spoils what is around the query: %s", seed, i, step, q.URL.Text)
			}
			seen := slices.DeleteFunc(e.rows(), func(row widget.Entry) bool { return row == widget.Entry{} })
			if there := queryIn(q.URL.Text).rows(); !slices.Equal(seen[:len(there)], there) || len(seen) != len(there)+len(toRows(q.Params)) {
				t.Fatalf("seed %d: step %d, %s, shows %+v of %s", seed, i, step, seen, q.URL.Text)
			}
		}
	}
}

// What is typed in the URL bar takes nothing away from what can be undone in the table.
func TestUndoKeepsWhatTheURLSaysNow(t *testing.T) {
	q := &collections.Request{URL: collections.Str("http://h/?a=1"), Params: []collections.Entry{{Name: "b", Value: collections.Str("2")}}}
	e := newParams()
	e.setSize(60, 10)
	e.setRequest(q)
	e.setFocus(true)
	e.do(action.Down)
	e.do(action.RowDelete)
	q.URL = collections.Str("http://h/?a=1&typed=3")
	e.refresh()
	e.do(action.Undo)
	if q.URL.Text != "http://h/?a=1&typed=3" || len(q.Params) != 1 {
		t.Errorf("undone to %s %v", q.URL.Text, q.Params)
	}
}

// What is typed in the URL bar while the rows are text counts, too: the text is of the rows as they were.
func TestTheTextOfRowsDoesNotUndoTheURL(t *testing.T) {
	q := &collections.Request{URL: collections.Str("http://h/?a=1"), Params: []collections.Entry{{Name: "b", Value: collections.Str("2")}}}
	e := newParams()
	e.setSize(60, 10)
	e.setRequest(q)
	e.setFocus(true)
	e.do(action.RowsAsText)
	e.setFocus(false)
	q.URL = collections.Str("http://h/?a=1&typed=3")
	e.refresh()
	e.setFocus(true)
	if want := "http://h/?a=1&typed=3"; q.URL.Text != want || len(q.Params) != 1 {
		t.Fatalf("the request has %s %v", q.URL.Text, q.Params)
	}
	e.update(tea.PasteMsg{Content: "c=4\n"})
	if got := q.URL.Text; !strings.Contains(got, "typed=3") {
		t.Errorf("after typing in the text, the URL is %s", got)
	}
}

func TestAPasteIntoACellStaysText(t *testing.T) {
	e := newHeaders()
	e.setSize(60, 10)
	e.setRequest(&collections.Request{Headers: []collections.Entry{{Name: "A", Value: collections.Str("1")}}})
	e.setFocus(true)
	paste := func(text string) { e.update(tea.PasteMsg{Content: text}) }
	e.do(action.Right)
	e.do(action.Open)
	paste("X-B: 2\nX-C: 3")
	if got := pairsShown(e.rows()); got != "A=1X-B: 2 X-C: 3" {
		t.Errorf("in a value it makes %s", got)
	}
	e.do(action.Escape)
	e.do(action.Left)
	e.do(action.Open)
	paste("B: 2")
	if got := pairsShown(e.rows()); got != "AB: 2=1" {
		t.Errorf("in a name it makes %s", got)
	}
	e.do(action.Escape)
	e.do(action.Open)
	paste("X-B: 2\nX-C: 3")
	if got := pairsShown(e.rows()); got != "A=1 X-B=2 X-C=3" || e.told().Text != "added 2 headers" {
		t.Errorf("several in a name make %s", got)
	}
}

func BenchmarkTableKey(b *testing.B) {
	list := make([]collections.Entry, 1000)
	for i := range list {
		list[i] = collections.Entry{Name: strings.Repeat("x", i%20+1), Value: collections.Str("some value {{variable}}")}
	}
	e := newHeaders()
	e.setSize(120, 30)
	e.setRequest(&collections.Request{Headers: list})
	e.setStyles(style.New(themes.Embedded().Default(true), colorprofile.TrueColor))
	e.setFocus(true)
	e.do(action.Open)
	b.ReportAllocs()
	for b.Loop() {
		e.update(uitest.Key("a"))
		_ = e.view()
		e.update(uitest.Key("backspace"))
		_ = e.view()
	}
}
