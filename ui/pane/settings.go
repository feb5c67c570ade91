package pane

import (
	"parley/collections"
	"parley/httpcore"
)

// NewSettings returns a pane in which the settings of a folder are edited, or those of the whole collection: the sides of a
// request that others can inherit, what is said of the folder itself, and the text of the file.
func NewSettings(host Host, schemes []httpcore.Scheme, collection bool) *Request {
	r := &Request{host: host}
	sections := []section{
		newOptionsOf("General", aroundKeys(collection)),
		newVars(),
		newHeaders(),
		newAuth(schemes),
		newOptionsOf("Options", optionTable()),
		newHooks(r.later),
		newExpect(),
		newNotes(r.later),
		newByURL(schemes),
		newSessionDefaults(schemes),
	}
	if collection { // secrets are the collection's
		sections = append(sections, newSecretHosts())
	}
	return r.of(append(sections, newSource())...)
}

// aroundKeys are what settings say of a folder itself.
func aroundKeys(collection bool) []option {
	list := []option{{
		key: "name", label: "Name", placeholder: "that of the folder", help: "how the workbench and reports call it",
		own: func(q *collections.Request) *collections.Value { return &q.Around.Name },
	}}
	if collection {
		list = append(list, option{
			key: "environment", label: "Environment", placeholder: "none", help: "the one to use when none is chosen",
			own: func(q *collections.Request) *collections.Value { return &q.Around.Environment },
		})
	}
	return append(list,
		option{
			key: "order", label: "Order", placeholder: "by name", help: "names of requests and folders to list and run first, such as login, users",
			texts: func(q *collections.Request) *[]collections.Value { return &q.Around.Order },
		},
		option{
			key: "parallel", label: "Run in parallel", choices: []string{inherited, "true", "false"}, help: "a run may send the requests of this folder at the same time",
			own: func(q *collections.Request) *collections.Value { return &q.Around.Parallel }, write: scalar,
		},
	)
}
