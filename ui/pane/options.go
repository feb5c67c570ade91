package pane

import (
	"errors"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/collections/tomldoc"
	"parley/ui/action"
	"parley/ui/widget"
)

// options is the section of how a request is sent. An empty field leaves the choice to the folder or collection.
type options struct {
	formed
	request *collections.Request
}

func newOptions() *options { return &options{formed: newFormed(), request: &collections.Request{}} }

// option is one line of the section: where its value is, and how it is written in TOML.
type option struct {
	key, label, help, placeholder string
	choices                       []string
	get                           func(*collections.Options) *collections.Value
	check                         func(string) error
	write                         func(string) collections.Value
}

const inherited = "inherit"

var yesNo = []string{inherited, "true", "false"}

// optionTable lists the options that the engine knows.
func optionTable() []option {
	return []option{
		{
			key: "connect", label: "Connect timeout", placeholder: "10s", help: "the longest that name, TCP and TLS may take together",
			get: func(o *collections.Options) *collections.Value { return &o.Timeout.Connect }, check: checkDuration,
		},
		{
			key: "read", label: "Read timeout", placeholder: "30s", help: "the longest gap between two pieces of the reply",
			get: func(o *collections.Options) *collections.Value { return &o.Timeout.Read }, check: checkDuration,
		},
		{
			key: "total", label: "Total timeout", placeholder: "none", help: "the longest that everything may take, redirects included",
			get: func(o *collections.Options) *collections.Value { return &o.Timeout.Total }, check: checkDuration,
		},
		{
			key: "redirects", label: "Redirects", placeholder: "30", help: "how many to follow; false follows none",
			get: func(o *collections.Options) *collections.Value { return &o.Redirects }, check: checkRedirects, write: scalar,
		},
		{
			key: "fail", label: "Fail on 4xx and 5xx", choices: yesNo, help: "makes such a status an error",
			get: func(o *collections.Options) *collections.Value { return &o.Fail }, write: scalar,
		},
		{
			key: "verify", label: "Verify TLS", placeholder: "true", help: "false accepts any certificate; a path names a CA file or folder",
			get: func(o *collections.Options) *collections.Value { return &o.Verify }, write: scalar,
		},
		{
			key: "http", label: "HTTP", choices: []string{inherited, "auto", "1.1", "2", "2-prior-knowledge"}, help: "the version to speak",
			get: func(o *collections.Options) *collections.Value { return &o.HTTP },
		},
		{
			key: "path", label: "Path", choices: []string{inherited, "normal", "as-is"}, help: "as-is sends the target exactly as typed",
			get: func(o *collections.Options) *collections.Value { return &o.Path },
		},
		{
			key: "decode", label: "Decode content", choices: yesNo, help: "removes gzip, deflate, br and zstd",
			get: func(o *collections.Options) *collections.Value { return &o.Decode.On }, write: scalar,
		},
		{
			key: "session", label: "Session", placeholder: "default", help: "the name of the session whose cookies and connections are used",
			get: func(o *collections.Options) *collections.Value { return &o.Session },
		},
	}
}

func (o *options) title() string { return "Options" }

// count tells how many options the request sets itself.
func (o *options) count() string {
	n := 0
	for _, line := range optionTable() {
		if line.get(&o.request.Options).IsSet() {
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
	for _, line := range optionTable() {
		field := widget.Field{
			Key: line.key, Label: line.label, Help: line.help, Placeholder: line.placeholder, Check: line.check,
			Value: line.get(&q.Options).Text, Highlight: o.highlight,
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
	for _, line := range optionTable() {
		value := line.get(&o.request.Options)
		typed := o.form.Value(line.key)
		if typed == inherited && line.choices != nil {
			typed = ""
		}
		switch {
		case typed == value.Text:
		case typed == "":
			*value = collections.Value{}
		case line.write != nil:
			*value = line.write(typed)
		default:
			*value = collections.Str(typed)
		}
	}
}

// scalar writes true, false and whole numbers as such, and anything else as a string.
func scalar(s string) collections.Value {
	if s == "true" || s == "false" {
		return tomldoc.Boolean(s == "true")
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		return tomldoc.Int(n)
	}
	return collections.Str(s)
}

func checkDuration(s string) error {
	if s == "" || strings.Contains(s, "{{") {
		return nil
	}
	_, err := collections.ParseDuration(s)
	return err
}

func checkRedirects(s string) error {
	if s == "" || s == "false" || strings.Contains(s, "{{") {
		return nil
	}
	if n, err := strconv.Atoi(s); err != nil || n < 0 {
		return errors.New("a number of redirects, or false")
	}
	return nil
}
