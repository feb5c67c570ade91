package pane

import (
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/ui/action"
	"parley/ui/widget"
)

// options is the section of how a request is sent. An empty field leaves the choice to the folder or collection.
type options struct {
	formed
	name    string
	table   []option
	request *collections.Request
	// inherited are those that the request has from around it.
	inherited []Inherited
}

func newOptions() *options { return newOptionsOf("Options", append(optionTable(), requestKeys()...)) }

func newOptionsOf(name string, table []option) *options {
	return &options{formed: newFormed(), name: name, table: table, request: &collections.Request{}}
}

// option is one line of the section: where its value is, and how it is written in TOML.
type option struct {
	// key is how the files call it, below options.
	key, label, help, placeholder string
	choices                       []string
	secret                        bool
	get                           func(*collections.Options) *collections.Value
	check                         func(string) error
	// entries is where the setting is one of several names and values, own where it is no option but a key of the request,
	// and texts where that is a list of them, in the place of get.
	entries func(*collections.Options) *[]collections.Entry
	own     func(*collections.Request) *collections.Value
	texts   func(*collections.Request) *[]collections.Value
	// show is the value as one types it, write the way back; nil is the text of a string.
	show  func(collections.Value) string
	write func(string) collections.Value
}

// isSet reports whether the request says something of its own.
func (l option) isSet(q *collections.Request) bool { return l.typed(q) != "" }

// value is where the setting is, of one that is a single value.
func (l option) value(q *collections.Request) *collections.Value {
	if l.own != nil {
		return l.own(q)
	}
	return l.get(&q.Options)
}

// typed is the setting as one types it.
func (l option) typed(q *collections.Request) string {
	switch {
	case l.entries != nil:
		return showPairs(*l.entries(&q.Options))
	case l.texts != nil:
		return strings.Join(texts(*l.texts(q)), ", ")
	default:
		return l.shown(*l.value(q))
	}
}

// set takes what was typed; what is empty leaves the choice to others.
func (l option) set(q *collections.Request, typed string) {
	switch {
	case typed == l.typed(q):
	case l.entries != nil:
		entries := l.entries(&q.Options)
		*entries = pairsOf(typed, *entries)
	case l.texts != nil:
		*l.texts(q) = tagsOf(typed)
	case typed == "":
		*l.value(q) = collections.Value{}
	default:
		*l.value(q) = l.written(typed)
	}
}

func (l option) shown(v collections.Value) string {
	if l.show != nil {
		return l.show(v)
	}
	return v.Text
}

func (l option) written(typed string) collections.Value {
	if l.write != nil {
		return l.write(typed)
	}
	return collections.Str(typed)
}

const inherited = "inherit"

var yesNo = []string{inherited, "true", "false"}

// why is the key of the field under the cursor.
func (o *options) why() string {
	key := o.form.Key()
	for _, line := range o.table {
		if line.key == key && line.own == nil && line.texts == nil {
			return "options." + key
		}
	}
	return key
}

func (o *options) title() string { return o.name }

// inherit says in the empty fields what is meant by them, and where that comes from.
func (o *options) inherit(list []Inherited) {
	if !slices.Equal(o.inherited, list) {
		o.inherited = list
		o.setRequest(o.request)
	}
}

// meant is what an empty field of that key stands for, if something around the request says it.
func (o *options) meant(key string) (text string, ok bool) {
	for _, from := range o.inherited {
		if from.Name == key {
			return from.Value + ", from the " + from.Scope, true
		}
	}
	return "", false
}

// count tells how many options the request sets itself.
func (o *options) count() string {
	n := 0
	for _, line := range o.table {
		if line.isSet(o.request) {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func (o *options) setRequest(q *collections.Request) {
	o.request = q
	var fields []widget.Field
	for _, line := range o.table {
		field := widget.Field{
			Key: line.key, Label: line.label, Help: line.help, Placeholder: line.placeholder, Check: line.check,
			Value: line.typed(q), Highlight: o.highlight, Complete: o.complete,
		}
		if text, ok := o.meant(line.key); ok {
			field.Placeholder, field.Help = text, line.help+"; "+inherited+" means "+text
		}
		if line.secret && len(variableSpans(field.Value, nil)) == 0 {
			// A variable's name is no secret, and has to be seen to be written.
			field.Kind = widget.FieldSecret
		}
		if line.choices != nil {
			field.Kind, field.Options = widget.FieldSelect, line.choices
			if field.Value == "" {
				field.Value = inherited
			}
		}
		fields = append(fields, field)
	}
	o.form.SetFields(fields...)
}

func (o *options) do(id action.ID) bool {
	defer o.store()
	return o.formed.do(id)
}

func (o *options) update(msg tea.Msg) bool {
	defer o.store()
	return o.form.Update(msg)
}

// store writes what the form says into the request; what cannot be right yet is kept as typed and said in the form.
func (o *options) store() {
	for _, line := range o.table {
		typed := o.form.Value(line.key)
		if typed == inherited && line.choices != nil {
			typed = ""
		}
		line.set(o.request, typed)
	}
}

// InheritedOptions lists the options that come from around a request, of the effective ones.
func InheritedOptions(effective collections.Options, scopeOf func(collections.Pos) string) []Inherited {
	var list []Inherited
	for _, line := range optionTable() {
		if line.get == nil {
			continue
		}
		v := *line.get(&effective)
		if scope := scopeOf(v.Pos); v.IsSet() && scope != "request" {
			text := line.shown(v)
			if line.secret {
				text = "set"
			}
			list = append(list, Inherited{Name: line.key, Value: text, Scope: scope})
		}
	}
	return list
}
