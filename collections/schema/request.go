package schema

import (
	"github.com/google/jsonschema-go/jsonschema"

	httpbody "parley/httpcore/body"
)

func request() *jsonschema.Schema {
	s := needs(table("",
		key("method", absent(&jsonschema.Schema{
			Type: "string", Pattern: "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$|\\{\\{", Description: "The method: any word that RFC 9110 allows.",
			Examples: []any{"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE"},
		}, "GET")),
		key("url", text("Where to. Without this key the file is no request.", "{{base_url}}/users/:id", "https://api.test/users")),
		key("notes", text("What people should know; shown beside the request.")),
		key("tags", texts("Words to choose requests by.", []any{"smoke"})),
		key("when", text("An expression in Expr over the variables; where it is false, a run skips the request.", `env != "prod"`)),
		key("record", absent(either("Whether history keeps the exchange: true, false, or \"no-body\" for all but bodies.",
			&jsonschema.Schema{Type: "boolean"}, &jsonschema.Schema{Enum: []any{"no-body"}}), true)),
		key("vars", shared(variablesDef, "Variables of this request.")),
		key("path", shared(entriesDef, "Values for the :name and {name} in the URL's path.")),
		key("params", shared(entriesDef, "Parameters that are added to the URL, in their order.")),
		key("headers", shared(entriesDef, "Header fields. ~Name switches an inherited one off.")),
		key("cookies", shared(entriesDef, "Cookies beside those of the session.")),
		key("auth", shared(authDef, "Who asks.")),
		key("body", body()),
		key("options", shared(optionsDef, "How it is sent.")),
		key("capture", capture()),
		key("expect", shared(expectDef, "What must be true of the response: a name, and an expression in Expr.")),
		key("hooks", shared(hooksDef, "JavaScript that runs around the request.")),
		key("compare", table("What does not count when two responses are compared.",
			key("ignore", texts("JSONPaths of the body, and header:NAME.", []any{"$.updated_at", "header:Date"})))),
	), "url")
	s.Title = "A request of Parley"
	return s
}

func body() *jsonschema.Schema {
	part := needs(table("A part. It has a value or a file.",
		key("name", text("The field's name.")),
		key("value", scalar("What it says.")),
		key("file", text("A file to send, relative to this one.", "ada.png")),
		key("type", text("Its media type.", "image/png")),
		key("filename", text("The name to send with it, in place of the file's own.")),
		key("off", flag("Kept, and not sent.", false)),
		key("note", text("What people should know.")),
	), "name")
	s := table("What is sent: one of json, text, form, multipart, file and graphql.",
		key("type", text("The media type, in place of the one that follows from the kind.", "text/csv")),
		key("boundary", text("What stands between the parts of multipart; random when it is not given.")),
		key("compress", choice("Compresses the body on its way.", codings()...)),
		key("json", text("JSON as it is sent.", "{\"name\": \"Ada\"}\n")),
		key("text", text("Text as it is sent.")),
		key("form", shared(entriesDef, "Fields of a form, URL-encoded.")),
		key("multipart", &jsonschema.Schema{Type: "array", Items: part, Description: "Parts of multipart/form-data, in their order."}),
		key("file", text("A file to send, relative to this one.", "payload.bin")),
		key("graphql", table("A question in GraphQL.",
			key("query", text("The document.", "query ($id: ID!) { user(id: $id) { name } }")),
			key("variables", text("The variables, as an object in JSON.", `{"id": 1}`)),
			key("operation", text("Which operation of the document to run.")))),
	)
	return s
}

func capture() *jsonschema.Schema {
	return named("Values for later requests: a name, and an expression in Expr over the response.", either("",
		text("An expression.", "json.id", `headers["ETag"]`, `cookie("session")`),
		needs(table("An expression with more to say.",
			key("expr", text("The expression.", "json.access_token")),
			key("secret", &jsonschema.Schema{Type: "boolean", Description: "Masks the value wherever it is shown or kept."})), "expr")))
}

// codings are the words of body.compress.
func codings() []any {
	list := []any{"", "identity", "x-gzip"}
	for _, name := range httpbody.Codings() {
		list = append(list, name)
	}
	return list
}
