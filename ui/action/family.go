package action

// Member is one action of a family: the same thing done with one of several.
type Member struct {
	ID ID
	// Name is what the program calls it: the title of a side, a kind of body, a type of auth, an export format.
	Name string
	// Title is what a person would call it, Key the key for it behind those of the family.
	Title, Key string
}

// RequestSides go to a side of the request.
func RequestSides() []Member {
	return []Member{
		{"request.params", "Params", "Request: Params", "p"},
		{"request.path", "Path", "Request: Path", "u"},
		{"request.headers", "Headers", "Request: Headers", "h"},
		{"request.auth", "Auth", "Request: Auth", "a"},
		{"request.body", "Body", "Request: Body", "b"},
		{"request.vars", "Vars", "Request: Vars", "v"},
		{"request.cookies", "Cookies", "Request: Cookies", "i"},
		{"request.options", "Options", "Request: Options", "o"},
		{"request.hooks", "Hooks", "Request: Hooks", "k"},
		{"request.expect", "Expect", "Request: Expect", "e"},
		{"request.capture", "Capture", "Request: Capture", "c"},
		{"request.notes", "Notes", "Request: Notes", "n"},
	}
}

// ResponseSides go to a side of the response.
func ResponseSides() []Member {
	return []Member{
		{"response.body", "Body", "Response: Body", "B"},
		{"response.headers", "Headers", "Response: Headers", "H"},
		{"response.cookies", "Cookies", "Response: Cookies", "C"},
		{"response.timing", "Timing", "Response: Timing", "T"},
		{"response.attempts", "Attempts", "Response: Attempts", "A"},
		{"response.wire", "Wire", "Response: Wire", "W"},
		{"response.sent", "Sent", "Response: Sent", "S"},
		{"response.expect", "Expect", "Response: Expect", "E"},
	}
}

// BodyKinds give the request a body of a kind.
func BodyKinds() []Member {
	return []Member{
		{"request.body-json", "json", "Body as JSON", "j"},
		{"request.body-text", "text", "Body as text", "t"},
		{"request.body-form", "form", "Body as form", "f"},
		{"request.body-multipart", "multipart", "Body as multipart, with files", "m"},
		{"request.body-file", "file", "Body from a file", "F"},
		{"request.body-graphql", "graphql", "Body as GraphQL", "g"},
		{"request.body-none", "", "No body", "n"},
	}
}

// AuthTypes give the request a kind of authentication.
func AuthTypes() []Member {
	return []Member{
		{"auth.basic", "basic", "Basic auth", "b"},
		{"auth.bearer", "bearer", "Bearer token auth", "t"},
		{"auth.apikey", "apikey", "API key auth", "k"},
		{"auth.digest", "digest", "Digest auth", "d"},
		{"auth.oauth1", "oauth1", "OAuth 1.0 auth", "1"},
		{"auth.oauth2", "oauth2", "OAuth 2.0 auth", "2"},
		{"auth.aws-sigv4", "aws-sigv4", "AWS Signature v4 auth", "a"},
		{"auth.ntlm", "ntlm", "NTLM auth", "w"},
		{"auth.hawk", "hawk", "Hawk auth", "h"},
		{"auth.jwt", "jwt", "JWT auth", "j"},
		{"auth.netrc", "netrc", "netrc auth", "r"},
		{"auth.command", "command", "Auth from a command", "c"},
		{"auth.none", "none", "No auth", "n"},
		{"auth.inherit", "inherit", "Auth of the folder or collection", "i"},
	}
}

// Formats copy the request as another program's.
func Formats() []Member {
	return []Member{
		{"copy.curl", "curl", "Copy as curl", "c"},
		{"copy.python-requests", "python-requests", "Copy as Python (requests)", "p"},
	}
}

// families are the actions of all families.
func families() []Action {
	actions := []Action{
		{ID: AddHeader, Title: "Add a header", Group: Fill, Twin: "+ h"},
		{ID: AddParam, Title: "Add a parameter", Group: Fill, Twin: "+ p", Help: "To the query of the URL."},
	}
	for _, family := range []struct {
		members []Member
		group   Group
		lead    string
	}{
		{RequestSides(), Sides, "space"},
		{ResponseSides(), Sides, "space"},
		{BodyKinds(), Fill, "+"},
		{AuthTypes(), Schemes, "A"},
		{Formats(), Copies, "Y"},
	} {
		for _, m := range family.members {
			actions = append(actions, Action{ID: m.ID, Title: m.Title, Group: family.group, Twin: family.lead + " " + m.Key})
		}
	}
	return actions
}
