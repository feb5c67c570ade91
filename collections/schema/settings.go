package schema

import (
	"slices"

	"github.com/google/jsonschema-go/jsonschema"
)

// settings are the keys that a folder has, and the collection as well.
func settings() []pair {
	return []pair{
		key("name", text("The name for people.", "Acme")),
		key("notes", text("What people should know.")),
		key("vars", shared(variablesDef, "Variables of everything below.")),
		key("headers", shared(entriesDef, "Header fields of every request below.")),
		key("auth", shared(authDef, "Who asks, in every request below that does not say.")),
		key("options", shared(optionsDef, "How every request below is sent.")),
		key("expect", shared(expectDef, "What must be true of every response below.")),
		key("hooks", shared(hooksDef, "JavaScript that runs around every request below.")),
		key("for", named("What holds for URLs that begin with a prefix, the longest prefix first.", table("",
			key("headers", shared(entriesDef, "Header fields.")),
			key("auth", shared(authDef, "Who asks.")),
			key("options", shared(optionsDef, "How it is sent.")),
			key("cert", cert())))),
		key("sessions", named("What a named session adds to every request sent in it, outermost of all.", table("",
			key("headers", shared(entriesDef, "Header fields.")),
			key("params", shared(entriesDef, "Parameters of the URL.")),
			key("cookies", shared(entriesDef, "Cookies.")),
			key("auth", shared(authDef, "Who asks.")),
			key("options", shared(optionsDef, "How it is sent."))))),
		key("order", texts("Names of requests and folders in the order to show and run them; the others follow.", []any{"login", "create"})),
		key("parallel", flag("Lets a run send the requests of this folder side by side.", false)),
	}
}

func folder() *jsonschema.Schema {
	s := table("", settings()...)
	s.Title = "A folder.toml of Parley"
	return s
}

func collection() *jsonschema.Schema {
	s := table("", slices.Concat([]pair{
		key("environment", text("The environment to use where none is chosen.", "dev")),
	}, settings(), []pair{
		key("secrets", named("What holds for a secret.", table("",
			key("hosts", either("The hosts that it may be sent to, and no others.", text("A host.", "api.acme.test"), texts("Hosts.")))))),
	})...)
	s.Title = "A collection.toml of Parley"
	return s
}

func environment() *jsonschema.Schema {
	s := table("",
		key("protected", flag("Shows it in red, and asks before a method that changes things.", false)),
		key("vars", shared(variablesDef, "Variables of this environment.")))
	s.Title = "An environment of Parley"
	return s
}
